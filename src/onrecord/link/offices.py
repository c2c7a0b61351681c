"""The words for somebody's office to what two of them have in common, and where they exclude each other."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.knowledge import find_countries, read_table, read_words
from onrecord.knowledge.public import office_kinds
from onrecord.link.spellings import letters

_WORD = re.compile(r"\w+(?:[.’'-]\w+)*")
_PAST = re.compile(r"\b(?:former|ex|then|late|onetime|future|-elect)\b", re.IGNORECASE)
_ABBREVIATIONS = {
    **{"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "col": "colonel"},
    **{"amb": "ambassador", "capt": "captain", "lt": "lieutenant", "maj": "major", "adm": "admiral", "sgt": "sergeant"},
    **{"congressman": "representative", "congresswoman": "representative", "rev": "reverend", "advisor": "adviser"},
    **{"spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman", "chair": "chairman"},
    **{"chairperson": "chairman"},
}
# Words with a capital in the name of an office that name no place.
_NO_PLACE = frozenset(
    "state foreign affairs defence defense interior finance justice treasury home chief party house senate majority"
    " minority whip supreme republican democratic democrat labour national federal central united nations vice deputy"
    " council parliament committee the of for and relations".split()
)
# "Norran" and "Norra", "Sarovian" and "Sarovia".
_PEOPLE = re.compile(r"(?:ians?|eans?|ans?|ese|ish|ia|ic|ers?|s|a|i|e|o)$")
_STYLES = frozenset("mr mrs ms miss mx dr sir dame madame lady lord monsieur herr frau hon former acting".split())


class Office(NamedTuple):
    """The kinds of office that words may name, their nouns, the places in them, and whether it is held no more."""

    kinds: frozenset[str]
    nouns: frozenset[str]
    places: frozenset[str]
    past: bool

    def agrees(self, other: Office) -> bool:
        """Whether both may be words for one office."""
        if self.places and other.places and not self.places & other.places:
            return False
        if self.kinds and other.kinds:
            return bool(self.kinds & other.kinds)
        return bool(self.nouns & other.nouns)

    def excludes(self, other: Office) -> bool:
        """Whether nobody holds both: the like office of two countries."""
        if not (self.places and other.places) or self.places & other.places:
            return False
        return bool(self.kinds & other.kinds or (self.nouns & other.nouns))


@cache
def read_office(role: str) -> Office | None:
    """The office that `role` names; None for a mere style of address."""
    # "President Varr and Gov. Holm": what stands before belongs to another.
    role = role.rsplit(" and ", 1)[-1]
    words = [w.casefold().rstrip(".") for w in _WORD.findall(role)]
    known = read_words("offices") | read_words("titles") | read_words("honorifics")
    nouns = frozenset(_ABBREVIATIONS.get(w, w) for w in words if w in known or w in _ABBREVIATIONS) - _STYLES
    kinds = office_kinds(role)
    if not nouns and not kinds:
        return None
    # Of other offices a word with a capital seldom is a country: "Economics Professor".
    return Office(kinds, nouns, read_places(role) if kinds else find_countries(role), bool(_PAST.search(role)))


@cache
def read_places(text: str) -> frozenset[str]:
    """The countries that words of an office or a body name: the code of a known one, else the stem of the name.

    >>> read_places("Norran Foreign Minister") == read_places("Foreign Minister of Norra")
    True
    """
    known = find_countries(text)
    if known:
        return known
    words = [re.sub(r"['’]s$", "", w) for w in _WORD.findall(text)]
    plain = _NO_PLACE | read_words("offices") | read_words("titles") | read_words("honorifics")
    plain = plain | read_words("office_modifiers") | read_words("body_nouns") | read_words("function_words")
    found = (w for w in words if w[:1].isupper() and w.casefold() not in plain and w.casefold() not in _ABBREVIATIONS)
    return frozenset(place_stem(w) for w in found)


@cache
def place_stem(word: str) -> str:
    """The code of the country that a word names, else what the name of a place and of its people have in common."""
    table = read_table("country_words")
    if word in table:
        return table[word]
    plain = letters(word)
    stem = _PEOPLE.sub("", plain)
    return stem if len(stem) > 2 else plain
