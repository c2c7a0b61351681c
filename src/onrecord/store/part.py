"""The ids of what a page shows to the part of the record that it needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, MutableMapping
from typing import Any

import msgspec

from onrecord.corroborate import ANCHORS, rank
from onrecord.corroborate.whole import join_entities
from onrecord.record import (
    Analysis,
    AttributionMember,
    Claim,
    Contact,
    Copy,
    Disagreement,
    EntityEntry,
    EventEntry,
    Expectation,
    Record,
    ReportEntry,
    Story,
)
from onrecord.store.database import Database
from onrecord.store.packed import unpack
from onrecord.store.rows import TYPES, decode_analysis, read_bundle

# What was read already: entries of any kind, under "entry" and their ids, and whole analyses, under "analysis".
Cache = MutableMapping[tuple[str, str], Any]

_KINDS = ("stories", "events", "contacts", "claims", "expectations", "disagreements")
_ENTRIES = "SELECT id, kind, json FROM entries WHERE id IN (SELECT value FROM json_each(?))"
_ONE_WITH = """
    SELECT h.id, o.id FROM entity_homes h JOIN entity_homes o ON o.home = h.home
    WHERE h.id IN (SELECT value FROM json_each(?))
"""
_CLAIMS = """
    SELECT DISTINCT claim FROM json_each(?) AS n CROSS JOIN statements
    WHERE report = json_extract(n.value, '$[0]') AND attribution = json_extract(n.value, '$[1]') AND claim IS NOT NULL
"""
_COPIES = """
    SELECT entries FROM bundles WHERE kind = 'copies'
    AND affair IN (SELECT affair FROM reports WHERE report IN (SELECT value FROM json_each(?)))
"""
_ANALYSES = """
    SELECT report, coalesce(told, analysis), text, keys FROM reports JOIN cache USING (report, meta)
    JOIN texts USING (report)
    WHERE report IN (SELECT value FROM json_each(?)) AND maker = (SELECT maker FROM completed)
"""
_TURNS = "SELECT report, day, outlet FROM turns WHERE report IN (SELECT value FROM json_each(?))"
_POSITIONS = """
    SELECT id, position FROM entries WHERE kind || '' = 'entities' AND id IN (SELECT value FROM json_each(?))
