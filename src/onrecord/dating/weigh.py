"""Clues to how likely each makes every day of the axis, and all of them together to an interval.

A clue is weighed by how often reports whose day is known name such a thing so many days before or behind it (`Lags`,
counted by bench/dating_lags.py). Every clue may be wrong: a share of each is spread over all days, so that the most
consistent set of clues wins and no single one decides against the others.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from msgspec.structs import replace

from onrecord.dating.axis import DAYS, FIRST, LAST, SIZE, WEEKDAY, YEAR, Floats, Ints, day_at, place
from onrecord.dating.readings import resolve
from onrecord.dating.values import days_of
from onrecord.knowledge import feast_days
from onrecord.record import Hint, Interval

# Bounds of the bins of lags in days, publication minus date named: each bin from its bound up to the next.
EDGES = (
    -36500,
    -1461,
    -366,
    -183,
    -92,
    -46,
    -22,
    -11,
    -6,
    -3,
    -1,
    0,
    1,
    2,
    3,
    5,
    8,
    15,
    31,
    62,
    122,
    183,
    366,
    731,
    1461,
    3653,
    7305,
    36500,
)
# Of years, publication minus year named.
YEAR_EDGES = (-200, -10, -3, -1, 0, 1, 2, 3, 5, 10, 20, 50, 220)
# The share of a clue that is spread over all days, since any may be misread; for two that name one day by each other,
# the shares of right ones, of those around it and of those far off, where none was counted.
_MISREAD = 0.02
_BOUND = [0.7, 0.2, 0.1]
# A date of which the year is known has the lags of one without a year, but what is behind is never ahead.
KNOWN = "known."


class Lags:
    """How often each kind of clue has each lag, as shares that sum to one."""

    def __init__(self, shares: dict[str, list[float]]) -> None:
        self.shares = shares

    def density(self, kind: str) -> Floats | None:
        """The share of each bin divided by its days, or as it is for a weekday; None for a kind never counted."""
        shares = self.shares.get(kind.removeprefix(KNOWN))
        if shares is None:
            return None
        if kind.startswith(KNOWN) and ".back." in kind:
            shares = [0.0 if edge < 0 else share for edge, share in zip(EDGES, shares, strict=False)]
        edges = {len(EDGES) - 1: EDGES, len(YEAR_EDGES) - 1: YEAR_EDGES}.get(len(shares))
        values = np.asarray(shares, dtype=np.float64)
        return values / np.diff(edges) if edges else values


@cache
def load_lags() -> Lags:
    """The shipped counts."""
    return Lags(json.loads((files("onrecord.dating") / "data" / "lags.json").read_text("utf-8")))


def lag_bin(lag: int, edges: Sequence[int] = EDGES) -> int:
    """The number of the bin of a lag; what lies outside counts to the outermost."""
    return min(max(bisect_right(edges, lag) - 1, 0), len(edges) - 2)


def weigh(hints: Sequence[Hint], lags: Lags, temper: float | None = None) -> Floats:
    """The probability of each day of the axis, by the clues and by `_BEFORE_ALL`.

    Clues of one kind lean on one another: n of them count as n to the power that stands in `LEANING`; `temper`, below
    one, does the same for the kinds of the report's own together; offices, what is law and what a known day fixes are
    left out.
    """
    own, others = np.zeros(SIZE), np.zeros(SIZE)
    number = Counter(hint.kind for hint in hints)
    stories = sum(hint.kind.startswith(_OF_AFFAIRS) for hint in hints)
    for hint in hints:
        log = _log_likelihood(_bare(hint), lags)
        if log is None:
            continue
        if hint.kind.startswith(_OF_AFFAIRS):
            others += log * stories**-_USUAL
        elif hint.kind.startswith((*_OF_OTHERS, "office", "bound", KNOWN)):
            others += log * number[hint.kind] ** -_leaning(hint.kind)
        elif hint.kind.endswith(_LAWS):
            others += log
        else:
            own += log * number[hint.kind] ** -_leaning(hint.kind)
    total = own * (TEMPER if temper is None else temper) + others + _BEFORE_ALL
    mass: Floats = np.exp(total - total.max())
    return np.asarray(mass / mass.sum())


# How likely a day is before any clue: all days of 1980 to 2030 are equal; of the years beyond, each is so many times
# less likely than the one before it that the weight halves in 15 years back and in 5 ahead.
_BEFORE_ALL: Floats = -np.log(2) * (np.maximum(1980 - YEAR, 0) / 15 + np.maximum(YEAR - 2030, 0) / 5)
# Clues that are law where they are read right: "yesterday, Wednesday".
_LAWS = (".fixed", ".feast", ".date", "dated.line")
# Clues that another report of the record gives.
_OF_OTHERS = ("copy", "rewrite", "cited", "bound.cited", "bound.told")
# Clues by reports of the same affair, and of words alike.
_OF_AFFAIRS = ("story", "alike")
# Set so that the days that were true are likeliest, on the half of the reports that the lags were not counted on.
TEMPER = 0.6
LEANING = {"office": 0.2, "person": 0.3, "bound.told": 0.7, "bound": 0.2}
_USUAL = 0.5


def _leaning(kind: str) -> float:
    return next((power for name, power in LEANING.items() if kind.startswith(name)), _USUAL)


def likelihood(hint: Hint, lags: Lags) -> Floats | None:
    """How likely the clue is in a report of each day; None where it says nothing."""
    return _likelihood(_bare(hint), lags)


def _bare(hint: Hint) -> Hint:
    """The clue without where and in which words it stands: several of a report may say the same."""
    return replace(hint, why="", span=None)


# Few reports have more clues; one takes half a megabyte. Each is asked for twice, to weigh it and to tell what it
# implied.
_CLUES = 16


@lru_cache(maxsize=_CLUES)
def _log_likelihood(hint: Hint, lags: Lags) -> Floats | None:
    part = _likelihood(hint, lags)
    return None if part is None else np.log(part)


@lru_cache(maxsize=_CLUES)
def _likelihood(hint: Hint, lags: Lags) -> Floats | None:
    if hint.kind.startswith("bound"):
        fits = _bound(hint)
        right, around, beyond = lags.shares.get(hint.kind, _BOUND)
        if fits is None:
            return None
        near, anywhere = _beyond(hint)
        return right * fits + around * near + beyond * anywhere
    shape = _shape(hint, lags)
    if shape is None:
        return None
    least = _MISREAD * max(float(shape.mean()), 1e-9)
    shape *= 1 - _MISREAD
    shape += least
    return shape


def lag_of(hint: Hint, day: date) -> int | None:
    """The days from the nearest day that the clue may name to `day`; None where it names none."""
    firsts, lasts = _named(hint)
    if not len(firsts):
        return None
    return int(_lags(firsts, lasts)[place(day)])


def _shape(hint: Hint, lags: Lags) -> Floats | None:
    density = lags.density(hint.kind)
    if density is None:
        return None
    if hint.kind.startswith("weekday"):
        number = int(hint.reading.split(" ")[1])
        return density[(WEEKDAY - number) % 7]
    if hint.kind.startswith("year"):
        return np.asarray(density[_bins(YEAR - int(hint.reading), YEAR_EDGES)])
    if hint.kind.startswith(("office", "person", "until")):
        return _office(hint, density)
    if hint.kind.startswith(("age", "mark", "cited")):
        return _inside(hint, density)
    return _nearest(hint, density)


def _bins(lags: Ints, edges: tuple[int, ...]) -> Ints:
    """The number of the bin of each lag: `lag_bin` of a whole axis."""
    return _bin_table(edges)[np.clip(lags, edges[0], edges[-1]) - edges[0]]


@cache
def _bin_table(edges: tuple[int, ...]) -> Ints:
    """The bins of all lags from the first edge to the last."""
    lags = np.arange(edges[0], edges[-1] + 1)
    return np.clip(np.searchsorted(edges, lags, side="right") - 1, 0, len(edges) - 2)


def _nearest(hint: Hint, density: Floats) -> Floats | None:
    """By the lag behind the nearest of the days that the clue may name."""
    firsts, lasts = _named(hint)
    return density[_bins(_lags(firsts, lasts), EDGES)] if len(firsts) else None


def _lags(firsts: Ints, lasts: Ints) -> Ints:
    """For each day of the axis how far behind the nearest interval it lies, below zero if before it."""
    edges = np.concatenate(([0], np.clip(firsts, 0, SIZE), [SIZE]))
    at = np.repeat(np.arange(-1, len(firsts)), np.diff(edges))
    behind = np.where(at >= 0, np.maximum(DAYS - lasts[np.maximum(at, 0)], 0), _FAR)
    ahead = np.where(at + 1 < len(firsts), firsts[np.minimum(at + 1, len(firsts) - 1)] - DAYS, _FAR)
    return np.where(behind <= ahead, behind, -ahead)


_FAR = 10**6


def _named(hint: Hint) -> tuple[Ints, Ints]:
    """First and last places of the days that the clue may name, in order."""
    if hint.days:
        known = sorted((place(d.earliest), place(d.latest)) for d in hint.days if d.earliest and d.latest)
        return np.asarray([k[0] for k in known], dtype=np.int64), np.asarray([k[1] for k in known], dtype=np.int64)
    return _yearly(hint.reading) if hint.reading.startswith(("cycle", "feast")) else (DAYS[:0], DAYS[:0])


@lru_cache(maxsize=4096)
def _yearly(reading: str) -> tuple[Ints, Ints]:
    """The places of what comes once a year, on the weekday that stands behind the reading, if one does."""
    op, name, *rest = reading.split(" ")
    found: list[tuple[int, int]] = []
    for year in range(FIRST.year, LAST.year + 1):
        all_days = (
            feast_days(name, year) if op == "feast" else (days_of("/".join(f"{year}{p}" for p in name.split("/"))),)
        )
        found += [
            (place(days.earliest), place(days.latest))
            for days in all_days
            if days.earliest and days.latest and (not rest or days.earliest.isoweekday() == int(rest[0]))
        ]
    found.sort()
    return np.asarray([f[0] for f in found], dtype=np.int64), np.asarray([f[1] for f in found], dtype=np.int64)


def _office(hint: Hint, density: Floats) -> Floats:
    """By whether the day is before, in or after a tenure: density is of before, in, and years after."""
    best = np.zeros(SIZE)
    for days in hint.days:
        first = place(days.earliest) if days.earliest else -1
        last = place(days.latest) if days.latest else SIZE
        # Before it, in it, and less than one, three, and ten years of 365 days after it, and more.
        edges = [0, first, last + 1, *(last + years * 365 for years in (1, 3, 10)), SIZE]
        lengths = np.diff(np.maximum.accumulate(np.clip(edges, 0, SIZE)))
        best = np.maximum(best, np.repeat(density[:6], lengths))
    return best


def _inside(hint: Hint, density: Floats) -> Floats:
    """By whether the day lies in the clue's own days: density is of inside and outside."""
    inside = np.zeros(SIZE, dtype=bool)
    for days in hint.days:
        if days.earliest and days.latest:
            inside[max(0, place(days.earliest)) : max(0, place(days.latest) + 1)] = True
    return np.asarray(np.where(inside, density[0], density[1]))


