"""Phase 2: what a build changes to the affairs that it touches, built anew in the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import msgspec

from onrecord import link, pipeline
from onrecord.correct import correct
from onrecord.dating import SAMPLE, Habits, with_date
from onrecord.link import Mark
from onrecord.record import Analysis, Correction, EntityEntry, Interval
from onrecord.store import Affairs, Completion, Store

Tell = Callable[[str, int, int | None], None]
_decode = msgspec.msgpack.Decoder(Mark).decode


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""


def relink(store: Store, maker: str, tell: Tell = _silent, said: Sequence[Correction] = ()) -> None:
    """Put the planned changes and what was `said` into effect, and build the affairs anew that they touch.

    The record is the same as if all its reports had been built at once: how near two reports are is asked of the two
    alone, and nothing but people and bodies, and the habits of outlets, reaches from one affair to another.
    """
    tell("link", 0, None)
    work = _Work(store, store.affairs(), maker, [*store.corrections(), *said])
    present, gone = store.changes()
    new = {a.id: link.mark(a) for a in work.read(present)}
    touched = _find_touched(work, new, {*present, *gone})
    others = work.affairs.reports(touched) - {*present, *gone}
    marks = [*new.values(), *map(_decode, work.affairs.marks(sorted(others)))]
    groups = link.group_reports(marks, pipeline.reports_joined(work.corrections))
    keys = work.affairs.entity_keys(work.affairs.entities_of(touched))
    with store.completing(maker, pipeline.linker(), touched) as completion:
        completion.say(said)
        for mark in new.values():
            days = mark.earliest, mark.latest
            completion.mark(mark.report, mark.outlet, mark.given, days, mark.keys, msgspec.msgpack.encode(mark))
        habits: dict[str, Sequence[Analysis]] = {}
        for done, group in enumerate(groups):
            tell("link", done, len(groups))
            keys |= _put(work, completion, group, habits)
        completion.home(_find_homes(work, keys))


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


def _find_touched(work: _Work, new: Mapping[str, Mark], changed: Set[str]) -> set[str]:
    """The affairs that the reports that are `changed` stood in, and those that they bear on now."""
    affairs = work.affairs
    if affairs.count() <= len(changed):
        return affairs.all()
    # Who loses a neighbour may find another one elsewhere.
    left = affairs.reports(affairs.of(changed)) - set(changed)
    seeking = [*new.values(), *map(_decode, affairs.marks(sorted(left)))]
    known: dict[str, bytes] = {}
    for mark in seeking:
        known |= affairs.near(mark.earliest, mark.latest, link.DAYS)
    beside = link.find_bearing(seeking, [_decode(m) for r, m in sorted(known.items()) if r not in changed])
    joined = [r for pair in pipeline.reports_joined(work.corrections) if new.keys() & set(pair) for r in pair]
    keyed = affairs.holders({key for mark in new.values() for key in mark.keys})
    return affairs.of({*changed, *beside, *joined, *keyed, *_find_habitual(work, new, changed)})


def _find_habitual(work: _Work, new: Mapping[str, Mark], changed: Collection[str]) -> Iterator[str]:
    """The reports without a date whose outlet has other habits than before."""
    before = {m.report: m for m in map(_decode, work.affairs.marks(changed))}
    for outlet in sorted({m.outlet for m in (*before.values(), *new.values()) if m.outlet and m.given}):
        old = work.affairs.dated(outlet, SAMPLE, ())
        left = work.affairs.dated(outlet, SAMPLE, changed)
        added = [m.report for m in new.values() if m.outlet == outlet and m.given]
        if set(sorted([*left, *added])[:SAMPLE]) != set(old) or not before.keys().isdisjoint(old):
            yield from work.affairs.undated(outlet)


def _put(work: _Work, completion: Completion, group: Sequence[str], samples: dict[str, Sequence[Analysis]]) -> set[str]:
    """Build one affair and put it; the keys of its entities. `samples` are dated reports of outlets, as far as read."""
    found = {a.id: a for a in work.store.analyses(group, work.maker)}
    amended = correct(list(found.values()), work.corrections, with_date)
    for outlet in sorted({a.outlet for a in amended if a.outlet and not a.published.given} - samples.keys()):
        samples[outlet] = tuple(work.read(work.affairs.dated(outlet, SAMPLE, ())))
    habits = Habits(a for own in samples.values() for a in own)
    part = pipeline.build_affair(amended, work.store.report_keys(group), habits, work.corrections)
    keys = pipeline.entity_keys(part.entities, work.corrections)
    completion.put(part, found, keys)
    return {key for own in keys.values() for key in own}


def _find_homes(work: _Work, keys: set[str]) -> list[list[str]]:
    """Which entities of single affairs are one, among all that may be one with those that hold one of `keys`."""
    ids, reached = set[str](), set[str]()
    while keys - reached:
        reached |= keys
        ids |= work.affairs.entities_under(keys)
        keys = work.affairs.entity_keys(ids)
    entities: list[EntityEntry] = work.affairs.entities(sorted(ids))
    firsts = sorted({e.mentions[0].report for e in entities})
    days = {m.report: Interval(m.earliest, m.latest) for m in map(_decode, work.affairs.marks(firsts))}
    return pipeline.join_entities(entities, days, work.corrections)
