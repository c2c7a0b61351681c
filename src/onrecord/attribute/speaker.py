"""The words of a source to who they refer to: name, class and number."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.knowledge import read_table, read_words
from onrecord.language import is_outlet, words_of
from onrecord.record import Entity, Speaker, SpeakerClass

NOBODY = Speaker(None, None, "unspecified", None)
PRONOUNS = frozenset(
    "he she they it i we you who that which whom this these those his her its their one him them".split()
)
# What stands behind one of these words says more of the head and is not the head: "a friend of the minister".
_BEHIND = frozenset(
    "of for from in at on with within near to close who that which familiar aboard inside outside by about speaking"
    " briefed involved working based whose where under after before citing not".split()
)
_DETERMINERS = frozenset("the a an this that these those his her its their some several many other another".split())
# What is behind their "of" is the head: "one of the officials", "a number of aides".
_SHARES = frozenset("number group handful couple pair majority half some several many few most all none each".split())
# Singular words for many people.
_MANY = frozenset("police staff family couple leadership crew public".split())
_DEFINITE = frozenset("the this that these those his her its their".split())


@dataclass(frozen=True, slots=True)
class Head:
    """The head noun of a source, lower-cased singular, with the words up to it."""

    noun: str
    words: tuple[str, ...]
    plural: bool

    @property
    def share(self) -> bool:
        """Whether it is a part of several ("one of the officials"), where the noun stands behind "of"."""
        return "of" in self.words or (bool(self.words) and self.words[-1] in _SHARES | set(read_table("numbers")))

    @property
    def definite(self) -> bool:
        """Whether it speaks of something known: "the official", "his office"."""
        return bool(self.words) and self.words[0] in _DEFINITE


def find_head(source: str) -> Head:
    """The head of a source without a name: "three Lothan officials" → "official", plural."""
    words: list[str] = []
    begun = False  # by more than determiners
    comma = source.find(",")
    for word, span in words_of(source):
        low = word.casefold()
        share = low == "of" and words and (words[-1] in _SHARES or words[-1] in read_table("numbers"))
        if begun and not share and (low in _BEHIND or 0 <= comma < span.start):
            break
        begun = begun or low not in _DETERMINERS
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
    """The class that a noun alone gives, or None; of two words where the list has both ("coast guard")."""
    return next((kind for words, kind in _CLASSES if noun in read_words(words)), None)


_CLASSES: tuple[tuple[str, SpeakerClass], ...] = (
    ("outlet_common", "outlet"),
    ("document_nouns", "document"),
    ("official_nouns", "anonymous_official"),
    ("body_nouns", "named_organisation"),
    ("people_nouns", "anonymous_other"),
    ("offices", "anonymous_official"),
)


def classify_head(head: Head, source: str) -> SpeakerClass | None:
    """The class of a source by its head; who holds an office of a company or a club is no servant of a state."""
    both = " ".join((*head.words[-2:-1], head.noun))
    kind = classify(both) or classify(head.noun)
    if kind == "anonymous_official":
        words = {singular(w.casefold().removesuffix("'s").removesuffix("’s")) for w, _ in words_of(source)}
        if words & read_words("private_words"):
            return "anonymous_other"
    return kind


def count_people(source: str) -> int | None:
    """The number of people that the text states: "two officials" → 2, "an aide" → 1, "officials" → None."""
    numbers = read_table("numbers")
    head = find_head(source)
    words = head.words[: head.words.index("of")] if "of" in head.words else head.words
    stated = [w for w in words if w.isdecimal() or w in numbers]
    if not stated:
        # "the aide", "his wife", "Norra's president"
        whose = head.words[:1] and any(w.endswith(("'s", "’s")) for w in head.words[:-1])
        return 1 if (head.definite or whose) and not head.plural and head.noun not in _MANY else None
    # "a dozen officials" are not one, and nobody knows how many "a number of officials" are.
    word = stated[-1] if head.plural else stated[0]
    if word.isdecimal():
        # Python reads no number of more than 4,300 digits, and nobody counts people with more than ten.
        return int(word) if len(word) <= 10 else None
    return None if head.plural and word in ("a", "an") else int(numbers[word])


def describe(source: str, head: Head | None = None) -> Speaker:
    """Who a source without a name or pronoun is, from its words alone; its own words are the name."""
    text = " ".join(source.split()).strip(" ,")
    head = head or find_head(text)
    if outlet := _outlet_at_end(text, head):
        return Speaker(None, outlet, "outlet", None)
    kind = classify_head(head, text)
    if kind is None:
        # A capital marks a name that the model passed over; a plural or a plain noun is somebody unnamed.
        capital = (
            words_of(text)[len(head.words) - 1 : len(head.words)]
            and words_of(text)[len(head.words) - 1][0][:1].isupper()
        )
        kind = "named_organisation" if capital and len(head.words) > 1 and not head.plural else "anonymous_other"
    counted = kind in ("anonymous_official", "anonymous_other")
    return Speaker(None, text, kind, count_people(text) if counted else None)


def _outlet_at_end(text: str, head: Head) -> str | None:
    """The outlet that a head ends with: "Norran state broadcaster NTK" → "NTK", known or called one."""
    words = [span for _, span in words_of(text)[: len(head.words)]]
    tails = [text[span.start : words[-1].end] for span in words]
    # "the farmers' weekly Grain"; in "the Daily Mirror" the word is of the name
    if (
        len(tails) > 1
        and tails[-1][:1].isupper()
        and tails[-2][:1].islower()
        and head.words[-2] in {*read_words("outlet_common"), "agency"}
    ):
        return tails[-1]
    return next((t for t in tails if t[:1].isupper() and is_outlet(t)), None)


def named(entity: Entity) -> Speaker:
    """An entity as a speaker; a place speaks as the state or city that it names."""
    kinds: dict[str, SpeakerClass] = {"person": "named_person", "outlet": "outlet"}
    return Speaker(entity.id, entity.name, kinds.get(entity.type, "named_organisation"), None)
