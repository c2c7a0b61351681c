"""The record to the rows that answer each question, for the terminal and the browser alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct

from onrecord.record import Record
from onrecord.views.absent import AbsentRow, list_absent
from onrecord.views.calls import Call, list_calls
from onrecord.views.claims import ClaimRow, list_claims
from onrecord.views.disagreements import DisagreementRow, list_disagreements
from onrecord.views.expectations import ExpectationRow, list_expectations
from onrecord.views.sources import OriginRow, list_origins
from onrecord.views.statements import Statement, list_statements
from onrecord.views.timeline import Moment, list_moments
from onrecord.views.wording import CONTACTS, join_words, word_count, word_reports

__all__ = ["VIEWS", "Answer", "View", "summarise"]

Row = Call | Moment | Statement | ClaimRow | OriginRow | DisagreementRow | ExpectationRow | AbsentRow


class View(Struct, frozen=True):
    """A question to a record: its title, its rows' type and noun, and what lists them."""

    title: str
    row: type[Struct]
    noun: tuple[str, str]
    rows: Callable[[Record, float], Sequence[Row]]


class Answer(Struct, frozen=True):
    """The rows that answer a question, their type, and the answer in a line; `layout` is how a terminal sets them.

    `notes` are what a reader must know of how the question was taken; `total` is how many rows there are in all, where
    not all are here.
    """

    title: str
    layout: str
    row: type[Struct]
    rows: Sequence[Struct]
    summary: str
    notes: tuple[str, ...] = ()
    total: int | None = None


VIEWS: dict[str, View] = {
    "calls": View("Who was in contact", Call, ("call", "calls"), list_calls),
    "timeline": View("What happened, in order", Moment, ("entry", "entries"), list_moments),
    "statements": View("Who said what", Statement, ("statement", "statements"), list_statements),
    "claims": View("What is claimed, and what stands behind it", ClaimRow, ("claim", "claims"), list_claims),
    "sources": View("Where it comes from", OriginRow, ("traced origin", "traced origins"), list_origins),
    "disagreements": View(
        "What does not agree", DisagreementRow, ("disagreement", "disagreements"), list_disagreements
    ),
    "expectations": View(
        "What was threatened, foretold, promised or planned",
        ExpectationRow,
        ("expectation", "expectations"),
        list_expectations,
    ),
    "absent": View("Cited, and not in this record", AbsentRow, ("absent source", "absent sources"), list_absent),
}


def summarise(view: View, rows: Sequence[Row], reports: int, min_confidence: float = 0.0) -> str:
    """The answer in a line: "4 calls in these 5 reports", or "No calls found in these 5 reports."."""
    if not reports:
        return "No reports in this record."
    if not rows:
        above = f" with a confidence of {min_confidence:.0%} or more" if min_confidence else ""
        return f"No {view.noun[1]} found {word_reports(reports)}{above}."
    nouns = Counter(_noun(view, row) for row in rows)
    return f"{join_words([word_count(number, *noun) for noun, number in nouns.most_common()])} {word_reports(reports)}"


def _noun(view: View, row: Row) -> tuple[str, str]:
    if isinstance(row, Call):
        return next(noun for noun in CONTACTS.values() if noun[0] == row.kind)
    if isinstance(row, Moment):
        return ("statement", "statements") if row.kind == "statement" else ("event", "events")
    return view.noun
