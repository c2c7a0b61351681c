"""Events that two reports tell of, by the judgement that links events, to what the one's day proves of the other.

"The aftershock of Monday", and in a report of Tuesday the 11th "yesterday's aftershock": Monday is the 10th.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from onrecord.record import Analysis, Event, Hint, Interval, Link, Span, Timex

# Readings that tell the day of publication from the day that they name.
ANCHORED = ("weekday", "shift", "of", "cycle", "monthday", "weekend")
# Two events are asked for a day where it is at least so probable that they are one.
TOLD = 0.5
# What lasted so many days or more is no day.
_LONG = 7


class _Pair(NamedTuple):
    """An event of a report, and by report and event what may be the same, and how probably."""

    event: str
    other: str
    theirs: str
    score: float


class ToldByBoth:
    """The links between events of two reports, by the reports of both."""

    def __init__(self, links: Sequence[Link]) -> None:
        self._pairs: dict[str, list[_Pair]] = defaultdict(list)
        for link in links:
            one, other = (key.rpartition("/") for key in (link.left, link.right))
            self._pairs[one[0]].append(_Pair(one[2], other[0], other[2], link.score))
            self._pairs[other[0]].append(_Pair(other[2], one[0], one[2], link.score))

    def hints(self, analysis: Analysis, settled: Mapping[str, Analysis]) -> list[Hint]:
        """For each expression of `analysis` that dates an event, that it names the day which another report knows.

        Of several events that may be the same the likeliest is taken, of those in `settled`.
        """
        mine = {e.id: e for e in analysis.events}
        timexes = {t.span: t for t in analysis.timexes}
        found: dict[Span, Hint] = {}
        for pair in sorted(self._pairs.get(analysis.id, ()), key=lambda p: (-p.score, p)):
            span = mine[pair.event].when_by
            timex = timexes.get(span) if span else None
            if timex is None or timex.span in found or not _is_anchored(timex) or pair.other not in settled:
                continue
            other = settled[pair.other]
            if days := _days(next(e for e in other.events if e.id == pair.theirs)):
                found[timex.span] = _hint(analysis, timex, other, days, pair.score)
        return list(found.values())


def _is_anchored(timex: Timex) -> bool:
    return timex.anchor is None and timex.reading.split(" ")[0] in ANCHORED


def _days(event: Event) -> Interval | None:
    """The few days on which an event was, if they are known."""
    when = event.when
    known = when and when.earliest and when.latest and (when.latest - when.earliest).days < _LONG
    return when if known else None


def _hint(analysis: Analysis, timex: Timex, other: Analysis, days: Interval, score: float) -> Hint:
    why = f"{quote(analysis, timex.span)}: {other.outlet or other.key} tells of the same event on {in_words(days)}"
    return Hint(f"bound.same.{min(int(score * 10), 9)}", why, timex.span, timex.reading, (days,))


def quote(analysis: Analysis, span: Span) -> str:
    """The words of a report in quotation marks, on one line."""
    return f"“{' '.join(analysis.text[slice(*span)].split())}”"


def in_words(days: Interval) -> str:
    """A day, or the first and the last of several."""
    return f"{days.earliest}" if days.earliest == days.latest else f"{days.earliest} to {days.latest}"
