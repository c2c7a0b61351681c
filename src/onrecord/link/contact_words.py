"""Events to the kind of contact that their words tell of, be the parties named or not."""

from __future__ import annotations

from onrecord.knowledge import read_table, read_words
from onrecord.language import lemmas
from onrecord.record import Analysis, Event

ANY = "any"
# Verbs of many senses, which tell of a contact only by who and what stands beside them.
_OF_MANY_SENSES = frozenset("brief come depart exchange go head land leave return see shake".split())


def contact_kind(analysis: Analysis, event: Event) -> str | None:
    """The kind of contact; "any" for words that are said of each, as "talks" or "the first"; None for no contact."""
    if event.contact:
        return event.contact
    words = [event.kind, *(analysis.text[a:b].casefold() for a, b in event.trigger)]
    kind = next((kind for word in words if (kind := _kind(word))), None)
    people = {e.name for e in analysis.entities if e.type == "person"}
    # "The second drill arrived on Saturday" is nobody's visit.
    return None if kind == "visit" and event.actors and not people & {*event.actors} else kind


def _kind(word: str) -> str | None:
    if word in read_words("any_contact"):
        return ANY
    nouns, verbs = read_table("contact_nouns"), read_table("contact_verbs")
    head = word.rsplit(maxsplit=1)[-1] if word else ""
    if kind := nouns.get(word) or nouns.get(head):
        return kind
    verb = next((verbs[form] for form in lemmas(word) if form in verbs and form not in _OF_MANY_SENSES), None)
    return verb.split()[0] if verb else None
