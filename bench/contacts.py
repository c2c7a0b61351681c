"""Readouts of calls and meetings to who was in touch with whom: `python -m bench.contacts --data FOLDER`.

FOLDER holds `readouts.jsonl`. `extract` is given the text and Washington's time of publication, never the title; gold
is what the title says (`read_title`), and `title_parser` how often that agrees with thirty rows read by hand. Titles
that are of no contact are left out, counted by reason. All figures are means over readouts, each over those to which
it applies; a readout in which nothing was found counts as wrong.

`kind`: the contact that has most of the gold's parties, the first of equals, is a call or a meeting as gold has it (a
virtual meeting and a visit are meetings). `counterpart`: the share of the named counterparts that take part in any
contact. `both`: one contact has an own party and a counterpart. `day`: that same best contact is dated to just the
local day of publication; readouts whose first two sentences name another day are left out (`other_day`), and of
`day_where_one_is_named` those whose contact bears no day.
`false_contacts_per_readout`: contacts reported as having happened that have not a party of each side, or that repeat
the parties and the kind of an earlier one.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from onrecord.ingest import report_id
from onrecord.pipeline import Reader, extract
from onrecord.record import Event, Interval, Report

WASHINGTON = ZoneInfo("America/New_York")
# The words of a name without diacritics, case, particles and initials; the last one is taken for the surname.
Name = tuple[str, ...]
_PARTICLES = frozenset(
    "al bin da de del della den der di dos dr du el ibn ii iii iv jr la le mr mrs ms sheikh sr van von".split()
)
# Words of offices, their fields and forms of address: a name in a title is what follows the last of them.
_OFFICES = frozenset(
    "acting adviser advisor affairs alternate ambassador amir antisemitism archbishop assistant authority cardinal "
    "chair chairman chairwoman chancellor climate commissioner committee cooperation coordinator council defence "
    "defense department deputy designate development director economic elect emir envoy external finance first "
    "foreign general global governor head high institute interim international king leader member minister ministry "
    "national office peace pm policy politburo pope president presidential prime prince princess queen reconciliation "
    "relations representative secretary security senator senior sheikh speaker special state states study trade "
    "undersecretary unification vice".split()
)
_GROUPS = frozenset("agencies ambassadors leaders members ministers officials representatives workers".split())
_PREPOSITIONS = frozenset("of for on from with to".split())
_CONTACT = re.compile(r"(?P<own>.+?)(?:[’']s?(?: \w+)?)? (?P<kind>Call|Meeting)s? with (?P<others>.+)", re.I)
_SPOKEN = re.compile(r"\bBefore Their\b|\bRemarks\b|^Briefing\b")
_REASONS = {
    "remarks": re.compile(_SPOKEN.pattern + r"|\bAt the\b"),
    "nobody_named": _CONTACT,
    "notice": re.compile(r"\bNotice\b|\bAdvisory\b"),
    "no_counterpart": re.compile(r"\b(?:Call|Meeting)s? in\b"),
}


@dataclass(frozen=True, slots=True)
class Gold:
    """What a title says of a contact: call or meeting, its own side and the counterparts, empty if none is named."""

    kind: str
    own: tuple[Name, ...]
    others: tuple[Name, ...]


def read_title(title: str) -> Gold | None:
    """The contact that a title announces, None where it announces none.

    Titles have the form "X’s Call with <offices> <Name> and <offices> <Name>". A name is what stands behind the last
    word of an office, or behind the word that a preposition governs ("Envoy for Norra Ada Holm"); a part without a
    name ("Deputy Leader and Foreign Minister Holm") is an office of the next. Counterparts of whom some are a group
    ("Foreign Ministers") are none by name. Titles of remarks that were spoken beside a meeting announce no contact.
    """
    title = " ".join(title.split())
    found = _CONTACT.fullmatch(title)
    if not found or _SPOKEN.search(title):
        return None
    own, others = read_names(found["own"]), read_names(found["others"])
    return Gold(found["kind"].casefold(), own, others) if own or others else None


def why_left_out(title: str) -> str:
    """The reason why `read_title` gives None: by default, that it is of a conference."""
    return next((reason for reason, form in _REASONS.items() if form.search(title)), "conference")


def read_names(side: str) -> tuple[Name, ...]:
    """The names on one side of a title, in order; none if a group is among them."""
    side = re.split(r" (?:during|on the occasion) ", side, flags=re.I)[0]
    if _GROUPS & set(words(side)):
        return ()
    names = [words(_behind_offices(part.split())) for part in re.split(r" and ", side, flags=re.I)]
    return tuple(name for name in names if name)


def _behind_offices(given: list[str]) -> str:
    """The words behind the last office, and behind what the last preposition governs."""
    start = 0
    for n, word in enumerate(given):
        pieces = re.findall(r"\w+", fold(word))
        if pieces and all(piece in _OFFICES for piece in pieces):
            start = max(start, n + 1)
        elif pieces and pieces[0] in _PREPOSITIONS:
            start = n + 2 + (given[n + 1 : n + 2] == ["the"])
    return " ".join(given[start:])


def fold(text: str) -> str:
    """The text without case and diacritics."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def words(name: str) -> Name:
    """The words of a name that tell whose it is."""
    return tuple(w for w in re.findall(r"\w+", fold(name)) if len(w) > 1 and w not in _PARTICLES)


