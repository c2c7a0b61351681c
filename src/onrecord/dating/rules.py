"""The rules of the grammar of time expressions, and the matches of all of them in a text.

A grammar of our own, since a reader must be able to see why an expression means a day: each rule is a pattern and the
reading that it gives (see readings.py). Types and values follow TimeML's guidelines for TIMEX3 (Saurí et al. 2006).
A direction that only the sentence can give stands as "?" in the reading.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from onrecord.record import Span, TimexType


class Meaning(NamedTuple):
    """TIMEX3 type; the reading; the value where the reading has no days; the anchor that it is resolved against.

    `anchor` is "report" (the day of publication), "named" (the last date named before), "day" (the last day named
    nearby), or "quarter" (the last quarter named that a comparison is with). `otherwise` is the reading where no such
    quarter or day is named. `certain` expressions need no reader to find them.
    """

    type: TimexType
    reading: str
    value: str | None = None
    anchor: str = "report"
    otherwise: str = ""
    certain: bool = False


class Match(NamedTuple):
    """Where a rule matched, and what it gives."""

    span: Span
    meaning: Meaning


Rule = Callable[[dict[str, str]], Meaning | None]
_RULES: list[tuple[re.Pattern[str], Rule]] = []


def rule(pattern: str) -> Callable[[Rule], Rule]:
    """The function below as what is meant by `pattern`, in a text whose white space is single spaces."""
    compiled = re.compile(
        rf"(?<![\w$£€#./])(?<![^\W\d]-|(?<!\d\d\d)\d-)(?<!^-)(?:{pattern})(?!\w|[.,:]\d|-\d(?!\d\d\d)"
        rf"|[ -](?:years?[ -])?old)",
        re.IGNORECASE,
    )

    def keep(function: Rule) -> Rule:
        _RULES.append((compiled, function))
        return function

    return keep


def find_matches(text: str) -> list[Match]:
    """The expressions of `text` in order, none overlapping: of those that meet, the longest, of equals the earlier."""
    plain, places = _single_spaced(text)
    found: list[Match] = []
    for pattern, function in _RULES:
        for match in pattern.finditer(plain):
            meaning = function({k: v for k, v in match.groupdict().items() if v})
            if meaning:
                found.append(Match(Span(places[match.start()], places[match.end() - 1] + 1), meaning))
    found.sort(key=lambda m: (m.span.start - m.span.end, m.span.start))
    taken: list[Match] = []
    used = bytearray(len(text))
    for one in found:
        start, end = one.span
        if not any(used[start:end]):
            used[start:end] = b"\1" * (end - start)
            taken.append(one)
    return sorted(taken, key=lambda m: m.span)


_SPACE = re.compile(r"\s+")


def _single_spaced(text: str) -> tuple[str, list[int]]:
    """`text` with one space for each stretch of white space, and where each character stood.

    White space that ends a paragraph is a line break.
    """
    out: list[str] = []
    places: list[int] = []
    at = 0
    for match in _SPACE.finditer(text):
        out += (text[at : match.start()], "\n" if match.group().count("\n") > 1 else " ")
        places += range(at, match.start() + 1)
        at = match.end()
    out.append(text[at:])
    places += range(at, len(text))
    return "".join(out), places
