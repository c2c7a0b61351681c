"""Rows of a view to JSON, JSON Lines, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import get_args, get_type_hints

import msgspec
from msgspec import Struct

from onrecord.record import Span
from onrecord.terminal.printable import on_one_line, show_controls

# What a spreadsheet takes for the start of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What sets off several values of one cell.
SEVERAL = " | "
# All that CommonMark gives a meaning inside a line; a news text has none of its own.
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$&#])")


def write_json(rows: Sequence[Struct], row: type[Struct]) -> str:
    """The rows as a JSON array, two spaces deep."""
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"


def write_jsonl(rows: Sequence[Struct], row: type[Struct]) -> str:
    """One JSON object a line."""
    return "".join(msgspec.json.encode(r).decode() + "\n" for r in rows)


def write_csv(rows: Sequence[Struct], row: type[Struct]) -> str:
    """One line a row; dates and words take several columns ("said_earliest"), several values of one cell a " | "."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(list_headers(row))
    writer.writerows(list_cells(r, row) for r in rows)
    return out.getvalue()


def write_markdown(rows: Sequence[Struct], row: type[Struct]) -> str:
    """A table of GitHub's kind; what has a meaning in Markdown is escaped, several values of one cell take lines."""
    names = [name for name in row.__struct_fields__ if name != "id"]
    lines = [names, ["---"] * len(names)]
    lines.extend([_markdown(getattr(r, name)) for name in names] for r in rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


FLAT = {"json": write_json, "jsonl": write_jsonl, "csv": write_csv, "md": write_markdown}


@cache
def nested(row: type[Struct]) -> dict[str, tuple[str, ...]]:
    """The fields of `row`, each with the fields of the one struct that it holds, if it holds one."""
    found = {}
    for name, hint in get_type_hints(row).items():
        structs = [t for t in (hint, *get_args(hint)) if isinstance(t, type) and issubclass(t, Struct)]
        is_one = structs and (hint is structs[0] or type(None) in get_args(hint))
        found[name] = structs[0].__struct_fields__ if is_one else ()
    return found


def list_headers(row: type[Struct]) -> list[str]:
    """The heads of the columns of a CSV file."""
    return [f"{name}_{sub}" if sub else name for name, subs in nested(row).items() for sub in subs or ("",)]


def list_cells(value: Struct, row: type[Struct]) -> list[str]:
    """The cells of one row of a CSV file; what a spreadsheet would run as a formula has a ' before it."""
    return [_no_formula(show_controls(cell)) for cell in _cells(value, row)]


def escape_markdown(text: str) -> str:
    """Text on one line, with what has a meaning inside a line of Markdown escaped."""
    return _MARKDOWN.sub(r"\\\1", on_one_line(text))


def _cells(value: Struct, row: type[Struct]) -> list[str]:
    cells = []
    for name, subs in nested(row).items():
        held = getattr(value, name)
        cells.extend([word(getattr(held, sub, None)) for sub in subs] or [word(held)])
    return cells


def word(value: object) -> str:
    """One value as text; None is empty."""
    if isinstance(value, Span):
        return f"{value.start}:{value.end}"
    if isinstance(value, tuple):
        return SEVERAL.join(map(word, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _markdown(value: object) -> str:
    parts = value if isinstance(value, tuple) else (value,)
    return "<br>".join(escape_markdown(word(part)) for part in parts)
