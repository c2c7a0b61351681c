"""The commands that the documentation shows, asked again; `python -m tests.questions` writes the answers."""

from __future__ import annotations

import json
import os
import re
import shlex
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import jq
from typer.testing import CliRunner

from onrecord import cli
from tests import harbour
from tests.processor import note_kind
from tests.web.site import make_record

DOCS = Path(__file__).parents[1] / "docs"
# The pages on which each answer is the program's own.
PAGES = (
    DOCS / "first-five-minutes.md",
    *(page for room in ("questions", "fields", "inputs") for page in sorted(DOCS.glob(f"{room}/*.md"))),
)
NAME = "demo.onrecord"
# When the example reports are said to have come, in Unix time: 23 September 2019, noon UTC.
ARRIVED = 1_569_240_000
_BLOCK = re.compile(r"^```console\n\$ onrecord (?P<words>.*)\n(?P<answer>[\s\S]*?)^```$", re.MULTILINE)


def blocks(page: Path) -> list[tuple[str, str]]:
    """Each command of a page, and the answer that stands below it."""
    return [(m["words"], m["answer"]) for m in _BLOCK.finditer(page.read_text(encoding="utf-8"))]


def make_demo(folder: Path) -> Path:
    """The record of the example reports in `folder`, as if they had come on one and the same day; and the examples."""
    (folder / "examples").symlink_to(DOCS.parent / "examples")
    path = make_record(folder / NAME, harbour.reports(), harbour.analyses())
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE arrivals SET at = ?", (ARRIVED,))
    return path


def ask(words: str) -> tuple[int, str]:
    """The exit status and the whole answer of a command, in a terminal of 100 columns without colours.

    What stands behind `| jq` is jq's to answer, of which -c, -r and one filter are understood.
    """
    own, *piped = _split(shlex.split(words), "|")
    result = CliRunner(env={"COLUMNS": "100", "TZ": "UTC"}).invoke(cli.app, own)
    if not piped:
        return result.exit_code, result.output
    ((name, *options, query),) = piped
    assert name == "jq", f"{name} is not run here"
    return result.exit_code, "\n".join(_write(found, options) for found in jq.compile(query).input_text(result.stdout))


def _split(words: list[str], mark: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == mark:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _write(found: object, options: list[str]) -> str:
    """What jq prints of a value."""
    if "-r" in options and isinstance(found, str):
        return found
    if "-c" in options:
        return json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(found, ensure_ascii=False, indent=2)


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
    """Write the answers of today into the pages."""
    with tempfile.TemporaryDirectory() as folder, within(Path(folder)):
        make_demo(Path(folder))

        def answer(match: re.Match[str]) -> str:
            print("onrecord", match["words"], file=sys.stderr)
            return f"```console\n$ onrecord {match['words']}\n{ask(match['words'])[1].rstrip()}\n```"

        note_kind()
        for page in PAGES:
            page.write_text(_BLOCK.sub(answer, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
