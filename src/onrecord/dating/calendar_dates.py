"""Words for dates of the calendar, days of the week, seasons, years and feasts to what they mean."""

from __future__ import annotations

import re

from onrecord.dating.rules import Meaning, rule
from onrecord.dating.vocabulary import (
    BESIDE,
    DAY,
    DECADES,
    FEAST,
    FEASTS,
    MONTH,
    MONTHS,
    ORDINAL,
    PART,
    PARTS,
    REFERENCES,
    SEASON,
    SEASONS,
    UNITS,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    YEAR_WORDS,
    any_of,
    to_ordinal,
    year_in_words,
)
from onrecord.knowledge import feast_days
from onrecord.record import TimexType

MOD = r"(?:(?:early|late|mid|earlier)(?: in)?[ -]|the (?:beginning|start|end|middle|close|turn|eve|start) of )"
_YEAR_SIDE = rf"(?:,? (?P<year>{YEAR})|,? (?P<side>(?:of )?(?:this|last|next|that) year))"
_SIDES = {"this": 0, "last": -1, "next": 1, "that": 0}


def _in_year(suffix: str, given: dict[str, str], kind: TimexType = "DATE", part: str = "") -> Meaning | None:
    """What comes once a year, in the year that is given, that stands to the side of this one, or in none."""
    tail = f" {part}" if part else ""
    if "year" in given:
        value = "/".join(given["year"] + piece for piece in suffix.split("/"))
        return Meaning(kind, f"at {value}{part}", certain=True)
    if "side" in given:
        side = given["side"].split()[-2].casefold()
        anchor = "named" if side == "that" else "report"
        return Meaning(kind, f"of {suffix}{part} Y {_SIDES[side]}", anchor=anchor, certain=True)
    return Meaning(kind, f"cycle {suffix} ?{tail}", certain=True)


DATE_WORDS = (
    rf"(?:{MONTH} (?:the )?(?P<d1>{DAY})(?:[-–](?P<e1>{DAY}))?(?:,? (?P<year>{YEAR}))?"
    rf"|(?:the )?(?P<d2>{DAY})(?:[-–](?P<e2>{DAY}))? (?:of )?{MONTH}(?:,? (?P<year2>{YEAR}))?)"
)


def _month_of(words: str) -> str:
    return next(
        MONTHS[w] for w in sorted(MONTHS, key=len, reverse=True) if re.search(rf"\b{re.escape(w)}(?!\w)", words)
    )


@rule(
    rf"(?P<all>(?:(?:the )?(?P<part>{PART}|early hours|small hours) of )?(?:{WEEKDAY},? (?:the )?)?"
    rf"{DATE_WORDS}(?:,? (?P<side>(?:of )?(?:this|last|next) year))?)"
)
def dated(given: dict[str, str]) -> Meaning | None:
    """A day of a month, or several, with the year that is given."""
    first = given.get("d1") or given["d2"]
    last = given.get("e1") or given.get("e2")
    month = _month_of(given["all"])
    days = [int(re.match(r"\d+", d)[0]) for d in (first, last) if d]  # type: ignore[index]
    if any(d > (29 if month == "02" else 30 if month in ("04", "06", "09", "11") else 31) for d in days):
        return None
    if "year2" in given:
        given["year"] = given["year2"]
    part = "TMO" if "hours" in given.get("part", "") else PARTS.get(given.get("part", "").casefold(), "")
    suffix = "/".join(f"-{month}-{d:02}" for d in days)
    return _in_year(suffix, given, "TIME" if part else "DATE", part)


@rule(r"(?P<y>[12]\d\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?P<time>T\d\d:\d\d(?::\d\d)?)?")
def _iso(given: dict[str, str]) -> Meaning:
    time = given.get("time", "")
    return Meaning("TIME" if time else "DATE", f"at {given['y']}-{given['m']}-{given['d']}{time}", certain=True)


@rule(r"(?P<a>0?[1-9]|[12]\d|3[01])[/.](?P<b>0?[1-9]|[12]\d|3[01])[/.](?P<y>(?:19|20)\d\d)")
def _figures(given: dict[str, str]) -> Meaning | None:
    """Where one figure cannot be a month it is the day; where both can, countries differ and nothing is read."""
    a, b = int(given["a"]), int(given["b"])
    if a == b or (a > 12) != (b > 12):
        month, day = (b, a) if a > 12 else (a, b)
        return Meaning("DATE", f"at {given['y']}-{month:02}-{day:02}", certain=True)
    return None


