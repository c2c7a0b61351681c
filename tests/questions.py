"""The ten questions of docs/questions.md, asked again; `python -m tests.questions` writes the answers into it."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from typer.testing import CliRunner

from onrecord import cli
from tests import harbour
from tests.web.site import make_record

PAGE = Path(__file__).parents[1] / "docs" / "questions.md"
NAME = "demo.onrecord"
# When the example reports are said to have come, in Unix time: 23 September 2019, noon UTC.
ARRIVED = 1_569_240_000
_BLOCK = re.compile(r"^```console\n\$ onrecord (?P<words>.*)\n(?P<answer>[\s\S]*?)^```$", re.MULTILINE)


def blocks() -> list[tuple[str, str]]:
    """Each command of the page, and the answer that stands below it."""
    return [(m["words"], m["answer"]) for m in _BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


def make_demo(folder: Path) -> Path:
    """The record of the example reports in `folder`, as if they had come on one and the same day."""
    path = make_record(folder / NAME, harbour.reports(), harbour.analyses())
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE arrivals SET at = ?", (ARRIVED,))
    return path


def ask(words: str) -> tuple[int, str]:
    """The exit status and the whole answer of a command, in a terminal of 100 columns without colours."""
    found = re.findall(r'"([^"]*)"|(\S+)', words)
    run = CliRunner(env={"COLUMNS": "100", "TZ": "UTC"})
    result = run.invoke(cli.app, [quoted or word for quoted, word in found])
    return result.exit_code, result.output


@contextmanager
def within(folder: Path) -> Iterator[None]:
    """The block with `folder` as the working folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def main() -> None:
    """Write the answers of today into the page."""
    with tempfile.TemporaryDirectory() as folder, within(Path(folder)):
        make_demo(Path(folder))

        def answer(match: re.Match[str]) -> str:
            print("onrecord", match["words"], file=sys.stderr)
            return f"```console\n$ onrecord {match['words']}\n{ask(match['words'])[1].rstrip()}\n```"

        text = _BLOCK.sub(answer, PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
