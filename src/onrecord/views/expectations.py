"""The record to what was threatened, foretold, promised or planned, and what is on record of its coming true."""

from __future__ import annotations

from msgspec import Struct

from onrecord.record import Expectation, Record
from onrecord.views.index import Evidence, Index, When
from onrecord.views.statements import state
from onrecord.views.timeline import word_actors

OUTCOMES = {
    "happened": "reported as having happened",
    "not_yet": "reported as not having happened yet",
    "denied": "reported as denied",
    "unknown": "nothing on record",
}


class ExpectationRow(Struct, frozen=True, kw_only=True):
    """One expectation; `window` is when it was to come true, `event` what came of it (None where nothing is known)."""

    id: str
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
    rows = (_row(index, record, expectation) for expectation in record.expectations)
    return sorted((row for row in rows if row.confidence >= min_confidence), key=lambda row: row.window)


def _row(index: Index, record: Record, expectation: Expectation) -> ExpectationRow:
    said = state(index, expectation.member)
    entry = next((e for e in record.events if e.id == expectation.event), None)
    return ExpectationRow(
        id=expectation.id,
        kind=expectation.kind,
        speaker=said.speaker,
        chain=said.chain,
        window=index.when(expectation.window, [expectation.member.report]),
        outcome=OUTCOMES[expectation.outcome],
        event=": ".join(filter(None, (entry.kind, word_actors(entry)))) if entry else None,
        event_when=index.when(entry.when, [m.report for m in entry.members]) if entry else None,
        words=said.words,
        confidence=said.confidence,
    )
