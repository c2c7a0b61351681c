"""The record to what was threatened, foretold, promised or planned, and what is on record of its coming true."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from onrecord.record import EventEntry, Expectation, Record
from onrecord.views.index import Evidence, Index, When
from onrecord.views.refs import refer
from onrecord.views.statements import state
from onrecord.views.timeline import word_actors

KINDS = {
    "threat": "threat",
    "prediction": "prediction",
    "pledge": "promise",
    "plan": "plan",
    "condition": "on a condition",
}
OUTCOMES = {
    "happened": "reported as having happened",
    "not_yet": "reported as not having happened yet",
    "denied": "reported as denied",
    "unknown": "nothing on record of it yet",
}


class ExpectationRow(Struct, frozen=True, kw_only=True):
    """One expectation; `window` is when it was to come true, `event` the one of the record that it speaks of.

    `event_when` is when that happened, None where it is not reported as having happened.
    """

    id: str
    ref: str
    kind: str
    speaker: str
    chain: str
    window: When
    outcome: str
    event: str | None
    event_when: When | None
    words: Evidence
    confidence: float


def list_expectations(record: Record, min_confidence: float = 0.0) -> list[ExpectationRow]:
    """Every expectation by the days of its window, those without one at the end."""
    index = Index(record)
    entries = {entry.id: entry for entry in record.events}
    rows = (_row(index, entries, expectation) for expectation in record.expectations)
    return sorted((row for row in rows if row.confidence >= min_confidence), key=lambda row: row.window)


def _row(index: Index, entries: Mapping[str, EventEntry], expectation: Expectation) -> ExpectationRow:
    said = state(index, expectation.member)
    entry = entries.get(expectation.event or "")
    happened = entry if expectation.outcome == "happened" else None
    return ExpectationRow(
        id=expectation.id,
        ref=refer("expectation", expectation.id),
        kind=KINDS[expectation.kind],
        speaker=said.speaker,
        chain=said.chain,
        window=index.when(expectation.window, [expectation.member.report]),
        outcome=OUTCOMES[expectation.outcome],
        event=": ".join(filter(None, (entry.kind, word_actors(entry)))) if entry else None,
        event_when=index.when(happened.when, [m.report for m in happened.members]) if happened else None,
        words=said.words,
        confidence=said.confidence,
    )