# Thirty rows read by hand, by the time of publication: kind and counterparts, None for what announces no contact.
HAND: Mapping[str, tuple[str, tuple[str, ...]] | None] = {
    "2021-05-21T21:34:18+00:00": ("call", ("Abbas",)),
    "2021-05-25T12:30:12+00:00": None,
    "2021-05-27T15:20:53+00:00": ("call", ("Wennesland",)),
    "2021-05-28T19:28:10+00:00": None,
    "2021-06-02T12:11:27+00:00": ("meeting", ()),
    "2021-06-04T19:49:26+00:00": ("call", ("Brolo",)),
    "2021-06-11T14:39:39+00:00": ("call", ("Radev",)),
    "2021-06-17T17:26:51+00:00": ("call", ("Mangoush",)),
    "2021-06-18T22:00:54+00:00": ("call", ("Rau",)),
    "2021-06-23T17:30:34+00:00": None,
    "2021-06-25T14:24:13+00:00": ("meeting", ("Cormann",)),
    "2021-06-28T12:10:44+00:00": ("meeting", ("Parolin", "Gallagher")),
    "2021-06-28T20:18:22+00:00": ("meeting", ("Mattarella",)),
    "2021-07-01T22:03:45+00:00": ("meeting", ("Kamilov",)),
    "2021-07-07T21:52:17+00:00": ("meeting", ("Khalid bin Salman",)),
    "2021-07-12T20:20:25+00:00": None,
    "2021-07-14T22:05:57+00:00": ("call", ("Putin",)),
    "2021-07-15T21:00:57+00:00": ("meeting", ("Gargash",)),
    "2021-07-16T22:34:57+00:00": ("meeting", ("Omamo",)),
    "2021-07-21T02:14:51+00:00": ("meeting", ("Mori", "Choi")),
    "2021-07-21T23:12:17+00:00": ("meeting", ("Sharansky",)),
    "2021-07-23T16:22:47+00:00": None,
    "2021-07-27T12:53:30+00:00": ("meeting", ("Al Harthy",)),
    "2021-07-29T17:19:10+00:00": ("call", ("Ebrard",)),
    "2021-08-03T17:04:13+00:00": ("meeting", ()),
    "2021-08-03T22:00:36+00:00": ("meeting", ("Eyal Hulata", "Shimrit Meir")),
    "2021-08-05T13:50:10+00:00": None,
    "2021-08-06T02:21:37+00:00": ("call", ("Chung",)),
    "2021-08-12T22:50:20+00:00": ("call", ("Ghani",)),
    "2021-08-14T00:13:59+00:00": ("call", ("Landsbergis",)),
}


def agrees(gold: Gold | None, label: tuple[str, tuple[str, ...]] | None) -> bool:
    """Whether a title was read as by hand, every name word for word."""
    if gold is None or label is None:
        return gold is None and label is None
    return (gold.kind, gold.others) == (label[0], tuple(map(words, label[1])))


_KINDS = {"virtual_meeting": "meeting", "visit": "meeting"}
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})"
_DATE = re.compile(
    rf"\b(?:(?P<back>yesterday|last (?:night|week|month))|(?P<weekday>{'|'.join(_DAYS)})"
    rf"|{_MONTH} (?P<day>\d\d?)(?:, (?P<year>\d{{4}}))?|(?P<first>\d\d?) {_MONTH.replace('month', 'second')})\b",
    re.I,
)
_SENTENCE_END = re.compile(r"(?<=[a-z\d)”]{2}[.!?])\s+(?=[A-Z“])")


def names_other_day(text: str, day: date) -> bool:
    """Whether the first two sentences behind the line of attribution name a day that is not `day`."""
    lines = text.split("\n")
    heads = [n for n, line in enumerate(lines) if "attributable" in line]
    body = "\n".join(lines[heads[0] + 1 :] if heads else lines)
    start = " ".join(_SENTENCE_END.split(body)[:2])
    return any(not _names(found, day) for found in _DATE.finditer(start))


def _names(found: re.Match[str], day: date) -> bool:
    """Whether an expression may name the day."""
    if found["back"]:
        return False
    if found["weekday"]:
        return _DAYS.index(found["weekday"].casefold()) == day.weekday()
    month = (found["month"] or found["second"]).casefold()
    number, year = int(found["day"] or found["first"]), int(found["year"] or day.year)
    return (year, _MONTHS.index(month) + 1, number) == (day.year, day.month, day.day)


@dataclass(frozen=True, slots=True)
class Held:
    """The numbers of the gold's own parties and of its counterparts that take part in an event, and who else does."""

    own: frozenset[int]
    others: frozenset[int]
    rest: frozenset[str]


