"""A feast and a year to its days, by the calendar that it follows."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from onrecord.knowledge.words import read_table
from onrecord.record import Interval

# Hijri months begin by sight of the moon: countries differ by a day from the calculated calendar, in either direction.
_BY_SIGHT = timedelta(days=1)
_DAY = timedelta(days=1)


@cache
def feast_days(name: str, year: int) -> tuple[Interval, ...]:
    """The days of the feast `name` (as in data/feasts.txt) that begin in `year`, none where its calendar has none.

    Jewish feasts begin at the sunset before, so that day is counted in. Umm al-Qura's months, which hijridate knows
    from 1924 to 2077, may be a day off; both days beside are counted in. A Hijri feast may come twice a year.
    """
    rule, *numbers = read_table("feasts", "").get(name, "").split()
    given = [int(n) for n in numbers]
    found = _RULES[rule](year, *given) if rule else ()
    return tuple(f for f in found if f.earliest and f.earliest.year == year)


def _span(first: date, length: int = 1) -> tuple[Interval, ...]:
    return (Interval(first, first + _DAY * (length - 1)),)


def _date(year: int, month: int, day: int, length: int = 1) -> tuple[Interval, ...]:
    return _span(date(year, month, day), length)


def _weekday(year: int, month: int, weekday: int, which: int, later: int = 0) -> tuple[Interval, ...]:
    last = calendar.monthrange(year, month)[1]
    days = [d for d in (date(year, month, n) for n in range(1, last + 1)) if d.isoweekday() == weekday]
    return _span(days[which - 1 if which > 0 else which] + _DAY * later)


def _advent(year: int, which: int) -> tuple[Interval, ...]:
    """The fourth Sunday of Advent is the last before Christmas."""
    eve = date(year, 12, 24)
    return _span(eve - _DAY * ((eve.isoweekday() % 7) + 7 * (4 - which)))


def _easter(year: int, days: int, length: int) -> tuple[Interval, ...]:
    from convertdate.holidays import easter

    return _span(date(*easter(year)) + _DAY * days, length)


def _orthodox(year: int, days: int, length: int) -> tuple[Interval, ...]:
    from convertdate.holidays import easter

    return _span(date(*easter(year, "orthodox")) + _DAY * days, length)


def _hebrew(year: int, month: int, day: int, length: int) -> tuple[Interval, ...]:
    from pyluach.dates import HebrewDate
    from pyluach.hebrewcal import Year

    out: list[Interval] = []
    for theirs in (year + 3760, year + 3761):
        # Adar is the month before Nisan: the thirteenth of a leap year.
        own = 13 if month == 12 and Year(theirs).leap else month
        first = HebrewDate(theirs, own, day).to_pydate()
        out += _span(first - _DAY, length + 1)
    return tuple(out)


def _hijri(year: int, month: int, day: int, length: int) -> tuple[Interval, ...]:
    from hijridate import Hijri

    out: list[Interval] = []
    theirs = (year - 622) * 33 // 32
    for n in range(theirs - 1, theirs + 3):
        try:
            first = date(*Hijri(n, month, day).to_gregorian().datetuple())
        except (ValueError, OverflowError):
            continue
        out.append(Interval(first - _BY_SIGHT, first + _DAY * (length - 1) + _BY_SIGHT))
    return tuple(out)


def _persian(year: int, month: int, day: int, length: int) -> tuple[Interval, ...]:
    from convertdate import persian

    return _span(date(*persian.to_gregorian(year - 621, month, day)), length)


def _moon(year: int) -> tuple[Interval, ...]:
    """The new moon, in Beijing, from 21 January on; the feast lasts a fortnight but names its first days."""
    from pymeeus.Epoch import Epoch
    from pymeeus.Moon import Moon

    epoch = Moon.moon_phase(Epoch(year, 1, 20 - 8 / 24), "new")
    if epoch < Epoch(year, 1, 21 - 8 / 24):
        epoch = Moon.moon_phase(epoch + 20, "new")
    y, m, d = (epoch + 8 / 24).get_date()
    return _span(date(y, m, int(d)))


_RULES: dict[str, Callable[..., tuple[Interval, ...]]] = {
    "date": _date,
    "weekday": _weekday,
    "advent": _advent,
    "easter": _easter,
    "orthodox": _orthodox,
    "hebrew": _hebrew,
    "hijri": _hijri,
    "persian": _persian,
    "moon": _moon,
}