# So many days around a known day, a report of them may name it by such a reading.
_REACH = {"weekday": 9, "monthday": 40, "weekend": 12, "shift": 800, "of": 800, "cycle": 372, "feast": 372}


def _beyond(hint: Hint) -> tuple[Floats, Floats]:
    """Where the day lies if two expressions do not name one day: around the days that the clue knows, and anywhere."""
    near = np.zeros(SIZE)
    for days in _known(hint):
        if days.earliest and days.latest:
            near[max(0, place(days.earliest) - AROUND) : max(0, place(days.latest) + AROUND + 1)] = 1
    anywhere = np.full(SIZE, 1 / SIZE)
    return (near / near.sum() if near.any() else anywhere), anywhere


# So many days around a day that two expressions name, the day of publication is still looked for where they err.
AROUND = 45


def _bound(hint: Hint) -> Floats | None:
    """The days of a report on which its words name one of the clue's days: "tomorrow, on Good Friday"."""
    fits = bound_places(hint)
    if not fits:
        return None
    shape = np.zeros(SIZE)
    shape[fits] = 1 / len(fits)
    return shape


def bound_places(hint: Hint) -> list[int]:
    """The places on the axis of those days."""
    return bound_days(hint.reading.partition("|")[0], _known(hint))


def around_places(hint: Hint) -> Ints:
    """The places around the days that the clue knows."""
    return np.flatnonzero(_beyond(hint)[0] > 0)


