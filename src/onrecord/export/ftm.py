"""The record to entities of FollowTheMoney, one JSON object a line: what Aleph, OpenSanctions and their kin read.

Ids are those of the record, and of what has none there the hash of what it is made of, so that a second export updates
the first. FollowTheMoney has no word for who said what: statements and claims are not in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import BinaryIO

import msgspec
from msgspec import Struct

from onrecord.export.flatten import name_entities
from onrecord.knowledge import read_entries
from onrecord.record import Analysis, EntityEntry, EventEntry, EventMember, Interval, Record
from onrecord.views.calls import tell
from onrecord.views.index import Index
from onrecord.views.wording import STATUSES, word_days


class FtmEntity(Struct, frozen=True):
    """An entity of FollowTheMoney; each property has several values."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def write_ftm(record: Record, out: BinaryIO) -> None:
    """Reports, people and bodies with where they are named, events with where they are told, UTF-8."""
    out.write(msgspec.json.Encoder().encode_lines(list(list_ftm(record))))


def list_ftm(record: Record) -> Iterator[FtmEntity]:
    """The entities in the order of the record; what refers to another stands behind it."""
    index, schemas = Index(record), {e.id: _schema(e) for e in record.entities}
    for report in record.analyses:
        yield _article(report)
    for entity in record.entities:
        if schemas[entity.id]:
            yield _make(
                entity.id, schemas[entity.id], name=[entity.name], alias=entity.aliases, **_told(entity, schemas)
            )
            yield from _mentions(entity, schemas[entity.id], index)
    parties = {name: id for name, id in name_entities(record.entities).items() if schemas[id]}
    for event in record.events:
        yield _event(event, parties, index)
        yield from (_told_in(event, member, index) for member in event.members)


def _article(report: Analysis) -> FtmEntity:
    return _make(
        report.id,
        "Article",
        title=[report.title],
        author=[report.author],
        publisher=[report.outlet],
        sourceUrl=[report.url],
        publishedAt=_date(Interval(report.published.earliest, report.published.latest)),
        language=["eng" if report.language == "en" else None],
        bodyText=[report.text],
    )


def _schema(entity: EntityEntry) -> str:
    """The schema of an entity; none of a place, which is no party to anything."""
    if entity.type == "organisation":
        head = entity.name.partition(" of ")[0].partition(" for ")[0].rpartition(" ")[2]
        return "PublicBody" if head.casefold() in _public_bodies() else "Organization"
    return {"person": "Person", "outlet": "Organization", "group": "LegalEntity", "place": ""}[entity.type]


@cache
def _public_bodies() -> frozenset[str]:
    return frozenset(read_entries("onrecord.export", "public_bodies"))


def _told(entity: EntityEntry, schemas: dict[str, str]) -> dict[str, Sequence[str]]:
    """The offices of a person; of others what the reports call them beside their name."""
    return {"position" if schemas[entity.id] == "Person" else "notes": entity.roles}


def _mentions(entity: EntityEntry, schema: str, index: Index) -> Iterator[FtmEntity]:
    """The forms in which each report names it."""
    forms: dict[str, dict[str, None]] = {}
    for place in entity.mentions:
        words = index.place(place).quote
        forms.setdefault(place.report, {})[words if words in (entity.name, *entity.aliases) else entity.name] = None
    for report, names in forms.items():
        yield _make(
            _hash("mention", report, entity.id),
            "Mention",
            document=[report],
            resolved=[entity.id],
            name=list(names),
            detectedSchema=[schema],
        )


def _event(event: EventEntry, parties: dict[str, str], index: Index) -> FtmEntity:
    when = event.when or Interval()
    names = (*event.actors, *event.recipients, *event.intermediaries)
    return _make(
        event.id,
        "Event",
        name=[": ".join(filter(None, (event.kind, ", ".join(names))))],
        involved=dict.fromkeys(parties[name] for name in names if name in parties),
        location=[event.place],
        date=_date(when),
        keywords=[event.type, event.status],
        summary=[tell(index, event.members[0]).quote],
        notes=[STATUSES[event.status], word_days(when.earliest, when.latest)],
    )


def _told_in(event: EventEntry, member: EventMember, index: Index) -> FtmEntity:
    return _make(
        _hash("documentation", event.id, member.report, member.event),
        "Documentation",
        document=[member.report],
        entity=[event.id],
        role=["tells of it"],
        summary=[tell(index, member).quote],
    )


def _date(when: Interval) -> list[str]:
    """The day, month or year that the whole interval stands in: it is one day not known, and no length of time."""
    if not when.earliest or not when.latest:
        return []
    first, last = when.earliest.isoformat(), when.latest.isoformat()
    return next(([first[:length]] for length in (10, 7, 4) if first[:length] == last[:length]), [])


def _make(id: str, schema: str, **properties: Iterable[str | None]) -> FtmEntity:
    held = {name: [v.strip() for v in values if v and v.strip()] for name, values in properties.items()}
    return FtmEntity(id, schema, {name: values for name, values in held.items() if values})


def _hash(*parts: str) -> str:
    return hashlib.sha1("\0".join(parts).encode(), usedforsecurity=False).hexdigest()
