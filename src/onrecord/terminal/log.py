"""The log of corrections to a table that is made to be read."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from onrecord.terminal.tables import QUIET, STANCE, STRONG, WIDEST, line, stack
from onrecord.views.corrections import CorrectionRow


def print_log(console: Console, rows: Sequence[CorrectionRow], summary: str) -> None:
    """The corrections under their number, the first on top."""
    table = Table(box=box.HORIZONTALS, expand=True, show_lines=True, border_style=QUIET, header_style=QUIET)
    table.add_column("id, when", no_wrap=True)
    for header, ratio in (("who", 4), ("what", 6), ("on which words", 9), ("state", 4)):
        table.add_column(header, ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(
            # To the minute, by the clock of the one who said it; the other formats hold all of it.
            stack(line(row.id), line(row.when[:16].replace("T", " "), QUIET)),
            line(row.by),
            line(row.said, STRONG),
            stack(*(line(words) for words in row.words)),
            line(row.state, QUIET if row.state == "stands" else STANCE),
        )
    width = min(console.width, WIDEST)
    console.print(line("What people put right", STRONG), line(summary, QUIET), "", sep="\n", width=width)
    console.print(table, width=width)
