"""TIMEX3 values of dates to the days that they cover, and days to such values."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from onrecord.record import Interval

# Meteorological and astronomical seasons of the north differ by three weeks; both are covered. Winter ends in the
# year behind the one that it is counted to.
_SEASONS = {"SP": ((3, 1), (6, 21)), "SU": ((6, 1), (9, 23)), "FA": ((9, 1), (12, 21)), "WI": ((12, 1), (3, 21))}
_YEAR = re.compile(r"(\d{4})(?:-(?:(Q)([1-4])|(H)([12])|(SP|SU|FA|WI)|(\d\d)))?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(?:-(WE|[1-7]))?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NOTHING = Interval()


def days_of(value: str) -> Interval:
    """The days of a TIMEX3 value, a part of the day left aside; open where it names none ("PXD", "XXXX-05").

    >>> days_of("1999-Q1")
    Interval(earliest=datetime.date(1999, 1, 1), latest=datetime.date(1999, 3, 31))
    """
    first, _, last = value.partition("/")
    if last:
        return Interval(days_of(first).earliest, days_of(last).latest)
    plain = first.split("T")[0]
    try:
        return _days_of(plain)
    except (ValueError, OverflowError):
        return NOTHING


def _days_of(plain: str) -> Interval:
    if _DAY.fullmatch(plain):
        return Interval(date.fromisoformat(plain), date.fromisoformat(plain))
    if match := _WEEK.fullmatch(plain):
        monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        first, last = {None: (0, 6), "WE": (5, 6)}.get(match[3]) or (int(match[3]) - 1,) * 2
        return Interval(monday + timedelta(days=first), monday + timedelta(days=last))
    if match := _YEAR.fullmatch(plain):
        return _part_of_year(match)
    if re.fullmatch(r"\d{2,3}", plain):
        years = 10 ** (4 - len(plain))
        return Interval(date(int(plain) * years, 1, 1), date(int(plain) * years + years - 1, 12, 31))
    return NOTHING


def _part_of_year(match: re.Match[str]) -> Interval:
    year = int(match[1])
    if match[6]:
        (m, d), (n, e) = _SEASONS[match[6]]
        return Interval(date(year, m, d), date(year + (n < m), n, e))
    first, last = 1, 12
    if match[2]:
        first, last = int(match[3]) * 3 - 2, int(match[3]) * 3
    elif match[4]:
        first, last = int(match[5]) * 6 - 5, int(match[5]) * 6
    elif match[7]:
        first = last = int(match[7])
    return Interval(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def unit_of(value: str) -> str:
    """The unit that a value is as exact as: D, W, WE, M, Q, H, S (a season), Y, DE or CE; empty for none.

    >>> [unit_of(v) for v in ("1999-05-03TMO", "1999-Q1", "199", "P3D")]
    ['D', 'Q', 'DE', '']
    """
    plain = value.split("T", maxsplit=1)[0]
    return next((unit for unit, pattern in _UNITS.items() if pattern.fullmatch(plain)), "")


_UNITS = {
    "D": _DAY,
    "WE": re.compile(r"\d{4}-W\d\d-WE"),
    "W": re.compile(r"\d{4}-W\d\d"),
    "M": re.compile(r"\d{4}-\d\d"),
    "Q": re.compile(r"\d{4}-Q\d"),
    "H": re.compile(r"\d{4}-H\d"),
    "S": re.compile(r"\d{4}-(?:SP|SU|FA|WI)"),
    "Y": re.compile(r"\d{4}"),
    "DE": re.compile(r"\d{3}"),
    "CE": re.compile(r"\d\d"),
}


def value_at(day: date, unit: str) -> str:
    """The value of the `unit` that holds `day`.

    >>> [value_at(date(1999, 5, 3), unit) for unit in ("D", "W", "Q", "S", "DE")]
    ['1999-05-03', '1999-W18', '1999-Q2', '1999-SP', '199']
    """
    if unit in ("W", "WE"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "WE" else "")
    if unit == "S":
        return f"{day.year - (day.month < 3):04}-{('WI', 'SP', 'SU', 'FA')[day.month % 12 // 3]}"
    return {
        "D": day.isoformat(),
        "M": f"{day.year:04}-{day.month:02}",
        "Q": f"{day.year:04}-Q{(day.month + 2) // 3}",
        "H": f"{day.year:04}-H{(day.month + 5) // 6}",
        "Y": f"{day.year:04}",
        "DE": f"{day.year // 10:03}",
        "CE": f"{day.year // 100:02}",
    }[unit]


_MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12, "DE": 120, "CE": 1200}
_DAYS = {"D": 1, "W": 7, "WE": 7}


def shift(day: date, unit: str, number: int) -> date:
    """`day` moved by so many units; the last day of a shorter month stands for one that it lacks.

    Raises OverflowError or ValueError beyond the years 1 to 9999.
    """
    if unit in _DAYS:
        return day + timedelta(days=_DAYS[unit] * number)
    months = day.year * 12 + day.month - 1 + _MONTHS[unit] * number
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
