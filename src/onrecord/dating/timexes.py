"""The time expressions of a parse to TIMEX3: the model's spans, read by the grammar, anchored in the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from itertools import takewhile

from msgspec.structs import replace

from onrecord.dating.direction import Ahead, find_direction, is_past
from onrecord.dating.grammar import Match, Meaning, find_matches
from onrecord.dating.readings import open_value, resolve
from onrecord.dating.values import unit_of
from onrecord.language import Parse, Spans
from onrecord.record import Interval, Publication, Span, Timex

# Which way "?" of a reading points, by where the sentence places it. What is told in the past tense of a date may still
# be to come: "declared a dividend payable Dec. 7".
_WAYS: dict[str, dict[Ahead, str]] = {
    "weekday": {"ahead": "next", "over": "last", "back": "last", "open": "last"},
    "date": {"ahead": "coming", "over": "last", "back": "near", "open": "near"},
    "quarter": {"ahead": "near", "over": "last", "back": "last", "open": "last"},
    "long": {"ahead": "coming", "over": "last", "back": "last", "open": "last"},
}


def find_timexes(parse: Parse, published: Publication) -> tuple[Timex, ...]:
    """The time expressions of `parse` in order, resolved as far as `published` and the dates named allow."""
    out: list[Timex] = []
    chosen = _chosen(parse)
    history = _is_history([m.meaning for m in chosen], published)
    for match in chosen:
        reading = match.meaning.reading
        anchor = _anchor(match, out)
        if anchor is None and match.meaning.anchor == "quarter":
            reading = match.meaning.otherwise
            if not reading:
                continue
        elif history and reading.startswith("cycle") and "?" in reading:
            anchor = next((t.span for t in reversed(out) if unit_of(t.value)), None)
            reading = reading.replace("?", "near")
        elif "?" in reading and (month := _month_named(match, out)) and _is_old(parse, match, published):
            anchor, reading = month, reading.replace("?", "near")
        value = match.meaning.value or ""
        if anchor is None and match.meaning.anchor == "named" and reading.startswith("move"):
            # "Three days later" behind no day is not three days behind the report's own.
            reading, value = "none", open_value(reading)
        if "?" in reading:
            kind, way = _kind(reading), find_direction(parse, match.span)
            # Of a report without a day of its own the year would be guessed twice.
            over = kind == "date" and way == "back" and published.given and is_past(parse, match.span)
            reading = reading.replace("?", _WAYS[kind]["over" if over else way])
        timex = Timex(match.span, match.meaning.type, value, reading=reading, anchor=anchor)
        out.append(anchored(timex, out, published))
    return tuple(out)


def resolve_timexes(timexes: Sequence[Timex], published: Publication) -> tuple[Timex, ...]:
    """`timexes` of one report again, for another interval of its publication."""
    out: list[Timex] = []
    for timex in timexes:
        out.append(timex if _is_hung(timex) else anchored(timex, out, published))
    # What hangs on an expression behind it, or on what hangs itself: "a day after the vote she met him on Friday".
    for _ in range(_MOST_HUNG):
        out = [anchored(t, out, published) if _is_hung(t) else t for t in out]
    return tuple(out)


def _is_hung(timex: Timex) -> bool:
    return timex.reading.startswith("days ")


def anchored(timex: Timex, others: Sequence[Timex], published: Publication) -> Timex:
    """`timex` with value and days, by the expression among the `others` that it hangs on, or by `published`."""
    if timex.reading == "none":
        return timex
    anchor: str | Interval = Interval(published.earliest, published.latest)
    if timex.anchor:
        named = others[bisect_left(others, timex.anchor, key=lambda t: t.span)]
        anchor = named.value if unit_of(named.value) else Interval(named.earliest, named.latest)
    value, days = resolve(timex.reading, anchor)
    kept = timex.value if _is_hung(timex) else open_value(timex.reading)
    return replace(timex, value=value or kept, earliest=days.earliest, latest=days.latest)


def _is_history(meanings: Sequence[Meaning], published: Publication) -> bool:
    """Whether the text tells of long ago: it names more years that are over than days near its own.

    In "The siege began in March 1453. On 29 May the walls fell." a date without a year is of the year named last.
    """
    recent = published.earliest.year - 1 if published.earliest else 9999
    years = [m.reading[3:7] for m in meanings if re.match(r"at \d{4}(?!\d)", m.reading)]
    near = sum(m.reading.startswith(("weekday", "shift D", "shift W", "shift M")) for m in meanings)
    old = sum(int(y) < recent for y in years)
    return old >= _MANY and old > near + len(years) / 2


def _kind(reading: str) -> str:
    op, name = reading.split(" ")[:2]
    if op == "weekday":
        return "weekday"
    if name[:2] in ("-Q", "-H"):
        return "quarter"
    return (
        "date"
        if op in ("feast", "monthday") or (name.count("-") == 2 and name[1:3].isdigit()) or "/" in name
        else "long"
    )


def _chosen(parse: Parse) -> list[Match]:
    """The grammar's matches where the model reads a time expression, and those that need no reader."""
    read = Spans(t.span for t in parse.timexes)
    names = Spans(n.span for n in parse.names)
    return [
        m for m in find_matches(parse.text) if read.meets(m.span) or (m.meaning.certain and not names.meets(m.span))
    ]


