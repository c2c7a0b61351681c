"""More days than can be told apart to columns that count them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import ArrayLike, NDArray

from onrecord.views.wording import word_count, word_days
from onrecord.web.pictures.axis import FOOT, Period, Scale, divide, draw_axis, scale_between
from onrecord.web.pictures.svg import add, begin, measure, write

_EDGE = 14.0
_TOP, _BASE = 30.0, 190.0
_SIZE = 11.0
_WIDEST = 56.0


def draw_density(
    earliest: ArrayLike,
    latest: ArrayLike,
    first: date,
    last: date,
    href: Callable[[date, date], str] | None = None,
    width: int = 1120,
) -> str:
    """How many intervals lie in each period between two ticks, as columns that link to their period.

    `earliest` and `latest` are the days of the intervals as ordinals. One that lies in no single period is counted in
    each that it touches, in the lighter upper part of the column.
    """
    scale = scale_between(first, last, _EDGE, width - _EDGE)
    periods = divide(scale)
    within, touching = _count(np.asarray(earliest), np.asarray(latest), periods)
    top = max(1, int((within + touching).max()))
    words = f"{word_count(len(np.atleast_1d(earliest)), 'entry', 'entries')}, counted by their days"
    root = begin(width, _BASE + FOOT, "pic-timeline pic-density", role="group", aria_label=words)
    draw_axis(root, scale, periods, _TOP - 8, _BASE)
    for period, sure, may in zip(periods, within.tolist(), touching.tolist(), strict=True):
        if sure or may:
            days = date.fromordinal(period.first), date.fromordinal(period.last)
            link = add(root, "a", class_="pic-entry", href=href(*days)) if href else add(root, "g", class_="pic-entry")
            add(link, "title", _title(days, sure, may))
            _draw_column(link, scale, period, (sure, may), top)
    return write(root)


def _count(
    earliest: NDArray[np.int64], latest: NDArray[np.int64], periods: Sequence[Period]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each period, how many intervals lie within it, and how many touch it and another one."""
    seen = (latest >= periods[0].first) & (earliest <= periods[-1].last)
    starts = np.array([p.first for p in periods])
    # Days before the first period count as the one before it, days after the last as the one after it.
    low = np.searchsorted(starts, earliest[seen], side="right") - 1
    high = np.searchsorted([*starts, periods[-1].last + 1], latest[seen], side="right") - 1
    size = len(periods)
    within = np.bincount(low[low == high], minlength=size)[:size]
    wide = low != high
    steps = np.bincount(np.maximum(low[wide], 0), minlength=size + 1)
    steps = steps - np.bincount(np.minimum(high[wide], size - 1) + 1, minlength=size + 1)
    return within, np.cumsum(steps)[:size]


def _title(days: tuple[date, date], sure: int, may: int) -> str:
    """What a column counts: "in March 2031: 12 entries, and 3 that may fall into it"."""
    words = word_days(*days)
    counted = word_count(sure, "entry", "entries")
    return f"{words}: {counted}, and {may:,} that may fall into these days" if may else f"{words}: {counted}"


def _draw_column(link: Element, scale: Scale, period: Period, counts: tuple[int, int], top: int) -> None:
    """Add the two parts of a column and their number, or of both numbers the surer one."""
    x, end = scale.start(period.first), scale.start(period.last + 1)
    add(link, "rect", class_="pic-hit", x=x, y=_TOP - 8, width=end - x, height=_BASE - _TOP + 8)
    wide = min(max(1.0, end - x - 4), _WIDEST)
    left, y = (x + end - wide) / 2, _BASE
    for count, name in zip(counts, ("pic-column", "pic-column pic-maybe"), strict=True):
        if count:
            height = max(2.0, count / top * (_BASE - _TOP - 14))
            y -= height
            add(link, "rect", class_=name, x=left, y=y, width=wide, height=height)
    number = f"{counts[0]:,}" if counts[0] else f"({counts[1]:,})"
    if measure(number, _SIZE) <= end - x:
        add(link, "text", number, class_="pic-count", x=(x + end) / 2, y=y - 5, text_anchor="middle")
