"""The words of time expressions as patterns, and number words to numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.knowledge import one_of, read_table

UNITS = read_table("time_units")
MONTHS = read_table("months")
WEEKDAYS = read_table("weekdays")
SEASONS = read_table("seasons")
PARTS = read_table("parts_of_day")
FEASTS = read_table("feasts")
REFERENCES = read_table("time_references")
SETS = read_table("time_sets")

_ONES = dict(zip("one two three four five six seven eight nine".split(), range(1, 10), strict=True))
_TEENS = dict(
    zip(
        "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        range(10, 20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_ORDINALS = dict(
    zip("first second third fourth fifth sixth seventh eighth ninth tenth".split(), range(1, 11), strict=True)
)
# Numbers that no figure can stand for: X in a TIMEX3 value.
_VAGUE = frozenset("few several some many couple-of dozens numerous various".split())


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words`."""
    return f"(?:{one_of(words)})"


_WORD_NUMBER = rf"(?:{any_of(_TENS)}(?:[ -]{any_of(_ONES)})?|{any_of(_TEENS)}|{any_of(_ONES)})"
# The letters with which a number begins are asked first: most words have none of them.
NUMBER = (
    rf"(?=[\dacdefhmnost])(?:\d{{1,3}}(?:\.\d+)?(?:[ -]\d/\d)?(?:-(?=\d)\d+)?|{_WORD_NUMBER}(?: and a half)?|an? (?:few"
    r"|couple of|dozen|hundred|thousand|half)|half an?|an?(?=[\s-])|a couple|several|few|couple of|dozens of|many|some"
    r"|numerous)"
)
ORDINAL = any_of(_ORDINALS)
MONTH = f"(?-i:{any_of(MONTHS)})"
WEEKDAY = f"(?-i:{any_of(w for w in WEEKDAYS if not w.endswith('s'))})"
WEEKDAYS_PLURAL = f"(?-i:{any_of(w for w in WEEKDAYS if w.endswith('s'))})"
SEASON = any_of(SEASONS)
PART = any_of(w for w in PARTS if not w.endswith("s"))
UNIT = any_of(w for w in UNITS if not w.endswith("s"))
UNITS_ANY = any_of(UNITS)
FEAST = f"(?-i:{any_of(FEASTS)})"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])"
YEAR = r"(?:1\d|20)\d\d(?![\d%])"
ZONE = r"(?:[ ,]+(?:[ECMP][SD]?T|GMT|UTC|BST|CES?T|MSK|JST|IST|AEST|local time|Moscow time|Eastern(?: time)?)(?!\w))"


def to_number(words: str) -> str:
    """The number of `words` in figures, "X" for one that is not told.

    >>> [to_number(w) for w in ("twenty-one", "2 1/2", "a few", "an", "half a")]
    ['21', '2.5', 'X', '1', '0.5']
    """
    text = " ".join(words.casefold().replace(",", "").split())
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)?(?:(?:^|[ -])(\d)/(\d))?", text):
        whole = float(match[1] or 0) + (int(match[2]) / int(match[3]) if match[2] and match[3] != "0" else 0)
        return f"{whole:g}"
    if match := re.match(r"\d+", text):
        return match[0]
    if set(text.split()) & _VAGUE or text.startswith(("dozens", "couple", "a couple")):
        return "2" if "couple" in text else "X"
    fixed = {"half a": 0.5, "half an": 0.5, "a half": 0.5, "a dozen": 12, "a hundred": 100, "a thousand": 1000}
    if text in fixed:
        return f"{fixed[text]:g}"
    total = sum(_TENS.get(w, _TEENS.get(w, _ONES.get(w, 0))) for w in re.split(r"[ -]", text))
    return f"{(total or 1) + (0.5 if text.endswith('half') else 0):g}"


def to_ordinal(word: str) -> int:
    """The number of "first" to "tenth", or of "3rd"."""
    return _ORDINALS.get(word.casefold()) or int(re.match(r"\d*", word)[0] or 0)  # type: ignore[index]


def year_in_words(words: str) -> int | None:
    """The year of "nineteen ninety-seven" or "two thousand (and) three"."""
    text = words.casefold().replace("-", " ").replace(" and ", " ").split()
    number = {**_ONES, **_TEENS, **_TENS}
    if text[:2] == ["two", "thousand"]:
        return 2000 + sum(number.get(w, 0) for w in text[2:])
    century = _TEENS.get(text[0]) or _TENS.get(text[0])
    rest = sum(number.get(w, 0) for w in text[1:])
    return century * 100 + rest if century and rest >= 10 else None


YEAR_WORDS = (
    rf"(?:(?:seventeen|eighteen|nineteen|twenty)[ -](?:{any_of(_TENS)}(?:[ -]{any_of(_ONES)})?|{any_of(_TEENS)})"
    rf"|two thousand(?: and)?(?:[ -]{_WORD_NUMBER})?)"
)
DECADES = {
    word: tens // 10
    for word, tens in zip(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), range(20, 100, 10), strict=True
    )
}

# "Two days before the vote" is a length, "two days after protests began" too; "two days before." is a day.
_BEHIND = r"\s+(?!(?:and|but|or|in|on|at|as|for|to|with|by|from|is|was|were|had|has)\b)\w"
ALONE, BESIDE = rf"(?!{_BEHIND})", rf"(?= (?:before|after){_BEHIND})"
