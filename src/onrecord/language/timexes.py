"""What the calendar makes certain: days, dates and years that stand in a text, whatever the model reads there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.record import Span

# A constant and not fitted: on the tuning half of timebank all 24 that the model had passed over were right.
CERTAIN = 0.9

_DAYS = "Mon|Tues|Wednes|Thurs|Fri|Satur|Sun"
_MONTHS = (
    r"(?:January|February|April|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
# "May" and "March" are words too, but not before a number of a day or a year.
_DATED = rf"(?:{_MONTHS}|March|May)"
_DAY, _YEAR = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?", r"(?:1[89]|20)\d\d"
_CERTAIN = re.compile(
    rf"(?<![\w-])(?:(?:(?:{_DAYS})day,? )?(?:{_DATED} {_DAY}|{_DAY} (?:of )?{_DATED})(?:,? {_YEAR})?"
    rf"|{_DATED} {_YEAR}|{_MONTHS}|{_YEAR}-\d\d-\d\d"
    rf"|(?:{_DAYS})day(?: (?:morning|afternoon|evening|night))?"
    r"|[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight)(?![\w-]|\.\d|,\d)"
    # A bare number is a year where a preposition of time leads up to it.
    rf"|(?<=\b[Ii]n )(?:[12]\d\d0s|{_YEAR})(?![\w-]|[.,]\d| [a-z]+s\b)"
    rf"|(?<=\b[Ss]ince ){_YEAR}(?![\w-]|[.,]\d)"
)


def find_certain(text: str) -> Iterator[Span]:
    """The time expressions that need no reader, in order.

    >>> text = "In 1994 it closed; on Monday, 3 May 2031 it reopens."
    >>> [text[a:b] for a, b in find_certain(text)]
    ['1994', 'Monday, 3 May 2031']
    """
    yield from (Span(*match.span()) for match in _CERTAIN.finditer(text))
