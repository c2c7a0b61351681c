"""Plain time expressions of English news to TIMEX3 values and days.

Weekdays, "yesterday" and its like, and calendar dates; all else is left alone until a grammar reads it. Values follow
TIMEX3 (ISO-TimeML): "XXXX-WXX-4" is a Thursday that no anchor places.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from onrecord.record import Interval, Publication, Span, Timex

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?:st|nd|rd|th)?"
# "killed 12 Marines", "3 Mayors" and "in March 3,000 people" hold no date.
_DATE = (
    rf"\b(?:(?P<d1>\d{{1,2}}){_DAY}\s+(?:of\s+)?{_MONTH}(?!\w)"
    rf"|{_MONTH.replace('month', 'month2')}\s+(?P<d2>\d{{1,2}}){_DAY})"
    r"(?:,?\s+(?P<year>[12]\d{3}))?(?![\d:]|,\d{3})"
)
_ISO = r"\b(?P<iso>[12]\d{3}-\d\d-\d\d)\b"
_WEEKDAY = (
    rf"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s+)?(?P<day>{'|'.join(d.title() for d in _DAYS)})\b"
    r"(?:\s+(?:morning|afternoon|evening|night))?"
)
_NEAR = (
    r"\b(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|[Ll]ast night|[Tt]his (?:morning|afternoon|evening))\b"
)
_TIMEX = re.compile("|".join((_DATE, _ISO, _WEEKDAY, _NEAR)))
_PARTS = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}
# "will meet on Thursday", "ahead of Tuesday": the day that comes. Looked for in the words just before.
_COMING = re.compile(
    r"\b(?:will|would(?! have)|shall|to be|is to|are to|due|scheduled|planned|plans?|expects?|expected|set to|must)\b"
    r"[^.;:“”\"]{0,60}$"
    r"|\b(?:until|till|by|ahead of|before)\s+(?:the\s+)?$"
)


def find_timexes(text: str, published: Publication) -> tuple[Timex, ...]:
    """The time expressions of `text` in order, resolved where `published` is a single day."""
    found: list[Timex] = []
    for match in _TIMEX.finditer(text):
        if (value := _value(match, text)) is None:
            continue
        days = resolve(*value, published)
        # "P-1D" is how far yesterday is; as a value of its own it would be a duration.
        open_value = "XXXX-XX-XX" if value[0].startswith("P") else value[0]
        part = next((_PARTS[word] for word in _PARTS if match.group().endswith(word)), "")
        exact = days.earliest.isoformat() if days.earliest else open_value
        found.append(Timex(Span(*match.span()), "TIME" if part else "DATE", exact + part, days.earliest, days.latest))
    return tuple(found)


def resolve(value: str, direction: int, published: Publication) -> Interval:
    """The days that a value without a year or week can mean for a report of `published`.

    A weekday's `direction` is -2 for the last one before the report's own day, -1 for the last one up to it, 0 for
    that of its week, 1 for the next one after it; a date of the year is the nearest one. Nothing is resolved while
    the day of publication is not known, nor what lies beyond the year 9999.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return Interval(date.fromisoformat(value), date.fromisoformat(value))
    anchor = published.earliest
    if anchor is None or anchor != published.latest:
        return Interval()
    try:
        if value.startswith("XXXX-WXX-"):
            day = _weekday(int(value[-1]) - 1, direction, anchor)
        elif value.startswith("P"):
            day = anchor + timedelta(days=int(value[1:-1]))
        else:
            day = _nearest_year(value, anchor)
    except OverflowError:
        return Interval()
    return Interval(day, day)


def _value(match: re.Match[str], text: str) -> tuple[str, int] | None:
    """The value without its anchor, and the direction in which it lies."""
    groups = match.groupdict()
    if groups.get("iso"):
        return (groups["iso"], 0) if _is_date(groups["iso"]) else None
    if groups.get("day"):
        number = _DAYS.index(groups["day"].lower()) + 1
        if groups["which"]:
            return f"XXXX-WXX-{number}", {"last": -2, "this": 0, "next": 1}[groups["which"].lower()]
        return f"XXXX-WXX-{number}", 1 if _comes(text, match.start()) else -1
    if groups.get("word"):
        word = groups["word"].lower()
        away = {"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0)
        return f"P{away}D", 0
    month = _MONTHS.index((groups["month"] or groups["month2"])[:3].lower()) + 1
    day = int(groups["d1"] or groups["d2"])
    value = f"{groups['year'] or 'XXXX'}-{month:02}-{day:02}"
    return (value, 0) if _is_date(value.replace("XXXX", "2024")) else None


def _comes(text: str, at: int) -> bool:
    sentence = re.split(r"[.!?]\s", text[max(0, at - 90) : at])[-1]
    return bool(_COMING.search(sentence))


def _weekday(number: int, direction: int, anchor: date) -> date:
    back = (anchor.weekday() - number) % 7
    if direction == 0:
        return anchor + timedelta(days=number - anchor.weekday())
    if direction < 0:
        return anchor - timedelta(days=7 if direction == -2 and back == 0 else back)
    return anchor + timedelta(days=7 - back)


def _nearest_year(value: str, anchor: date) -> date:
    """The date of that month and day which lies nearest; reports look back more often than ahead, so past wins ties."""
    years = [y for y in range(anchor.year - 4, anchor.year + 5) if _is_date(value.replace("XXXX", str(y)))]
    days = [date.fromisoformat(value.replace("XXXX", str(y))) for y in years]
    return min(days, key=lambda d: (abs((d - anchor).days), d > anchor))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
