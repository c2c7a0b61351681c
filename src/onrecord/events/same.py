"""Two tellings of one report to whether they are of one event, and to what both say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from onrecord.events.contacts import Sighting
from onrecord.events.when import Times
from onrecord.knowledge import read_table
from onrecord.language import lemmas, words_of
from onrecord.record import Event, Span


@dataclass(slots=True)
class Told:
    """An event under way, with what its report has said of it so far; `open` while a plainer word may tell its kind.

    `turn` says which of several it is by the report's words: "first", "second".
    """

    event: Event
    open: bool
    turn: str | None = None
    triggers: set[Span] = field(default_factory=set)
    evidence: set[Span] = field(default_factory=set)


def stem(word: str) -> str:
    """What "attacked", "attacks" and "the attack" have in common."""
    plain = read_table("irregular_verbs").get(word) or min(lemmas(word), key=len)
    return plain.rstrip("e")


def is_one(known: Told, new: Event, definite: bool, contact: Sighting | None, times: Times) -> bool:
    """Whether two tellings by the same word are of one event: nothing speaks against it, and names or "the" for it."""
    event = known.event
    # "They met on Monday and will meet again" tells of two.
    if times.apart(event.when_by, new.when_by) or (event.status != new.status and not definite):
        return False
    if contact:
        kinds = event.contact == new.contact or known.open or contact.vague
        same = {*event.actors, *event.recipients} == {*new.actors, *new.recipients}
        dated = event.when is None or new.when is None or event.when == new.when
        return kinds and same and dated
    sides = (event.actors, new.actors), (event.recipients, new.recipients)
    if event.contact or any(a and b and not _share(a, b) for a, b in sides):
        return False
    both = all(_share(a, b) for a, b in sides if a or b)
    return definite or (both and any(a for side in sides for a in side))


def _share(a: Sequence[str], b: Sequence[str]) -> bool:
    words = [{w.casefold() for n in names for w, _ in words_of(n)} for names in (a, b)]
    return bool(words[0] & words[1])


def joined(event: Event, new: Event, plainer: bool) -> Event:
    """An event with what another word for it adds; a `plainer` one tells the kind."""
    return replace(
        event,
        contact=new.contact if plainer else event.contact,
        kind=new.kind if plainer else event.kind,
        actors=event.actors or new.actors,
        recipients=event.recipients or tuple(n for n in new.recipients if n not in event.actors),
        intermediaries=event.intermediaries or new.intermediaries,
        place=event.place or new.place,
        when=event.when or new.when,
        when_by=event.when_by or new.when_by,
        confidence=max(event.confidence, new.confidence),
    )
