"""The words of a source to who they refer to: name, class and number."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.knowledge import read_table, read_words
from onrecord.language import is_outlet, words_of
from onrecord.record import Entity, Speaker, SpeakerClass

NOBODY = Speaker(None, None, "unspecified", None)
PRONOUNS = frozenset("he she they it i we you who that which whom this these those his her its their one him them".split())
# What stands behind one of these words says more of the head and is not the head: "a friend of the minister".
_BEHIND = frozenset(
    "of for from in at on with within near to close who that which familiar aboard inside outside by about speaking"
    " briefed involved working based whose where under after before citing not".split()
)
_DETERMINERS = frozenset("the a an this that these those his her its their some several many other another".split())


@dataclass(frozen=True, slots=True)
class Head:
    """The head noun of a source, lower-cased singular, with its words before any "of", "who", comma, …"""

    noun: str
    words: tuple[str, ...]
    plural: bool

    @property
    def definite(self) -> bool:
        """Whether it speaks of something known: "the official", "his office"."""
        return bool(self.words) and self.words[0] in ("the", "this", "that", "these", "those", "his", "her", "its", "their")


def find_head(source: str) -> Head:
    """The head of a source without a name: "three Lothan officials" → "official", plural."""
    words: list[str] = []
    for word, span in words_of(source):
        low = word.casefold()
        if words and not set(words) <= _DETERMINERS and (low in _BEHIND or "," in source[: span.start]):
            break
        words.append(low)
    last = words[-1] if words else ""
    noun = singular(last)
    return Head(noun, tuple(words), noun != last)


def singular(noun: str) -> str:
    """The singular of a regular plural; other words as they are."""
    if noun in ("people", "persons"):
        return "person"
    if noun in ("men", "women") or noun.endswith(("men", "women")):
        return noun[:-2] + "an"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def classify(noun: str) -> SpeakerClass | None:
    """The class that a head noun alone gives, or None."""
    if noun in read_words("outlet_common"):
        return "outlet"
    if noun in read_words("document_nouns"):
        return "document"
    if noun in read_words("official_nouns"):
        return "anonymous_official"
    if noun in read_words("body_nouns"):
        return "named_organisation"
    if noun in read_words("people_nouns") or noun in read_words("offices"):
        return "anonymous_other" if noun in read_words("people_nouns") else "anonymous_official"
    return None


def count_people(source: str) -> int | None:
    """The number of people that the text states: "two officials" → 2, "an aide" → 1, "officials" → None."""
    numbers = read_table("numbers")
    head = find_head(source)
    for word in head.words:
        if word.isdigit():
            return int(word)
        if word in numbers:
            return int(numbers[word])
    return 1 if head.definite and not head.plural else None


def describe(source: str) -> Speaker:
    """Who a source without a name or pronoun is, from its words alone; its own words are the name."""
    text = " ".join(source.split()).strip(" ,")
    head = find_head(text)
    if outlet := _outlet_at_end(text):
        return Speaker(None, outlet, "outlet", None)
    kind = classify(head.noun)
    if kind is None:
        # A capital marks a name that the model passed over; a plural or a plain noun is somebody unnamed.
        capital = any(w[:1].isupper() for w, _ in words_of(text)[1:])
        kind = "named_organisation" if capital and not head.plural else "anonymous_other"
    counted = kind in ("anonymous_official", "anonymous_other")
    return Speaker(None, text, kind, count_people(text) if counted else None)


def _outlet_at_end(text: str) -> str | None:
    """The outlet that a source ends with: "Norran state broadcaster NTK" → "NTK", where the name is known as one."""
    words = text.split()
    for n in range(len(words)):
        tail = " ".join(words[n:])
        if tail[:1].isupper() and is_outlet(tail) and (n == 0 or n == len(words) - 1 or is_outlet(words[-1])):
            return tail
    return None


def named(entity: Entity) -> Speaker:
    """An entity as a speaker; a place speaks as the state or city that it names."""
    kinds: dict[str, SpeakerClass] = {"person": "named_person", "outlet": "outlet"}
    return Speaker(entity.id, entity.name, kinds.get(entity.type, "named_organisation"), None)
