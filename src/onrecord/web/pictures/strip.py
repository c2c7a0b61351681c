"""The days of a story to a timeline small enough for its card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from onrecord.web.pictures.axis import Scale, scale_between
from onrecord.web.pictures.svg import add, begin, write

_EDGE = 3.0
_TICK = 2.0
_BAND = 4.0


def draw_strip(
    days: Sequence[tuple[date | None, date | None]],
    first: date,
    last: date,
    label: str,
    width: int = 260,
    height: int = 30,
) -> str:
    """One tick for each known day, the taller the more fall on it, and a low bar for days of which one is meant."""
    scale = scale_between(first, last, _EDGE, width - _EDGE)
    root = begin(width, height, "pic-strip", role="img", aria_label=label)
    base = height - 5.0
    ticks: Counter[int] = Counter()
    bands: set[tuple[int, int]] = set()
    for low, high in days:
        known = sorted(d.toordinal() for d in (low, high) if d)
        if not known or known[0] > scale.last or known[-1] < scale.first:
            continue
        if low and high and known[0] == known[-1]:
            ticks[round(scale.middle(known[0]) / _TICK)] += 1
        else:
            bands.add(_reach(scale, known[0] if low else scale.first, known[-1] if high else scale.last))
    for left, right in sorted(bands):
        add(root, "rect", class_="pic-span", x=left, y=base - _BAND, width=right - left, height=_BAND, rx=1)
    most = max(ticks.values(), default=1)
    for place, count in sorted(ticks.items()):
        tall = (base - 2) * (0.4 + 0.6 * count / most)
        add(root, "rect", class_="pic-day", x=place * _TICK - _TICK / 2, y=base - tall, width=_TICK, height=tall)
    add(root, "path", class_="pic-axis", d=f"M{_EDGE} {base + 0.5}H{width - _EDGE}")
    return write(root)


def _reach(scale: Scale, first: int, last: int) -> tuple[int, int]:
    """From where to where a bar goes, in whole units, and at least so far that it is seen to be one."""
    left, right = scale.start(max(first, scale.first)), scale.start(min(last, scale.last) + 1)
    return int(left), max(int(left) + 6, round(right))
