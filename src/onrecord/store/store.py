"""A record file to reports, analyses and the record; and these to the file."""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from onrecord.record import Analysis, OnrecordError, Record, Report
from onrecord.store.file import close_written, is_outdated, open_for_reading, open_for_writing, refusing
from onrecord.store.lock import lock_writer
from onrecord.store.merge import hash_metadata, merge_givens
from onrecord.store.rows import encode_bare, entry_rows, passage_rows, read_rows

# What the record would be of: every report on it or given to the build, as merged from all that was given of it.
PLANNED = "CREATE TEMP TABLE planned (report TEXT PRIMARY KEY, meta TEXT, merged TEXT, keys TEXT) WITHOUT ROWID"


class Store:
    """An open record file. What SQLite fails with inside its `with` block leaves it as an OnrecordError.

    A build calls `stage`, `plan`, `keep` as analyses come, and `complete`. Until `complete` nothing of it can be read.
    """

    def __init__(self, path: Path, database: sqlite3.Connection, closing: ExitStack) -> None:
        self.path = path
        self._database = database
        self._closing = closing

    @classmethod
    def create_or_open(cls, path: str | Path) -> Self:
        """The record at `path` for writing, made if there is none.

        Raises:
            OnrecordError: another writer is at work, or what is at `path` is no record that this version can write.
        """
        path = Path(path)
        with ExitStack() as closing:
            closing.enter_context(lock_writer(path))
            database = open_for_writing(path)
            closing.callback(close_written, database)
            database.execute(PLANNED)
            return cls(path, database, closing.pop_all())

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The record at `path` for reading, as of its last completed build, also while another build is at work.

        Raises:
            OnrecordError: there is no record there, or a newer version's, or no build of it was ever completed.
        """
        path = Path(path)
        database = open_for_reading(path)
        if is_outdated(database):
            database.close()
            cls.create_or_open(path).close()
            database = open_for_reading(path)
        with ExitStack() as closing:
            closing.callback(database.close)
            return cls(path, database, closing.pop_all())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()
        if isinstance(error, sqlite3.Error | msgspec.MsgspecError):
            with refusing(self.path):
                raise error

    def close(self) -> None:
        """Close the file; a written one is left as one file."""
        self._closing.close()

    def stage(self, reports: Iterable[Report]) -> None:
        """Take in what a build is given, in place of what an interrupted one left."""
        with self._transaction() as database:
            database.execute("DELETE FROM incoming")
            database.execute("DELETE FROM texts WHERE report NOT IN (SELECT report FROM givens)")
            for report in reports:
                database.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (report.id, report.text))
                database.execute("INSERT OR IGNORE INTO incoming VALUES (?, ?)", (report.id, encode_bare(report)))

    def unstage(self, reports: Iterable[str]) -> None:
        """Take back the reports of these ids, as if the build had not been given them."""
        with self._transaction() as database:
            database.executemany("DELETE FROM incoming WHERE report = ?", [(report,) for report in reports])

    def plan(self, maker: str, *, without: Collection[str] = ()) -> list[str]:
        """Settle what the record will be of, but for the ids `without`; the sorted ids that lack an analysis."""
        with self._transaction() as database:
            database.execute("DELETE FROM planned")
            database.executemany("INSERT INTO planned VALUES (?, ?, ?, ?)", self._merged(set(without)))
        rows = self._database.execute(
            "SELECT report FROM planned WHERE NOT EXISTS (SELECT 1 FROM cache WHERE cache.report = planned.report"
            " AND cache.meta = planned.meta AND cache.maker = ?) ORDER BY report",
            (maker,),
        )
        return [report for (report,) in rows]

    def report(self, report: str) -> Report:
        """The planned report of this id, merged from all that was given of it."""
        merged, text = self._database.execute(
            "SELECT merged, text FROM planned JOIN texts USING (report) WHERE report = ?", (report,)
        ).fetchone()
        return msgspec.structs.replace(msgspec.json.decode(merged, type=Report), text=text)

    def keep(self, analyses: Iterable[Analysis], maker: str) -> None:
        """Commit these analyses of planned reports; they outlast an interrupted build."""
        with self._transaction() as database:
            database.executemany(
                "INSERT OR REPLACE INTO cache SELECT report, meta, ?, ? FROM planned WHERE report = ?",
                ((maker, encode_bare(analysis), analysis.id) for analysis in analyses),
            )

    def analyses(self, maker: str) -> list[Analysis]:
        """What `maker` found in each planned report, sorted by id, under the report's first key."""
        rows = self._database.execute(
            "SELECT analysis, text, keys FROM planned JOIN cache USING (report, meta) JOIN texts USING (report)"
            " WHERE maker = ? ORDER BY report",
            (maker,),
        )
        read = msgspec.json.Decoder(Analysis).decode
        return [
            msgspec.structs.replace(read(analysis), text=text, key=_decode_keys(keys)[0])
            for analysis, text, keys in rows
        ]

    def report_keys(self) -> dict[str, tuple[str, ...]]:
        """The keys under which each planned report was given, sorted, by report id."""
        return {
            report: _decode_keys(keys) for report, keys in self._database.execute("SELECT report, keys FROM planned")
        }

    def count_staged(self) -> tuple[int, int]:
        """Of the staged reports, how many are not on the record yet and how many are."""
        given, old = self._database.execute(
            "SELECT count(*), coalesce(sum(report IN (SELECT report FROM givens)), 0)"
            " FROM (SELECT DISTINCT report FROM incoming)"
        ).fetchone()
        return given - old, old

    def complete(self, record: Record, maker: str) -> None:
        """Put `record` in the place of the last one, and drop all that it does not rest on; in one transaction."""
        with self._transaction() as database:
            database.execute("INSERT OR IGNORE INTO givens SELECT report, given FROM incoming")
            database.execute("DELETE FROM incoming")
            database.execute("DELETE FROM givens WHERE report NOT IN (SELECT report FROM planned)")
            database.execute("DELETE FROM texts WHERE report NOT IN (SELECT report FROM planned)")
            database.execute(
                "DELETE FROM cache WHERE maker != ? OR NOT EXISTS (SELECT 1 FROM planned"
                " WHERE planned.report = cache.report AND planned.meta = cache.meta)",
                (maker,),
            )
            database.execute("DELETE FROM entries")
            database.executemany("INSERT INTO entries VALUES (?, ?, ?, ?)", entry_rows(record))
            database.execute("DELETE FROM passages")
            database.executemany(
                "INSERT INTO passages (report, attribution, start, end) VALUES (?, ?, ?, ?)", passage_rows(record)
            )
            # From nothing, and not by difference: an FTS5 index keeps the words of a deleted row for long.
            database.execute("INSERT INTO search (search) VALUES ('rebuild')")
            database.execute("DELETE FROM completed")
            database.execute("INSERT INTO completed VALUES (?)", (maker,))

    def shrink(self) -> None:
        """Write the file anew, so that no page of it holds anything of what was taken out."""
        self._database.execute("VACUUM")

    def maker(self) -> str | None:
        """The maker of the analyses behind the record; None before the first completed build."""
        row = self._database.execute("SELECT maker FROM completed").fetchone()
        return row[0] if row else None

    def record(self) -> Record:
        """The record as of the last completed build; an empty one before the first."""
        rows = self._database.execute(
            "SELECT kind, json, text FROM entries LEFT JOIN texts ON kind = 'analyses' AND report = id"
            " ORDER BY kind, position"
        )
        return read_rows(rows)

    def find_reports(self, names: Sequence[str]) -> list[str]:
        """The ids of the reports on the record that `names` call by id or by key, sorted.

        Raises:
            OnrecordError: a name calls no report, or its key several.
        """
        called: dict[str, set[str]] = {}
        for report, given in self._database.execute("SELECT report, given FROM givens"):
            called.setdefault(msgspec.json.decode(given, type=Report).key, set()).add(report)
        # A name that is an id means that report, whatever else has it as its key.
        called |= {report: {report} for ids in list(called.values()) for report in ids}
        wrong = [line for name in names if (line := _misnomer(name, called))]
        if wrong:
            raise OnrecordError(f"{self.path}: {'; '.join(wrong)}")
        return sorted({report for name in names for report in called[name]})

    def search_rows(self, query: str, limit: int) -> list[tuple[str, str | None, int, int, str]]:
        """Report, attribution, start, end and excerpt of the passages that match an FTS5 `query`, best first."""
        return self._database.execute(
            "SELECT report, attribution, start, end, snippet(search, 0, '', '', '…', 32) FROM search"
            " JOIN passages ON passages.id = search.rowid WHERE search MATCH ? ORDER BY rank, passages.id LIMIT ?",
            (query, limit),
        ).fetchall()

    def _merged(self, without: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
        rows = self._database.execute(
            "SELECT report, given FROM givens UNION SELECT report, given FROM incoming ORDER BY report"
        )
        for report, group in groupby(rows, itemgetter(0)):
            if report not in without:
                merged, keys = merge_givens([msgspec.json.decode(given, type=Report) for _, given in group])
                yield report, hash_metadata(merged), encode_bare(merged), msgspec.json.encode(keys).decode()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
        except BaseException:
            if self._database.in_transaction:  # SQLite itself takes back what a full disk cut short
                self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def read_record(path: str | Path) -> Record:
    """The record at `path`, as of its last completed build.

    Raises:
        OnrecordError: there is no record there that this version can read.
    """
    with Store.open(path) as store:
        return store.record()


def _misnomer(name: str, reports: Mapping[str, Collection[str]]) -> str | None:
    """What is wrong with calling a report `name`; None if it calls one."""
    called = reports.get(name, ())
    if len(called) > 1:
        return f'"{name}" is the key of {len(called)} reports, give an id: {", ".join(sorted(called))}'
    if called:
        return None
    close = " or ".join(f'"{other}"' for other in difflib.get_close_matches(name, reports))
    return f'no report "{name}"' + (f", did you mean {close}?" if close else "")


def _decode_keys(keys: str) -> tuple[str, ...]:
    return msgspec.json.decode(keys, type=tuple[str, ...])
