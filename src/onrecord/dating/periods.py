"""Words for stretches of time, for what recurs, and for so much time before or behind, to what they mean."""

from __future__ import annotations

import re

from onrecord.dating.calendar_dates import MOD
from onrecord.dating.rules import Meaning, rule
from onrecord.dating.vocabulary import (
    ALONE,
    NUMBER,
    ORDINAL,
    PART,
    PARTS,
    SEASON,
    SEASONS,
    SETS,
    UNIT,
    UNITS,
    UNITS_ANY,
    WEEKDAY,
    WEEKDAYS,
    WEEKDAYS_PLURAL,
    YEAR,
    any_of,
    to_number,
    to_ordinal,
)
from onrecord.knowledge import read_words

_EXACT = rf"(?:{any_of(read_words('time_modifiers'))} )"
_AMOUNT = (
    rf"(?:(?:the|these|those) )?(?:(?P<n0>{NUMBER}) (?:or|to) )?(?P<n>{NUMBER})[ -](?:(?:full|long|"
    rf"more|consecutive|straight|whole|solid|trading|business|working|calendar|additional|extra|"
    rf"short|entire) )*"
)
_TIMES = {"TS": "S", "TM": "M", "TH": "H"}
_LONGER = {"DE": ("Y", 10), "CE": ("Y", 100), "F": ("W", 2)}
# The unit below, and how many make one: half a year is six months.
_BELOW = {"Y": ("M", 12), "M": ("W", 4), "W": ("D", 7), "D": ("TH", 24), "TH": ("TM", 60), "TM": ("TS", 60)}


def _duration(number: str, unit: str) -> str:
    """The TIMEX3 value of so many units: a part of one is told in the unit below.

    >>> _duration("2.5", "Y"), _duration("X", "D"), _duration("3", "DE"), _duration("5.5", "TH")
    ('P2Y6M', 'PXD', 'P30Y', 'PT5H30M')
    """
    unit, times = _LONGER.get(unit, (unit, 1))
    if number == "X":
        return f"PT{number}{_TIMES[unit]}" if unit in _TIMES else f"PX{'D' if unit == 'N' else unit}"
    amount = float(number) * times
    whole, rest = int(amount), amount - int(amount)
    out = [(whole, unit)] if whole or not rest else []
    if rest:
        if unit not in _BELOW:
            return f"P{amount:g}{unit}"
        below, many = _BELOW[unit]
        out.append((round(rest * many), below))
    days = "".join(f"{n}{'D' if u == 'N' else u}" for n, u in out if u not in _TIMES)
    hours = "".join(f"{n}{_TIMES[u]}" for n, u in out if u in _TIMES)
    return f"P{days}" + (f"T{hours}" if hours else "")


def _unit(words: str) -> str:
    return UNITS[words.casefold()]


def _moved(number: str, unit: str, sign: int) -> tuple[str, int] | None:
    """So many units as whole ones that a day can be moved by."""
    unit, times = _LONGER.get(unit, (unit, 1))
    unit = {"N": "D", "WE": "WE"}.get(unit, unit)
    amount = float(number) * times
    if amount != int(amount):
        below, many = _BELOW.get(unit, ("", 1))
        unit, amount = below, round(amount * many)
    return (unit, sign * int(amount)) if unit in ("D", "W", "WE", "M", "Q", "Y") else None


@rule(rf"(?:{_EXACT})?{_AMOUNT}(?P<unit>{UNITS_ANY})(?: or (?:so|more|less|longer|two))?(?:-?long)?")
def _stretch(given: dict[str, str]) -> Meaning:
    return Meaning("DURATION", "none", _duration(to_number(given.get("n0", given["n"])), _unit(given["unit"])))


@rule(rf"(?P<n>\d+(?:\.\d+)?|{NUMBER})-(?P<unit>{UNIT})(?:-long)?")
def _stretch_joined(given: dict[str, str]) -> Meaning:
    return Meaning("DURATION", "none", _duration(to_number(given["n"]), _unit(given["unit"])))


@rule(rf"(?P<n>{NUMBER}) (?P<unit>{UNIT}) and (?:a half|(?P<m>{NUMBER}) (?P<lower>{UNITS_ANY}))")
def _stretch_and(given: dict[str, str]) -> Meaning:
    first = to_number(given["n"])
    if "m" not in given:
        return Meaning("DURATION", "none", _duration(f"{float(first) + 0.5:g}", _unit(given["unit"])))
    second = _duration(to_number(given["m"]), _unit(given["lower"]))
    return Meaning("DURATION", "none", _duration(first, _unit(given["unit"])) + second.removeprefix("P"))


