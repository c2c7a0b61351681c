"""The entities of one report to the places where it names them, in order."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from onrecord.language.parse import words_of
from onrecord.language.spans import Spans, beginning
from onrecord.record import Entity, Span

# One place where an entity is named.
Named = tuple[Span, Entity]

# Of so many who bear one office, whoever was named farther off is not remembered.
_MOST_BETWEEN = 200


class Mentions:
    """Where a report names its entities; none is looked for among all of them. Names do not overlap."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = {e.id: e for e in entities}
        named = [(m.span, e) for e in self.entities.values() for m in e.mentions if m.form == "name"]
        self._named = sorted(named, key=lambda n: n[0])
        self._called = {e.id: _called(e) for e in self.entities.values()}
        self._bearers: dict[str, list[Entity]] = defaultdict(list)
        for entity in self.entities.values():
            for word in self._called[entity.id]:
                self._bearers[word].append(entity)
        self._places: dict[str, list[Named]] = {}

    def beginning(self, start: int, end: int) -> list[Named]:
        """The names that begin between the two offsets, in order."""
        return beginning(self._named, start, end)

    def people(self, unless: Spans) -> list[Named]:
        """The names of people, but for those that begin in a span of `unless`.

        News gives a person's full name or office once; a single word that never has either is often a misread place.
        """
        people = (n for n in self._named if n[1].type == "person" and (" " in n[1].name or n[1].roles))
        return [(span, e) for span, e in people if not unless.meets(Span(span.start, span.start + 1))]

    def last_before(self, offset: int, reach: int) -> Entity | None:
        """Whoever is named last before `offset`, not more than `reach` characters away."""
        behind = bisect_right(self._named, offset, key=lambda n: n[0].end)
        span, entity = self._named[behind - 1] if behind else (None, None)
        return entity if span and offset - reach <= span.end else None

    def holder(self, noun: str, modifiers: set[str], plural: bool, offset: int) -> Entity | None:
        """Whose office or name has `noun` and all `modifiers`: the one named last before `offset`, else first behind.

        A headline may give the office before the text gives the name.
        """
        if noun not in self._places:
            places = [(m.span, e) for e in self._bearers.get(noun, ()) for m in e.mentions]
            self._places[noun] = sorted(places, key=lambda p: p[0])
        places = self._places[noun]
        here = bisect_left(places, offset, key=lambda p: p[0].start)
        before = range(here - 1, max(-1, here - 1 - _MOST_BETWEEN), -1)
        for n in itertools.chain(before, range(here, min(len(places), here + _MOST_BETWEEN))):
            entity = places[n][1]
            if not (plural and entity.type == "person") and modifiers <= self._called[entity.id]:
                return entity
        return None


def _called(entity: Entity) -> frozenset[str]:
    """The words by which a description may speak of `entity`: a person's offices, a body's name."""
    if entity.type == "person":
        return frozenset(w.casefold() for role in entity.roles for w, _ in words_of(role))
    return frozenset(entity.name.casefold().split() if entity.type in ("organisation", "outlet") else ())
