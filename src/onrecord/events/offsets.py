"""Lengths of time between two events to the days of the one that has none: "on Friday, a day after she met him"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onrecord.language import Parse, Tree
from onrecord.record import Span, Timex

_WAYS = {"after": 1, "following": 1, "before": -1}
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
    """So many days from the event `beside` to what one of the words `above` it tells; `clause` is that of `beside`."""

    span: Span
    beside: int
    above: tuple[int, ...]
    first: int
    last: int
    clause: Span


def find_offsets(parse: Parse, tree: Tree, timexes: Sequence[Timex]) -> Iterator[Offset]:
    """The lengths before "after" and "before", and "the day after the vote"."""
    for timex in timexes:
        held = tree.words_in(timex.span)
        if not held or held[-1] + 1 >= len(parse.tokens) or tree.word(held[-1] + 1) not in _WAYS:
            continue
        days = _days(parse.text[max(0, timex.span.start - _BEFORE) : timex.span.end].casefold(), timex)
        mark = held[-1] + 1
        beside = parse.tokens[mark].head
        if days is None or beside < 0 or beside <= mark or parse.tokens[mark].relation not in ("mark", "case"):
            continue
        while parse.tokens[beside].relation == "nsubj" and parse.tokens[beside].head > beside:
            # "A day before the strike began": the tree may hang "before" on the strike.
            beside = parse.tokens[beside].head
        first, last = sorted(_WAYS[tree.word(mark)] * n for n in days)
        below = [n for n in tree.below(beside, ("conj", "parataxis")) if n > mark]
        clause = Span(parse.tokens[mark].span.end, parse.tokens[max(below, default=mark)].span.end)
        yield Offset(timex.span, beside, tuple(_above(parse, beside, held)), first, last, clause)


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
    if timex.type != "DURATION" or length is None or (_LEAST.search(words) and not _ABOUT.search(words)):
        return None
    if not length[2]:
        return (0, 1)
    number, (unit, off) = int(length[1]), _UNITS[length[2]]
    if _MOST.search(words):
        return (0, number * unit + off)
    if _ABOUT.search(words):
        off = max(off, 1, number * unit // 4)
    return (max(0, number * unit - off), number * unit + off)
