"""Lengths of time between two events to the days of the one that has none: "on Friday, a day after she met him"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.language import Parse, Tree
from onrecord.record import Span, Timex

_WAYS = {"after": 1, "following": 1, "before": -1}
_MANY = frozenset(("days", "weeks", "months", "years", "decades"))
_LENGTH = re.compile(r"P(?:(\d+)([DWMY])|T(?:\d+|X)H)")
# Days of a unit, and how far off a length in it may be told: "two weeks after" is said of 12 days and of 16.
_UNITS = {"D": (1, 0), "W": (7, 3), "M": (30, 15), "Y": (365, 183)}
_NAMED = re.compile(r"\bthe (day|night|morning|evening|week|month|year)$")
_WHOLE = {"week": 7, "month": 31, "year": 366}
_LEAST = re.compile(r"\b(?:more than|over|at least|longer|no less than)\b")
_MOST = re.compile(r"\b(?:less than|fewer than|under|within|at most|up to|no more than|not even|barely|hardly)\b")
_ABOUT = re.compile(r"\b(?:about|around|some|roughly|nearly|almost|just over|just under)\b")
# So many characters before a length may say how exact it is.
_BEFORE = 14
_MOST_HOPS = 4


class Offset(NamedTuple):
    """A length of time from the event `beside` to what one of the words `above` it tells.

    `days` are the fewest and the most days, below zero where it is before `beside`; None where they are not told. Of
    hours one day is meant, unless a time of day is told.
    `clause` is that of `beside`, which no day outside of it is of.
    """

    span: Span
    beside: int
    above: tuple[int, ...]
    days: tuple[int, int] | None
    clause: Span
    hours: bool


def find_offsets(parse: Parse, tree: Tree, timexes: Sequence[Timex]) -> Iterator[Offset]:
    """The lengths before "after" and "before", and "the day after the vote"."""
    lengths = {t.span.end: t for t in timexes if t.type == "DURATION"}
    for mark in range(1, len(parse.tokens)):
        if tree.word(mark) not in _WAYS:
            continue
        before = parse.tokens[mark - 1].span
        timex = lengths.get(before.end)
        beside = parse.tokens[mark].head
        told = timex is not None or tree.word(mark - 1) in _MANY
        if not told or beside <= mark or parse.tokens[mark].relation not in ("mark", "case"):
            continue
        while parse.tokens[beside].relation == "nsubj" and parse.tokens[beside].head > beside:
            # "A day before the strike began": the tree may hang "before" on the strike.
            beside = parse.tokens[beside].head
        span = timex.span if timex else before
        days = _days(parse.text[max(0, span.start - _BEFORE) : span.end].casefold(), timex) if timex else None
        if days and _WAYS[tree.word(mark)] < 0:
            days = -days[1], -days[0]
        hours = timex is not None and timex.value.endswith("H")
        below = [n for n in tree.below(beside, ("conj", "parataxis")) if n > mark]
        clause = Span(parse.tokens[mark].span.end, parse.tokens[max(below, default=mark)].span.end)
        yield Offset(span, beside, tuple(_above(parse, beside, tree.words_in(span))), days, clause, hours)


def _above(parse: Parse, word: int, inside: range) -> Iterator[int]:
    for _ in range(_MOST_HOPS):
        word = parse.tokens[word].head
        if word < 0:
            return
        if word not in inside:
            yield word


def _days(words: str, timex: Timex) -> tuple[int, int] | None:
    """The least and the most days of a length; None where it does not tell how many."""
    if named := _NAMED.search(words):
        # Of "the week before the vote" all its days are another number of days before.
        return (1, _WHOLE.get(named[1], 1))
    length = _LENGTH.fullmatch(timex.value)
    if length is None or (_LEAST.search(words) and not _ABOUT.search(words)):
        return None
    if not length[2]:
        return (0, 1)
    number, (unit, off) = int(length[1]), _UNITS[length[2]]
    if _MOST.search(words):
        return (0, number * unit + off)
    if _ABOUT.search(words):
        off = max(off, 1, number * unit // 4)
    return (max(0, number * unit - off), number * unit + off)
