"""Lines that name the writers of a report, told from credits of agencies, which head a statement's chain."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from onrecord.ingest.words import any_of, read_list
from onrecord.knowledge import read_words

LONGEST_BYLINE = 120
LONGEST_DESK = 300
LONGEST_LIFE = 300

WORD = r"[A-Z][\w.’'-]*"
NAME = rf"{WORD}(?: (?:(?:al|bin|d[aeiu]|del|la|le|van|von|der|y)[ -])?{WORD}){{1,3}}"
NAMES = rf"{NAME}(?:(?:, and |, | and | & ){NAME})*"
# A comma may stand before a place or an office.
_AUTHOR = re.compile(rf"(?:^| and | & )({NAME})")
_PLACE = re.compile(r" (?:in|for|at|with|of|from) ", re.IGNORECASE)
_ONLY_NAMES = re.compile(rf"{NAMES}(?:(?:,| in) [A-Z]\w+(?: [A-Z]\w+)*)?")
_GIVEN = re.compile(r".*\bcontributed (?:reporting|research|to this (?:article|post|report|story))\b.*")
_WIRES = re.compile(r"\b(?:agenc(?:y|ies)|wires?)\b", re.IGNORECASE)
_LIFE = re.compile(
    rf"(?:[Ff]ollow|[Rr]each|[Cc]ontact|[Ww]rite to|[Yy]ou can (?:follow|reach|contact)|[Ee]-?mail) {NAME}"
    rf"|{NAME} (?:is|was|has|covers|writes|reports|works|joined|can be)\b"
)
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w+|@\w+")


def is_byline(text: str) -> bool:
    """Whether `text` names who wrote the report and no agency."""
    if text.casefold().strip(" .|–—-") in read_list("en/byline_lines"):
        return True
    if len(text) > LONGEST_DESK or names_agency(text):
        return False
    if _GIVEN.fullmatch(text) or _desk().fullmatch(text):
        return True
    return len(text) <= LONGEST_BYLINE and bool(_byline().fullmatch(text) or _ADDRESS.fullmatch(text))


def is_names(text: str) -> bool:
    """Whether `text` is names of people, or looks so, and nothing else but a place or their office at a newsroom."""
    return len(text) <= 60 and bool(_ONLY_NAMES.fullmatch(text) or _role().fullmatch(text))


def find_authors(text: str) -> list[str]:
    """The last two words of names in `text`, lower-cased, if it is a byline by its own words, and no place or outlet.

    A name that stands alone may be that of somebody in a picture.
    """
    names = _AUTHOR.findall(_PLACE.split(_opening().sub("", text), maxsplit=1)[0]) if is_byline(text) else []
    return [" ".join(name.casefold().split()[-2:]) for name in names]


def is_life(text: str, authors: Collection[str]) -> bool:
    """Whether `text` tells what one of `authors` does or how to reach one of them."""
    found = _LIFE.match(text) if len(text) <= LONGEST_LIFE else None
    return found is not None and any(author in found.group().casefold() for author in authors)


def names_agency(text: str) -> bool:
    """Whether `text` names an agency that the list knows."""
    return bool(_agency().search(text))


def credits_agency(text: str) -> bool:
    """Whether `text`, a short line, may credit an agency, known or not."""
    return names_agency(text) or bool(_WIRES.search(text))


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(read_words('agencies'))})\b")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"^[(\[]?(?:{any_of(read_list('en/byline_openings'))})[: ]\s?", re.IGNORECASE)


def _authors() -> str:
    """Names, and behind them places, outlets and offices; each word can be read in one way, so that nothing stalls."""
    small = any_of(("in", "for", "at", "with", "and", "of", "the", "from", *read_list("en/byline_roles")))
    return rf"{NAMES}(?:(?: ?[,|] ?| [–—-] | )(?:(?:{small})\b|{WORD}))*"


@cache
def _byline() -> re.Pattern[str]:
    roles = any_of(read_list("en/byline_roles"))
    return re.compile(
        rf"(?i:{any_of(read_list('en/byline_openings'))})[: ]\s?{_authors()}"
        rf"|{NAMES}(?: ?[,|] ?| [–—-] )(?:[\w&’'-]+ ){{0,4}}(?i:{roles})"
        rf"|(?i:reporting (?:from|in)) {WORD}(?:(?:,| and)? {WORD}){{0,4}}"
    )


@cache
def _role() -> re.Pattern[str]:
    return re.compile(rf"(?:[\w&’'-]+ ){{0,3}}(?i:{any_of(read_list('en/byline_roles'))})")


@cache
def _desk() -> re.Pattern[str]:
    """What stands below an agency's report: "(Reporting by Oda Brill in Port Hesper; editing by Jens Aalst)"."""
    clause = rf"(?i:(?:{any_of(read_list('en/byline_openings'))})) {_authors()}"
    return re.compile(rf"[(\[]?{clause}(?:[;.] ?{clause})*[)\]]?\.?")
