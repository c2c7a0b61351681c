"""The ids of what a page shows to the part of the record that it needs."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, MutableMapping
from typing import Any

import msgspec

from onrecord.corroborate import ANCHORS, rank
from onrecord.corroborate.whole import join_entities
from onrecord.record import (
    Analysis,
    AttributionMember,
    Claim,
    Contact,
    Disagreement,
    EntityEntry,
    EventEntry,
    Expectation,
    Record,
    ReportEntry,
    Story,
)
from onrecord.store.rows import TYPES, decode_analysis

Cache = MutableMapping[str, Analysis]


class PartReader:
    """One reading of a part; each thing is read once."""

    def __init__(self, database: sqlite3.Connection, cache: Cache | None) -> None:
        self._database, self._cache = database, cache if cache is not None else {}
        self._entries: dict[str, dict[str, Any]] = {}
        self._whole: set[str] = set()
        self._named: set[str] = set()

    def read(
        self,
        ids: Collection[str],
        statements: Collection[AttributionMember],
        reports: Collection[str],
        named: Collection[str],
    ) -> Record:
        """As `Store.part`."""
        self._whole.update(reports, (m.report for m in statements))
        self._named.update(named)
        asked = self._read(ids)
        members = [*statements, *(m for e in asked if isinstance(e, Contact) for m in e.statements)]
        members += [e.member for e in asked if isinstance(e, Expectation)]
        self._read(e.event for e in asked if isinstance(e, Expectation) and e.event)
        for entry in asked:
            self._whole.update(_own_reports(entry))
        self._whole.update(m.report for m in members)
        self._read(self._claims_of(members))
        self._read(self._entities_named(asked))
        copies = self._copies()
        for entry in self._all():
            self._named.update(_named_reports(entry))
        self._named.update(r for c in copies for r in (c.a, c.b))
        return self._record(copies)

    def _read(self, ids: Iterable[str]) -> list[Any]:
        """The entries of these ids, of whatever kind; entities with those of other affairs that they are one with."""
        found = []
        for id in dict.fromkeys(ids):
            if id in self._entries.get("read", {}):
                continue
            self._entries.setdefault("read", {})[id] = True
            for kind, entry in self._database.execute("SELECT kind, json FROM entries WHERE id = ?", (id,)).fetchall():
                read = _DECODERS[kind](entry)
                if kind == "entities":
                    self._entries.setdefault(kind, {}).update({e.id: e for e in self._one_with(read)})
                else:
                    self._entries.setdefault(kind, {})[id] = read
                found.append(read)
        return found

    def _one_with(self, entity: EntityEntry) -> list[EntityEntry]:
        rows = self._database.execute(
            "SELECT json FROM entries WHERE kind = 'entities' AND id IN (SELECT id FROM entity_homes WHERE home ="
            " (SELECT home FROM entity_homes WHERE id = ?))",
            (entity.id,),
        ).fetchall()
        return [_DECODERS["entities"](e) for (e,) in rows] or [entity]

    def _claims_of(self, members: Iterable[AttributionMember]) -> Iterator[str]:
        query = "SELECT claim FROM statements WHERE report = ? AND attribution = ? AND claim IS NOT NULL"
        for m in members:
            yield from (claim for (claim,) in self._database.execute(query, (m.report, m.attribution)))

    def _entities_named(self, asked: Iterable[Any]) -> Iterator[str]:
        names: dict[str, None] = {}
        for e in asked:
            if isinstance(e, EventEntry | Contact):
                names |= dict.fromkeys((*e.actors, *e.recipients, *e.intermediaries, *getattr(e, "participants", ())))
        query = "SELECT id FROM entity_names WHERE name = ? LIMIT 20"
        for name in names:
            yield from (id for (id,) in self._database.execute(query, (name,)))

    def _copies(self) -> list[Any]:
        rows = (
            row
            for report in self._whole | self._named
            for row in self._database.execute(
                "SELECT json FROM entries WHERE kind = 'copies' AND affair = (SELECT affair FROM reports WHERE"
                " report = ?) AND instr(json, ?)",
                (report, report),
            )
        )
        return [_DECODERS["copies"](c) for c in dict.fromkeys(c for (c,) in rows)]

    def _all(self) -> Iterator[Any]:
        for kind in ("stories", "events", "contacts", "claims", "expectations", "disagreements"):
            yield from self._entries.get(kind, {}).values()

    def _record(self, copies: list[Any]) -> Record:
        analyses = {report: a for report in sorted(self._whole) if (a := self._analysis(report))}
        entries: dict[str, ReportEntry] = {}
        for report in sorted(self._whole | self._named):
            row = self._database.execute(
                "SELECT json FROM entries WHERE id = ? AND kind = 'reports'", (report,)
            ).fetchone()
            if row:
                entries[report] = _DECODERS["reports"](row[0])
        for version in {v for e in entries.values() for v in e.versions} - entries.keys():
            row = self._database.execute(
                "SELECT json FROM entries WHERE id = ? AND kind = 'reports'", (version,)
            ).fetchone()
            if row:
                entries[version] = _DECODERS["reports"](row[0])
        for id, entry in entries.items():
            if id not in analyses:
                analyses[id] = stub(entry)
        order = sorted(analyses.values(), key=rank)
        place = {a.id: n for n, a in enumerate(order)}
        fields: dict[str, Any] = {"analyses": tuple(order), "reports": _ordered(entries.values(), "reports", place)}
        for kind in ("stories", "events", "contacts", "claims", "expectations", "disagreements"):
            fields[kind] = _ordered(self._entries.get(kind, {}).values(), kind, place)
        fields["copies"] = _ordered(copies, "copies", place)
        fields["entities"] = self._entities()
        return Record(**fields)

    def _entities(self) -> tuple[EntityEntry, ...]:
        """Joined and in canonical order, for which only the first report of each has to be known."""
        held = list(self._entries.get("entities", {}).values())
        turn = {
            report: (day, outlet, report)
            for e in held
            for report in [e.mentions[0].report]
            for day, outlet in self._database.execute("SELECT day, outlet FROM turns WHERE report = ?", (report,))
        }
        held.sort(key=lambda e: turn.get(e.mentions[0].report, (9999999, "", e.id)))
        homes = {
            e.id: home
            for e in held
            for (home,) in self._database.execute("SELECT home FROM entity_homes WHERE id = ?", (e.id,))
        }
        place = {r: n for n, r in enumerate(dict.fromkeys(m.report for e in held for m in e.mentions))}
        return join_entities(held, homes, place)

    def _analysis(self, report: str) -> Analysis | None:
        if (held := self._cache.get(report)) is not None:
            return held
        row = self._database.execute(
            "SELECT coalesce(told, analysis), text, keys FROM reports JOIN cache USING (report, meta)"
            " JOIN texts USING (report) WHERE report = ? AND maker = (SELECT maker FROM completed)",
            (report,),
        ).fetchone()
        if row is None:
            return None
        read = decode_analysis(row[0], None, row[1], msgspec.json.decode(row[2])[0])
        self._cache[report] = read
        return read


_DECODERS = {kind: msgspec.json.Decoder(type_).decode for kind, type_ in TYPES.items()}


def stub(entry: ReportEntry) -> Analysis:
    """What a report is called by, without its text and facts."""
    return Analysis(
        id=entry.id,
        key=entry.key,
        url=entry.url,
        outlet=entry.outlet,
        author=entry.author,
        title=entry.title,
        language=None,
        text="",
        noise=(),
        published=entry.published,
        entities=(),
        timexes=(),
        attributions=(),
        events=(),
    )


def _own_reports(entry: Any) -> set[str]:
    """The reports whose words an entry shows."""
    if isinstance(entry, EventEntry | Contact | Claim):
        return {m.report for m in entry.members}
    if isinstance(entry, Expectation):
        return {entry.member.report}
    if isinstance(entry, Disagreement):
        return {p.report for p in (entry.a, entry.b) if p}
    return set()


def _named_reports(entry: Any) -> set[str]:
    """All reports that an entry names."""
    if isinstance(entry, Story):
        return set(entry.reports)
    found = _own_reports(entry)
    for origin in getattr(entry, "origins", ()):
        found.update(origin.reports)
    found.update(turn.report for turn in getattr(entry, "history", ()))
    return found | set(getattr(entry, "untraced", ()))


def _ordered(entries: Iterable[Any], kind: str, place: dict[str, int]) -> tuple[Any, ...]:
    return tuple(sorted(entries, key=lambda e: place.get(ANCHORS[kind](e), -1)))
