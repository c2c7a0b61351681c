"""The contacts of one affair to links: one where parties, kind and day agree, two until something shows that.

What shows it is the same day in both, that one report copies the other, or that of all contacts which the reports of
the affair tell of it can be no other. A report may also say no more than "the call of 23 October" or "their talks on
Wednesday": that is told of the contact of that day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

from onrecord.link.clusters import cluster, fact
from onrecord.link.conflicts import possible_days
from onrecord.link.contact_words import ANY, contact_kind
from onrecord.link.parties import Parties
from onrecord.record import Analysis, ContactKind, Copy, Event, Interval, Link, Place

MAKER = "link.contacts"
# How surely two are one that agree in all, and one that can be no other; and that two are two.
_SAME, _ONLY, _DIFFERENT = 0.9, 0.7, 0.95
# Kinds that reports take for one another, as a journey for the meeting that it was made for.
_AKIN: tuple[frozenset[ContactKind], ...] = (
    frozenset(("visit", "meeting")),
    frozenset(("meeting", "virtual_meeting")),
    frozenset(("call", "virtual_meeting")),
)
# "Their second meeting", "spoke again".
_WORD = re.compile(r"\w+")
_TURNS = frozenset("first second third fourth again another earlier previous last twice".split())


class _Told(NamedTuple):
    """A contact as one report tells of it, or what may be one: `kind` is "any" where the words leave it open.

    `counted` says that it is one of several by its own words ("their second meeting"), `days` are those on which it can
    have been.
    """

    report: str
    event: Event
    kind: str
    counted: bool
    days: Interval

    @property
    def key(self) -> str:
        return fact(self.report, self.event.id)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.event.actors, *self.event.recipients)


def link_contacts(analyses: Sequence[Analysis], copies: Sequence[Copy], parties: Parties) -> list[Link]:
    """Links "same" and "different" between the contacts that the reports of one affair tell of."""
    told = [_told(a, e, e.contact) for a in analyses for e in a.events if e.contact]
    copied = {frozenset((c.a, c.b)) for c in copies}
    links = [
        _link(a, b, relation)
        for a, b in combinations(told, 2)
        if (relation := _relation(a, b, parties, frozenset((a.report, b.report)) in copied))
    ]
    groups = _groups(told, links)
    links += [_link(a, b, "same", _ONLY) for a, b in _find_only(groups, parties)]
    groups = _groups(told, links)
    loose = [t for a in analyses for t in _find_loose(a)]
    return links + [_link(a, b, "same", _ONLY) for a, b in _find_spoken_of(loose, groups, parties)]


def _told(analysis: Analysis, event: Event, kind: str) -> _Told:
    return _Told(analysis.id, event, kind, _is_counted(analysis, event), possible_days(analysis, event))


def _groups(told: Sequence[_Told], links: Iterable[Link]) -> list[list[_Told]]:
    by_key = {t.key: t for t in told}
    return [[by_key[key] for key in group] for group in cluster(list(by_key), links)]


def _relation(a: _Told, b: _Told, parties: Parties, copied: bool) -> Literal["same", "different"] | None:
    if not _akin(a.kind, b.kind) or not _agree(a, b, parties):
        return None
    if a.report == b.report:
        return "different"
    days, others = a.event.when, b.event.when
    if a.days.misses(b.days):
        return "different"
    if _day(days) and days == others and a.kind == b.kind:
        return "same"
    known = _closed(days) and _closed(others)
    return "same" if copied and not known else None


def _agree(a: _Told, b: _Told, parties: Parties) -> bool:
    """Whether each party of one with fewer names is a party of the other."""
    few, many = sorted((a, b), key=lambda t: len(t.names))
    left = list(many.names)
    for name in few.names:
        found = next((n for n in left if parties.are_one(few.report, name, many.report, n)), None)
        if found is None:
            return False
        left.remove(found)
    return bool(few.names)


def _find_only(groups: Sequence[Sequence[_Told]], parties: Parties) -> Iterator[tuple[_Told, _Told]]:
    """Those that agree in all but have no common day, where each fits every other that one of them fits."""
    fits: dict[int, set[int]] = {n: {n} for n in range(len(groups))}
    for (i, one), (j, other) in combinations(enumerate(groups), 2):
        if _may_be_one(one, other, parties):
            fits[i].add(j)
            fits[j].add(i)
    for i, same in fits.items():
        if i != min(same) or any(fits[n] != same for n in same):
            continue
        # "Their second call" without a day may be another than the one that is known.
        if not any(t.counted and not _day(t.event.when) for n in same for t in groups[n]):
            yield from ((groups[i][0], groups[n][0]) for n in sorted(same - {i}))


def _is_counted(analysis: Analysis, event: Event) -> bool:
    """Whether the sentences that tell of it say which of several it was; "last week" does not."""
    text = analysis.text
    at = (a + m.start() for a, b in event.evidence for m in _WORD.finditer(text[a:b]) if m[0].casefold() in _TURNS)
    return any(not _is_timed(analysis, start) for start in at)


def _is_timed(analysis: Analysis, start: int) -> bool:
    """Whether a time expression holds the character at `start`."""
    behind = bisect_right(analysis.timexes, start, key=lambda t: t.span.start)
    return behind > 0 and start < analysis.timexes[behind - 1].span.end


def _may_be_one(one: Sequence[_Told], other: Sequence[_Told], parties: Parties) -> bool:
    """Whether all of both fit one another: no report tells them apart, and no day speaks against it."""
    return all(
        a.report != b.report and _akin(a.kind, b.kind) and _agree(a, b, parties) and not a.days.misses(b.days)
        for a in one
        for b in other
    )


def _find_loose(analysis: Analysis) -> Iterator[_Told]:
    """What a report tells with a word of contact and without naming both parties, on one day."""
    for event in analysis.events:
        if not event.contact and _day(event.when) and (kind := contact_kind(analysis, event)):
            yield _told(analysis, event, kind)


def _find_spoken_of(
    loose: Sequence[_Told], groups: Sequence[Sequence[_Told]], parties: Parties
) -> Iterator[tuple[_Told, _Told]]:
    """Each that is told of loosely with the one contact of that day that it can be."""
    for one in loose:
        fitting = [
            group
            for group in groups
            if any(_day(t.event.when) == _day(one.event.when) for t in group)
            and all(_akin(one.kind, t.kind) for t in group)
            and all(_holds(t, one, parties) for t in group)
        ]
        others = [group for group in fitting if all(t.report != one.report for t in group)]
        if len(fitting) == len(others) == 1:
            yield others[0][0], one


def _holds(contact: _Told, loose: _Told, parties: Parties) -> bool:
    """Whether nobody is named in `loose` who is no party of the contact; "the two ministers" is nobody."""
    return all(
        any(parties.are_one(loose.report, name, contact.report, n) is not False for n in contact.names)
        for name in loose.names
        if parties.who(loose.report, name) is not None
    )


def _akin(a: str, b: str) -> bool:
    if "message" in (a, b):
        return a == b
    return a == b or ANY in (a, b) or frozenset((a, b)) in _AKIN


def _closed(days: Interval | None) -> bool:
    return bool(days and days.earliest and days.latest)


def _day(days: Interval | None) -> str | None:
    """The one day on which an event is told to have been, if it is one."""
    return str(days.earliest) if days and days.earliest and days.earliest == days.latest else None


def _link(a: _Told, b: _Told, relation: Literal["same", "different"], score: float | None = None) -> Link:
    score = score or (_SAME if relation == "same" else _DIFFERENT)
    evidence = tuple(Place(t.report, t.event.evidence[0]) for t in (a, b))
    return Link(left=a.key, right=b.key, relation=relation, score=score, evidence=evidence, by=MAKER)
