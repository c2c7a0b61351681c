"""A person's date to the days that it means."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from onrecord.record import Interval, OnrecordError

_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_OPEN = ("", "..")


def read_days(value: str) -> Interval:
    """The days of a day, month or year, or of two with a slash between them, of which ".." leaves one side open.

    These are the forms of EDTF (ISO 8601-2) that name days without doubt.

    >>> read_days("2031-05/..")
    Interval(earliest=datetime.date(2031, 5, 1), latest=None)

    Raises:
        OnrecordError: it is none of these, or ends before it begins.
    """
    first, slash, last = (side.strip() for side in value.partition("/"))
    if not slash:
        last = first
    days = Interval(_end(first, value)[0], _end(last, value)[1])
    if first in _OPEN and last in _OPEN:
        raise _refused(value)
    if days.earliest and days.latest and days.latest < days.earliest:
        raise OnrecordError(f'"{value}" ends before it begins')
    return days


def _end(side: str, value: str) -> tuple[date | None, date | None]:
    """The first and the last day of one side."""
    if side in _OPEN:
        return None, None
    found = _FORM.fullmatch(side)
    if not found:
        raise _refused(value)
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise _refused(value) from None
    if day:
        return first, first
    if month:
        return first, first.replace(day=monthrange(first.year, month)[1])
    return first, date(first.year, 12, 31)


def _refused(value: str) -> OnrecordError:
    return OnrecordError(
        f'"{value}" is no date; write a day (2031-05-04), a month (2031-05), a year, or two of them with a slash:'
        " 2031-05-04/2031-05-07, 2031-05/.."
    )