@rule(
    rf"(?:(?:at least|nearly) )?(?:the |these )?(?P<which>last|past|next|coming|following|first|final"
    rf"|previous|recent|preceding|early|initial|ensuing|closing)(?: (?P<n>{NUMBER}))?(?:(?: or|"
    rf" to) (?P<n2>{NUMBER}))? (?P<unit>{UNITS_ANY})"
    rf"(?: or so)?"
)
def _last_stretch(given: dict[str, str]) -> Meaning | None:
    words = given["unit"].casefold()
    if "n" not in given and (not words.endswith("s") or given["which"].casefold() in ("first", "final")):
        return None if words.endswith("s") is False else Meaning("DURATION", "none", _duration("X", _unit(words)))
    number = to_number(given.get("n", "few"))
    return Meaning("DURATION", "none", _duration("X" if "n2" in given else number, _unit(words)))


@rule(rf"(?P<unit>{any_of(u for u in UNITS if u.endswith('s'))})(?:(?: and| or) (?:{UNITS_ANY}))?(?: ahead| to come)?")
def _vague_stretch(given: dict[str, str]) -> Meaning:
    return Meaning("DURATION", "none", _duration("X", _unit(given["unit"])))


@rule(r"(?P<unit>day|week|month|year|decade|centur(?:y|ie))s?-long")
def _long(given: dict[str, str]) -> Meaning:
    unit = "CE" if given["unit"].casefold().startswith("cent") else _unit(given["unit"])
    return Meaning("DURATION", "none", _duration("X", unit))


# --- before and behind


@rule(
    rf"(?:{_EXACT}|long )?{_AMOUNT}(?P<unit>{UNITS_ANY})(?: or (?:so|more))? ago(?: (?P<day>today|"
    rf"yesterday|{WEEKDAY}))?"
)
def _ago(given: dict[str, str]) -> Meaning:
    number, unit = to_number(given["n"]), _unit(given["unit"])
    if number == "X":
        return Meaning("DATE", "none", "PAST_REF")
    if unit in _TIMES:
        return Meaning("TIME", "shift D 0", anchor="report")
    moved = _moved(number, unit, -1)
    if moved is None:
        return Meaning("DATE", "none", "PAST_REF")
    if "day" in given and given["day"] in WEEKDAYS:
        return Meaning(
            "DATE", f"of -{WEEKDAYS[given['day']]} {moved[0]} {moved[1]}" if moved[0] == "W" else "none", "PAST_REF"
        )
    anchor = "quarter" if moved[0] == "Y" and moved[1] == -1 else "report"
    op = "move" if anchor == "quarter" else "shift"
    return Meaning("DATE", f"{op} {moved[0]} {moved[1]}", None, anchor, f"shift {moved[0]} {moved[1]}", certain=True)


@rule(rf"(?:(?:some|many|several|not (?:so|too)|so)? ?(?P<unit>{any_of(u for u in UNITS if u.endswith('s'))})) ago")
def _vaguely_ago(_: dict[str, str]) -> Meaning:
    return Meaning("DATE", "none", "PAST_REF")


@rule(rf"(?:{_EXACT})?{_AMOUNT}(?P<unit>{UNITS_ANY}) (?:from (?:now|today)|hence)")
def _from_now(given: dict[str, str]) -> Meaning:
    number, unit = to_number(given["n"]), _unit(given["unit"])
    moved = _moved(number, unit, 1) if number != "X" else None
    return Meaning("DATE", f"shift {moved[0]} {moved[1]}") if moved else Meaning("DATE", "none", "FUTURE_REF")


@rule(
    rf"(?:{_EXACT})?{_AMOUNT}(?P<unit>{UNITS_ANY}) (?P<way>earlier|later|afterwards?|previously|"
    rf"(?:before|after){ALONE})"
)
def _earlier(given: dict[str, str]) -> Meaning | None:
    way = given["way"].casefold()
    sign = -1 if way in ("earlier", "before", "previously") else 1
    number, unit = to_number(given["n"]), _unit(given["unit"])
    if number == "X" or unit in _TIMES:
        return Meaning("DATE", "none", "PAST_REF" if sign < 0 else "FUTURE_REF") if unit not in _TIMES else None
    moved = _moved(number, unit, sign)
    if moved is None:
        return None
    return Meaning(
        "DATE",
        f"move {moved[0]} {moved[1]}",
        None,
        "quarter" if moved == ("Y", -1) else "named",
        f"shift {moved[0]} {moved[1]}",
    )


