"""The name of an organisation or a place as it is written to its words, its country and its acronyms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from onrecord.knowledge import read_table
from onrecord.link.offices import place_stem
from onrecord.link.spellings import letters

_WORD = re.compile(r"[^\W_]+(?:[.’'&-][^\W_]+)*\.?")
_FIRM = frozenset("ltd limited inc incorporated corp corporation co company plc llc llp gmbh ag sa nv".split())
_SMALL = frozenset("of the for and in on to at".split())
_SPELLINGS = {"defense": "defence", "center": "centre", "organization": "organisation", "labor": "labour"}
# Bodies that each country has, whose words stand in any order: "Ministry of Defence of Arland", "Arland's defence
# ministry". Of other bodies the order tells them apart.
_HEADS = frozenset("ministry department embassy consulate parliament cabinet government army navy police".split())
_COMMON = _HEADS | frozenset(
    "defence foreign affairs interior finance health justice treasury education environment energy trade labour home"
    " transport agriculture culture economy supreme constitutional high court central national federal bank state"
    " external internal security intelligence service air force guard senate congress assembly armed forces reserve"
    " military council electoral election commission public prosecutor office coast".split()
)
_OF_THE_COUNTRY = frozenset("central national federal reserve state".split())
_COUNTRY_AT_END = re.compile(r"\b(?:of|for) (?:the )?([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)$")


class BodyName(NamedTuple):
    """`words` in their order, or sorted where the order tells nothing; `place` is the stem of the country."""

    words: tuple[str, ...]
    place: str | None
    acronyms: frozenset[str]


@cache
def parse_body(name: str) -> BodyName:
    """The parts of a body's name.

    >>> parse_body("Ministry of Defence of Arland")[:2] == parse_body("Arland's defence ministry")[:2]
    True
    """
    bare = re.sub(r"^(?:the|The) | ?\(.*", "", name)
    given = [re.sub(r"['’]s?$", "", w.rstrip(".") if len(w) > 2 and "." not in w[:-1] else w) for w in _words(bare)]
    plain = [_SPELLINGS.get(letters(w), letters(w)) for w in given]
    while len(plain) > 1 and plain[-1] in _FIRM:
        given, plain = given[:-1], plain[:-1]
    place = _place(bare, given, plain)
    acronyms = _acronyms(given, plain)
    if place:
        given, plain = _without_place(given, plain)
        acronyms |= _acronyms(given, plain)
    words = tuple(w for w in plain if w not in _SMALL) or tuple(plain)
    if _HEADS & set(words) and "in" not in plain and "to" not in plain:
        # "Ministry of Foreign Affairs" is the foreign ministry.
        words = tuple(sorted(w for w in words if w != "affairs" or not {"foreign", "external"} & set(words)))
    return BodyName(words, place, acronyms)


def _words(text: str) -> list[str]:
    return [m.group() for m in _WORD.finditer(text.replace("&", " and "))]


def _place(name: str, given: list[str], plain: list[str]) -> str | None:
    """The country of a body that each country has: before its words ("Norran", "Norra's") or behind "of"."""
    if "and" in plain:
        return None
    behind = _COUNTRY_AT_END.search(name)
    if behind and not _is_common(_plain_words(behind[1])) and _is_common(_plain_words(name[: behind.start()])):
        return _stem(behind[1])
    first = next((n for n, w in enumerate(plain) if w in _COMMON), 0)
    if first and given[0][:1].isupper() and _is_common(plain[first:]):
        return _stem(" ".join(given[:first]))
    return None


def _stem(words: str) -> str:
    bare = words.removeprefix("the ")
    return read_table("country_words").get(bare) or " ".join(place_stem(w) for w in bare.split())


def _plain_words(text: str) -> list[str]:
    return [_SPELLINGS.get(letters(w), letters(w)) for w in _words(text)]


def _is_common(words: Sequence[str]) -> bool:
    """Whether these are words for a body of each country; the "Bank of Arland" may be any bank."""
    own = set(words) - _SMALL
    return bool(own) and own <= _COMMON and ("bank" not in own or bool(own & _OF_THE_COUNTRY))


def _without_place(given: list[str], plain: list[str]) -> tuple[list[str], list[str]]:
    kept = [(g, p) for g, p in zip(given, plain, strict=True) if p in _COMMON or p in _SMALL]
    return [g for g, _ in kept], [p for _, p in kept]


def _acronyms(given: list[str], plain: list[str]) -> frozenset[str]:
    """The first letters of the words, with the small words and without."""
    if len(given) < 2:
        return frozenset()
    full = "".join(w[0] for w in plain if w)
    short = "".join(w[0] for w in plain if w and w not in _SMALL)
    return frozenset(a for a in (full, short) if len(a) > 1)


@cache
def acronym(name: str) -> str | None:
    """The letters of a name that is an acronym: "WHO", "R.N.C."; else None.

    >>> acronym("R.N.C."), acronym("the WHO"), acronym("Norra")
    ('rnc', 'who', None)
    """
    bare = re.sub(r"^(?:the|The) ", "", name).replace(".", "")
    return bare.casefold() if bare.isalpha() and bare.isupper() and 2 <= len(bare) <= 8 else None
