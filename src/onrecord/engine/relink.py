"""Phase 2: what a build changes to the affairs that it touches, built anew in the record."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from itertools import chain
from typing import NamedTuple

import msgspec

from onrecord import link, pipeline
from onrecord.correct import correct
from onrecord.dating import SAMPLE, Habits, with_date
from onrecord.engine.affairs import Affair, build_affairs
from onrecord.engine.people import People
from onrecord.link import Mark
from onrecord.record import Analysis, Correction
from onrecord.store import Affairs, Store

Tell = Callable[[str, int, int | None], None]
_decode = msgspec.msgpack.Decoder(Mark).decode
# So few reports are linked before further processes have started.
_FEW = 200
# So many reports are held at once for those that the new ones are near to: some 8 KB each.
_AT_ONCE = 10_000


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""


def relink(store: Store, maker: str, tell: Tell = _silent, said: Sequence[Correction] = (), workers: int = 1) -> None:
    """Put the planned changes and what was `said` into effect, and build the affairs anew that they touch.

    An affair that comes out of the same reports as before, of which nothing else has changed, is left as it is.

    The record is the same as if all its reports had been built at once: how near two reports are is asked of the two
    alone, and nothing but people and bodies, and the habits of outlets, reaches from one affair to another.
    """
    tell("link", 0, None)
    work = _Work(store, store.affairs(), maker, [*store.corrections(), *said])
    present, gone = store.changes()
    new = {a.id: link.mark(a) for a in work.read(present)}
    habits = _Samples(work, new, {*present, *gone})
    habitual = frozenset(_find_habitual(work, new, {*present, *gone}, habits))
    touched = _find_touched(work, new, {*present, *gone}, habitual)
    others = work.affairs.reports(touched) - {*present, *gone}
    marks = [*new.values(), *map(_decode, work.affairs.marks(sorted(others)))]
    groups = link.group_reports(marks, pipeline.reports_joined(work.corrections))
    if not said:
        kept = _find_kept(work, groups, touched, set(present), habitual, habits)
        groups, touched = [g for g in groups if g[0] not in kept], touched - kept
    people = People(work.affairs, touched)
    with store.completing(maker, pipeline.linker(), touched) as completion:
        completion.say(said)
        for mark in new.values():
            days = mark.earliest, mark.latest
            completion.mark(mark.report, mark.outlet, mark.given, days, mark.keys, msgspec.msgpack.encode(mark))
        found = deque[Mapping[str, Analysis]]()
        many = sum(map(len, groups)) > _FEW
        affairs = build_affairs(_read_affairs(work, groups, found, habits), work.corrections, workers if many else 1)
        for done, built in enumerate(affairs):
            tell("link", done, len(groups))
            completion.put(built.part, found.popleft(), built.entity_keys)
            people.add(built.part.entities, built.entity_keys)
        people.settle(completion, work.corrections)


class _Work(NamedTuple):
    """A record that is being built."""

    store: Store
    affairs: Affairs
    maker: str
    corrections: Sequence[Correction]

    def read(self, reports: Sequence[str]) -> Iterator[Analysis]:
        """The analyses of `reports`, corrected."""
        for analysis in self.store.analyses(reports, self.maker):
            yield from correct([analysis], self.corrections, with_date)


def _find_touched(work: _Work, new: Mapping[str, Mark], changed: Set[str], habitual: Set[str]) -> set[str]:
    """The affairs that the reports that are `changed` stood in, and those that they bear on now."""
    affairs = work.affairs
    if affairs.count() <= len(changed):
        return affairs.all()
    # Who loses a neighbour may find another one elsewhere.
    left = affairs.reports(affairs.of(changed)) - set(changed)
    seeking = [*new.values(), *map(_decode, affairs.marks(sorted(left)))]
    windows = {(mark.earliest, mark.latest) for mark in seeking}
    known = sorted({report for window in windows for report in affairs.near(*window, link.DAYS)} - set(changed))
    # How near two reports are hangs on the two alone: a report without a day may be near to any of a large record.
    parts = (known[first : first + _AT_ONCE] for first in range(0, len(known), _AT_ONCE))
    beside = {report for part in parts for report in link.find_bearing(seeking, [*map(_decode, affairs.marks(part))])}
    joined = [r for pair in pipeline.reports_joined(work.corrections) if new.keys() & set(pair) for r in pair]
    keyed = affairs.holders({key for mark in new.values() for key in mark.keys})
    return affairs.of({*changed, *beside, *joined, *keyed, *habitual})


def _find_kept(
    work: _Work,
    groups: Iterable[Sequence[str]],
    touched: Iterable[str],
    changed: Set[str],
    habitual: Set[str],
    habits: _Samples,
) -> set[str]:
    """Those of the affairs `touched` that are among `groups` and come out as they are.

    No report of theirs is `changed`, and those that are `habitual` keep their dates, through which alone the habits of
    outlets reach an affair.
    """
    before = {affair: work.affairs.reports([affair]) for affair in touched}
    same = [g for g in groups if before.get(g[0]) == set(g) and changed.isdisjoint(g)]
    swayed = [g for g in same if not habitual.isdisjoint(g)]
    moved = set[str]()
    for group, affair in zip(swayed, _read_affairs(work, swayed, deque(), habits), strict=True):
        dated = {a.id: a.published for a in pipeline.date_affair(affair.analyses, Habits(affair.samples))}
        if dated != work.affairs.published(group[0]):
            moved.add(group[0])
    return {g[0] for g in same} - moved


class _Samples:
    """The dated reports by which the habits of each outlet are found, with what is `new` and without what `changed`."""

    def __init__(self, work: _Work, new: Mapping[str, Mark], changed: Collection[str]) -> None:
        self._work, self._new, self._changed = work, new, changed
        self._read: dict[str, Sequence[Analysis]] = {}

    def ids(self, outlet: str) -> list[str]:
        """The first of them by day and id."""
        left = self._work.affairs.dated(outlet, SAMPLE, self._changed)
        new = [m for m in self._new.values() if m.outlet == outlet and m.given]
        added = [((m.earliest or date.max).toordinal(), m.report) for m in new]
        return [report for _, report in sorted([*left, *added])[:SAMPLE]]

    def read(self, outlet: str) -> Sequence[Analysis]:
        """What of them the habits are found by."""
        if outlet not in self._read:
            self._read[outlet] = tuple(map(_bare, self._work.read(self.ids(outlet))))
        return self._read[outlet]


def _find_habitual(work: _Work, new: Mapping[str, Mark], changed: Collection[str], habits: _Samples) -> Iterator[str]:
    """The reports without a date whose outlet's habits are found by other reports than before."""
    before = {m.report: m for m in map(_decode, work.affairs.marks(changed))}
    for outlet in sorted({m.outlet for m in (*before.values(), *new.values()) if m.outlet and m.given}):
        old = [report for _, report in work.affairs.dated(outlet, SAMPLE, ())]
        if set(habits.ids(outlet)) != set(old) or not before.keys().isdisjoint(old):
            yield from work.affairs.undated(outlet)


def _read_affairs(
    work: _Work, groups: Iterable[Sequence[str]], found: deque[Mapping[str, Analysis]], habits: _Samples
) -> Iterator[Affair]:
    """The reports of each group; as they were before anybody corrected them they are put at the end of `found`."""
    for group in groups:
        found.append({a.id: a for a in work.store.analyses(group, work.maker)})
        amended = correct(list(found[-1].values()), work.corrections, with_date)
        outlets = sorted({a.outlet for a in amended if a.outlet and not a.published.given})
        yield Affair(amended, work.store.report_keys(group), list(chain(*map(habits.read, outlets))))


def _bare(analysis: Analysis) -> Analysis:
    """What of a report its outlet's habits are found by."""
    return msgspec.structs.replace(analysis, text="", entities=(), attributions=(), events=(), hints=(), vectors=None)
