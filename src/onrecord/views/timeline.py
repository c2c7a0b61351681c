"""The record to what happened and what was said, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from onrecord.record import AttributionMember, Claim, EventEntry, Interval, Record
from onrecord.views.calls import stand, tell
from onrecord.views.index import Evidence, Index, When
from onrecord.views.refs import refer
from onrecord.views.statements import state
from onrecord.views.wording import STATUSES, join_words, word_count, word_standing

# Events read with less are on record, and would bury the others here.
SURE = 0.4


class Moment(Struct, frozen=True, kw_only=True):
    """One event or statement; `status` is empty for a plain statement, `words` are its first report's."""

    id: str
    ref: str
    when: When
    kind: str
    who: str
    status: str
    standing: str
    words: Evidence
    reports: tuple[str, ...]
    confidence: float


def list_moments(record: Record, min_confidence: float = 0.0) -> list[Moment]:
    """Events, contacts among them, and dated statements by day; events without a date at the end.

    Events that no report tells surely enough (SURE) are left out.
    """
    index = Index(record)
    parties = {contact.id: contact.participants for contact in record.contacts}
    events = (e for e in record.events if e.confidence >= min_confidence and _is_surely_one(index, e))
    rows = [tell_event(index, entry, parties.get(entry.id, ())) for entry in events]
    rows.extend(row for row in _statements(index, record) if row.confidence >= min_confidence)
    return sorted(rows, key=lambda row: row.when)


def _is_surely_one(index: Index, entry: EventEntry) -> bool:
    """Whether it is read surely enough as an event, in one report at least, to stand among what happened."""
    return any(index.event(m).confidence >= SURE for m in entry.members)


def tell_event(index: Index, entry: EventEntry, participants: Sequence[str]) -> Moment:
    """The row of one event; `participants` are those of a contact."""
    reports = [m.report for m in entry.members]
    return Moment(
        id=entry.id,
        ref=refer("contact" if participants else "event", entry.id),
        when=index.when(entry.when, reports, "date not known"),
        kind=entry.kind,
        who=join_words(participants) if participants else word_actors(entry),
        status=STATUSES[entry.status],
        standing=stand(entry),
        words=tell(index, entry.members[0]),
        reports=index.labels(reports),
        confidence=entry.confidence,
    )


def word_actors(entry: EventEntry) -> str:
    """Who did it to whom and where: "Norland → Kaldova, through Sarn, in Port Ister"."""
    sides = " → ".join(filter(None, (join_words(entry.actors), join_words(entry.recipients))))
    through = f"through {join_words(entry.intermediaries)}" if entry.intermediaries else ""
    place = f"in {entry.place}" if entry.place else ""
    return ", ".join(filter(None, (sides, through, place)))


def _statements(index: Index, record: Record) -> Iterator[Moment]:
    """The dated statements, one row for each claim and day however many reports hold it."""
    groups: dict[tuple[str, Interval], list[AttributionMember]] = {}
    for member in (m for analysis in record.analyses for m in index.statements(analysis)):
        said, claim = index.attribution(member).said, index.claim(member)
        if said is not None and (said.earliest or said.latest):
            key = claim.id if claim else f"{member.report} {member.attribution}"
            groups.setdefault((key, said), []).append(member)
    for members in groups.values():
        yield tell_statement(index, members)


def tell_statement(index: Index, members: Sequence[AttributionMember]) -> Moment:
    """The row of one claim as those of its members tell it that date it alike."""
    row = state(index, members[0])
    reports = list(dict.fromkeys(m.report for m in members))
    return Moment(
        id=row.id,
        ref=row.ref,
        when=index.when(index.attribution(members[0]).said, reports, "date not known"),
        kind="statement",
        who=row.chain or row.speaker,
        status=", ".join(filter(None, (row.stance, row.channel))),
        standing=_stand(index.claim(members[0]), reports),
        words=row.words,
        reports=index.labels(reports),
        confidence=row.confidence,
    )


def _stand(claim: Claim | None, reports: Sequence[str]) -> str:
    """What stands behind a claim in those of its reports that date it alike."""
    if claim is None:
        return word_count(len(reports), "report", "reports")
    independent = sum(not set(reports).isdisjoint(origin.reports) for origin in claim.origins)
    return word_standing(len(reports), independent, len(set(reports).intersection(claim.untraced)))