def _known(hint: Hint) -> tuple[Interval, ...]:
    _, _, other = hint.reading.partition("|")
    if not other:
        return hint.days
    firsts, lasts = _yearly(other)
    return tuple(Interval(day_at(a), day_at(b)) for a, b in zip(firsts, lasts, strict=True))


def bound_days(reading: str, known: Iterable[Interval]) -> list[int]:
    """The places of the days of publication for which `reading` names a day of `known`."""
    op = reading.split(" ", maxsplit=1)[0]
    reach = _REACH.get(op, 0)
    if op == "shift" and reading.split(" ")[1] == "D":
        reach = abs(int(reading.split(" ")[2])) + 1
    elif op in ("shift", "of") and (" W" in reading):
        reach = 30
    fits = set[int]()
    for days in known:
        if days.earliest is None or days.latest is None:
            continue
        for n in range(max(0, place(days.earliest) - reach), min(SIZE, place(days.latest) + reach + 1)):
            _, named = resolve(reading, Interval(day_at(n), day_at(n)))
            if named.earliest and named.latest and named.earliest <= days.latest and days.earliest <= named.latest:
                fits.add(n)
    return sorted(fits)


def narrowest(mass: Floats, share: float) -> tuple[date, date]:
    """The shortest run of days that holds `share` of `mass`, of equally short ones that which holds most."""
    sums = np.concatenate(([0.0], np.cumsum(mass)))
    ends = np.searchsorted(sums, sums[:-1] + share - 1e-12)
    ends = np.where(ends > SIZE, SIZE * 3, ends)
    widths = ends - np.arange(SIZE)
    best = widths.min()
    starts = np.flatnonzero(widths == best)
    held = sums[np.minimum(starts + best, SIZE)] - sums[starts]
    start = int(starts[int(np.argmax(held))])
    return day_at(start), day_at(start) + timedelta(days=int(best) - 1)
