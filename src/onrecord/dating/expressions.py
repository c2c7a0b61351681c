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
_WEEKDAY = re.compile(
    rf"\b(?:(?P<which>last|next|this)\s+)?(?P<day>{'|'.join(d.title() for d in _DAYS)})\b"
    r"(?P<part>\s+(?:morning|afternoon|evening|night))?(?!['’]s\s)(?!s\b)"
)
_NEAR = re.compile(r"\b(?P<word>[Tt]oday|[Yy]esterday|[Tt]omorrow|[Tt]onight|[Ll]ast night|[Tt]his (?:morning|afternoon|evening))\b")
_DATE = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}|{_MONTH.replace('month', 'month2')}\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:,?\s+(?P<year>[12]\d{3}))?(?![\d:])"
)
_ISO = re.compile(r"\b(?P<iso>[12]\d{3}-\d\d-\d\d)\b")
# "will meet on Thursday", "ahead of Tuesday": the day that comes. Looked for in the words just before.
_COMING = re.compile(
    r"\b(?:will|would(?! have)|shall|to be|is to|are to|due|scheduled|planned|plans?|expects?|expected|set to|must)\b[^.;:“”\"]{0,60}$"
    r"|\b(?:until|till|by|ahead of|before)\s+(?:the\s+)?$"
)

def find_timexes(text: str, published: Publication) -> tuple[Timex, ...]:
    """The time expressions of `text` in order, resolved where `published` is a single day."""
    found: list[Timex] = []
    for pattern in (_DATE, _ISO, _WEEKDAY, _NEAR):
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if any(t.span.start < span.end and span.start < t.span.end for t in found):
                continue
            value = _value(match, text)
            if value:
                days = resolve(value[0], value[1], published)
                kind = "TIME" if re.search(r"morning|afternoon|evening|[Nn]ight", match.group()) else "DATE"
                exact = days.earliest.isoformat() if days.earliest and days.earliest == days.latest else value[0]
                part = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI", "Tonight": "TNI", "tonight": "TNI"}
                tail = next((part[w] for w in part if match.group().endswith(w)), "")
                found.append(Timex(span, kind, exact + tail, days.earliest, days.latest))  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda t: t.span))


def resolve(value: str, direction: int, published: Publication) -> Interval:
    """The days that a value without a year or week can mean for a report of `published`.

    `direction` is -1 for the last such day up to the report's own, 1 for the next one after it, 0 for the nearest
    date of a year. Nothing is resolved while the day of publication is not known.
    """
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return Interval(date.fromisoformat(value), date.fromisoformat(value))
    anchor = published.earliest
    if anchor is None or anchor != published.latest:
        return Interval()
    if value.startswith("XXXX-WXX-"):
        day = _weekday(int(value[-1]) - 1, direction, anchor)
    elif value.startswith("P"):
        day = anchor + timedelta(days=int(value[1:-1]))
    else:
        day = _nearest_year(value, anchor)
    return Interval(day, day)


def _value(match: re.Match[str], text: str) -> tuple[str, int] | None:
    """The value without its anchor, and the direction in which it lies."""
    groups = match.groupdict()
    if groups.get("iso"):
        return (groups["iso"], 0) if _is_date(groups["iso"]) else None
    if groups.get("day"):
        number = _DAYS.index(groups["day"].lower()) + 1
        coming = groups["which"] == "next" or (groups["which"] != "last" and _comes(text, match.start()))
        return f"XXXX-WXX-{number}", 2 if groups["which"] == "next" else 1 if coming else -1
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
    if direction < 0:
        return anchor - timedelta(days=(anchor.weekday() - number) % 7)
    return anchor + timedelta(days=(number - anchor.weekday() - 1) % 7 + 1)


def _nearest_year(value: str, anchor: date) -> date:
    """The date of that month and day which lies nearest; a report looks back more often than ahead, so past wins ties."""
    years = [y for y in range(anchor.year - 4, anchor.year + 5) if _is_date(value.replace("XXXX", str(y)))]
    days = [date.fromisoformat(value.replace("XXXX", str(y))) for y in years]
    return min(days, key=lambda d: (abs((d - anchor).days), d > anchor))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
