"""Days to places on a line, with the ticks that a reader expects at that scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from xml.etree.ElementTree import Element

from msgspec import Struct

from onrecord.views.wording import MONTHS
from onrecord.web.pictures.svg import add, measure

# Room below the line for two rows of words.
FOOT = 44
_SIZE = 11.5
# The width of a day from which weekends are shaded.
_WEEKENDS = 5


class Scale(Struct, frozen=True):
    """The days `first` to `last`, as ordinals, from `left` to `right`."""

    first: int
    last: int
    left: float
    right: float

    @property
    def day(self) -> float:
        """The width of a day."""
        return (self.right - self.left) / (self.last - self.first + 1)

    def start(self, day: int) -> float:
        """Where a day begins, which is where the one before it ends."""
        return self.left + (day - self.first) * self.day

    def middle(self, day: int) -> float:
        """The middle of a day."""
        return self.start(day) + self.day / 2


class Period(Struct, frozen=True):
    """A stretch of days between two ticks, both ends included; `within` is the longer one that it is part of."""

    first: int
    last: int
    words: str
    within: str


class _Unit(Struct, frozen=True):
    """A way to divide days: how many days a period has, its least width, its first day, its words and its whole's."""

    days: float
    width: float
    start: Callable[[date], date]
    words: Callable[[date], str]
    within: Callable[[date], str]


def scale_between(first: date, last: date, left: float, right: float) -> Scale:
    """The scale of these days, given in either order."""
    days = sorted((first.toordinal(), last.toordinal()))
    return Scale(days[0], days[1], left, right)


def divide(scale: Scale) -> list[Period]:
    """The days of a scale in the shortest periods that are wide enough for their words."""
    unit = next((u for u in _UNITS if u.days * scale.day >= u.width), _UNITS[-1])
    # Close enough together that none of the periods is missed.
    days = range(scale.first, scale.last + 1, max(1, int(unit.days * 0.4)))
    starts = dict.fromkeys(unit.start(date.fromordinal(day)).toordinal() for day in (*days, scale.last))
    return list(_periods(scale, unit, sorted(starts)))


def _periods(scale: Scale, unit: _Unit, starts: list[int]) -> Iterator[Period]:
    for start, following in zip(starts, [*starts[1:], scale.last + 1], strict=True):
        first = date.fromordinal(max(start, scale.first))
        yield Period(first.toordinal(), following - 1, unit.words(first), unit.within(first))


def draw_axis(parent: Element, scale: Scale, periods: list[Period], top: float, base: float) -> None:
    """Add the line at `base`, its ticks and their words, and faint lines up to `top`."""
    if scale.day >= _WEEKENDS:
        _shade_weekends(parent, scale, top, base)
    add(parent, "path", class_="pic-axis", d=f"M{scale.left:.1f} {base:.1f}H{scale.right:.1f}")
    daily = all(p.first == p.last for p in periods)
    for period in periods:
        x, end = scale.start(period.first), scale.start(period.last + 1)
        add(parent, "path", class_="pic-grid", d=f"M{x:.1f} {top:.1f}V{base + 5:.1f}")
        if measure(period.words, _SIZE) <= end - x - 2:
            place = ((x + end) / 2, "middle") if daily else (x + 4, "start")
            add(parent, "text", period.words, class_="pic-tick", x=place[0], y=base + 17, text_anchor=place[1])
    _name_wholes(parent, scale, periods, base + 34)


def _name_wholes(parent: Element, scale: Scale, periods: list[Period], y: float) -> None:
    """Add the months or years of the periods, each where it begins and has room."""
    wholes = [(words, next(group).first) for words, group in groupby(periods, key=lambda p: p.within) if words]
    ends = [*(scale.start(first) for _, first in wholes), scale.right][1:]
    for (words, first), end in zip(wholes, ends, strict=True):
        x = scale.start(first)
        if measure(words, _SIZE) <= end - x - 4:
            add(parent, "text", words, class_="pic-tick pic-whole", x=x + 4, y=y)


def _shade_weekends(parent: Element, scale: Scale, top: float, base: float) -> None:
    for day in range(scale.first, scale.last + 1):
        if date.fromordinal(day).weekday() in (5, 6):
            x, y, height = scale.start(day), top, base - top
            add(parent, "rect", class_="pic-weekend", x=x, y=y, width=scale.day, height=height)


def _monday(day: date) -> date:
    return date.fromordinal(max(1, day.toordinal() - day.weekday()))


def _months(number: int) -> Callable[[date], date]:
    return lambda day: date(day.year, day.month - (day.month - 1) % number, 1)


def _years(number: int) -> Callable[[date], date]:
    return lambda day: date(max(1, day.year - day.year % number), 1, 1)


def _short(day: date) -> str:
    return MONTHS[day.month - 1][:3]


_UNITS = (
    _Unit(1, 22, lambda d: d, lambda d: str(d.day), lambda d: f"{MONTHS[d.month - 1]} {d.year}"),
    _Unit(7, 50, _monday, lambda d: f"{d.day} {_short(d)}", lambda d: str(d.year)),
    *(_Unit(30.4 * n, 30, _months(n), _short, lambda d: str(d.year)) for n in (1, 3)),
    *(
        _Unit(365.25 * n, 46, _years(n), lambda d: str(d.year), lambda _: "")
        for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
    ),
)
