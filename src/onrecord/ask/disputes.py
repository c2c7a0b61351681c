"""What does not agree: of the whole record, or with a claim, a statement, an event or a report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from msgspec.structs import replace

from onrecord.ask.columns import coded_in
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading
from onrecord.ask.statements import count, in_language
from onrecord.ask.things import Thing, entry_of, members_of
from onrecord.record import AttributionMember, Disagreement, EventMember, Place, Record, Span
from onrecord.views import Answer
from onrecord.views.disagreements import DisagreementRow, list_disagreements
from onrecord.views.index import Index

Spans = set[tuple[str, Span]]
# From the plain contradiction down to what one merely leaves out.
FOREMOST = ("denial", "contradiction", "specificity", "hedge", "omission")


def find_disputes(reading: Reading, frame: Frame, thing: Thing | None = None, kinds: Collection[str] = ()) -> Answer:
    """The disagreements of `kinds` (all, if none are given), of which one side lies in `thing` if there is one."""
    columns = reading.entries("disagreements")
    rows = in_language(reading, columns.report, frame.language)
    if kinds:
        rows &= coded_in(columns.noun, kinds)
    turn = [FOREMOST.index(kind) for kind in columns.noun.values]
    at = sorted((int(n) for n in np.flatnonzero(rows)), key=lambda n: turn[columns.noun.codes[n]])
    near = _of_thing(reading, thing) if thing else None
    ids = [columns.ids[n] for n in at if near is None or columns.ids[n] in near]
    held = {row.id: row for row in list_disagreements(reading.part(ids=ids[: frame.limit]))}
    found = [held[id] for id in ids[: frame.limit]]
    summary = count(reading, len(ids), "disagreement", shown=len(found))
    return Answer("What does not agree", "disagreements", DisagreementRow, found, summary, total=len(ids))


def unlike(record: Record, spans: Spans) -> tuple[Disagreement, ...]:
    """The disagreements of `record` of which one side meets one of `spans`."""
    return tuple(d for d in record.disagreements if any(_meets(p, spans) for p in (d.a, d.b) if p))


def spans_of(index: Index, members: Iterable[AttributionMember | EventMember]) -> Spans:
    """Where the contents of statements, and the evidence and triggers of events stand."""
    spans: Spans = set()
    for m in members:
        if isinstance(m, AttributionMember):
            spans.update((m.report, span) for span in index.attribution(m).content)
        else:
            event = index.event(m)
            spans.update((m.report, span) for span in (*event.evidence, *event.trigger))
    return spans


def read_claim(reading: Reading, id: str) -> Record:
    """The part of the record that holds a claim and what disagrees with one of its members."""
    part = reading.part(ids=[id])
    claim = next((c for c in part.claims if c.id == id), None)
    if claim is None:
        return part
    near = reading.store.unlike({m.report for m in claim.members})
    both = reading.part(ids=[id, *near], copies=True)
    return replace(both, disagreements=unlike(both, spans_of(Index(both), claim.members)))


def _of_thing(reading: Reading, thing: Thing) -> set[str]:
    """The ids of the disagreements that touch `thing`."""
    if thing.kind == "disagreement":
        return {thing.id}
    if thing.kind == "report":
        return set(reading.store.unlike([thing.id]))
    members: Sequence[AttributionMember | EventMember] = members_of(reading, thing)
    if not members:
        members = getattr(entry_of(reading, thing), "members", ())
    near = reading.part(ids=reading.store.unlike({m.report for m in members}))
    whole = reading.part(reports={m.report for m in members})
    return {d.id for d in unlike(near, spans_of(Index(whole), members))}


def _meets(place: Place, spans: Spans) -> bool:
    return any(r == place.report and s.start < place.span.end and place.span.start < s.end for r, s in spans)
