"""A short id, a record's own id or a report's key to the thing that it means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from onrecord.ask.names import did_you_mean
from onrecord.ask.shelf import Reading
from onrecord.record import AttributionMember, NothingFound, OnrecordError
from onrecord.views.refs import LETTERS, REPORT_DIGITS, Kind, refer

# The entries of each kind, by the names of the record's fields.
FIELDS: dict[Kind, str] = {
    "event": "events",
    "contact": "contacts",
    "entity": "entities",
    "claim": "claims",
    "disagreement": "disagreements",
    "expectation": "expectations",
    "story": "stories",
}
# How the record's own ids begin.
_OWN: dict[str, Kind] = {
    "c": "claim",
    "v": "event",
    "e": "entity",
    "d": "disagreement",
    "x": "expectation",
    "s": "story",
}
_REF = re.compile(r"([A-Za-z])-([0-9a-f]{1,16})(?:\.(\d+))?", re.ASCII)
_SHOWN = 5


class Thing(Struct, frozen=True):
    """A report, statement or entry: its kind and the record's id; of a statement its report and its attribution."""

    kind: Kind
    id: str
    member: AttributionMember | None = None


def find_thing(reading: Reading, word: str, kinds: Sequence[Kind] = ()) -> Thing:
    """What `word` means; of one of `kinds`, if any are given.

    Capitals make a short id ("C-94b87f14fc" a contact), small letters the record's own ("c-650bfca28a" a claim). The
    beginning of an id will do where it begins no other. A report also goes by its key.

    Raises:
        NothingFound: it means nothing in this record.
        OnrecordError: it may mean several things, or means one of another kind.
    """
    found = _find(reading, word.strip())
    if not found:
        raise NothingFound(f'there is no "{word}" in this record{_nearly(reading, word, kinds)}')
    if len(found) > 1:
        named = ", ".join(_ref(thing) for thing in found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
        raise OnrecordError(f'"{word}" begins several ids, give more of the one you mean: {named}')
    (thing,) = found
    if kinds and thing.kind not in kinds:
        wanted = " or ".join(f"{an(kind)} ({LETTERS[kind]}-…)" for kind in kinds)
        raise OnrecordError(f'"{word}" is {an(thing.kind)}; asked for is {wanted}')
    return thing


def is_id(word: str) -> bool:
    """Whether a word has the form of an id ("T-94b8"), which no name has."""
    return bool(_REF.fullmatch(word.strip()))


def an(kind: Kind) -> str:
    """A kind behind its article.

    >>> an("event"), an("claim")
    ('an event', 'a claim')
    """
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def members_of(reading: Reading, thing: Thing) -> tuple[AttributionMember, ...]:
    """The attributions that a statement, claim or expectation is made of; none of anything else."""
    if thing.member:
        return (thing.member,)
    if thing.kind == "claim":
        return tuple(m for c in reading.store.entries("claims", [thing.id]) for m in c.members)
    if thing.kind == "expectation":
        return tuple(x.member for x in reading.store.entries("expectations", [thing.id]))
    return ()


def entry_of(reading: Reading, thing: Thing) -> Any:
    """The entry that `thing` names, as the record has it."""
    (entry,) = reading.store.entries(FIELDS[thing.kind], [thing.id])
    return entry


def _find(reading: Reading, word: str) -> list[Thing]:
    matched = _REF.fullmatch(word)
    keyed = _reports_called(reading, word)
    if keyed or not matched:
        return [Thing("report", id) for id in keyed]
    letter, digits, number = matched.groups()
    if letter.islower() and letter in _OWN and not number:
        own = _entries(reading, _OWN[letter], digits)
        if own:
            return own
    kind = next((k for k, other in LETTERS.items() if other == letter.upper()), None)
    if kind == "statement":
        return _statements(reading, digits, number)
    if kind == "report":
        return [Thing("report", id) for id in reading.entries("reports").ids if id.startswith(digits)]
    return _entries(reading, kind, digits) if kind else []


def _reports_called(reading: Reading, word: str) -> list[str]:
    ids = reading.entries("reports").ids
    if word in reading.lists.once("report ids", lambda: frozenset(ids)):
        return [word]
    return reading.lists.once("keys", reading.store.keys).get(word, [])


def _entries(reading: Reading, kind: Kind, digits: str) -> list[Thing]:
    ids = reading.lists.once(f"{kind} ids", lambda: reading.store.ids(FIELDS[kind]))
    return [Thing(kind, id) for id in ids if id.partition("-")[2].startswith(digits)]


def _statements(reading: Reading, digits: str, number: str | None) -> list[Thing]:
    """The statement of that number in the report whose id begins so; without a number all of them."""
    columns = reading.statements
    reports = [n for n, id in enumerate(columns.report.values) if id.startswith(digits)]
    found = []
    for n in (n for code in reports for n in (columns.report.codes == code).nonzero()[0]):
        member = columns.member(n)
        if number is None or member.attribution == f"a{number}":
            found.append(Thing("statement", f"{member.report}/{member.attribution}", member))
    return found


def _ref(thing: Thing) -> str:
    if thing.member:
        return f"{LETTERS['statement']}-{thing.member.report}.{thing.member.attribution.removeprefix('a')}"
    return f"{LETTERS['report']}-{thing.id}" if thing.kind == "report" else refer(thing.kind, thing.id)


def _nearly(reading: Reading, word: str, kinds: Sequence[Kind]) -> str:
    """Keys and ids that are nearly the same, else the letters that ids begin with."""
    keys = reading.store.keys()
    known: Iterable[str] = (*keys, *(f"R-{id[:REPORT_DIGITS]}" for id in reading.entries("reports").ids))
    letter = word.strip()[:1].upper()
    for kind in kinds or [kind for kind, other in LETTERS.items() if other == letter]:
        if kind in FIELDS:
            known = (*known, *(refer(kind, id) for id in reading.store.ids(FIELDS[kind])))
    meant = did_you_mean(word, tuple(known))
    if meant:
        return meant
    letters = ", ".join(f"{letter}- {kind}" for kind, letter in LETTERS.items() if not kinds or kind in kinds)
    return f"; ids begin with {letters}" if letters else ""