_MANY = 3
# So many expressions may hang on one another whose anchors stand behind them.
_MOST_HUNG = 3
# A comparison reaches back to a quarter named so many expressions before, a time of day to a day so many characters.
_FEW, _NEAR = 12, 250
# So many characters behind a month with its year, a day of that month is of that year.
_SAME_MONTH, _OF_LATE = 400, 92


def _anchor(match: Match, before: Sequence[Timex]) -> Span | None:
    """The expression that a reading hangs on, None for the report's own day."""
    kind = match.meaning.anchor
    if kind == "report":
        return None
    if kind == "quarter":
        # What is itself a comparison ("a year earlier") is compared with nothing.
        plain = (t for t in reversed(before[-_FEW:]) if not t.reading.startswith(("move", "in ")))
        return next((t.span for t in plain if re.search(r"-[QH]\d", t.reading)), None)
    if kind == "day":
        near = (t for t in reversed(before) if match.span.start - t.span.end <= _NEAR)
        return next((t.span for t in near if _is_day(t.reading)), None)
    return next((t.span for t in reversed(before) if t.reading != "none"), None)


def _month_named(match: Match, before: Sequence[Timex]) -> Span | None:
    """The month with its year, or a day of it, that was named not far ahead: "by September 2016 … on Sept. 3"."""
    month = re.match(r"cycle -(\d\d)-\d\d ", match.meaning.reading)
    if not month:
        return None
    near = takewhile(lambda t: match.span.start - t.span.end <= _SAME_MONTH, reversed(before))
    return next((t.span for t in near if re.match(rf"at \d{{4}}-{month[1]}\b", t.reading)), None)


def _is_old(parse: Parse, match: Match, published: Publication) -> bool:
    """Whether a day without a year is no news: what is to come, or was of late, is of the report's own time."""
    if find_direction(parse, match.span) == "ahead":
        return False
    _, last = resolve(match.meaning.reading.replace("?", "last"), Interval(published.earliest, published.latest))
    return not (last.latest and published.latest) or (published.latest - last.latest).days > _OF_LATE


def _is_day(reading: str) -> bool:
    return reading.startswith(("weekday", "monthday", "shift D")) or bool(
        re.search(r"-\d\d-\d\d|^cycle -\d\d-\d\d", reading)
    )


def read_words(words: str, today: date) -> Interval | None:
    """The days that `words` name as a whole, as in a report of `today`; None where they name none.

    A weekday and a day without a year are the last ones, "3 weeks ago" is a week.
    """
    whole = words.strip()
    for match in find_matches(whole):
        if match.span == (0, len(whole)):
            _, days = resolve(match.meaning.reading.replace("?", "last"), Interval(today, today))
            if days.earliest or days.latest:
                return days
    return None
