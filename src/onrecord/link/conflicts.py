"""Two events to whether they cannot be one, by their days, places, people and order."""

from __future__ import annotations

import re

from onrecord.knowledge import read_table
from onrecord.link.sights import name_words
from onrecord.record import Analysis, EntityType, Event

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
# "The second round", "a third air strike".
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))\b(?: \w+)?[ -]$", re.I)
_BEFORE = 30


def conflict(a: Event, b: Event, one: Analysis, other: Analysis) -> bool:
    """Whether days, places, people or numbers speak against one event; `one` and `other` are their reports."""
    if a.when is not None and b.when is not None and a.when.misses(b.when):
        return True
    return _other_place(a, b, one, other) or _other_person(a, b, one, other) or _other_turn(a, b, one, other)


def _other_place(a: Event, b: Event, one: Analysis, other: Analysis) -> bool:
    """Whether two places are named of which neither lies in the other, as far as the reports and the names show it.

    Of two descriptions ("a prison", "the hospital in Senn") nothing is known, nor of a country and a town.
    """
    if not (a.place and b.place and _is_named(a.place, one, "place") and _is_named(b.place, other, "place")):
        return False
    countries = read_table("country_words")
    if set(name_words(a.place)) & set(name_words(b.place)) or (a.place in countries) != (b.place in countries):
        return False
    first, second = re.escape(a.place), re.escape(b.place)
    inside = re.compile(rf"{first},? (?:in )?{second}|{second},? (?:in )?{first}")
    return not any(inside.search(report.text) for report in (one, other))


def _other_person(a: Event, b: Event, one: Analysis, other: Analysis) -> bool:
    """Whether it was done to one person each, of different names."""
    if len(a.recipients) != 1 or len(b.recipients) != 1:
        return False
    first, second = a.recipients[0], b.recipients[0]
    people = _is_named(first, one, "person") and _is_named(second, other, "person")
    return people and not set(name_words(first)) & set(name_words(second))


def _is_named(name: str, report: Analysis, kind: EntityType) -> bool:
    """Whether it is the name of an entity of that type."""
    return any(e.type == kind and e.name == name for e in report.entities)


def _other_turn(a: Event, b: Event, one: Analysis, other: Analysis) -> bool:
    """Whether one is told as the first and the other as the second."""
    turns = _turn(a, one), _turn(b, other)
    return None not in turns and turns[0] != turns[1]


def _turn(event: Event, report: Analysis) -> str | None:
    at = event.trigger[-1].start
    found = _ORDINAL.search(report.text[max(0, at - _BEFORE) : at])
    word = found[1].casefold() if found else None
    return f"{_ORDINALS.index(word) + 1}" if word in _ORDINALS else re.sub(r"\D", "", word) if word else None
