"""Reports of invented countries, read as the pipeline reads them, to the events that they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.attribute import find_attributions
from onrecord.dating import find_timexes, hang
from onrecord.events import find_events
from onrecord.language import Model, Parse, Vectors, find_entities, load_model, load_vectors, parse
from onrecord.record import Attribution, Entity, Event, Noise, Part, Publication, Timex
from tests.records import given

PUBLISHED = given("2031-03-07")  # a Friday


@dataclass(frozen=True)
class Reading:
    """What the shipped models read in a text."""

    parse: Parse
    entities: tuple[Entity, ...]
    timexes: tuple[Timex, ...]
    attributions: tuple[Attribution, ...]


def read(text: str, published: Publication = PUBLISHED) -> Reading:
    parsed = _parse(text)
    timexes = find_timexes(parsed, published)
    attributions, entities = find_attributions(parsed, find_entities(parsed), (), None, timexes)
    return Reading(parsed, entities, timexes, attributions)


def events(text: str, noise: Sequence[Noise] = (), published: Publication = PUBLISHED) -> tuple[Event, ...]:
    seen = read(text, published)
    vectors = _vectors().of(seen.parse.text)
    found, hung = find_events(seen.parse, seen.entities, seen.timexes, noise, vectors, seen.attributions, published)
    return hang(seen.timexes, found, hung, published)[1]


def contacts(text: str, published: Publication = PUBLISHED) -> list[Event]:
    """The contacts of a text in the order in which it tells of them."""
    found = (e for e in events(text, (), published) if e.contact is not None)
    return sorted(found, key=lambda e: e.trigger)


def sides(event: Event) -> tuple[set[str], set[str]]:
    return set(event.actors), set(event.recipients)


def parties(event: Event) -> set[str]:
    return {*event.actors, *event.recipients}


def words(text: str, part: Part) -> list[str]:
    return [text[a:b] for a, b in part]


def told(text: str, word: str) -> Event:
    """The one event among whose words `word` is."""
    found = [e for e in events(text) if word in words(text, e.trigger)]
    assert len(found) == 1, [words(text, e.trigger) for e in events(text)]
    return found[0]


@cache
def _parse(text: str) -> Parse:
    return parse(text, _model())


@cache
def _model() -> Model:
    return load_model()


@cache
def _vectors() -> Vectors:
    return load_vectors()