@rule(rf"(?<!\d )(?:{MOD}|mid-)?(?P<month>{MONTH})(?:{_YEAR_SIDE}| of (?P<year2>{YEAR})|[, ]+(?P<words>{YEAR_WORDS}))?")
def _month(given: dict[str, str]) -> Meaning | None:
    if "words" in given:
        given["year"] = str(year_in_words(given["words"]))
    if "year2" in given:
        given["year"] = given["year2"]
    suffix = "-" + MONTHS[given["month"]]
    sure = len(given) > 1 or given["month"] not in ("May", "March", "Mar", "Jan", "Jun", "Dec", "Sept", "Oct", "Nov")
    meaning = _in_year(suffix, given)
    return meaning._replace(certain=sure) if meaning else None


@rule(
    rf"(?:{MOD})?(?:the )?(?:(?P<which>last|this|next|past|previous|following|coming|that) )?(?P<month>{MONTH})"
    rf"(?: (?P<d1>{DAY}))?"
)
def _near_month(given: dict[str, str]) -> Meaning | None:
    if "which" not in given:
        return None
    day = f"-{int(re.match(r'[0-9]+', given['d1'])[0]):02}" if "d1" in given else ""  # type: ignore[index]
    return _aside(f"-{MONTHS[given['month']]}{day}", given["which"])


def _aside(suffix: str, which: str) -> Meaning:
    """As "last June" is the one that is over, "next June" the one that has not begun, "this June" that of the year."""
    which = which.casefold()
    if which in ("this", "that"):
        return Meaning("DATE", f"of {suffix} Y 0", anchor="named" if which == "that" else "report")
    direction = "past" if which in ("last", "past", "previous") else "next"
    anchor = "named" if which in ("previous", "following") else "report"
    return Meaning("DATE", f"cycle {suffix} {direction}", anchor=anchor)


@rule(
    rf"(?:{MOD})?(?:(?P<which>last|this|next|past|previous|following|coming|that|the) )?(?P<season>{SEASON})"
    rf"(?:{_YEAR_SIDE}| of (?P<year2>{YEAR}))?"
)
def _season(given: dict[str, str]) -> Meaning | None:
    suffix = "-" + SEASONS[given["season"].casefold()]
    if "year2" in given:
        given["year"] = given["year2"]
    if given.get("which", "the").casefold() != "the":
        return _aside(suffix, given["which"])
    meaning = _in_year(suffix, given)
    return meaning._replace(certain=False) if meaning else None


@rule(
    rf"(?:(?P<mod>{MOD}))?(?:(?:the )?year |fiscal(?: year)? |calendar(?: year)? |mid-)?(?P<year>{YEAR}|{YEAR_WORDS})"
    r""
)
def _year(given: dict[str, str]) -> Meaning | None:
    year = given["year"] if given["year"][0].isdigit() else year_in_words(given["year"])
    return Meaning("DATE", f"at {year}") if year else None


@rule(r"(?:the )?(?P<year>(?:1[5-9]|20)\d\d)(?=[-–](?:1[5-9]|20)\d\d)|(?<=\d\d\d\d[-–])(?P<last>(?:1[5-9]|20)\d\d)")
def _year_of_two(given: dict[str, str]) -> Meaning:
    """In "1861-1863" are two dates."""
    return Meaning("DATE", f"at {given.get('year') or given['last']}")


@rule(r"(?P<first>1[5-9]\d\d|20\d\d)[-–](?P<last>\d\d)")
def _years(given: dict[str, str]) -> Meaning | None:
    last = given["first"][:2] + given["last"]
    return Meaning("DATE", f"at {given['first']}/{last}") if last > given["first"] else None


@rule(r"(?P<year>\d{1,4}) (?P<era>B\.?C\.?E?\.?|A\.?D\.?)|A\.?D\.? (?P<year2>\d{1,4})")
def _era(given: dict[str, str]) -> Meaning:
    year = int(given.get("year") or given["year2"])
    return Meaning("DATE", f"at {'BC' if given.get('era', 'A')[0] in 'bB' else ''}{year:04}", certain=True)


@rule(
    rf"(?:{MOD}|mid-)?(?:the )?(?:early |late |mid-)?(?:(?P<century>1[5-9]|20)?['’]?(?P<tens>\d)0s"
    rf"|(?:nineteen[ -])?(?P<words>{any_of(DECADES)}))"
)
def _decade(given: dict[str, str]) -> Meaning | None:
    tens = given.get("tens") or str(DECADES[given["words"].casefold()])
    century = given.get("century") or ("20" if tens in "01" else "19")
    return Meaning("DATE", f"at {century}{tens}", certain="century" in given)


@rule(rf"(?:{MOD})?(?:the )?(?:early |late )?(?P<n>\d\d?(?:st|nd|rd|th)|{ORDINAL})[ -]century")
def _century(given: dict[str, str]) -> Meaning:
    return Meaning("DATE", f"at {to_ordinal(given['n']) - 1:02}")


