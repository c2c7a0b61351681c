"""A matter to all that an editor's desk asks of it: what happened, who says so, who disputes it, what is unknown."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from onrecord.ask.columns import Mask, coded_in, within
from onrecord.ask.contacts import ContactRow, read_sheets, row_of
from onrecord.ask.disputes import FOREMOST, spans_of, unlike
from onrecord.ask.events import parties_of, read_moments
from onrecord.ask.frame import Frame
from onrecord.ask.names import Who, did_you_mean, names_of
from onrecord.ask.shelf import Reading
from onrecord.ask.things import find_thing, is_id
from onrecord.record import NothingFound
from onrecord.views.absent import AbsentRow, list_absent
from onrecord.views.claims import ClaimRow, list_claims
from onrecord.views.disagreements import DisagreementRow, list_disagreements
from onrecord.views.expectations import ExpectationRow, list_expectations
from onrecord.views.index import Index
from onrecord.views.timeline import Moment


class Brief(Struct, frozen=True, kw_only=True):
    """What the record holds of a matter, each list at most as long as was asked for; `left_out` how many more.

    `absent` is None where it was not worked out in time: it hangs on all reports of the record.
    """

    about: str
    reports: int
    events: tuple[Moment, ...]
    contacts: tuple[ContactRow, ...]
    claims: tuple[ClaimRow, ...]
    disputes: tuple[DisagreementRow, ...]
    expected: tuple[ExpectationRow, ...]
    absent: tuple[AbsentRow, ...] | None
    left_out: dict[str, int]
    notes: tuple[str, ...]


class _Matter(Struct):
    """What a brief is about: those of a name, passages with words, or the reports of a story."""

    title: str
    who: Who
    reports: frozenset[str]
    statements: Mask


def find_brief(reading: Reading, frame: Frame, about: str) -> Brief:
    """The brief of what `about` names: a person, body or place, words, or a story by its id (T-…).

    Raises:
        NothingFound: the record holds nothing of it.
    """
    matter = _matter(reading, about)
    events, contacts, more = _events(reading, frame, matter)
    claims, more_claims = _claims(reading, frame, matter)
    limit = frame.limit
    happened = [*contacts, *(e.id for e in events)]
    near = reading.part(ids=[*happened, *(c.id for c in claims)])
    reports = {m.report for c in near.claims for m in c.members} | {m.report for e in near.events for m in e.members}
    expected = _expected(reading, matter, reports)
    disputes = _disputes(reading, [c.id for c in claims], happened)
    absent = _absent(reading, reports)
    return Brief(
        about=matter.title,
        reports=len(reports),
        events=tuple(events),
        contacts=tuple(row_of(sheet) for sheet in read_sheets(reading, contacts)),
        claims=tuple(claims),
        disputes=tuple(disputes[:limit]),
        expected=tuple(expected[:limit]),
        absent=None if absent is None else tuple(absent[:limit]),
        left_out={
            **more,
            "claims": more_claims,
            "disputes": _more(disputes, limit),
            "expected": _more(expected, limit),
            "absent": _more(absent or (), limit),
        },
        notes=(matter.who.note,) if matter.who.note else (),
    )


def _more(rows: Sequence[object], limit: int | None) -> int:
    return max(0, len(rows) - limit) if limit else 0


def _matter(reading: Reading, about: str) -> _Matter:
    columns = reading.statements
    if is_id(about):
        thing = find_thing(reading, about, ["story"])
        (story,) = reading.store.entries("stories", [thing.id])
        reports = frozenset(story.reports)
        return _Matter(story.title, Who(frozenset(), frozenset()), reports, coded_in(columns.report, reports))
    who = names_of(reading).find(about)
    mask = np.isin(columns.id, reading.store.search_statements(about)) | coded_in(columns.entity, who.ids)
    for id in who.ids:
        mask |= np.isin(columns.id, reading.store.spoken_of(id))
    # Those of a name are told of in many reports that are about other things.
    reports = frozenset() if who.ids else frozenset(reading.store.search_reports(about))
    if not mask.any() and not reports and not who.ids:
        raise NothingFound(f'nothing about "{about}" in this record{did_you_mean(about, names_of(reading).ids)}')
    return _Matter(about, who, reports, mask)


def _events(reading: Reading, frame: Frame, matter: _Matter) -> tuple[list[Moment], list[str], dict[str, int]]:
    """The events that most reports tell of, the ids of such contacts, both by day; how many there are beside these."""
    columns = reading.entries("events")
    rows = (columns.confidence >= frame.least) & within(columns.earliest, columns.latest, frame)
    if matter.reports:
        rows &= coded_in(columns.report, matter.reports)
    order = {columns.ids[n]: int(n) for n in np.flatnonzero(rows)}
    if matter.reports:
        entries = reading.store.entries("events", order)
    else:
        names = matter.who.names
        told = reading.store.naming("events", names)
        entries = [e for e in told if e.id in order and names.intersection((*parties_of(e), e.place))]
    # What fits no type of event is mostly a state or a thought.
    entries.sort(key=lambda e: (e.type is None, -len(e.members), -e.independent, order[e.id]))
    touch = set(reading.entries("contacts").ids)
    contacts = [e.id for e in entries if e.id in touch]
    others = [e.id for e in entries if e.id not in touch]
    kept = [sorted(ids[: frame.limit], key=order.__getitem__) for ids in (others, contacts)]
    more = {"events": _more(others, frame.limit), "contacts": _more(contacts, frame.limit)}
    return read_moments(reading, kept[0]), kept[1], more


def _claims(reading: Reading, frame: Frame, matter: _Matter) -> tuple[list[ClaimRow], int]:
    """The claims that most reports hold, and how many there are beside these."""
    said, columns = reading.statements, reading.entries("claims")
    held = {said.claim.values[c] for c in np.unique(said.claim.codes[matter.statements]) if c >= 0}
    rows = (columns.confidence >= frame.least) & within(columns.earliest, columns.latest, frame)
    at = [n for n in np.flatnonzero(rows) if columns.ids[n] in held]
    at.sort(key=lambda n: (-columns.reports[n], -columns.independent[n], n))
    ids = [columns.ids[n] for n in at[: frame.limit]]
    told = {row.id: row for row in list_claims(reading.part(ids=ids))}
    return [told[id] for id in ids], _more(at, frame.limit)


def _disputes(reading: Reading, claims: Sequence[str], events: Sequence[str]) -> list[DisagreementRow]:
    """What does not agree with one of the claims or events."""
    part = reading.part(ids=[*claims, *events])
    index = Index(part)
    members = [m for c in part.claims if c.id in set(claims) for m in c.members]
    spans = spans_of(index, [*members, *(m for e in part.events if e.id in set(events) for m in e.members)])
    near = reading.part(ids=reading.store.unlike({report for report, _ in spans}))
    ids = {d.id for d in unlike(near, spans)}
    rows = [row for row in list_disagreements(near) if row.id in ids]
    return sorted(rows, key=lambda row: FOREMOST.index(row.kind))


def _expected(reading: Reading, matter: _Matter, reports: Collection[str]) -> list[ExpectationRow]:
    """What was expected in the statements that the brief is about, and is not on record as having come."""
    columns, said = reading.entries("expectations"), reading.statements
    rows = coded_in(columns.report, reports)
    part = reading.part(ids=[columns.ids[n] for n in np.flatnonzero(rows)])
    about = {said.member(n) for n in np.flatnonzero(matter.statements)}
    held = {x.id for x in part.expectations if x.member in about}
    return [row for row in list_expectations(part) if row.id in held and row.event_when is None]


def _absent(reading: Reading, reports: Collection[str]) -> list[AbsentRow] | None:
    """The sources that these reports cite and the record does not hold; None while that is being worked out."""
    absent = reading.absent()
    if absent is None:
        return None
    cited = [a for a in absent if set(a.cited_by) & set(reports)]
    part = reading.part(reports={r for a in cited for r in a.cited_by})
    return list_absent(replace(part, absent=tuple(cited)))
