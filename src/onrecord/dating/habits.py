"""The dated reports of an outlet to how it calls the days of its week: what it says "on Thursday" of, and when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from onrecord.dating.clues import weekday_kind
from onrecord.dating.weigh import Lags, load_lags
from onrecord.record import Analysis

# What is counted of all outlets weighs like so many weekdays of one outlet's own.
_ALL = 10
# So many of an outlet's dated reports tell its habits: the first that it published, so that news, which comes behind
# them, changes nothing of what was dated by them.
SAMPLE = 40


class Habits:
    """For each outlet the shipped lags, those of its weekdays moved towards what its dated reports have."""

    def __init__(self, analyses: Iterable[Analysis]) -> None:
        self._counts: dict[str, Counter[tuple[str, int]]] = defaultdict(Counter)
        for analysis in analyses:
            day = analysis.published.earliest
            if analysis.outlet and analysis.published.given and day and day == analysis.published.latest:
                for timex in analysis.timexes:
                    if timex.reading.startswith("weekday"):
                        lag = (day.isoweekday() - int(timex.reading.split(" ")[1])) % 7
                        self._counts[analysis.outlet][weekday_kind(timex), lag] += 1

    def knows(self, outlet: str | None) -> bool:
        """Whether a dated report of that outlet names a weekday."""
        return outlet in self._counts

    def lags(self, outlet: str | None) -> Lags:
        """The lags by which to weigh a report of that outlet."""
        shipped = load_lags()
        if outlet is None or outlet not in self._counts:
            return shipped
        shares = dict(shipped.shares)
        for kind in {kind for kind, _ in self._counts[outlet]} & set(shares):
            own = [self._counts[outlet][kind, lag] for lag in range(7)]
            shares[kind] = [(_ALL * s + n) / (_ALL + sum(own)) for s, n in zip(shares[kind], own, strict=True)]
        return Lags(shares)


def find_habits(analyses: Iterable[Analysis]) -> Habits:
    """The habits of all outlets of `analyses`, in any order."""
    dated: dict[str, list[Analysis]] = defaultdict(list)
    for analysis in sorted(analyses, key=lambda a: (a.published.earliest or date.max, a.id)):
        if analysis.outlet and analysis.published.given and len(dated[analysis.outlet]) < SAMPLE:
            dated[analysis.outlet].append(analysis)
    return Habits(a for own in dated.values() for a in own)