@rule(rf"(?:(?P<which>last|this|next|past|coming) )?(?P<feast>{FEAST})(?:,? (?P<year>{YEAR}))?")
def _feast(given: dict[str, str]) -> Meaning | None:
    name = FEASTS[given["feast"]]
    directions = {"last": "past", "past": "past", "next": "coming", "coming": "coming"}
    if "year" in given:
        days = feast_days(name, int(given["year"]))
        return Meaning("DATE", f"at {days[0].earliest}") if days else None
    return Meaning("DATE", f"feast {name} {directions.get(given.get('which', '').casefold(), '?')}")


@rule(r"(?:the )(?P<n>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?: of (?P<which>this|last|next|the same|that) month)?")
def _month_day(given: dict[str, str]) -> Meaning | None:
    day = to_ordinal(given["n"])
    return Meaning("DATE", f"monthday {day} ?")


NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": -1, "last night": -1}


@rule(
    rf"(?:(?:early|late|later|earlier) )?(?P<day>today|yesterday|tomorrow|tonight|last night|overnight)"
    rf"(?: (?P<part>{PART}))?"
)
def _near_day(given: dict[str, str]) -> Meaning:
    day = given["day"].casefold()
    part = PARTS.get(given.get("part", "").casefold(), "TNI" if "night" in day else "")
    reading = f"shift D {NEAR[day]} {part}".strip()
    return Meaning("TIME" if part else "DATE", reading, certain=day != "overnight")


@rule(r"the day (?P<way>before|after) (?P<day>yesterday|tomorrow)")
def _two_days(given: dict[str, str]) -> Meaning:
    return Meaning("DATE", f"shift D {-2 if given['way'].casefold() == 'before' else 2}", certain=True)


@rule(rf"the (?P<unit>day|night|morning|evening|week|month|year){BESIDE}")
def _beside(given: dict[str, str]) -> Meaning:
    """Of "the week before the vote": no week of the report's own, but one that lies beside the vote."""
    return Meaning("DURATION", "none", f"P1{UNITS.get(given['unit'].casefold(), 'D')}".replace("N", "D"))


@rule(rf"(?:(?:early|late|later|earlier) )?(?P<which>this|that|the same|the next|the following|the) (?P<part>{PART})")
def _part_of_day(given: dict[str, str]) -> Meaning:
    part = PARTS[given["part"].casefold()]
    which = given["which"].casefold()
    if which == "this":
        return Meaning("TIME", f"shift D 0 {part}", certain=True)
    return Meaning("TIME", f"shift D {1 if 'next' in which or 'following' in which else 0} {part}", anchor="named")


WHICH_DAY = {"last": "past", "past": "past", "previous": "past", "next": "next", "following": "next"}
WHICH_DAY |= {"coming": "next", "this": "this", "that": "this"}


@rule(
    rf"(?:(?:early|late)(?: on)? )?(?:(?:the )?(?P<which>last|this|next|past|previous"
    rf"|following|coming|that) )?(?P<day>{WEEKDAY})(?: (?:(?P<side>last week|next week|this week|of last week"
    rf"|of this week|of next week|week|the week before))|(?: (?:at )?(?P<part>{PART})))?"
)
def _weekday(given: dict[str, str]) -> Meaning:
    number = WEEKDAYS[given["day"]]
    part = PARTS.get(given.get("part", "").casefold(), "")
    kind: TimexType = "TIME" if part else "DATE"
    side = given.get("side", "").casefold()
    which = given.get("which", "").casefold()
    if side:
        week = -1 if "last" in side or "before" in side else 1 if side != "this week" and "this" not in side else 0
        return Meaning(kind, f"of -{number} W {week}", certain=True)
    anchor = "named" if which in ("previous", "following", "that") else "report"
    return Meaning(kind, f"weekday {number} {WHICH_DAY.get(which, '?')} {part}".strip(), anchor=anchor, certain=True)


@rule(rf"(?P<day>{WEEKDAY})(?:,| in| of)? (?P<side>last week|next week|this week|the week before last)")
def _weekday_of(given: dict[str, str]) -> Meaning:
    week = {"last": -1, "next": 1, "this": 0}.get(given["side"].split()[0].casefold(), -2)
    return Meaning("DATE", f"of -{WEEKDAYS[given['day']]} W {week}", certain=True)


@rule(rf"(?P<word>{any_of(REFERENCES)})")
def _reference(given: dict[str, str]) -> Meaning:
    return Meaning("DATE", "none", REFERENCES[given["word"].casefold()])
