"""Two events to whether they cannot be one, by their days, places, people, order and words of opposite sense."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.knowledge import read_table
from onrecord.language import lemmas
from onrecord.link.sights import name_words
from onrecord.record import Analysis, EntityType, Event, Interval

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
# "The second round", "a third air strike".
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\b(?: \w+)?[ -]$", re.I)
_BEFORE = 30
# Statuses of what has not come yet.
_COMING = ("planned", "predicted", "conditional")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one event cannot be otherwise than: its days, its place and whom it was done to by name, its turn.

    `sides` are those that its words take of what has two ("seal" and "reopen"), by what they are said of. `country`
    says whether the place is a country; `text` is that of the report.
    """

    when: Interval
    place: str
    words: frozenset[str]
    country: bool
    person: frozenset[str]
    turn: str | None
    sides: Mapping[str, str]
    text: str


def possible_days(analysis: Analysis, event: Event) -> Interval:
    """The days on which an event can have been: what is still to come, or is over, is so by its report's day."""
    if event.when:
        return event.when
    published = analysis.published
    if event.status == "happened":
        return Interval(None, published.latest)
    return Interval(published.earliest, None) if event.status in _COMING else Interval()


def see_bounds(event: Event, report: Analysis) -> Bounds:
    """The bounds of an event of `report`. Of a description ("a prison", "the hospital in Senn") nothing is known."""
    place = event.place if event.place and _is_named(event.place, report, "place") else ""
    person = event.recipients[0] if len(event.recipients) == 1 else ""
    return Bounds(
        when=possible_days(report, event),
        place=place,
        words=_words(place),
        country=place in read_table("country_words"),
        person=_words(person) if person and _is_named(person, report, "person") else frozenset(),
        turn=_turn(event, report),
        sides=_sides(frozenset(report.text[a:b].casefold() for a, b in event.trigger)),
        text=report.text,
    )


def conflict(a: Bounds, b: Bounds) -> bool:
    """Whether days, places, people, numbers or words of opposite sense speak against one event."""
    if a.when.misses(b.when):
        return True
    # It was done to one person each, of different names, or the one is told as the first and the other as the second.
    if (a.person and b.person and not a.person & b.person) or (a.turn and b.turn and a.turn != b.turn):
        return True
    if any(b.sides.get(of, side) != side for of, side in a.sides.items()):
        return True
    return bool(a.place and b.place) and _other_place(a, b)


def _other_place(a: Bounds, b: Bounds) -> bool:
    """Whether neither lies in the other, as far as the reports and the names show it.

    Of a country and a town nothing is known.
    """
    if a.words & b.words or a.country != b.country:
        return False
    return not any(_inside(*sorted((a.place, b.place))).search(text) for text in (a.text, b.text))


@cache
def _inside(one: str, other: str) -> re.Pattern[str]:
    """What says that one lies in the other: "Senn, Narva", "Senn in Narva"."""
    first, second = re.escape(one), re.escape(other)
    return re.compile(rf"{first},? (?:in )?{second}|{second},? (?:in )?{first}")


@cache
def _sides(words: frozenset[str]) -> Mapping[str, str]:
    """The one side that words of a trigger take of each thing; one whose words take both takes none."""
    table = read_table("opposites")
    found = {table[form] for word in words for form in lemmas(word) if form in table}
    taken = Counter(entry.split()[0] for entry in found)
    return {of: side for of, side in (entry.split() for entry in found) if taken[of] == 1}


def _words(name: str) -> frozenset[str]:
    """The words of a name that tell whose it is, the whole where it has none ("Li")."""
    return frozenset(name_words(name)) or frozenset({name.casefold()} - {""})


def _is_named(name: str, report: Analysis, kind: EntityType) -> bool:
    """Whether it is the name of an entity of that type."""
    return any(e.type == kind and e.name == name for e in report.entities)


def _turn(event: Event, report: Analysis) -> str | None:
    at = event.trigger[-1].start
    found = _ORDINAL.search(report.text[max(0, at - _BEFORE) : at])
    word = found[1].casefold() if found else None
    return f"{_ORDINALS.index(word) + 1}" if word in _ORDINALS else re.sub(r"\D", "", word) if word else None
