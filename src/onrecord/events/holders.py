"""Events whose parties are called by an office to the names of those who hold it in the same report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.record import Entity, Event

# "Minister" alone may be anybody's; "Minister of the Economy" is one.
_LEAST_WORDS = 2


def name_holders(event: Event, entities: Sequence[Entity]) -> Event:
    """`event` with the name in the place of an office that one person of the report holds, and no other.

    "The trade minister spoke by telephone with the Minister of the Economy of Corsia, Giorgo Lant": the tree has the
    office alone for the one who was spoken with.
    """
    names = {e.name for e in entities}
    parties = {*event.actors, *event.recipients}

    def named(name: str) -> str:
        held = _holders(name, entities) if name not in names else []
        return held[0] if len(held) == 1 and held[0] not in parties else name

    return replace(event, actors=tuple(map(named, event.actors)), recipients=tuple(map(named, event.recipients)))


def _holders(office: str, entities: Sequence[Entity]) -> list[str]:
    """The people of whose offices the words of `office` are the beginning or the whole."""
    words = _words(office)
    if len(words) < _LEAST_WORDS:
        return []
    people = (e for e in entities if e.type == "person")
    return [e.name for e in people if any(_words(role)[: len(words)] == words for role in e.roles)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
