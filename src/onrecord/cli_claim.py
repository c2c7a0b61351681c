"""The words of `onrecord show RECORD sources --claim ID` to the tree behind one claim."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from onrecord.views.chains import ClaimTree, EdgeRow, list_edges


def show_tree(tree: ClaimTree, format: str, out: BinaryIO) -> None:
    """Write the tree: as JSON as it is, and to spreadsheets and notes a row a step."""
    if format == "table":
        from onrecord.terminal.console import print_drawn
        from onrecord.terminal.tree import print_tree

        print_drawn(lambda console: print_tree(console, tree))
        return
    from onrecord.terminal.flat import FLAT

    if format == "json":
        out.write(msgspec.json.format(msgspec.json.encode(tree), indent=2) + b"\n")
    elif format == "jsonl":
        out.write(msgspec.json.encode(tree) + b"\n")
    else:
        out.write(FLAT[format](list_edges(tree), EdgeRow).encode())