"""
_HOMES = "SELECT id, home FROM entity_homes WHERE id IN (SELECT value FROM json_each(?))"


class PartReader:
    """One reading of a part; each thing is read once."""

    def __init__(self, database: Database, cache: Cache | None) -> None:
        self._database, self._cache = database, cache if cache is not None else {}
        self._entries: dict[str, dict[str, Any]] = {kind: {} for kind in (*_KINDS, "entities", "reports")}
        self._whole: set[str] = set()
        self._named: set[str] = set()

    def read(
        self,
        ids: Collection[str],
        statements: Collection[AttributionMember],
        reports: Collection[str],
        named: Collection[str],
        copies: bool,
    ) -> Record:
        """As `Catalogue.part`."""
        asked = self._read(ids)
        members = [*statements, *(m for e in asked if isinstance(e, Contact) for m in e.statements)]
        members += [e.member for e in asked if isinstance(e, Expectation)]
        self._whole.update(reports, (m.report for m in members), *(_own_reports(entry) for entry in asked))
        pairs = [(m.report, m.attribution) for m in members]
        self._read(
            [
                *(e.event for e in asked if isinstance(e, Expectation) and e.event),
                *(self._ask(_CLAIMS, pairs) if pairs else ()),
            ]
        )
        self._named.update(named, *(named_reports(e) for kind in _KINDS for e in self._entries[kind].values()))
        copied = self._copies() if copies else []
        self._named.update(r for c in copied for r in (c.a, c.b))
        return self._record(copied)

    def _ask(self, query: str, values: Collection[Any]) -> list[Any]:
        """The rows of a query over a list of values; those of one column as what stands in it."""
        rows = self._database.execute(query, (msgspec.json.encode(values).decode(),)).fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]

    def _read(self, ids: Iterable[str]) -> list[Any]:
        """The entries of these ids, of whatever kind; entities with those of other affairs that they are one with."""
        found = [pair for pairs in self._fetch(dict.fromkeys(ids)).values() for pair in pairs]
        entities = [e.id for kind, e in found if kind == "entities"]
        if entities:
            others = dict.fromkeys(other for _, other in self._ask(_ONE_WITH, entities))
            found += [pair for pairs in self._fetch(others).values() for pair in pairs]
        for kind, entry in found:
            if kind in self._entries:
                self._entries[kind][entry.id] = entry
        return [entry for _, entry in found]

    def _fetch(self, ids: Iterable[str]) -> dict[str, list[tuple[str, Any]]]:
        """Kind and entry of each id."""
        wanted = list(ids)
        held = {id: self._cache[_ENTRY, id] for id in wanted if (_ENTRY, id) in self._cache}
        missing = [id for id in wanted if id not in held]
        read: dict[str, list[tuple[str, Any]]] = {id: [] for id in missing}
        for id, kind, entry in self._ask(_ENTRIES, missing) if missing else ():
            read[id].append((kind, _DECODERS[kind](entry)))
        for id, pairs in read.items():
            self._cache[_ENTRY, id] = pairs
        return held | read

    def _copies(self) -> list[Copy]:
        reports = self._whole | self._named
        bundles = self._ask(_COPIES, sorted(reports))
        return [c for held in bundles for c in read_bundle("copies", held) if c.a in reports or c.b in reports]

    def _record(self, copies: list[Copy]) -> Record:
        self._read(sorted(self._whole | self._named))
        entries = self._entries["reports"]
        self._read({v for e in entries.values() for v in e.versions} - entries.keys())
        analyses = self._analyses(sorted(self._whole & entries.keys()))
        order = sorted((analyses.get(id) or stub(entry) for id, entry in entries.items()), key=rank)
        place = {a.id: n for n, a in enumerate(order)}
        fields: dict[str, Any] = {
            kind: _ordered(self._entries[kind].values(), kind, place) for kind in (*_KINDS, "reports")
        }
        fields["copies"] = _ordered(copies, "copies", place)
        return Record(analyses=tuple(order), entities=self._entities(), **fields)

    def _entities(self) -> tuple[EntityEntry, ...]:
        """Joined and in canonical order."""
        held = list(self._entries["entities"].values())
        if not held:
            return ()
        ids = [e.id for e in held]
        homes, position = dict(self._ask(_HOMES, ids)), dict(self._ask(_POSITIONS, ids))
        turns = self._turns({m.report for e in held for m in e.mentions})
        place = {report: n for n, report in enumerate(sorted(turns, key=lambda r: turns[r]))}
        found = join_entities(sorted(held, key=lambda e: place[e.mentions[0].report]), homes, place)
        return tuple(sorted(found, key=lambda e: (place[e.mentions[0].report], position[e.id])))

    def _turns(self, reports: Collection[str]) -> dict[str, tuple[int, str, str]]:
        """What sorts these reports as the record has them."""
        known = {report: (day, outlet, report) for report, day, outlet in self._ask(_TURNS, sorted(reports))}
        return {report: known.get(report, (LAST, "", report)) for report in reports}

    def _analyses(self, reports: Collection[str]) -> dict[str, Analysis]:
        held = {r: self._cache[_ANALYSIS, r] for r in reports if (_ANALYSIS, r) in self._cache}
        missing = [r for r in reports if r not in held]
        for report, analysis, text, keys in self._ask(_ANALYSES, missing) if missing else ():
            held[report] = decode_analysis(unpack(analysis), None, text, msgspec.json.decode(keys)[0])
            self._cache[_ANALYSIS, report] = held[report]
        return held


_ENTRY, _ANALYSIS = "entry", "analysis"
# The day of a report that gives none, behind all others.
LAST = 9999999
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


def named_reports(entry: Any) -> set[str]:
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
