"""How things stand, to a list with a mark for each."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from onrecord.engine import Health
from onrecord.terminal.tables import QUIET, STANCE, STRONG, WIDEST, line, stack


def print_health(console: Console, found: Sequence[Health]) -> None:
    """One line for each thing that was looked at, and below it what to do where something is to be done."""
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style=STRONG)
    table.add_column(ratio=1, overflow="fold")
    for one in found:
        # A word beside the colour, for those who see none.
        mark = line("ok" if one.well else "look", "green" if one.well else STANCE)
        table.add_row(mark, line(one.what), stack(line(one.state), line(one.advice, QUIET if one.well else STANCE)))
    console.print(table, width=min(console.width, WIDEST))
