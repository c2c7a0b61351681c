"""An answer to standard output, in the format that was asked for."""

from __future__ import annotations

from typing import BinaryIO

from onrecord.terminal.console import print_drawn
from onrecord.terminal.flat import FLAT
from onrecord.terminal.progress import say
from onrecord.views import Answer


def print_answer(answer: Answer, format: str, out: BinaryIO, quiet: bool = False) -> None:
    """Write the rows of `answer`; of an empty one its line alone, on standard error where `out` takes data."""
    if not quiet:
        for note in answer.notes:
            say(note)
    if format != "table":
        out.write(FLAT[format](answer.rows, answer.row).encode())
        if not answer.rows and not quiet:
            say(answer.summary)
    elif answer.rows:
        from onrecord.terminal.asked import ALL
        from onrecord.terminal.tables import print_rows

        layout = ALL[answer.layout]
        print_drawn(lambda console: print_rows(console, answer.title, layout, answer.rows, answer.summary))
    else:
        print(answer.summary)
