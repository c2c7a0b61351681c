"""What docs/formats.md shows is what is written, and what is written is described there."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from onrecord.cli import EXPORTS
from onrecord.cli_out import export_record
from onrecord.export import FOLDERS
from onrecord.export.corrections import Lesson, LessonTarget
from onrecord.export.manifest import NAME
from onrecord.export.plover import Row
from onrecord.export.rows import ROWS
from tests.processor import to_the_letter

DOCS = Path(__file__).parents[2] / "docs" / "formats.md"
TEXT = DOCS.read_text(encoding="utf-8") if DOCS.exists() else ""
BLOCK = re.compile(r"^```\n\$ (onrecord export [^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Ids and probabilities differ between types of processor, and with the model.
UNSURE = re.compile(r"\b(?:[0-9a-f]{16}|[0-9a-f]{40}|[a-z]-[0-9a-f]{10}|edge-\d+|(?:0|1)\.\d+)\b")

pytestmark = pytest.mark.skipif(not TEXT, reason="docs/formats.md is not part of this copy")


class Excerpt(NamedTuple):
    """A command, the file that it shows (empty for standard output), and the lines of it."""

    command: str
    format: str
    file: str
    lines: str


def excerpts() -> Iterator[Excerpt]:
    for command, lines in BLOCK.findall(TEXT):
        export, _, shown = command.partition(" && ")
        file = re.search(r"[\w.-]+/([\w.]+)|[\w.]+(\.manifest\.json)", shown)
        yield Excerpt(export, re.search(r"--format (\w+)", export)[1], file[1] or file[2] if file else "", lines)  # type: ignore[index]


EXCERPTS = list(excerpts())


def mask(text: str) -> str:
    return UNSURE.sub("ID", text)


def written(record: Path, excerpt: Excerpt, to: Path) -> str:
    """What the command of an excerpt writes there."""
    quotations_only = "--quotations-only" in excerpt.command
    if not excerpt.file:
        out = io.BytesIO()
        export_record(record, excerpt.format, None, lambda: out, quotations_only)
        return out.getvalue().decode()
    export_record(record, excerpt.format, to / "out", io.BytesIO, quotations_only)
    if excerpt.format in FOLDERS:
        return (to / "out" / excerpt.file).read_text(encoding="utf-8")
    return (to / f"out.{NAME}").read_text(encoding="utf-8")


def nodes(value: Any) -> Iterator[Any]:
    yield value
    for held in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(held)


@to_the_letter
@pytest.mark.parametrize("excerpt", EXCERPTS, ids=[f"{e.format} {e.file}" for e in EXCERPTS])
def test_excerpt_is_what_is_written(harbour_path: Path, tmp_path: Path, excerpt: Excerpt) -> None:
    output = written(harbour_path, excerpt, tmp_path)
    if excerpt.lines.startswith("{\n"):
        wanted = mask(json.dumps(json.loads(excerpt.lines), sort_keys=True))
        assert wanted in {mask(json.dumps(node, sort_keys=True)) for node in nodes(json.loads(output))}
        return
    output = mask(output)
    for line in excerpt.lines.splitlines():
        assert mask(line.removesuffix("…")) in output


def test_each_format_has_its_place() -> None:
    assert [format for format in EXPORTS if f"`{format}`" not in TEXT] == []
    shown = {excerpt.format for excerpt in EXCERPTS}
    assert shown == {*EXPORTS} - {"corrections", "html", "parquet", "xlsx"}


@pytest.mark.parametrize("kind", ROWS)
def test_columns_of_a_kind_are_all_named_in_order(kind: str) -> None:
    (line,) = (line for line in TEXT.splitlines() if line.startswith(f"| `{kind}` |"))
    assert re.findall(r"`(\w+)`", line.split("|")[3]) == list(ROWS[kind].__struct_fields__)


def test_columns_of_events_are_all_described() -> None:
    section = TEXT.split("\n## PLOVER")[1].split("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert sorted(name for cell in cells for name in re.findall(r"`(\w+)`", cell)) == sorted(Row.__struct_fields__)


def test_fields_of_a_correction_are_all_named() -> None:
    section = TEXT.split("\n## Corrections")[1]
    names = {*Lesson.__struct_encode_fields__, *LessonTarget.__struct_encode_fields__}
    assert [name for name in names if f"`{name}`" not in section] == []
