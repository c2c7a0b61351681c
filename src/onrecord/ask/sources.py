"""A claim, statement or event to what stands behind it."""

from __future__ import annotations

from onrecord.ask.shelf import Reading
from onrecord.ask.statements import count
from onrecord.ask.things import Thing, an
from onrecord.record import AttributionMember, Claim, EventEntry, OnrecordError, Origin, Record
from onrecord.views import Answer
from onrecord.views.calls import reached, stand, tell
from onrecord.views.chains import CAUTION, ClaimTree, OriginBranch, ReportBranch, Telling, explain_claim
from onrecord.views.claims import ClaimRow, list_claims, name_origins
from onrecord.views.index import Index
from onrecord.views.refs import refer
from onrecord.views.timeline import Moment, tell_event
from onrecord.views.wording import join_words, word_class


def find_sources(reading: Reading, thing: Thing) -> Answer:
    """What stands behind `thing`, in a row: how many reports, origins, and what would lower their number.

    Raises:
        OnrecordError: `thing` is nothing that has sources, or a statement that stands in no claim.
    """
    if thing.kind in ("event", "contact"):
        entry, parties, part = _event(reading, thing)
        row = tell_event(Index(part), entry, parties)
        return Answer("What stands behind it", "timeline", Moment, [row], count(reading, 1, "event"))
    claim = claim_of(reading, thing)
    rows = [row for row in list_claims(reading.part(ids=[claim])) if row.id == claim]
    return Answer("What stands behind it", "claims", ClaimRow, rows, count(reading, 1, "claim"))


def explain(reading: Reading, thing: Thing) -> ClaimTree:
    """How each report that tells of `thing` comes to its origins, with the words that prove it.

    Raises:
        OnrecordError: as `find_sources`.
    """
    if thing.kind in ("event", "contact"):
        entry, parties, part = _event(reading, thing)
        return _explain_event(Index(part), thing, entry, parties)
    claim = claim_of(reading, thing)
    return explain_claim(reading.part(ids=[claim], copies=True), claim)


def claim_of(reading: Reading, thing: Thing) -> str:
    """The id of the claim that `thing` is, or that a statement stands in.

    Raises:
        OnrecordError: it is no claim, and no statement that stands in one.
    """
    if thing.kind == "claim":
        return thing.id
    if thing.member is None:
        raise OnrecordError(
            f"{an(thing.kind)} has no sources of its own; ask for a claim (Q-…), statement, event or contact"
        )
    claim = claim_with(reading, thing.member)
    if claim is None:
        raise OnrecordError("that statement stands in no claim: it says who spoke, not what is so")
    return claim.id


def claim_with(reading: Reading, member: AttributionMember) -> Claim | None:
    """The claim that an attribution stands in; None where it stands in none."""
    part = reading.part(statements=[member])
    return next((c for c in part.claims if member in c.members), None)


def _event(reading: Reading, thing: Thing) -> tuple[EventEntry, tuple[str, ...], Record]:
    """The event, those who took part if it is a contact, and the part of the record that shows it."""
    part = reading.part(ids=[thing.id], copies=True)
    parties = next((c.participants for c in part.contacts if c.id == thing.id), ())
    return next(e for e in part.events if e.id == thing.id), parties, part


def _explain_event(index: Index, thing: Thing, entry: EventEntry, parties: tuple[str, ...]) -> ClaimTree:
    """The origins of an event, each with the reports that rest on it and their words."""
    untraced = [m.report for m in entry.members if m.report not in reached(entry.origins)]
    several = len(entry.members) > 1
    return ClaimTree(
        id=entry.id,
        ref=refer(thing.kind, entry.id),
        text=": ".join(filter(None, (entry.kind, join_words(parties or (*entry.actors, *entry.recipients))))),
        author=str(index.when(entry.when, [m.report for m in entry.members])),
        standing=stand(entry),
        confidence=entry.confidence if several else None,
        origins=tuple(_origin(index, entry, origin) for origin in entry.origins),
        untraced=tuple(_branch(index, entry, report) for report in dict.fromkeys(untraced)),
        doubts=(),
        caution=CAUTION,
    )


def _origin(index: Index, entry: EventEntry, origin: Origin) -> OriginBranch:
    (name,) = name_origins((origin,))
    reports = tuple(_branch(index, entry, report) for report in origin.reports)
    return OriginBranch(name, word_class(origin.class_), name == origin.name, reports)


def _branch(index: Index, entry: EventEntry, report: str) -> ReportBranch:
    told = tuple(Telling(tell(index, m), ()) for m in entry.members if m.report == report)
    return ReportBranch(report, index.label(report), told)
