"""Spans of one text in order of place: which of them meet another is found without a look at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import TypeVar

from onrecord.record import Span

T = TypeVar("T")


class Spans:
    """Different spans in order, which may overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(set(spans))
        # How far the spans up to each one reach: a long one may end behind those that begin after it.
        self._reach = list(accumulate((s.end for s in self._spans), max))

    def meets(self, span: Span) -> bool:
        """Whether one of them shares a character with `span`."""
        # A tuple of one stands before all spans that begin there.
        before = bisect_left(self._spans, (span.end,))
        return before > 0 and self._reach[before - 1] > span.start

    def met_by(self, span: Span) -> list[Span]:
        """Those that share a character with `span`."""
        before = bisect_left(self._spans, (span.end,))
        first = bisect_left(self._reach, span.start + 1, hi=before)
        return [s for s in self._spans[first:before] if s.end > span.start]


def beginning(placed: list[tuple[Span, T]], start: int, end: int) -> list[tuple[Span, T]]:
    """Those of `placed`, which are in order, that begin between the two offsets."""
    first = bisect_left(placed, start, key=lambda p: p[0].start)
    return placed[first : bisect_left(placed, end, lo=first, key=lambda p: p[0].start)]