@rule(
    rf"(?:the (?=year-\w+ \w))?(?P<n>year|month|week|quarter)-(?P<way>ago|earlier)(?: (?P<what>period|"
    rf"quarter|{NUMBER} {UNITS_ANY}|month|first half|second half))?"
)
def _year_ago(given: dict[str, str]) -> Meaning:
    unit = _unit(given["n"])
    return Meaning("DATE", f"move {unit} -1", None, "quarter", f"shift {unit} -1")


@rule(
    r"(?:the )?(?:corresponding|same|comparable|similar|like) (?:period|quarter|time|month|half)"
    r"(?: of)?(?: (?P<side>last year|a year (?:ago|earlier)|the (?:previous|prior|preceding) year|"
    r"(?:in )?\d{4}))?"
)
def _same_period(given: dict[str, str]) -> Meaning:
    side = given.get("side", "").casefold()
    if year := re.search(r"\d{4}", side):
        return Meaning("DATE", f"in {year[0]}", None, "quarter", f"at {year[0]}")
    return Meaning("DATE", f"move Y {-1 if side else 0}", None, "quarter", f"shift Y {-1 if side else 0}")


@rule(
    rf"the (?P<unit>day|night|week|weekend|month|year|morning|evening) (?P<way>earlier|later|(?"
    rf":before|after)(?! (?:yesterday|tomorrow)){ALONE})"
)
def _day_before(given: dict[str, str]) -> Meaning:
    sign = -1 if given["way"].casefold() in ("before", "earlier") else 1
    word = given["unit"].casefold()
    part = PARTS.get(word, "")
    unit = "D" if part else _unit(word)
    return Meaning("TIME" if part else "DATE", f"move {unit} {sign} {part}".strip(), anchor="named")


# --- this, last and next

_AWAY = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}
_SIDES = {"this": 0, "last": -1, "next": 1}

_WHICH = (
    "last|this|next|past|previous|following|coming|current|the past|the last|the next|the following|the previous"
    "|the preceding|preceding|the current|the coming|that|the same|the very same|that same"
    "|the present|the full|the whole|the entire"
)


@rule(
    rf"(?:{MOD})?(?P<which>{_WHICH})(?: (?:fiscal|calendar|financial|entire|very|whole|full|same)"
    rf")? (?P<unit>{UNIT})(?: or so)?"
)
def _which(given: dict[str, str]) -> Meaning | None:
    which = re.sub(r"^the\s+", "", given["which"].casefold())
    if which in ("very same", "that same"):
        which = "same"
    unit = _unit(given["unit"])
    if unit in _TIMES or unit == "F":
        return None
    if which in ("past", "coming") and unit in ("DE", "CE"):
        return Meaning("DURATION", "none", _duration("1", unit))
    if unit == "N":
        part = PARTS.get(given["unit"].casefold(), "TNI")
        if which in ("last", "this", "past"):
            return Meaning("TIME", f"shift D {-1 if which != 'this' else 0} {part}")
        return Meaning(
            "TIME",
            f"move D {_AWAY.get(which, 0)} {part}",
            anchor="named",
        )
    away = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}.get(
        which, 0
    )
    named = which in ("previous", "preceding", "following", "that", "same") or (
        unit == "D" and which in ("next", "last", "past")
    )
    reading = f"move {unit} {away}" if unit == "D" else f"shift {unit} {away}"
    return Meaning(
        "DATE",
        reading,
        anchor="named" if named else "report",
        certain=not named and unit != "D" and which in ("last", "next", "this"),
    )


@rule(rf"(?:{MOD})?the (?P<unit>weekend)")
def _weekend(_: dict[str, str]) -> Meaning:
    return Meaning("DATE", "weekend WE ?")


@rule(rf"(?:{MOD})?the (?P<unit>day|week|month|quarter|year|half|period)")
def _the(given: dict[str, str]) -> Meaning | None:
    unit = given["unit"].casefold()
    if unit in ("quarter", "half", "period"):
        return Meaning("DATE", "move Y 0", None, "quarter", "shift Q -1" if unit == "quarter" else "")
    return Meaning("DATE", f"shift {_unit(unit)} 0", anchor="named" if unit == "day" else "report")


# --- quarters and halves of a year

_OF_YEAR = (
    rf"(?: (?:of )?(?:(?:fiscal |calendar )?(?P<year>{YEAR})|(?P<side>(?:this|last|next|the|that) (?:fiscal )?year)))"
)


