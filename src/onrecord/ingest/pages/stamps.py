"""Dates as pages write them to ISO 8601, with the time and the offset where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST_YEAR = 1000
LONGEST = 80
# What programs write where they have no date.
NO_DATE = "1970-01-01T00:00:00"

_LIKE_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ]{1,2}(?P<hour>\d\d?)(?P<rest>:\d\d(?::\d\d)?)(?:[.,]\d+)?(?!\d|:| ?[ap]\.?m)"
    r" ?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?)?(?!\d)",
    re.IGNORECASE | re.ASCII,
)
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)\d{0,2}(Z)?)?", re.ASCII)
_MAILED = re.compile(
    r"(?:[a-z]{3}, )?\d\d? [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: (?:[+-]\d{4}|GMT|UTC|Z|[ECMP][SD]T))?",
    re.IGNORECASE | re.ASCII,
)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
_NTH = r"(\d\d?)(?:st|nd|rd|th)?"
_WRITTEN = re.compile(
    rf"\b(?:{_MONTH}\.? {_NTH},? |{_NTH}[ -](?:of )?{_MONTH}\.?,?[ -])((?:19|20|21)\d\d)\b", re.IGNORECASE | re.ASCII
)
_IN_ADDRESS = re.compile(
    rf"[/-]((?:19|20|21)\d\d)(?:([/-])(0?[1-9]|1[0-2]|{_MONTH})\2|(0[1-9]|1[0-2]))([0-2]?\d|3[01])(?=[/_.-]|$)",
    re.IGNORECASE | re.ASCII,
)


def read_stamp(given: str) -> str | None:
    """`given`, the value of a field, as ISO 8601; None where it is no date, or one that two readers read in two ways.

    >>> read_stamp("2031-05-04 18:30:00 +0200"), read_stamp("Sun, 04 May 2031 18:30:00 GMT"), read_stamp("03/04/2031")
    ('2031-05-04T18:30:00+02:00', '2031-05-04T18:30:00+00:00', None)
    """
    given = " ".join(given[:LONGEST].split())
    if found := _LIKE_ISO.match(given):
        hour, zone = found["hour"], found["zone"] or ""
        time = f"T{hour:0>2}{found['rest']}{'Z' if zone.upper() in ('UTC', 'GMT') else zone}" if hour else ""
        return _valid(found["day"] + time)
    if found := _PACKED.fullmatch(given):
        year, month, day, hour, minute, zone = found.groups()
        return _valid(f"{year}-{month}-{day}" + (f"T{hour}:{minute}{zone or ''}" if hour else ""))
    if _MAILED.fullmatch(given):
        with suppress(ValueError):
            return _valid(parsedate_to_datetime(given).isoformat())
    return next((stamp for _, _, stamp in find_written(given)), None)


def find_written(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a whole date is written out in `text` in English, and its day: "4 May 2031", "May 4th, 2031"."""
    for found in _WRITTEN.finditer(text):
        month, day, day_before, month_after, year = found.groups()
        if stamp := _day(year, month or month_after, day or day_before):
            yield found.start(), found.end(), stamp


def find_in_address(url: str) -> str | None:
    """The day that stands in an address: "/2031/05/04/", "/2031/may/4/", "-20310504.html"."""
    if found := _IN_ADDRESS.search(url.partition("?")[0]):
        year, _, month, _, packed, day = found.groups()
        return _day(year, month or packed, day)
    return None


def _valid(written: str) -> str | None:
    """`written` as Python writes it; None if there is no such day or time, or nobody meant it."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    if moment.year < EARLIEST_YEAR or moment.isoformat().startswith(NO_DATE):
        return None
    return moment.isoformat() if "T" in written else moment.date().isoformat()


def _day(year: str, month: str, day: str) -> str | None:
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1
    return _valid(f"{year}-{number:02}-{day:0>2}")
