"""Rows to the columns of a data frame, and to the table that a notebook shows."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from msgspec import Struct

from onrecord.terminal.flat import list_cells, list_headers, nested, word
from onrecord.terminal.printable import show_controls

# A notebook shows no more rows, as its readers know from data frames.
SHOWN = 20


def to_columns(rows: Sequence[Struct], row: type[Struct]) -> dict[str, list[Any]]:
    """A list for each column of the CSV; days stay days, numbers numbers, and several values of one cell a list."""
    columns: dict[str, list[Any]] = {name: [] for name in list_headers(row)}
    for one in rows:
        values = (
            getattr(held, sub, None) if sub else held
            for name, subs in nested(row).items()
            for held in [getattr(one, name)]
            for sub in subs or ("",)
        )
        for column, value in zip(columns.values(), values, strict=True):
            column.append([word(v) for v in value] if isinstance(value, tuple) else value)
    return columns


def to_html(title: str, summary: str, rows: Sequence[Struct], row: type[Struct]) -> str:
    """A table of the first rows under their title; the words of reports are shown as text, whatever they hold."""
    head = "".join(f"<th>{escape(name)}</th>" for name in list_headers(row))
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(show_controls(cell))}</td>' for cell in list_cells(one, row))}</tr>"
        for one in rows[:SHOWN]
    )
    more = f"<p>and {len(rows) - SHOWN:,} more</p>" if len(rows) > SHOWN else ""
    caption = f"<caption>{escape(title)}: {escape(summary)}</caption>"
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"
