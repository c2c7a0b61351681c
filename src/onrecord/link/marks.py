"""Analyses to affairs: the reports whose facts may bear on one another, each with the others and with no more.

How near two reports are is asked of the two alone, so that one more report changes nothing but the affairs that it
touches. What an affair is made of, as its stories and dates, is found within it.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from onrecord.link.addresses import fold_url
from onrecord.link.entities import fold_name
from onrecord.link.sketches import Sketch, near_pairs, sketch
from onrecord.record import Analysis, Event

# A report whose day is not known, or only to a longer time than this, is joined with no more than so many of those that
# are near to it: every year has reports that might be.
KNOWN, FEW = 31, 3


class Mark(Struct, frozen=True):
    """What tells whether a report may bear on others: its days (None is open), shared keys, and what it is about."""

    report: str
    outlet: str | None
    given: bool
    earliest: date | None
    latest: date | None
    keys: tuple[int, ...]
    sketch: Sketch


def mark(analysis: Analysis) -> Mark:
    """The mark of one report."""
    published = analysis.published
    return Mark(
        report=analysis.id,
        outlet=analysis.outlet,
        given=published.given,
        earliest=published.earliest,
        latest=published.latest,
        keys=tuple(sorted({_hash(key) for key in _keys(analysis)})),
        sketch=sketch(analysis),
    )


def _keys(analysis: Analysis) -> Iterator[str]:
    """Who shares one of these is of the affair: its address, of which it is a version, and each contact of a day."""
    if analysis.url:
        yield f"url {fold_url(analysis.url)}"
    for event in analysis.events:
        day = _day(event)
        if event.contact and day:
            parties = sorted({fold_name(name) for name in (*event.actors, *event.recipients)})
            yield f"contact {event.contact} {day} {' | '.join(parties)}"


def _day(event: Event) -> date | None:
    when = event.when
    return when.earliest if when and when.earliest and when.earliest == when.latest else None


def _hash(key: str) -> int:
    """31 bits that are the same in every run; two keys that share them cost time and no more."""
    return zlib.crc32(key.encode()) & 0x7FFFFFFF


def group_reports(marks: Iterable[Mark], pairs: Iterable[tuple[str, str]] = ()) -> list[list[str]]:
    """The affairs among `marks`, ids sorted, in the order of their first; `pairs` are of one affair in any case.

    A pair with a report that has no mark here is left out.
    """
    # In this order the first of two that are equally close is the first by id.
    known = {m.report: m for m in sorted(marks, key=lambda m: m.report)}
    home = {report: report for report in known}

    def find(report: str) -> str:
        while home[report] != report:
            home[report] = home[home[report]]
            report = home[report]
        return report

    for a, b in _bearing(list(known.values()), pairs):
        if a in home and b in home:
            first, second = sorted((find(a), find(b)))
            home[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for report in home:
        groups[find(report)].append(report)
    return list(groups.values())


def _bearing(marks: Sequence[Mark], pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    holders: dict[int, str] = {}
    for one in marks:
        for key in one.keys:
            yield holders.setdefault(key, one.report), one.report
    for i, j in _join_nearest(marks):
        yield marks[i].report, marks[j].report
    yield from pairs


def _join_nearest(marks: Sequence[Mark]) -> Iterator[tuple[int, int]]:
    """All of known days that are near to each other; the few closest of those of others, and one of who has none."""
    known = [is_known(m) for m in marks]
    near, others = set[int](), defaultdict[int, list[tuple[bool, float, int]]](list)
    for pair in near_pairs([m.sketch for m in marks]):
        if pair.near and known[pair.i] and known[pair.j]:
            near.update((pair.i, pair.j))
            yield pair.i, pair.j
        else:
            others[pair.i].append((not pair.near, -pair.close, pair.j))
            others[pair.j].append((not pair.near, -pair.close, pair.i))
    for i, found in others.items():
        closest = sorted(found)[: 1 if known[i] else FEW]
        if i not in near:
            for n, (may_be, _, j) in enumerate(closest):
                if n == 0 or not may_be:
                    yield i, j


def is_known(mark: Mark) -> bool:
    """Whether the day of a report is known, or a time that is no longer than `KNOWN` days."""
    return bool(mark.earliest and mark.latest) and (mark.latest - mark.earliest).days <= KNOWN  # type: ignore[operator]


def find_bearing(new: Sequence[Mark], known: Sequence[Mark]) -> list[str]:
    """Those of `known` that are near to one of `new`, or may be; not those that only share a key with it."""
    near = near_pairs([m.sketch for m in new], [m.sketch for m in known])
    return sorted({known[pair.j].report for pair in near})
