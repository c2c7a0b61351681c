"""The record to where its claims come from: one row an origin, those that most reports rest on first."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from onrecord.record import AttributionMember, Claim, Contact, EventEntry, Origin, Record, SpeakerClass
from onrecord.views.index import Evidence, Index
from onrecord.views.wording import is_named, word_class


class OriginRow(Struct, frozen=True, kw_only=True):
    """One origin, the number of reports, statements and events that rest on it, and the first of its words."""

    name: str
    class_words: str
    named: bool
    report_count: int
    statement_count: int
    event_count: int
    reports: tuple[str, ...]
    words: Evidence | None


def list_origins(record: Record, min_confidence: float = 0.0) -> list[OriginRow]:
    """Every origin of a claim or event, by the number of reports, then of statements, then by name.

    Named origins of one name and class stand in one row. An unnamed one ("an official") stands by itself for each
    report that tells of it first, since two reports' officials are not known to be one.
    """
    index = Index(record)
    found: dict[tuple[str, SpeakerClass, str], _Weight] = {}
    for entry, origin in _origins(record, min_confidence):
        teller = "" if is_named(origin.class_) else origin.reports[0]
        weight = found.setdefault((origin.name, origin.class_, teller), _Weight({}, {}, {}))
        weight.reports.update(dict.fromkeys(origin.reports))
        if isinstance(entry, Claim):
            weight.statements.update(dict.fromkeys(m for m in entry.members if m.report in origin.reports))
        else:
            weight.events[entry.id] = None
    rows = [_row(index, name, class_, weight) for (name, class_, _), weight in found.items()]
    return sorted(rows, key=lambda row: (-row.report_count, -row.statement_count, row.name, row.reports))


class _Weight(Struct):
    """What rests on an origin, as ordered sets."""

    reports: dict[str, None]
    statements: dict[AttributionMember, None]
    events: dict[str, None]


def _origins(record: Record, min_confidence: float) -> Iterator[tuple[Claim | EventEntry | Contact, Origin]]:
    entries: tuple[Claim | EventEntry | Contact, ...] = (*record.claims, *record.events, *record.contacts)
    for entry in entries:
        if entry.confidence >= min_confidence:
            for origin in entry.origins:
                yield entry, origin


def _row(index: Index, name: str, class_: SpeakerClass, weight: _Weight) -> OriginRow:
    first = next(iter(weight.statements), None)
    return OriginRow(
        name=name,
        class_words=word_class(class_),
        named=is_named(class_),
        report_count=len(weight.reports),
        statement_count=len(weight.statements),
        event_count=len(weight.events),
        reports=index.labels(weight.reports),
        words=index.evidence(first.report, index.attribution(first).content) if first else None,
    )
