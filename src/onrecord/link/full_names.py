"""The name of a person as it is written to given names, surname and generation, and two of them to what they share."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from onrecord.knowledge import find_countries, read_table, read_words
from onrecord.link.offices import place_stem
from onrecord.link.spellings import letters, likeness, skeleton

_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
# "al-Varr", "el-Varr" and "Varr" are written for one name.
_ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "ul"))
_TITLES = frozenset("speaker whip mr mrs ms senators representatives reps sens pro-tem tem".split())
_ASIDE = re.compile(r" ?\(.*|,? \b[DRI]-[A-Z].*", re.DOTALL)
_OF_PLACE = re.compile(r" (?:of|from)(?: .*)?$", re.DOTALL)
# "(Secretary) of State Ada Holm": what is left of an office that was cut.
_OF_OFFICE = re.compile(
    r"^of (?:(?:the|State|Defen[cs]e|Interior|Treasury|Health|National|Homeland|Security|Intelligence) )+"
)
_INITIALS = re.compile(r"[A-ZÀ-Þ]{2,3}")
# Whom a name of two given names may leave out, and how much two names are one.
EXACT, FULLER, ALIKE, LOOSE, APART = 4, 3, 2, 1, 0


class FullName(NamedTuple):
    """`family` are the words that may stand for the surname alone: two where either the first or the last may be it."""

    given: tuple[str, ...]
    surname: str
    family: tuple[str, ...]
    generation: str | None

    @property
    def words(self) -> tuple[str, ...]:
        """The given names and the surname."""
        return (*self.given, self.surname)


@cache
def parse_name(name: str) -> FullName | None:
    """The parts of a person's name without styles, offices and asides; None for an office alone and for several people.

    >>> parse_name("Speaker Antony J. Vell (R-Ister)").words, parse_name("the defence minister of Arland")
    (('antony', 'j', 'vell'), None)
    """
    if is_office(name) or " and " in name:
        return None
    first, *rest = _OF_OFFICE.sub("", _ASIDE.sub("", name)).split(",")
    ends = [w for part in rest for w in part.split()[:1] if letters(w) in _GENERATIONS]
    bare = [*_without_offices(_OF_PLACE.sub("", first).split()), *ends]
    words, generation = _split_generation([w for word in bare for w in _parts(word)])
    words = words or [letters(name)]
    family: tuple[str, ...] = (words[-1],)
    if len(words) > 1 and words[0] in read_words("family_names_first"):
        family = (words[-1], words[0])
    return FullName(tuple(words[:-1]), words[-1], family, generation)


def _parts(word: str) -> list[str]:
    """A word in parts: "Jong-un" in two, "J.D." and "JD" in initials, "D'Arc" in one."""
    if _INITIALS.fullmatch(word) and not re.search("[AEIOUY]", word):
        return [c.casefold() for c in word]
    parts = re.split(r"[-–.]", word)
    if parts[0].casefold() in _ARTICLES and (len(parts) > 1 or word.islower()):
        parts = parts[1:]
    return [p for part in parts if (p := letters(part))]


def _without_offices(words: list[str]) -> list[str]:
    """`words` behind the last title or office that is followed by a name: "House Speaker Ada Holm" is she."""
    titles = read_words("honorifics") | read_words("offices") | read_words("titles") | _TITLES
    given = read_words("male_given_names") | read_words("female_given_names")
    for n in range(len(words) - 2, -1, -1):
        is_title = words[n].casefold().rstrip(".").removeprefix("co-") in titles
        if is_title and not any(w.casefold() in given for w in words[:n]):
            return words[n + 1 :]
    # "tycoon Ada Holm", but "von Holm"
    start = next((n for n, w in enumerate(words) if not w[:1].islower()), 0)
    return words[start:] if len(words) - start > 1 else words


def _split_generation(words: list[str]) -> tuple[list[str], str | None]:
    if len(words) > 1 and words[-1] in _GENERATIONS:
        return words[:-1], _GENERATIONS[words[-1]]
    return words, None


@cache
def is_office(name: str) -> bool:
    """Whether a name is nothing but an office: "the president", "the defence minister of Arland"."""
    offices = read_words("offices") | read_words("titles")
    words = [w.rstrip(".,").casefold() for w in re.split(r"[\s-]+", re.sub(r"['’]s\b", "", name))]
    if not any(w in offices for w in words):
        return False
    plain = offices | read_words("office_modifiers") | {"the", "of", "for", "and", "state", "affairs", "vice", "us"}
    head, _, place = name.partition(" of ")
    strange = [w for w in re.split(r"[\s-]+", head) if w.rstrip(".,").casefold() not in plain]
    named = [w for w in strange if not (w.endswith(("'s", "’s")) or find_countries(w) or _is_people(w))]
    return not named and (len(strange) < len(head.split())) and (bool(place) or len(words) > 1 or not strange)


def _is_people(word: str) -> bool:
    """Whether a word looks like the adjective of a country: "Norran"."""
    return word[:1].isupper() and place_stem(word) != letters(word) and word.endswith(("an", "ese", "ish", "i"))


def keys_of(name: FullName) -> tuple[str, ...]:
    """The skeletons under which those are found who may be meant."""
    return tuple(dict.fromkeys(skeleton(w) for w in name.family))


def compare(a: FullName, b: FullName) -> int:
    """How far two full names may be of one person: EXACT, FULLER (one says more), ALIKE, LOOSE spellings, or APART."""
    if a.generation and b.generation and a.generation != b.generation:
        return APART
    found = _compare_words(a, b)
    # "Omar Vell" may be the father of "Omar Vell Jr.": more must speak for it than the name.
    return found if a.generation == b.generation else min(found, ALIKE)


def _compare_words(a: FullName, b: FullName) -> int:
    if a.words == b.words:
        return EXACT
    if sorted(a.words) == sorted(b.words) and (len(a.family) > 1 or len(b.family) > 1):
        return FULLER
    surname = likeness(a.surname, b.surname)
    short, long = sorted((a, b), key=lambda n: len(n.given))
    if not surname or not short.given:
        return APART
    given = _compare_given(short.given, long.given)
    if surname == 3:
        return given
    # Two spellings of the surname leave no room for others of the given name.
    return min(given, ALIKE if surname == 2 else LOOSE) if given > LOOSE else APART


def _compare_given(short: tuple[str, ...], long: tuple[str, ...]) -> int:
    """How far two rows of given names may be one person's."""
    if short == long[len(long) - len(short) :] and len(long) > len(short):
        # "Edgar Holm" of "J. Edgar Holm"; "Hassan Holm" of "Ali Hassan Holm".
        return FULLER if all(len(w) == 1 for w in long[: len(long) - len(short)]) else ALIKE
    first = _compare_word(short[0], long[0])
    if not first:
        return APART
    rest = list(long[1:])
    for middle in short[1:]:
        # Each middle name of one is an initial, a spelling or the whole of the next of the other.
        same = max((_compare_word(middle, w), -n) for n, w in enumerate(rest)) if rest else (0, 0)
        if not same[0]:
            return APART
        first, rest = min(first, same[0]), rest[1 - same[1] :]
    return first


def _compare_word(a: str, b: str) -> int:
    if a == b:
        return FULLER
    if min(len(a), len(b)) == 1:
        return FULLER if a[0] == b[0] else APART
    table = read_table("nicknames")
    if {a, *table.get(a, "").split()} & {b, *table.get(b, "").split()}:
        return ALIKE
    return ALIKE if likeness(a, b) else APART


def matches_surname(short: FullName, full: FullName) -> int:
    """How far a surname alone is that of a full name: the likeness of spellings, 0 for another."""
    return max(likeness(short.surname, w) for w in full.family)
