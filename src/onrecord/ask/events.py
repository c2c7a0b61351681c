"""What happened, when and where, to the events that answer it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from onrecord.ask.columns import Mask, coded_in, within
from onrecord.ask.frame import Frame
from onrecord.ask.names import did_you_mean, holds_words, names_of
from onrecord.ask.shelf import Reading
from onrecord.ask.statements import RUN, count, in_language
from onrecord.record import EventEntry, NothingFound
from onrecord.views import Answer
from onrecord.views.index import Index
from onrecord.views.timeline import Moment, tell_event

Entries = dict[str, EventEntry]


def find_events(
    reading: Reading,
    frame: Frame,
    *,
    who: str | None = None,
    place: str | None = None,
    types: Collection[str] = (),
    statuses: Collection[str] = (),
) -> Answer:
    """The events by day that meet all conditions, those without a day at the end.

    `who` did it, or had it done to them; `types` are PLOVER's, `statuses` the record's ("planned").

    Raises:
        NothingFound: no event is of that name, or at that place.
    """
    columns, notes = reading.entries("events"), list[str]()
    rows: Mask = columns.confidence >= frame.least
    rows &= within(columns.earliest, columns.latest, frame)
    rows &= in_language(reading, columns.report, frame.language)
    if statuses:
        rows &= coded_in(columns.status, statuses)
    ids = [columns.ids[n] for n in np.flatnonzero(rows)]
    if who or place or types:
        entries = {e.id: e for e in reading.store.entries("events", ids) if not types or e.type in types}
        entries = _named(reading, entries, who, parties_of, notes)
        entries = _named(reading, entries, place, _places_of, notes)
        ids = [id for id in ids if id in entries]
    found = read_moments(reading, ids[: frame.limit])
    summary = count(reading, len(ids), "event", shown=len(found))
    return Answer("What happened, in order", "timeline", Moment, found, summary, tuple(notes), total=len(ids))


def read_moments(reading: Reading, ids: Sequence[str]) -> list[Moment]:
    """The events of these ids, in their order."""
    found: dict[str, Moment] = {}
    for first in range(0, len(ids), RUN):
        wanted = set(ids[first : first + RUN])
        part = reading.part(ids=wanted)
        index, parties = Index(part), {c.id: c.participants for c in part.contacts}
        found |= {e.id: tell_event(index, e, parties.get(e.id, ())) for e in part.events if e.id in wanted}
    return [found[id] for id in ids if id in found]


def parties_of(entry: EventEntry) -> tuple[str, ...]:
    """Who did it, to whom and through whom."""
    return (*entry.actors, *entry.recipients, *entry.intermediaries)


def _places_of(entry: EventEntry) -> tuple[str, ...]:
    return (entry.place,) if entry.place else ()


def _named(
    reading: Reading,
    entries: Entries,
    name: str | None,
    held: Callable[[EventEntry], Sequence[str]],
    notes: list[str],
) -> Entries:
    """Those of `entries` of which `held` gives somebody or something of that name; all of them without a name."""
    if not name or not entries:
        return entries
    who = names_of(reading).find(name)
    found = _matching(entries, held, lambda values: bool(who.names.intersection(values)))
    found |= _matching(entries, held, lambda values: bool(holds_words(values, name)))
    # In the record, though not in these events.
    if not found and not who.ids:
        known = {value for entry in entries.values() for value in held(entry)}
        raise NothingFound(f'no such event with "{name}" in this record{did_you_mean(name, known)}')
    if who.note:
        notes.append(who.note)
    return found


def _matching(
    entries: Mapping[str, EventEntry],
    held: Callable[[EventEntry], Sequence[str]],
    is_meant: Callable[[Sequence[str]], bool],
) -> Entries:
    return {id: entry for id, entry in entries.items() if is_meant(held(entry))}
