"""The words of `onrecord show RECORD sources --claim ID` to the tree behind one claim."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import msgspec

from onrecord.views.chains import EdgeRow, explain_claim, list_edges

if TYPE_CHECKING:
    from onrecord.record import Record


def show_claim(record: Record, id: str, format: str) -> None:
    """Write the tree to standard output, as JSON as it is, and to spreadsheets and notes a row a step."""
    tree = explain_claim(record, id)
    if format == "table":
        from rich.console import Console

        from onrecord.terminal.tree import print_tree

        console = Console(highlight=False, markup=False, emoji=False)
        # Not straight to the terminal: rich would leave with status 1 where a pipe is closed.
        with console.capture() as captured:
            print_tree(console, tree)
        print(*(line.rstrip() for line in captured.get().splitlines()), sep="\n")
        return
    from onrecord.terminal.flat import FLAT

    if format == "json":
        out = msgspec.json.format(msgspec.json.encode(tree), indent=2) + b"\n"
    else:
        out = FLAT[format](list_edges(tree), EdgeRow).encode()
    sys.stdout.buffer.write(out)
