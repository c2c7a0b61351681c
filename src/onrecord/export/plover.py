"""The events of a record to a table of political event data: PLOVER's types, one row an event and not a report."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import BinaryIO

from msgspec import Struct

from onrecord.knowledge import country_code, find_country_codes, read_entries, read_table
from onrecord.record import ContactKind, EntityEntry, EventEntry, Interval, Record, Status
from onrecord.terminal.flat import write_csv
from onrecord.views.calls import tell
from onrecord.views.index import Index

# "phone" and "visit" are modes of PLOVER's CONSULT. Its "third-party" needs to know whose the place is.
MODES: dict[ContactKind, str] = {"call": "phone", "visit": "visit", "meeting": "meeting", "virtual_meeting": "virtual"}

# Those of PLOVER's contexts that say whether it was; those that say what it was about are not known.
CONTEXTS: dict[Status, str] = {
    "happened": "",
    "planned": "future",
    "predicted": "future",
    "conditional": "hypothetical",
    "denied": "negation",
    "not_yet": "negation",
}

_LINE_END = re.compile(r"(?<!\s)\s*[\r\n\u2028\u2029]\s*")
# A spokesman for a ministry is of its country, an ambassador to a country or an expert on one is not.
_SPEAKS_FOR = re.compile(r"\b(spokes(?:man|woman|person)) (?:for|at|with|in)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:to|for|on|in|at|with|against|from|near|towards?|about|over)\b"
    r"(?:\b(?:Kingdom|Republic|State|Sultanate|Commonwealth) of\b|(?!\bof\b).)*"
    r"|(?:[A-Z][\w.]{1,40} ){1,8}(?:analyst|correspondent|desk|expert|scholar|specialist)\b"
)


class Row(Struct, frozen=True, kw_only=True):
    """One event; several values of one cell are set off by "; ", and what is not known is empty.

    A country is an ISO 3166-1 alpha-3 code. `event_date` is given where the event can have been on one day only.
    """

    event_id: str
    event_date: date | None
    event_date_earliest: date | None
    event_date_latest: date | None
    event_type: str
    event_mode: str
    context: str
    cameo: str
    kind: str
    status: str
    actor: str
    actor_country: str
    recipient: str
    recipient_country: str
    intermediary: str
    place: str
    place_country: str
    reports: int
    report_ids: str
    origins: str
    independent: int
    sentence: str
    confidence: float


def write_plover(record: Record, out: BinaryIO) -> None:
    """The events that have a PLOVER type as CSV with a line of names, by date and then by id, UTF-8."""
    out.write(write_csv(list_rows(record), Row).encode())


def list_rows(record: Record) -> list[Row]:
    """The events that have a PLOVER type, those without a date at the end."""
    index, countries = Index(record), _Countries(record.entities)
    contacts = {contact.id: contact.kind for contact in record.contacts}
    typed = sorted((entry for entry in record.events if entry.type), key=_order)
    return [_row(entry, index, countries, contacts.get(entry.id)) for entry in typed]


def _order(entry: EventEntry) -> tuple[date, date, str]:
    when = entry.when or Interval()
    return when.earliest or when.latest or date.max, when.latest or date.max, entry.id


def _row(entry: EventEntry, index: Index, countries: _Countries, contact: ContactKind | None) -> Row:
    when, reports = entry.when or Interval(), tuple(dict.fromkeys(m.report for m in entry.members))
    return Row(
        event_id=entry.id,
        event_date=when.earliest if when.earliest == when.latest else None,
        event_date_earliest=when.earliest,
        event_date_latest=when.latest,
        event_type=entry.type or "",
        event_mode=_mode(entry, contact),
        context=CONTEXTS[entry.status],
        cameo=_cameo()[entry.type or ""],
        kind=_on_one_line(entry.kind),
        status=entry.status,
        actor=_join(entry.actors),
        actor_country=_join(countries.find(entry.actors, reports)),
        recipient=_join(entry.recipients),
        recipient_country=_join(countries.find(entry.recipients, reports)),
        intermediary=_join(entry.intermediaries),
        place=_on_one_line(entry.place or ""),
        place_country=_place_country(entry.place or "") or "",
        reports=len(reports),
        report_ids=_join(reports),
        origins=_join(origin.name for origin in entry.origins),
        independent=entry.independent,
        sentence=_on_one_line(tell(index, entry.members[0]).quote),
        confidence=entry.confidence,
    )


def _mode(entry: EventEntry, contact: ContactKind | None) -> str:
    """How they consulted; what is not between named actors stands in no contact, and its kind tells."""
    if entry.type != "CONSULT":
        return ""
    kind = contact or read_table("contact_nouns").get(entry.kind.casefold())
    return next((mode for name, mode in MODES.items() if name == kind), "")


@cache
def _cameo() -> dict[str, str]:
    """The root codes of CAMEO that go into each type; their leading zeros are part of them."""
    return dict(line.split("\t") for line in read_entries("onrecord.export", "cameo"))


class _Countries:
    """The entities of a record by name, for the countries that their names and roles tell."""

    def __init__(self, entities: Iterable[EntityEntry]) -> None:
        self._named: dict[str, list[EntityEntry]] = defaultdict(list)
        self._also: dict[str, list[EntityEntry]] = defaultdict(list)
        for entity in entities:
            self._named[entity.name].append(entity)
            for alias in entity.aliases:
                self._also[alias].append(entity)

    def find(self, names: Iterable[str], reports: Sequence[str]) -> list[str]:
        """The countries of those so named in `reports`, in the order of the names, each once."""
        return list(dict.fromkeys(code for name in names for code in self._find(name, reports)))

    def _find(self, name: str, reports: Sequence[str]) -> tuple[str, ...]:
        entities = self._named.get(name) or self._also.get(name) or []
        spoken_of = [e for e in entities if not {m.report for m in e.mentions}.isdisjoint(reports)]
        if not entities:
            return find_country_codes(name) if _is_no_person(name) else _of_place(name)
        # Of two who bear the name it may be either.
        told = {codes for e in spoken_of or entities if (codes := _of_entity(e, name))}
        return told.pop() if len(told) == 1 else ()


def _of_entity(entity: EntityEntry, name: str) -> tuple[str, ...]:
    """What the roles tell, and the name where it is no person's: Chad Weller need not be of Chad."""
    codes = {code for role in entity.roles for code in _of_role(role)}
    if entity.type == "place":
        codes.update(_of_place(name))
    elif entity.type != "person":
        codes.update(find_country_codes(name))
    return tuple(sorted(codes))


def _of_place(name: str) -> tuple[str, ...]:
    code = _place_country(name)
    return (code,) if code else ()


def _of_role(role: str) -> tuple[str, ...]:
    return find_country_codes(_ELSEWHERE.sub(" ", _SPEAKS_FOR.sub(r"\1 of", role)))


def _is_no_person(name: str) -> bool:
    """Whether the words alone show it: "the Kenyan army", "Norwegian officials"."""
    return name.startswith(("the ", "The ")) or name.rpartition(" ")[2].islower()


def _place_country(place: str) -> str | None:
    """Of "Port Ister, Norway" the country behind the comma; none of "the Norwegian embassy" or "Kenya Street"."""
    return country_code(place) or (country_code(place.rpartition(",")[2].strip()) if "," in place else None)


def _join(words: Iterable[str]) -> str:
    return "; ".join(map(_on_one_line, words))


def _on_one_line(text: str) -> str:
    return _LINE_END.sub(" ", text)
