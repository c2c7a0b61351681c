"""What the verbs share: their options, the record that they ask, and how an answer is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli_command import DONE, FORMATS, NOTHING_FOUND, complete_from, must_exist, one_of, standard_output
from onrecord.location import Location

if TYPE_CHECKING:
    from onrecord.ask.frame import Frame
    from onrecord.ask.shelf import Reading
    from onrecord.views import Answer


def days_help(side: str) -> str:
    """What an option for the first or the last day takes."""
    return f'The {side} day: 2031-05-04, 2031-05, or words such as "last week".'


Id = Annotated[
    str, typer.Argument(metavar="ID", help="As a view prints it (R-, S-, Q-, E-, C-, P-), or a report's key.")
]
Since = Annotated[str | None, typer.Option("--since", "--from", metavar="DAYS", help=days_help("first"))]
Until = Annotated[str | None, typer.Option("--until", "--to", metavar="DAYS", help=days_help("last"))]
SinceSaid = Annotated[str | None, typer.Option("--since", metavar="DAYS", help=days_help("first"))]
UntilSaid = Annotated[str | None, typer.Option("--until", metavar="DAYS", help=days_help("last"))]
When = Annotated[
    str | None, typer.Option("--when", metavar="DAYS", help='All of it: 2031-05, 2031-05-04/.., "yesterday".')
]
Format = Annotated[
    str,
    typer.Option(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.", autocompletion=complete_from(FORMATS)),
]
Least = Annotated[
    float, typer.Option("--min-confidence", metavar="P", min=0, max=1, help="Leave out what is less certain.")
]
Lang = Annotated[str | None, typer.Option(metavar="CODE", help="Only of reports in this language (en).")]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="At most so many.")]


def answer(record: Location, ask: Callable[[Reading, Frame], Answer], frame: Frame, format: str, quiet: bool) -> int:
    """Ask the record, write what it answers, and give the exit status."""
    one_of(format, FORMATS, "format of an answer")
    from onrecord.terminal.answer import print_answer

    out = standard_output()
    with reading_of(record) as reading:
        answer = ask(reading, frame)
    print_answer(answer, format, out, quiet)
    return DONE if answer.rows else NOTHING_FOUND


@contextmanager
def reading_of(record: Location) -> Iterator[Reading]:
    """The record, open for a question."""
    must_exist(record)
    from onrecord.ask.shelf import open_reading

    with open_reading(record) as reading:
        yield reading


def frame_of(
    days: tuple[str | None, str | None, str | None] = (None, None, None),
    least: float = 0.0,
    lang: str | None = None,
    limit: int | None = None,
) -> Frame:
    """The bounds of a question; `days` are what --since, --until and --when were given."""
    from onrecord.ask.frame import Frame, frame_days

    first, last = frame_days(*days, today())
    return Frame(since=first, until=last, least=least, language=lang, limit=limit)


def today() -> date:
    """The day by the clock of this machine: "last week" is the reader's."""
    return datetime.now().astimezone().date()
