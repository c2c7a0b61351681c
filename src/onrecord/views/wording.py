"""Values of the record to the words in which a person reads them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from onrecord.record import (
    Attribution,
    Channel,
    ContactKind,
    Modality,
    Polarity,
    Publication,
    SpeakerClass,
    Status,
)

# Not strftime: its names follow the locale.
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

CLASSES: dict[SpeakerClass, tuple[str, str]] = {
    "named_person": ("named person", "named people"),
    "named_organisation": ("named organisation", "named organisations"),
    "outlet": ("outlet", "outlets"),
    "anonymous_official": ("unnamed official", "unnamed officials"),
    "anonymous_other": ("unnamed person", "unnamed people"),
    "document": ("document", "documents"),
    "unspecified": ("not stated", "not stated"),
}
CHANNELS: dict[Channel, str] = {
    "phone_call": "by phone",
    "meeting": "in a meeting",
    "statement": "in a statement",
    "press_briefing": "at a press briefing",
    "post": "in a post",
    "interview": "in an interview",
    "notice": "in a notice",
    "message_via_intermediary": "through an intermediary",
    "letter": "by letter",
    "unspecified": "",
}
POLARITIES: dict[Polarity, str] = {"affirmed": "", "denied": "denied", "declined": "declined to say"}
MODALITIES: dict[Modality, str] = {
    "asserted": "",
    "conditional": "on a condition",
    "predicted": "predicted",
    "intended": "intended",
    "requested": "asked for",
    "threatened": "threatened",
    "committed": "promised",
    "hedged": "hedged",
}
CONTACTS: dict[ContactKind, tuple[str, str]] = {
    "call": ("call", "calls"),
    "meeting": ("meeting", "meetings"),
    "virtual_meeting": ("virtual meeting", "virtual meetings"),
    "visit": ("visit", "visits"),
    "message": ("message", "messages"),
}
STATUSES: dict[Status, str] = {
    "happened": "reported as having happened",
    "planned": "reported as planned",
    "predicted": "reported as expected",
    "conditional": "reported as hanging on a condition",
    "denied": "reported as denied",
    "not_yet": "reported as not having happened yet",
}


def word_count(number: int, one: str, many: str) -> str:
    """A number with its noun: "1 report", "9 reports"."""
    return f"{number:,} {one if number == 1 else many}"


def join_words(words: Sequence[str]) -> str:
    """A list as a sentence has it: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def word_day(day: date) -> str:
    """One day: "4 March 2031"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def word_days(earliest: date | None, latest: date | None) -> str:
    """The days of an interval, of which one is meant and not all; empty where neither side is known."""
    if earliest is None or latest is None:
        side = "after" if earliest else "before"
        day = earliest or latest
        return f"on or {side} {word_day(day)}" if day else ""
    if earliest == latest:
        return f"{WEEKDAYS[earliest.weekday()]} {word_day(earliest)}"
    return _word_period(earliest, latest) or _word_range(earliest, latest)


def _word_period(earliest: date, latest: date) -> str:
    """A whole month or year: "in March 2031"; empty where it is neither."""
    if earliest.year != latest.year or earliest.day != 1 or latest.day != monthrange(latest.year, latest.month)[1]:
        return ""
    if earliest.month == latest.month:
        return f"in {MONTHS[earliest.month - 1]} {earliest.year}"
    return f"in {earliest.year}" if (earliest.month, latest.month) == (1, 12) else ""


def _word_range(earliest: date, latest: date) -> str:
    """Any other days, what the two have in common said once: "between 3 and 9 March 2031"."""
    first = word_day(earliest)
    if earliest.year == latest.year:
        first = str(earliest.day) if earliest.month == latest.month else first.removesuffix(f" {earliest.year}")
    if latest - earliest == timedelta(days=1):
        return f"{first} or {word_day(latest)}"
    return f"between {first} and {word_day(latest)}"


def word_published(published: Publication) -> str | None:
    """The day of a report, marked where it was worked out; None where nothing is known."""
    if published.earliest and published.earliest == published.latest:
        words = word_day(published.earliest)
    else:
        words = word_days(published.earliest, published.latest)
    if not words:
        return None
    return words if published.given else f"{words} (worked out)"


def word_standing(reports: int, independent: int, untraced: int) -> str:
    """What stands behind an entry: "9 reports, 2 traced origins, 3 don't say"."""
    words = [word_count(reports, "report", "reports")]
    words.append(word_count(independent, "traced origin", "traced origins") if independent else "no traced origin")
    if untraced:
        words.append(word_count(untraced, "doesn't say", "don't say"))
    return ", ".join(words)


def word_class(class_: SpeakerClass, count: int | None = None) -> str:
    """A speaker's class: "unnamed official", "3 unnamed officials"."""
    one, many = CLASSES[class_]
    return one if count is None or count == 1 else f"{count:,} {many}"


def is_named(class_: SpeakerClass) -> bool:
    """Whether a speaker's name says who it is; a description ("a US official") may stand for several people."""
    return class_ in ("named_person", "named_organisation", "outlet", "document")


_SURE = ((0.95, "almost certain"), (0.8, "very likely"), (0.6, "likely"), (0.4, "as likely as not"), (0.0, "unlikely"))


def word_confidence(confidence: float) -> str:
    """A probability in words.

    >>> word_confidence(0.92), word_confidence(0.5)
    ('very likely', 'as likely as not')
    """
    return next(words for least, words in _SURE if confidence >= least)


def word_chain(chain: Sequence[str]) -> str:
    """How the words came, nearest to the reader first: "Radio Norra ← a Lothan official"."""
    return " ← ".join(chain)


def word_stance(attribution: Attribution) -> str:
    """How the words are meant, where they are not a plain assertion: "denied", "asked for"; else empty."""
    return ", ".join(filter(None, (POLARITIES[attribution.polarity], MODALITIES[attribution.modality])))


def word_reports(number: int) -> str:
    """The record as a whole: "in this report", "in these 8 reports"."""
    return "in this report" if number == 1 else f"in these {number:,} reports"
