"""The affairs of a build to the record file, in the place of those that it touched."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

import msgspec

from onrecord.record import Analysis, Correction, Record
from onrecord.store.columns import pack_entries, pack_statements
from onrecord.store.corrections import add_corrections
from onrecord.store.database import Database
from onrecord.store.listing import Listing
from onrecord.store.packed import pack
from onrecord.store.rows import BUNDLED, bundle_rows, encode_bare, entry_rows, passage_rows

# What could not be analysed is on no record; the next build tries it again.
_LACKING = """
    SELECT report FROM planned WHERE NOT EXISTS (
        SELECT 1 FROM cache WHERE cache.report = planned.report AND cache.meta = planned.meta AND cache.maker = ?
    )
"""
_CHANGE = (
    "DELETE FROM passages WHERE report IN (SELECT report FROM changed)",
    "DELETE FROM marks WHERE report IN (SELECT report FROM changed)",
    "DELETE FROM mark_keys WHERE report IN (SELECT report FROM changed)",
    "DELETE FROM reports WHERE report IN (SELECT report FROM changed)",
    "DELETE FROM givens WHERE report IN (SELECT report FROM dropped)",
    "DELETE FROM texts WHERE report IN (SELECT report FROM dropped)",
    "DELETE FROM cache WHERE report IN (SELECT report FROM dropped)",
    "DELETE FROM arrivals WHERE report IN (SELECT report FROM dropped)",
    "INSERT INTO reports SELECT report, meta, merged, keys, '', NULL FROM planned",
)


_CLEAR = (
    "DELETE FROM entries WHERE affair = ?",
    "DELETE FROM bundles WHERE affair = ?",
    "DELETE FROM lists WHERE affair = ?",
    "DELETE FROM statements WHERE affair = ?",
    "DELETE FROM spoken_of WHERE affair = ?",
    "DELETE FROM entity_names WHERE affair = ?",
)


class Completion:
    """The end of a build, within one transaction: `put` for each affair, and `home` for the entities."""

    def __init__(self, database: Database, maker: str) -> None:
        self._database, self._maker = database, maker
        self._planned: set[str] = set()
        self._passages = 0

    def begin(self, affairs: Collection[str]) -> None:
        """Take in what was given, and take out `affairs` and what was dropped."""
        database = self._database
        for affair in affairs:
            database.execute(
                "DELETE FROM entity_homes WHERE id IN (SELECT id FROM entity_keys WHERE affair = ?)", (affair,)
            )
            database.execute("DELETE FROM entity_keys WHERE affair = ?", (affair,))
            for statement in _CLEAR:
                database.execute(statement, (affair,))
        for report in database.execute(_LACKING, (self._maker,)).fetchall():
            database.execute("DELETE FROM planned WHERE report = ?", report)
            database.execute("INSERT INTO unread VALUES (?)", report)
        for statement in database.take_in:
            database.execute(statement)
        # Before their rows go: the words that are to be forgotten are read through these.
        database.search.forget()
        for statement in _CHANGE:
            database.execute(statement)
        self._planned = {report for (report,) in database.execute("SELECT report FROM planned")}
        (self._passages,) = database.execute("SELECT coalesce(max(id), 0) FROM passages").fetchone()

    def say(self, corrections: Iterable[Correction]) -> None:
        """Put `corrections` at the end of the log."""
        add_corrections(self._database, corrections)

    def mark(
        self,
        report: str,
        outlet: str | None,
        given: bool,
        days: tuple[date | None, date | None],
        keys: Iterable[int],
        mark: bytes,
    ) -> None:
        """Put the mark of a planned report."""
        earliest, latest = (day.toordinal() if day else None for day in days)
        self._database.execute(
            "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?)", (report, outlet, int(given), earliest, latest, mark)
        )
        self._database.executemany("INSERT INTO mark_keys VALUES (?, ?)", [(key, report) for key in keys])

    def put(self, part: Record, found: Mapping[str, Analysis], entity_keys: Mapping[str, Iterable[str]]) -> None:
        """Put one affair: its record, its analyses as they were found, and the keys of its entities by their ids."""
        affair = min(found)
        database = self._database
        for analysis in part.analyses:
            told = encode_bare(analysis)
            database.execute(
                "UPDATE reports SET affair = ?, told = ? WHERE report = ?",
                (affair, None if told == encode_bare(found[analysis.id]) else pack(told), analysis.id),
            )
            if analysis.id in self._planned:
                self._put_passages(analysis)
        self._put_listed(part, affair)
        database.executemany(
            "INSERT INTO entity_keys VALUES (?, ?, ?)",
            ((key, id, affair) for id, keys in entity_keys.items() for key in keys),
        )

    def _put_listed(self, part: Record, affair: str) -> None:
        database = self._database
        passages = {
            (report, attribution): id
            for a in part.analyses
            for report, attribution, id in database.execute(
                "SELECT report, attribution, id FROM passages WHERE report = ? AND attribution IS NOT NULL", (a.id,)
            )
        }
        listing = Listing(part, passages)
        listed = [(*row, *listing.entry(row[0], entry)) for row, entry in entry_rows(part) if row[0] not in BUNDLED]
        database.executemany(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((affair, *row) for row in listed),
        )
        database.executemany(
            "INSERT INTO bundles VALUES (?, ?, ?, ?)",
            ((affair, kind, number, packed) for kind, number, packed in bundle_rows(part)),
        )
        said = [(id, *row) for id, row in listing.statements()]
        database.executemany(
            "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((id, affair, *row) for id, *row in said),
        )
        blocks = {kind: pack_entries([(row[2], row[3], *row[5:]) for row in rows]) for kind, rows in _by_kind(listed)}
        if said:
            blocks["statements"] = pack_statements(said)
        database.executemany(
            "INSERT INTO lists VALUES (?, ?, ?)", ((affair, kind, block) for kind, block in blocks.items())
        )
        database.executemany(
            "INSERT INTO spoken_of VALUES (?, ?, ?)", ((entity, id, affair) for entity, id in listing.spoken())
        )
        database.executemany("INSERT INTO entity_names VALUES (?, ?, ?)", ((*row, affair) for row in listing.names()))

    def _put_passages(self, analysis: Analysis) -> None:
        rows = list(enumerate(passage_rows(analysis), self._passages + 1))
        self._passages += len(rows)
        self._database.executemany(
            'INSERT INTO passages (id, report, attribution, start, "end") VALUES (?, ?, ?, ?, ?)',
            ((id, *row) for id, row in rows),
        )
        self._database.search.add((id, analysis.text[start:end]) for id, (_, _, start, end) in rows)

    def put_entity_block(self, key: str, block: bytes | None) -> None:
        """Put what is known of the entities of a key, None where there are none any more."""
        self._database.execute("DELETE FROM entity_blocks WHERE key = ?", (key,))
        if block is not None:
            self._database.execute("INSERT INTO entity_blocks VALUES (?, ?)", (key, pack(block)))

    def home(self, clusters: Iterable[Sequence[str]]) -> None:
        """Put which entities of several affairs are one; one that stands alone needs no row."""
        database = self._database
        for cluster in clusters:
            home = min(cluster) if len(cluster) > 1 else None
            listed = msgspec.json.encode(list(cluster)).decode()
            held = dict(
                database.execute(
                    "SELECT id, home FROM entity_homes WHERE id IN (SELECT value FROM json_each(?))", (listed,)
                ).fetchall()
            )
            # Of a large cluster few have come or gone.
            moved = [id for id in cluster if held.get(id) != home]
            database.executemany("DELETE FROM entity_homes WHERE id = ?", [(id,) for id in moved if id in held])
            if home:
                database.executemany("INSERT INTO entity_homes VALUES (?, ?)", [(id, home) for id in moved])

    def end(self, linker: str) -> None:
        """Drop what the record does not rest on, and say who made it."""
        database = self._database
        database.search.end(database.execute("SELECT 1 FROM dropped").fetchone() is not None)
        if not database.is_shared():
            self._drop()
        database.execute(
            "INSERT INTO arrivals SELECT report, ? FROM planned WHERE true ON CONFLICT DO NOTHING", (int(time.time()),)
        )
        (number,) = database.execute("SELECT coalesce(max(number), 0) FROM completed").fetchone()
        database.execute("DELETE FROM completed")
        database.execute("INSERT INTO completed VALUES (?, ?, ?)", (self._maker, linker, number + 1))

    def _drop(self) -> None:
        """Take out the texts and analyses that are on no record, if there are more of them than reports."""
        database = self._database
        drop_texts(database, "texts")
        if count(database, "cache") != count(database, "reports"):
            database.execute(
                "DELETE FROM cache WHERE maker != ? OR NOT EXISTS (SELECT 1 FROM reports"
                " WHERE reports.report = cache.report AND reports.meta = cache.meta)",
                (self._maker,),
            )


def drop_texts(database: Database, table: str) -> None:
    """Take out of a table of texts those of no report that was given, if there are any."""
    if count(database, table) != count_given(database):
        database.execute(f"DELETE FROM {table} WHERE report NOT IN (SELECT report FROM givens)")  # noqa: S608 - a table


def count_given(database: Database) -> int:
    """How many reports were given, those that could not be read among them."""
    return count(database, "(SELECT DISTINCT report FROM givens) AS given")


def count(database: Database, rows: str) -> int:
    """How many rows a table has."""
    (number,) = database.execute(f"SELECT count(*) FROM {rows}").fetchone()  # noqa: S608 - a table
    return int(number)


def _by_kind(rows: Iterable[Sequence[Any]]) -> Iterator[tuple[str, list[Sequence[Any]]]]:
    """The rows of each kind, which stand together."""
    return ((kind, list(own)) for kind, own in groupby(rows, key=lambda row: str(row[0])))
