"""What an expression means before it has an anchor, and an anchor to its value and days.

A reading is one short line, so that it can stand in the record and be resolved again when a report's day becomes known:

| reading | is |
|---|---|
| `at 1994-05` | that value itself |
| `shift W -1` | the unit of the anchor, and then so many on: "last week" |
| `move Y -1` | the anchor's own length so many units on: "a year earlier", of a quarter the quarter |
| `of -Q1 Y 1` | a part of such a shifted unit: "next year's first quarter" |
| `in 1998` | the anchor's own length in that year: "the 1998 quarter" |
| `days -8 -6` | all days from so many to so many on: "resigned today, a week after they met" |
| `weekday 4 last` | the Thursday up to the anchor; `past` before it, `next` behind it, `this` in its week |
| `cycle -05-03 near` | what comes once a year, by the same words: a date, a month, a season, a quarter |
| `weekend WE last` | the weekend, by the same words |
| `monthday 24 near` | what comes once a month |
| `feast easter near` | a feast, by the same words |
| `none` | no days: a duration, a set, "now" |

A part of the day may follow ("weekday 4 last TEV"). All are monotone: a later anchor never gives earlier days. So of
an anchor that is known as an interval, its two ends are enough.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from onrecord.dating.values import NOTHING, days_of, shift, unit_of, value_at
from onrecord.knowledge import feast_days
from onrecord.record import Interval

_OPEN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "H": "XXXX-HX"}
_OPEN |= {"Y": "XXXX", "DE": "XXX", "CE": "XX", "S": "XXXX"}
_TIME = re.compile(r"T\S*$")


def resolve(reading: str, anchor: str | Interval) -> tuple[str | None, Interval]:
    """The TIMEX3 value of `reading` and its days, None and open ones where the anchor does not fix them.

    `anchor` is the value of another expression, or the days in which a report was published. Where its ends give two
    values there is none, and the days are all from the first to the last.

    >>> resolve("weekday 4 last", "2031-05-14")[0]
    '2031-05-08'
    """
    if reading == "none":
        return None, NOTHING
    if reading.startswith("at "):
        value = reading.split(" ")[1]
        return value, days_of(value)
    if reading.startswith("days "):
        return None, _moved(reading, days_of(anchor) if isinstance(anchor, str) else anchor)
    if isinstance(anchor, str):
        return _at(reading, days_of(anchor), unit_of(anchor))
    first = _at(reading, Interval(anchor.earliest, anchor.earliest), "D")
    if anchor.earliest == anchor.latest:
        return first
    last = _at(reading, Interval(anchor.latest, anchor.latest), "D")
    same = first[0] if first[0] == last[0] else None
    return same, Interval(first[1].earliest, last[1].latest)


def _moved(reading: str, anchor: Interval) -> Interval:
    """An interval from so many days on from its first day to so many on from its last."""
    first, last = map(int, reading.split(" ")[1:])
    try:
        return Interval(
            anchor.earliest and anchor.earliest + first * _DAY, anchor.latest and anchor.latest + last * _DAY
        )
    except OverflowError:
        return NOTHING


def open_value(reading: str) -> str:
    """The value of a reading that has no anchor, its unknown figures as TIMEX3 writes them.

    >>> open_value("weekday 4 last TEV"), open_value("cycle -05-03 near")
    ('XXXX-WXX-4TEV', 'XXXX-05-03')
    """
    op, *given = reading.split(" ")
    part = given[-1] if _TIME.fullmatch(given[-1]) else ""
    if op == "at":
        return given[0]
    if op == "weekday":
        return f"XXXX-WXX-{given[0]}{part}"
    if op == "monthday":
        return f"XXXX-XX-{int(given[0]):02}{part}"
    if op == "cycle":
        return "/".join(f"XXXX{piece}" for piece in given[0].split("/")) + part
    if op == "of":
        return f"XXXX{given[0]}"
    return _OPEN.get(given[0], "XXXX-XX-XX") + part


def _at(reading: str, anchor: Interval, unit: str) -> tuple[str | None, Interval]:
    """The value for an anchor that is as exact as `unit`."""
    if anchor.earliest is None or anchor.latest is None or not unit:
        return None, NOTHING
    op, *given = reading.split(" ")
    part = given.pop() if _TIME.fullmatch(given[-1]) else ""
    try:
        value = _value(op, given, anchor.earliest, anchor.latest, unit)
    except (OverflowError, ValueError):
        value = None
    return (value + part, days_of(value)) if value else (None, NOTHING)


def _value(op: str, given: list[str], first: date, last: date, unit: str) -> str | None:
    if op == "shift":
        return value_at(shift(first, given[0], int(given[1])), given[0])
    if op == "move":
        # "a day earlier" than a month is a day that nobody can name.
        kept = unit if _LENGTHS.index(unit) <= _LENGTHS.index(given[0]) else given[0]
        return value_at(shift(first, given[0], int(given[1])), kept)
    if op == "in":
        return value_at(first.replace(year=int(given[0]), day=1), unit if unit != "D" else "Y")
    if op == "of":
        return value_at(shift(first, given[1], int(given[2])), given[1]) + given[0]
    if op == "weekday":
        return _weekday(int(given[0]), given[1], first).isoformat()
    return _recurring(op, given[0], given[1], first, last)


_LENGTHS = ("D", "WE", "W", "M", "Q", "S", "H", "Y", "DE", "CE")


def _weekday(number: int, direction: str, anchor: date) -> date:
    back = (anchor.weekday() + 1 - number) % 7
    days = {"last": -back, "past": -(back or 7), "next": 7 - back, "coming": (7 - back) % 7}
    days |= {"this": number - anchor.isoweekday(), "near": -back if back <= 3 else 7 - back}
    return anchor + timedelta(days=days[direction])


def _recurring(op: str, name: str, direction: str, first: date, last: date) -> str | None:
    """The value of what comes each year or month, in the direction from the anchor.

    `last` has begun by the anchor, `past` ended before it; `coming` has not ended, `next` begins behind it; `near` is
    the nearest, of equally near ones that which begins first.
    """
    found = [(value, days.earliest, days.latest) for value, days in _times(op, name, first)]
    known = [(value, a, b) for value, a, b in found if a and b]
    if direction == "near":
        chosen = min(known, key=lambda k: (max((k[1] - last).days, (first - k[2]).days, 0), k[1]), default=None)
    elif direction == "last":
        chosen = max((k for k in known if k[1] <= first or _is_eve(k, first)), default=None)
    elif direction == "past":
        chosen = max((k for k in known if k[2] < first), default=None)
    else:
        chosen = min((k for k in known if (k[1] - _DAY if direction == "next" else k[2]) >= first), default=None)
    return chosen[0] if chosen else None


_DAY = timedelta(days=1)


def _is_eve(found: tuple[str, date, date], anchor: date) -> bool:
    """Whether it is one of the next two days: "said on Monday, Oct. 26" may be written for the paper of that day."""
    return found[1] == found[2] and 0 < (found[1] - anchor).days <= 2


def _times(op: str, name: str, anchor: date) -> Iterator[tuple[str, Interval]]:
    """What comes each year or month, for some time around `anchor`."""
    if op == "weekend":
        for n in (-7, 0, 7):
            value = value_at(anchor + n * _DAY, "WE")
            yield value, days_of(value)
        return
    if op == "monthday":
        for n in (-2, -1, 0, 1, 2):
            month = shift(anchor.replace(day=1), "M", n)
            if int(name) <= calendar.monthrange(month.year, month.month)[1]:
                value = month.replace(day=int(name)).isoformat()
                yield value, days_of(value)
        return
    # The 29th of February can be eight years away.
    around = 8 if "-02-29" in name else 1
    for year in range(max(1, anchor.year - around), min(9999, anchor.year + around) + 1):
        if op == "cycle":
            value = "/".join(f"{year:04}{piece}" for piece in name.split("/"))
            yield value, days_of(value)
        else:
            for days in feast_days(name, year):
                first, last = days.earliest, days.latest
                yield (f"{first}" if first == last else f"{first}/{last}"), days
