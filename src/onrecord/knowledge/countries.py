"""Words that name a country or its people to the country's ISO 3166-1 alpha-3 code."""

from __future__ import annotations

import re
from functools import cache

from onrecord.knowledge.words import read_table

# "southern Kenya" is in Kenya; "South Georgia" and "Central America" are elsewhere.
_PART_OF = re.compile(
    r"(?:[Tt]he |(?:[Nn]orth|[Ss]outh|[Ee]ast|[Ww]est|north-?east|north-?west|south-?east|south-?west)ern "
    r"|(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west|central|mainland|occupied) )*"
)
# "New Mexico", "South America" and "pro-Kenyan" name no country,
_NOT_BEHIND = "".join(
    rf"(?<!{re.escape(word)})"
    for word in (
        *("New ", "North ", "South ", "East ", "West ", "Central ", "Latin ", "American ", "Gulf of ", "Sea of "),
        *("pro-", "anti-", "non-", "Pro-", "Anti-", "Non-", "Inter-", "Pan-", "Trans-"),
    )
)
# nor do "Norway-based", "the Norwegian Sea" and "American States".
_NOT_BEFORE = (
    r"(?!-[a-z]|\s(?:[Ss]eas?|[Oo]cean|[Cc]hannel|[Gg]ulf|Straits?|States|Columbia|Guiana|Polynesia|Samoa|Delta)\b)"
)


@cache
def country_code(name: str) -> str | None:
    """The code of the country that `name` is a name of, or of its people or seat of government; else None.

    >>> country_code("southern Kenya"), country_code("the United States"), country_code("Kenya Street")
    ('KEN', 'USA', None)
    """
    table = read_table("country_words")
    two = table.get(name) or table.get(_PART_OF.sub("", name, count=1))
    return _code(two) if two else None


@cache
def find_country_codes(text: str) -> tuple[str, ...]:
    """The codes of the countries that words of `text` name, sorted.

    >>> find_country_codes("the Norwegian Refugee Council in Kenya"), find_country_codes("New Mexico")
    (('KEN', 'NOR'), ())
    """
    table = read_table("country_words")
    return tuple(sorted({_code(table[match.group()]) for match in _pattern().finditer(text)}))


def _code(two: str) -> str:
    return read_table("countries", "")[two]


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(read_table("country_words"), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![\w.]){_NOT_BEHIND}(?:{'|'.join(map(re.escape, words))})(?!\w){_NOT_BEFORE}")