@rule(
    rf"(?:the )?(?:(?P<year0>{YEAR})(?:'s|’s)? |(?P<side0>this|last|next) (?:fiscal )?year(?:'s|"
    rf"’s) )?(?:fiscal[ -])?(?P<n>{ORDINAL}|[1-4](?:st|nd|rd|th)|final|last)"
    rf"(?:[ -])(?:fiscal[ -])?(?P<what>quarters?|half|halves|three months|six months)(?:{_OF_YEAR})?"
)
def _quarter(given: dict[str, str]) -> Meaning | None:
    what = given["what"].casefold()
    letter = "Q" if "quarter" in what else "H"
    last = given["n"].casefold() in ("final", "last")
    number = (4 if letter == "Q" else 2) if last else to_ordinal(given["n"])
    if "months" in what:
        return None
    if number > (4 if letter == "Q" else 2):
        return None
    if what in ("quarters", "halves"):
        return Meaning("SET", "none", f"XXXX-{letter}{number}")
    year = given.get("year") or given.get("year0")
    if year:
        return Meaning("DATE", f"at {year}-{letter}{number}")
    side = (given.get("side") or given.get("side0") or "").split(" ")[0].casefold()
    if side in ("this", "last", "next"):
        return Meaning("DATE", f"of -{letter}{number} Y {_SIDES[side]}")
    return Meaning("DATE", f"cycle -{letter}{number} ?")


@rule(rf"(?:the )?(?P<year>{YEAR}) (?P<what>quarter|half|period|nine months|six months)")
def _year_quarter(given: dict[str, str]) -> Meaning | None:
    if given["what"].casefold() == "period":
        return Meaning("DATE", f"at {given['year']}")
    return Meaning("DATE", f"in {given['year']}", None, "quarter", f"at {given['year']}")


@rule(r"(?:the )?(?:latest|most recent|just-ended) (?P<unit>quarter|period|half|year|month|week)")
def _latest(given: dict[str, str]) -> Meaning:
    unit = given["unit"].casefold()
    if unit in ("quarter", "period", "half"):
        return Meaning("DATE", "move Y 0", None, "quarter", "shift Q -1")
    return Meaning("DATE", f"shift {_unit(unit)} 0")


@rule(
    rf"(?:(?P<side>last|this|next) )?(?:the )?year(?:'s|’s)?[ -](?P<what>end|start)(?: (?P<year>{YEAR})"
    rf")?|(?P<side2>last|this|next) year(?:'s|’s) (?P<what2>quarter|end)"
)
def _year_end(given: dict[str, str]) -> Meaning:
    side = (given.get("side") or given.get("side2") or "this").casefold()
    if given.get("what2") == "quarter":
        return Meaning("DATE", f"move Y {_SIDES[side]}", None, "quarter", "shift Q -1")
    suffix = "-01-01" if given.get("what") == "start" else "-12-31"
    if "year" in given:
        return Meaning("DATE", f"at {given['year']}{suffix}")
    return Meaning("DATE", f"of {suffix} Y {_SIDES[side]}")


# --- what recurs


@rule(rf"(?:each|every)(?: (?:other|single|(?P<n>{NUMBER})))? (?P<unit>{UNITS_ANY})")
def _every(given: dict[str, str]) -> Meaning:
    return Meaning("SET", "none", _duration(to_number(given.get("n", "one")), _unit(given["unit"])))


@rule(
    rf"(?:each|every) (?P<day>{WEEKDAY})(?: (?P<part>{PART}))?|(?P<days>{WEEKDAYS_PLURAL})|(?P<day2>{WEEKDAY})"
    rf" (?P<parts>mornings|afternoons|evenings|nights)"
)
def _every_weekday(given: dict[str, str]) -> Meaning:
    day = given.get("day") or given.get("day2") or given["days"]
    part = PARTS.get((given.get("part") or given.get("parts") or "").casefold(), "")
    return Meaning("SET", "none", f"XXXX-WXX-{WEEKDAYS[day]}{part}")


@rule(rf"(?:each|every) (?P<season>{SEASON}|{PART})")
def _every_part(given: dict[str, str]) -> Meaning:
    word = given["season"].casefold()
    return Meaning("SET", "none", f"XXXX-XX-XX{PARTS[word]}" if word in PARTS else f"XXXX-{SEASONS[word]}")


@rule(rf"(?P<word>{any_of(SETS)})")
def _recurs(given: dict[str, str]) -> Meaning:
    return Meaning("SET", "none", SETS[given["word"].casefold()])


@rule(rf"(?:(?P<n>once|twice|(?:{NUMBER}) times) )(?:an?|per|every) (?P<unit>{UNIT})")
def _times(given: dict[str, str]) -> Meaning:
    return Meaning("SET", "none", _duration("1", _unit(given["unit"])))


@rule(rf"(?:per|a|an) (?P<unit>{UNIT})")
def _a_unit(given: dict[str, str]) -> Meaning:
    return Meaning("DURATION", "none", _duration("1", _unit(given["unit"])))
