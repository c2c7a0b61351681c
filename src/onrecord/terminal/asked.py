"""Rows that answer a question to tables, beside those of the views."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.ask.compare import Beside, Change
from onrecord.ask.contacts import ContactRow
from onrecord.ask.news import NewRow
from onrecord.ask.search import Hit
from onrecord.ask.trace import TraceRow
from onrecord.terminal.printable import show_controls
from onrecord.terminal.tables import (
    DAY,
    LAYOUTS,
    QUIET,
    STANCE,
    STRONG,
    Layout,
    call_lines,
    day,
    line,
    sheet_of,
    some,
    stack,
    table_of,
)
from onrecord.views.readouts import Readout
from onrecord.views.wording import word_count

# Of a long stretch that both texts have, so many characters stand on either side of a difference.
_KEPT = 120
_OUT, _IN = "red strike", "green"


def contacts(rows: Sequence[ContactRow]) -> RenderableType:
    """A sheet for each contact, the readouts of its sides beside one another."""
    return Group(*(sheet_of(row, _contact_lines(row)) for row in rows))


def _contact_lines(row: ContactRow) -> Iterator[tuple[str, RenderableType | None]]:
    for label, value in call_lines(row):
        # The words of each report stand in its side's readout.
        if label == "told in":
            yield "readouts", _readouts(row.readouts)
        else:
            yield label, value


def _readouts(readouts: Sequence[Readout]) -> RenderableType | None:
    if not readouts:
        return None
    table = Table(box=box.SIMPLE_HEAD, expand=True, border_style=QUIET, header_style=STRONG, padding=(0, 1))
    for readout in readouts:
        table.add_column(line(readout.name), ratio=1, overflow="fold")
    table.add_row(*(_readout(readout) for readout in readouts))
    note = line("only one side's account is in these reports", STANCE) if len(readouts) == 1 else None
    return Group(table, note) if note else table


def _readout(readout: Readout) -> Text:
    told = some([stack(line(e.quote), line(e.label, QUIET)) for e in readout.words])
    left = [line(f"leaves out: {e.quote} [{e.label}]", STANCE) for e in readout.left_out]
    return stack(*told, *some(left))


def trace(rows: Sequence[TraceRow]) -> RenderableType:
    """The reports in the order in which they appeared, and the way by which each has it."""
    table = table_of(("appeared", 5), ("report", 7), ("through", 7), ("words", 10))
    for row in rows:
        table.add_row(
            stack(day(row.published), line("first", STANCE) if row.first else None),
            stack(line(row.report), line(row.takes_over, STANCE), line(row.ref, QUIET)),
            stack(line(row.chain), *some([line(f"goes back to {name}", QUIET) for name in row.origins])),
            line(row.words.quote),
        )
    return table


def new(rows: Sequence[NewRow]) -> RenderableType:
    """Each report, what it brings, and what it repeats."""
    table = table_of(("came", 4), ("report", 7), ("brings", 14))
    for row in rows:
        repeats = word_count(len(row.repeats), "claim that was there", "claims that were there")
        disputes = word_count(row.disputes, "disagreement", "disagreements")
        table.add_row(
            stack(line(row.arrived, DAY), line(row.ref, QUIET)),
            stack(line(row.report, STRONG), line(row.title), line(row.story and f"in: {row.story}", QUIET)),
            stack(
                *some([line(f"· {claim}") for claim in row.brings]),
                line(f"repeats {repeats}", QUIET) if row.repeats else None,
                line(f"{disputes} with other reports", STANCE) if row.disputes else None,
            ),
        )
    return table


def search(rows: Sequence[Hit]) -> RenderableType:
    """Each passage, who says it, and where it stands."""
    table = table_of(("passage", 12), ("who", 5), ("report", 5))
    for row in rows:
        like = line(f"like it by {row.score:.0%}", QUIET) if row.score is not None else None
        where = stack(line(row.words.label), like, line(row.ref, QUIET))
        table.add_row(line(row.excerpt), line(row.speaker, STRONG), where)
    return table


def beside(rows: Sequence[Beside]) -> RenderableType:
    """Two accounts side by side."""
    table = table_of(("", 4), ("A", 10), ("B", 10))
    for row in rows:
        table.add_row(line(row.what, STANCE), line(row.a), line(row.b))
    return table


def changes(rows: Sequence[Change]) -> RenderableType:
    """One text with what the other takes out struck and what it puts in marked, also where there are no colours."""
    text = Text()
    for n, row in enumerate(rows):
        if row.kind == "same":
            text.append(_shortened(show_controls(row.text), n > 0, n + 1 < len(rows)))
        else:
            marks, style = (("[-", "-]"), _OUT) if row.kind == "out" else (("{+", "+}"), _IN)
            text.append(f"{marks[0]}{show_controls(row.text)}{marks[1]}", style=style)
    return text


def _shortened(text: str, before: bool, after: bool) -> str:
    """The ends of a long stretch that lie at a difference."""
    if len(text) <= 2 * _KEPT + 40:
        return text
    head, tail = text[:_KEPT] if before else "", text[-_KEPT:] if after else ""
    return f"{head} […] {tail}"


ALL: dict[str, Layout] = {
    **LAYOUTS,
    "contacts": contacts,
    "trace": trace,
    "new": new,
    "search": search,
    "beside": beside,
    "changes": changes,
}