def hold(gold: Gold, event: Event) -> Held:
    """Own parties are known by their surname, counterparts by any word of the name that the title gives."""
    own, others, rest = set(), set(), set()
    for name in (*event.actors, *event.recipients):
        given = set(words(name))
        ours = {n for n, party in enumerate(gold.own) if party[-1] in given}
        theirs = {n for n, party in enumerate(gold.others) if given & set(party)}
        own |= ours
        others |= theirs
        rest |= set() if ours or theirs else {name}
    return Held(frozenset(own), frozenset(others), frozenset(rest))


def best(gold: Gold, contacts: Sequence[Event]) -> Event | None:
    """The contact that has most of the gold's parties, the first of equals; None if none has one."""

    def parties(event: Event) -> int:
        held = hold(gold, event)
        return len(held.own) + len(held.others)

    first = max(contacts, key=parties, default=None)
    return first if first and parties(first) else None


def count_false(gold: Gold, contacts: Sequence[Event]) -> int:
    """The contacts that happened by the report and not by gold, and those that tell nothing new after the earlier ones.

    On a side that gold does not name anybody may be a party.
    """
    seen: set[tuple[object, object, str]] = set()
    out = 0
    for event in contacts:
        if event.status != "happened":
            continue
        held = hold(gold, event)
        own, others = held.own if gold.own else held.rest, held.others if gold.others else held.rest
        told = {(a, b, _kind(event)) for a in own for b in others}
        out += told <= seen
        seen |= told
    return out


def _kind(event: Event) -> str:
    return _KINDS.get(str(event.contact), str(event.contact))


def score(gold: Gold, events: Sequence[Event], day: date | None) -> dict[str, float]:
    """The measures that apply to one readout, by name; `day` is None where the text names another."""
    contacts = [event for event in events if event.contact]
    held = [hold(gold, event) for event in contacts]
    first = best(gold, contacts)
    out: dict[str, float] = {"kind": first is not None and _kind(first) == gold.kind}
    if gold.others:
        out["counterpart"] = len(frozenset[int]().union(*(h.others for h in held))) / len(gold.others)
    if gold.own and gold.others:
        out["both"] = any(h.own and h.others for h in held)
    if day:
        out["day"] = first is not None and first.when == Interval(day, day)
        if first is None or first.when:
            out["day_where_one_is_named"] = out["day"]
    return out | {"false_contacts_per_readout": count_false(gold, contacts)}


def report_of(row: Mapping[str, str]) -> Report:
    """A row as it is given to `extract`: without its title, its time that of Washington."""
    at = datetime.fromisoformat(row["published"]).astimezone(WASHINGTON)
    name, text = report_id(None, None, row["text"]), row["text"]
    return Report(id=name, key=row["published"], language="en", published=at.isoformat(), text=text)


def day_of(report: Report) -> date | None:
    """The local day of publication, None where the text names another."""
    day = datetime.fromisoformat(report.published or "").date()
    return None if names_other_day(report.text, day) else day


def means(scores: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each measure over the readouts that have it."""
    values = defaultdict(list)
    for one in scores:
        for measure, value in one.items():
            values[measure].append(float(value))
    return {measure: round(sum(v) / len(v), 4) for measure, v in values.items()}


def describe(row: Mapping[str, str], scores: Mapping[str, float], events: Sequence[Event]) -> str | None:
    """One line of what is wrong with a readout and what was found in it; None if nothing is."""
    wrong = [m for m, value in scores.items() if (value > 0 if m.startswith("false") else value < 1)]
    found = [
        f"{e.contact} {e.status} {' + '.join((*e.actors, *e.recipients))} {e.when and e.when.earliest}"
        for e in events
        if e.contact
    ]
    return f"{row['published']} {', '.join(wrong)}: {'; '.join(found) or 'nothing'}" if wrong else None


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--misses", type=int, default=0, help="print that many wrong readouts to standard error")
    args = parser.parse_args()
    lines = (args.data / "readouts.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[dict[str, str]] = [json.loads(line) for line in lines]
    golds = {row["published"]: read_title(row["title"]) for row in rows}
    misses: list[str] = []
    reader, scores, seconds = Reader(), [], 0.0
    for row in rows:
        if not (gold := golds[row["published"]]):
            continue
        report = report_of(row)
        started = time.perf_counter()
        events = extract(report, reader).events
        seconds += time.perf_counter() - started
        scores.append(score(gold, events, day_of(report)))
        misses += filter(None, [describe(row, scores[-1], events)])
    for miss in misses[: args.misses]:
        print(miss, file=sys.stderr)
    right = sum(key in golds and agrees(golds[key], label) for key, label in HAND.items())
    out = {
        "gold": len(scores),
        "left_out": Counter(why_left_out(row["title"]) for row in rows if not golds[row["published"]]),
        "other_day": sum("day" not in one for one in scores),
        **means(scores),
        "title_parser": {"right": right, "of": len(HAND)},
        "reports_per_second": round(len(scores) / seconds, 1),
    }
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
