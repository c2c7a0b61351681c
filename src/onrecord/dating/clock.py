"""Words for the time of a day, with the day beside them, to what they mean."""

from __future__ import annotations

import re

from onrecord.dating.calendar_dates import DATE_WORDS, NEAR, WHICH_DAY, dated
from onrecord.dating.rules import Meaning, rule
from onrecord.dating.vocabulary import PART, PARTS, WEEKDAY, WEEKDAYS, ZONE

_CLOCK = (
    r"(?:(?P<h>\d\d?)(?:[:.](?P<min>[0-5]\d))?(?::[0-5]\d)? ?(?P<half>[ap]\.?m\b\.?)"
    rf"|(?P<h2>[01]?\d|2[0-3]):(?P<min2>[0-5]\d)(?: (?:hours|hrs|o['’]clock))?(?P<zone>{ZONE})?"
    rf"|(?P<h3>\d\d?) (?:o['’]clock)(?: in the (?P<half3>morning|afternoon|evening))?|(?P<word>noon|midday|midnight)"
    rf"|(?P<h4>[01]\d|2[0-3])(?P<min4>[0-5]\d)(?: hours)?(?P<zone4>{ZONE})|(?P<h5>\d\d?) in the (?P<half5>morning"
    r"|afternoon|evening))"
)
_CLOCK_DAY = (
    rf"(?:(?P<near>today|yesterday|tomorrow|tonight|this morning|this afternoon|this evening)|(?"
    rf":(?P<which>last|next|this) )?"
    rf"(?P<day>{WEEKDAY})(?: (?:{PART}))?(?:,? (?P<all>{DATE_WORDS}))?|(?P<all2>{DATE_WORDS.replace('?P<', '?P<x_')}))"
)


@rule(rf"{_CLOCK}(?:{ZONE})?(?:,?(?: on)? {_CLOCK_DAY})?")
def _clock(given: dict[str, str]) -> Meaning | None:
    return _at_clock(given)


@rule(rf"{_CLOCK_DAY}(?:,| at|, at)? {_CLOCK}(?:{ZONE})?")
def _clock_behind(given: dict[str, str]) -> Meaning | None:
    return _at_clock(given)


def _at_clock(given: dict[str, str]) -> Meaning | None:
    time = _time(given)
    if time is None:
        return None
    words = given.get("all") or given.get("all2")
    if words:
        its = {k.removeprefix("x_"): v for k, v in given.items() if k.removeprefix("x_") in _DATED}
        meaning = dated({**its, "all": words})
        return meaning and meaning._replace(type="TIME", reading=_with_part(meaning.reading, time))
    if "day" in given:
        which = WHICH_DAY.get(given.get("which", "").casefold(), "?")
        return Meaning("TIME", f"weekday {WEEKDAYS[given['day']]} {which} {time}", certain=True)
    near = given.get("near", "").casefold().split(" ")[0]
    # A bare figure with a point may be a sum or a score.
    return Meaning("TIME", f"shift D {NEAR.get(near, 0)} {time}", anchor="report" if near else "day")


_DATED = ("d1", "d2", "e1", "e2", "year", "year2")


def _with_part(reading: str, part: str) -> str:
    return reading + part if reading.startswith(("at ", "of ")) else f"{reading} {part}"


def _time(given: dict[str, str]) -> str | None:
    if "word" in given:
        return PARTS[given["word"].casefold()]
    hour = int(given.get("h") or given.get("h2") or given.get("h3") or given.get("h4") or given.get("h5") or "0")
    minute = given.get("min") or given.get("min2") or given.get("min4") or "00"
    half = given.get("half") or given.get("half3") or given.get("half5") or ""
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (
            12 if half[0] in "pPaAeE" and half.casefold() not in ("am", "a.m.", "a.m", "morning") else 0
        )
    zone = "Z" if re.search("GMT|UTC", given.get("zone", "") + given.get("zone4", "")) else ""
    return f"T{hour:02}:{minute}{zone}" if hour <= 24 else None
