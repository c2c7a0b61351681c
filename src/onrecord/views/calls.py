"""The record to its call sheet: one row a call, meeting, visit or message between named actors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from onrecord.record import AttributionMember, Contact, EventEntry, EventMember, Origin, Record
from onrecord.views.claims import name_origins
from onrecord.views.index import Evidence, Index, When
from onrecord.views.refs import refer
from onrecord.views.statements import Statement, state
from onrecord.views.wording import CONTACTS, STATUSES, word_standing


class Participant(Struct, frozen=True):
    """One side of a contact, with the offices that the reports give."""

    name: str
    roles: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} ({'; '.join(self.roles)})" if self.roles else self.name


class Call(Struct, frozen=True, kw_only=True):
    """One contact; `told_in` are the words of each report that tell of it, `confidence` is None of a single member."""

    id: str
    ref: str
    when: When
    kind: str
    participants: tuple[Participant, ...]
    intermediaries: tuple[str, ...]
    place: str | None
    status: str
    standing: str
    origins: tuple[str, ...]
    topics: tuple[str, ...]
    told_in: tuple[Evidence, ...]
    statements: tuple[Statement, ...]
    confidence: float | None


# A name to the offices of who goes by it.
Offices = Callable[[str], tuple[str, ...]]


def list_calls(record: Record, min_confidence: float = 0.0, offices: Offices | None = None) -> list[Call]:
    """Every contact by day, those without one at the end; `offices` are those of the record's entities if not given."""
    index = Index(record)
    held = [contact for contact in record.contacts if contact.confidence >= min_confidence]
    return sorted((_row(index, c, min_confidence, offices or index.roles) for c in held), key=lambda row: row.when)


def _row(index: Index, contact: Contact, min_confidence: float, offices: Offices) -> Call:
    return Call(
        id=contact.id,
        ref=refer("contact", contact.id),
        when=index.when(contact.when, [m.report for m in contact.members]),
        kind=CONTACTS[contact.kind][0],
        participants=tuple(Participant(name, offices(name)) for name in contact.participants),
        intermediaries=contact.intermediaries,
        place=contact.place,
        status=STATUSES[contact.status],
        standing=stand(contact),
        origins=name_origins(contact.origins),
        topics=contact.topics,
        told_in=tuple(tell(index, m) for m in contact.members),
        statements=tuple(s for s in _once(index, contact.statements) if s.confidence >= min_confidence),
        confidence=contact.confidence if len(contact.members) > 1 else None,
    )


def tell(index: Index, member: EventMember) -> Evidence:
    """The words with which a report tells of an event: its evidence, else its trigger."""
    event = index.event(member)
    return index.evidence(member.report, event.evidence or event.trigger)


def stand(entry: EventEntry | Contact) -> str:
    """What stands behind an event; a report that none of the origins reaches says no source.

    Two ministers who each tell of their call do not confirm one another: they are both parties to it.
    """
    reports = {m.report for m in entry.members}
    origins = {origin.name for origin in entry.origins}
    words = word_standing(len(reports), entry.independent, len(reports - reached(entry.origins)))
    parties = {*entry.actors, *entry.recipients}
    return f"{words}, both parties to it" if len(origins) == 2 and origins == parties else words


def reached(origins: Sequence[Origin]) -> set[str]:
    """The reports that rest on any of `origins`."""
    return {report for origin in origins for report in origin.reports}


def _once(index: Index, members: Sequence[AttributionMember]) -> tuple[Statement, ...]:
    """The statements made in a contact, each claim once, by its first report."""
    first: dict[str, AttributionMember] = {}
    for member in (m for m in members if not index.is_relay(m)):
        claim = index.claim(member)
        first.setdefault(claim.id if claim else f"{member.report} {member.attribution}", member)
    return tuple(state(index, member) for member in first.values())
