"""What can be listed of a record, and the parts of it that are shown, without reading the whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from onrecord.corroborate import build_absent
from onrecord.record import Absent, AttributionMember, Interval, Meanings, Record, Span
from onrecord.store.columns import (
    EntryColumns,
    StatementColumns,
    read_entry_columns,
    read_homes,
    read_statement_columns,
)
from onrecord.store.database import Database
from onrecord.store.packed import unpack
from onrecord.store.part import Cache, PartReader
from onrecord.store.rows import TYPES, decode_analysis
from onrecord.store.words import quote_words


class Catalogue:
    """The lists of a record, as of its last completed build."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def steady(self) -> AbstractContextManager[object]:
        """The same build throughout the block, whatever is completed meanwhile."""
        return self._database.steady()

    def number(self) -> int:
        """How many builds were completed; another number means that anything may be otherwise."""
        row = self._database.execute("SELECT number FROM completed").fetchone()
        return int(row[0]) if row else 0

    def is_listed(self) -> bool:
        """Whether the lists are there; a record of an older version has none until it is linked anew."""
        row = self._database.execute("SELECT linker FROM completed").fetchone()
        return bool(row and row[0])

    def statement_columns(self) -> StatementColumns:
        """All statements, in canonical order."""
        return read_statement_columns(self._database)

    def entry_columns(self, kind: str, reading: float = 0.0) -> EntryColumns:
        """All entries of a kind by day; of events those that a report tells with at least the confidence `reading`."""
        return read_entry_columns(self._database, kind, reading)

    def part(
        self,
        *,
        ids: Collection[str] = (),
        statements: Collection[AttributionMember] = (),
        reports: Collection[str] = (),
        named: Collection[str] = (),
        copies: bool = False,
        cache: Cache | None = None,
    ) -> Record:
        """A small record of the entries `ids`, and of what is needed to show them, `statements` and `reports`.

        Whole are the analyses of these reports, of those of the statements, and of those whose words the entries
        show. Of all others that anything names, and of those `named`, only what they are called by is there: no text
        and no facts. A claim that came along with a statement keeps all its members. With `copies` those of all these
        reports are there too. `cache` holds what was read of this build before.
        """
        return PartReader(self._database, cache).read(ids, statements, reports, named, copies)

    def search_statements(self, words: str) -> NDArray[np.int64]:
        """The ids of the statements that hold all of `words`, in any inflection, sorted."""
        query = quote_words(words)
        return np.array(self._database.search.statements(query) if query else [], np.int64)

    def search_reports(self, words: str) -> list[str]:
        """The ids of the reports that hold all of `words`."""
        query = quote_words(words)
        return self._database.search.reports(query) if query else []

    def highlight(self, words: str, statements: Sequence[int]) -> Mapping[int, list[Span]]:
        """Where `words` stand in the passages of these statements, counted from the first character of each."""
        query = quote_words(words)
        return self._database.search.highlight(query, statements) if query and statements else {}

    def spoken_of(self, entity: str) -> NDArray[np.int64]:
        """The ids of the statements whose contents name an entity, sorted."""
        rows = self._database.execute(
            "SELECT DISTINCT statement FROM spoken_of WHERE entity = ?1 OR entity IN (SELECT id FROM entity_homes"
            " WHERE home = (SELECT home FROM entity_homes WHERE id = ?1)) ORDER BY statement",
            (entity,),
        )
        return np.fromiter((id for (id,) in rows), np.int64)

    def names(self) -> dict[str, str]:
        """Each name with the id of the entity that goes by it, of several the one that most reports name."""
        homes = read_homes(self._database)
        rows = self._database.execute(
            "SELECT n.name, coalesce(h.home, n.id), sum(e.reports) AS weight FROM entity_names n"
            " JOIN entries e ON e.id = n.id AND e.kind = 'entities' LEFT JOIN entity_homes h ON h.id = n.id"
            " GROUP BY 1, 2 ORDER BY weight, 2 DESC, 1"
        )
        return {name: homes.get(id, id) for name, id, _ in rows}

    def homes_of(self, names: Collection[str]) -> Iterator[tuple[str, str]]:
        """Each of `names` with each home of somebody who goes by it: an entity that is one with no other is its own."""
        return iter(
            self._database.execute(
                "SELECT DISTINCT n.name, coalesce(h.home, n.id) FROM entity_names n LEFT JOIN entity_homes h"
                " ON h.id = n.id WHERE n.name IN (SELECT value FROM json_each(?))",
                (msgspec.json.encode(sorted(names)).decode(),),
            ).fetchall()
        )

    def passages(self, query: str, limit: int) -> list[tuple[str, str | None, str]]:
        """Report, attribution (None of a whole report) and excerpt of what matches a query (`match_all`), best first.

        Of the excerpt the words that match stand between two brackets. What only relays another's words is left out.
        """
        return self._database.search.best(query, limit) if query else []

    def matches(self, query: str, report: str) -> list[Span]:
        """Where in the text of a report the words of a query stand."""
        return self._database.search.matches(query, report)

    def meanings(self) -> Iterator[tuple[str, Meanings]]:
        """Each report with the vectors of its stretches, in no particular order."""
        rows = self._database.stream(
            "SELECT report, vectors FROM reports JOIN cache USING (report, meta)"
            " WHERE maker = (SELECT maker FROM completed) AND vectors IS NOT NULL"
        )
        read = msgspec.msgpack.Decoder(Meanings).decode
        return ((report, read(vectors)) for report, vectors in rows)

    def entries(self, kind: str, ids: Collection[str]) -> list[Any]:
        """The entries of a kind with these ids, without any report, in no particular order."""
        rows = self._database.execute(
            "SELECT json FROM entries WHERE kind || '' = ? AND id IN (SELECT value FROM json_each(?))",
            (kind, msgspec.json.encode(list(ids)).decode()),
        )
        read = msgspec.json.Decoder(TYPES[kind]).decode
        return [read(entry) for (entry,) in rows]

    def naming(self, kind: str, names: Collection[str]) -> list[Any]:
        """The entries of a kind in which one of `names` stands as a whole value, without any report."""
        written = [msgspec.json.encode(name).decode() for name in names]
        rows = self._database.execute(
            "SELECT DISTINCT e.json FROM json_each(?) AS n CROSS JOIN entries e"
            " WHERE e.kind = ? AND instr(e.json, n.value) > 0",
            (msgspec.json.encode(written).decode(), kind),
        )
        read = msgspec.json.Decoder(TYPES[kind]).decode
        return [read(entry) for (entry,) in rows]

    def ids(self, kind: str) -> list[str]:
        """The ids of all entries of a kind, sorted."""
        rows = self._database.execute("SELECT DISTINCT id FROM entries WHERE kind = ? ORDER BY id", (kind,))
        return [id for (id,) in rows]

    def keys(self) -> dict[str, list[str]]:
        """Each key under which a report was given, with the ids of those that were."""
        called: dict[str, list[str]] = {}
        for report, keys in self._database.execute("SELECT report, keys FROM reports ORDER BY report"):
            for key in msgspec.json.decode(keys, type=list[str]):
                called.setdefault(key, []).append(report)
        return called

    def written_in(self, language: str) -> list[str]:
        """The reports in a language, by its code ("en")."""
        rows = self._database.execute("SELECT id FROM entries WHERE kind = 'reports' AND noun = ?", (language,))
        return [report for (report,) in rows]

    def arrivals(self, reports: Collection[str]) -> dict[str, int]:
        """When each of `reports` came, in seconds of Unix time."""
        rows = self._database.execute(
            "SELECT report, at FROM arrivals WHERE report IN (SELECT value FROM json_each(?))",
            (msgspec.json.encode(list(reports)).decode(),),
        )
        return dict(rows.fetchall())

    def people(self) -> list[str]:
        """The ids by which persons go."""
        homes = read_homes(self._database)
        rows = self._database.execute(
            "SELECT DISTINCT coalesce(h.home, e.id) FROM entries e LEFT JOIN entity_homes h ON h.id = e.id"
            " WHERE e.kind = 'entities' AND e.noun = 'person'"
        )
        return [homes.get(id, id) for (id,) in rows]

    def new_since(self, at: int) -> list[str]:
        """The reports that came after `at`, in seconds of Unix time, the latest first."""
        rows = self._database.execute("SELECT report FROM arrivals WHERE at > ? ORDER BY at DESC, report", (at,))
        return [report for (report,) in rows]

    def parties(self) -> dict[str, frozenset[str]]:
        """Who was party to each contact, by its id."""
        rows = self._database.execute(
            "SELECT id, json_extract(json, '$.participants') FROM entries WHERE kind = 'contacts'"
        )
        return {id: frozenset(msgspec.json.decode(names, type=list[str])) for id, names in rows}

    def stories(self) -> dict[str, tuple[str, str]]:
        """The id and title of the story that each report stands in."""
        rows = self._database.execute("SELECT json FROM entries WHERE kind = 'stories'")
        read = msgspec.json.Decoder(TYPES["stories"]).decode
        return {report: (s.id, s.title) for (story,) in rows for s in [read(story)] for report in s.reports}

    def entries_of(self, report: str) -> list[str]:
        """The ids of the events, claims and stories that a report is a member of."""
        rows = self._database.execute(
            "SELECT id FROM entries WHERE affair = (SELECT affair FROM reports WHERE report = ?1)"
            " AND kind IN ('events', 'claims', 'stories') AND instr(json, ?1) > 0 ORDER BY kind, position",
            (report,),
        )
        return [id for (id,) in rows]

    def unlike(self, reports: Collection[str]) -> list[str]:
        """The ids of the disagreements of which one side stands in one of `reports`."""
        rows = self._database.execute(
            "SELECT id FROM entries WHERE kind = 'disagreements'"
            " AND affair IN (SELECT affair FROM reports WHERE report IN (SELECT value FROM json_each(?1)))"
            " AND (report IN (SELECT value FROM json_each(?1))"
            " OR json_extract(json, '$.b.report') IN (SELECT value FROM json_each(?1)))",
            (msgspec.json.encode(sorted(reports)).decode(),),
        )
        return [id for (id,) in rows]

    def absent(self) -> tuple[Absent, ...]:
        """The sources that are cited and not on record, for which all reports are read."""
        rows = self._database.stream(
            "SELECT coalesce(told, analysis), text, keys FROM reports JOIN cache USING (report, meta)"
            " JOIN texts USING (report) WHERE maker = (SELECT maker FROM completed)"
        )
        # One at a time: what is held are their citations.
        read = (
            decode_analysis(unpack(analysis), None, text, msgspec.json.decode(keys)[0]) for analysis, text, keys in rows
        )
        reports = self.entry_columns("reports")
        stories = self._database.execute("SELECT json FROM entries WHERE kind = 'stories'").fetchall()
        story = msgspec.json.Decoder(TYPES["stories"]).decode
        return build_absent(read, [story(s) for (s,) in stories], _published(reports))


def _published(reports: EntryColumns) -> Iterator[tuple[str, Interval]]:
    """The outlet and the days of each report that has an outlet."""
    for n, (earliest, latest) in enumerate(zip(reports.earliest.tolist(), reports.latest.tolist(), strict=True)):
        if (outlet := reports.label.at(n)) is not None:
            yield outlet, Interval(_day(earliest), _day(latest))


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
