"""A record in its database to reports, analyses and the record; and these to the database."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import NamedTuple, Self

import msgspec

from onrecord.location import Location, locate
from onrecord.record import Analysis, Correction, OnrecordError, Record, Report
from onrecord.store.affairs import Affairs
from onrecord.store.catalogue import Catalogue
from onrecord.store.completion import Completion, count, count_given, drop_texts
from onrecord.store.corrections import read_corrections, read_found
from onrecord.store.database import Database, open_to_read, open_to_write, place_to_migrate
from onrecord.store.merge import hash_metadata, merge_givens
from onrecord.store.packed import pack, unpack
from onrecord.store.rows import decode_analysis, encode_bare, encode_vectors, read_record_rows
from onrecord.store.whole import Whole


class Changes(NamedTuple):
    """What a build does to the record: the ids that are new or changed, and those that are taken out, both sorted."""

    present: tuple[str, ...]
    gone: tuple[str, ...]


class Store:
    """An open record. What its database fails with inside its `with` block leaves it as an OnrecordError.

    A build calls `stage`, `plan`, `keep` as analyses come, and `completing`. Until that ends nothing of it can be read.
    """

    def __init__(self, path: Location, database: Database, place: Location | None = None) -> None:
        self.path = path
        # An older record that may not be written is read in a copy.
        self.place = place or path
        self._database = database
        self._planned_on: int | None = None

    @classmethod
    def create_or_open(cls, path: str | Location) -> Self:
        """The record at `path` for writing, made if there is none.

        Raises:
            OnrecordError: another writer is at work, or what is at `path` is no record that this version can write.
        """
        path = locate(path)
        return cls(path, open_to_write(path))

    @classmethod
    def open(cls, path: str | Location) -> Self:
        """The record at `path` for reading, as of its last completed build, also while another build is at work.

        Raises:
            OnrecordError: there is no record there, or a newer version's, or no build of it was ever completed.
        """
        path = locate(path)
        database = open_to_read(path)
        place = path
        if database.is_outdated():
            database.close()
            place = place_to_migrate(path)
            cls.create_or_open(place).close()
            database = open_to_read(place)
        return cls(path, database, place)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self.close()
        if error is not None and (line := self._database.explain(error)):
            raise line from error

    def close(self) -> None:
        """Let go of the record; a file that was written is left as one file."""
        self._database.close()

    def stage(self, reports: Iterable[Report]) -> None:
        """Take in what a build is given, in place of what an interrupted one left."""
        database = self._database
        keep_text = f"INSERT INTO {database.staged_texts} VALUES (?, ?) ON CONFLICT DO NOTHING"  # noqa: S608 - a table
        with database.transaction():
            database.execute("DELETE FROM incoming")
            drop_texts(database, database.staged_texts)
            for report in reports:
                database.execute(keep_text, (report.id, report.text))
                database.execute(
                    "INSERT INTO incoming VALUES (?, ?) ON CONFLICT DO NOTHING", (report.id, encode_bare(report))
                )

    def unstage(self, reports: Iterable[str]) -> None:
        """Take back the reports of these ids, as if the build had not been given them."""
        with self._database.transaction():
            self._database.executemany("DELETE FROM incoming WHERE report = ?", [(report,) for report in reports])

    def plan(self, maker: str, linker: str, *, without: Collection[str] = (), anew: Collection[str] = ()) -> list[str]:
        """Settle what changes, sorted ids of which lack an analysis by `maker`.

        That is what was staged and says something new, all if another maker or linker made the record, and those of
        the reports `anew` that are on the record; those of `without` are taken out.
        """
        database = self._database
        with database.transaction():
            self._planned_on = self.catalogue().number()
            database.execute("DELETE FROM planned")
            database.execute("DELETE FROM dropped")
            database.executemany("INSERT INTO dropped VALUES (?)", [(report,) for report in without])
            made = database.execute("SELECT maker, linker FROM completed").fetchone()
            database.executemany(
                "INSERT INTO planned VALUES (?, ?, ?, ?)", self._merged(made != (maker, linker), set(anew))
            )
        rows = self._database.execute(
            "SELECT report FROM planned WHERE NOT EXISTS (SELECT 1 FROM cache WHERE cache.report = planned.report"
            " AND cache.meta = planned.meta AND cache.maker = ?) ORDER BY report",
            (maker,),
        )
        return [report for (report,) in rows]

    def changes(self) -> Changes:
        """What was planned."""
        present = self._database.execute("SELECT report FROM planned ORDER BY report")
        gone = self._database.execute("SELECT report FROM dropped ORDER BY report")
        return Changes(tuple(r for (r,) in present), tuple(r for (r,) in gone))

    def report(self, report: str) -> Report:
        """The planned report of this id, merged from all that was given of it."""
        merged, text = self._database.execute(
            "SELECT merged, text FROM planned JOIN known_texts USING (report) WHERE report = ?", (report,)
        ).fetchone()
        return msgspec.structs.replace(msgspec.json.decode(merged, type=Report), text=text)

    def keep(self, analyses: Iterable[Analysis], maker: str) -> None:
        """Commit these analyses of planned reports; they outlast an interrupted build."""
        with self._database.transaction():
            self._database.executemany(
                "INSERT INTO cache (report, meta, maker, analysis, vectors)"
                " SELECT report, meta, ?, ?, ? FROM planned WHERE report = ?"
                " ON CONFLICT (report, meta, maker) DO UPDATE SET analysis = excluded.analysis,"
                " vectors = excluded.vectors",
                # In one order, or two writers might each wait for the other.
                [(maker, pack(encode_bare(a)), encode_vectors(a), a.id) for a in sorted(analyses, key=lambda a: a.id)],
            )

    def analyses(self, reports: Sequence[str], maker: str) -> Iterator[Analysis]:
        """What `maker` found in each of `reports` that will be on the record, in their order, under its first key."""
        for report in reports:
            rows = self._database.execute(
                "SELECT analysis, vectors, text, keys FROM standing JOIN cache USING (report, meta)"
                " JOIN known_texts USING (report) WHERE report = ? AND maker = ?",
                (report, maker),
            )
            for analysis, vectors, text, keys in rows:
                yield decode_analysis(unpack(analysis), vectors, text, _decode_keys(keys)[0])

    def report_keys(self, reports: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The keys, sorted, under which each of `reports` was given that will stand on the record, by id."""
        rows = (
            self._database.execute("SELECT report, keys FROM standing WHERE report = ?", (report,)).fetchone()
            for report in reports
        )
        return {row[0]: _decode_keys(row[1]) for row in rows if row}

    def affairs(self) -> Affairs:
        """The affairs of the record as they were last built."""
        return Affairs(self._database)

    def catalogue(self) -> Catalogue:
        """What can be listed of the record as of the last completed build."""
        return Catalogue(self._database)

    def whole(self) -> Whole:
        """All of the record, a piece at a time."""
        return Whole(self._database)

    def corrections(self) -> list[Correction]:
        """What people said of the record, in the order in which they said it."""
        return read_corrections(self._database)

    def found(self, reports: Iterable[str]) -> list[Analysis]:
        """What was found in each of `reports` that is on the record, before anybody corrected it."""
        return list(read_found(self._database, reports))

    def count_staged(self) -> tuple[int, int]:
        """Of the staged reports, how many are not on the record yet and how many are."""
        given, old = self._database.execute(
            "SELECT count(*), coalesce(sum(CASE WHEN report IN (SELECT report FROM givens) THEN 1 ELSE 0 END), 0)"
            " FROM (SELECT DISTINCT report FROM incoming) AS given"
        ).fetchone()
        return given - old, old

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Nobody else completes a build in the block; whether somebody did since the plan, which then is to be redone.

        In a file, of which there is one writer at a time, nobody ever does.
        """
        with self._database.alone():
            yield self._planned_on is not None and self._planned_on != self.catalogue().number()

    @contextmanager
    def completing(self, maker: str, linker: str, affairs: Collection[str]) -> Iterator[Completion]:
        """Put the plan into effect, in one transaction: what is put takes the place of `affairs`.

        All that the record does not rest on is dropped.

        Raises:
            OnrecordError: the plan was made on a record that is not there any more; nothing was changed.
        """
        with self.alone() as overtaken, self._database.transaction():
            if overtaken:
                raise OnrecordError(f"{self.path}: another onrecord has completed a build meanwhile; run it again")
            completion = Completion(self._database, maker)
            completion.begin(affairs)
            yield completion
            completion.end(linker)
        self._planned_on = None

    def shrink(self) -> None:
        """Leave nothing in the database of what was taken out."""
        self._database.shrink()

    def count(self) -> dict[str, int]:
        """How many entries of each kind are on the record, but for those that several affairs share."""
        counts = dict(
            self._database.execute(
                "SELECT kind, count(*) FROM entries GROUP BY kind"
                " UNION ALL SELECT kind, sum(number) FROM bundles GROUP BY kind"
            ).fetchall()
        )
        return {str(kind): int(number) for kind, number in counts.items()}

    def count_attributions(self) -> int:
        """How many attributions the reports on the record hold."""
        (number,) = self._database.execute("SELECT count(*) FROM passages WHERE attribution IS NOT NULL").fetchone()
        return int(number)

    def maker(self) -> str | None:
        """The maker of the analyses behind the record; None before the first completed build."""
        row = self._database.execute("SELECT maker FROM completed").fetchone()
        return row[0] if row else None

    def record(self) -> Record:
        """The record as of the last completed build; an empty one before the first."""
        return read_record_rows(self._database)

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

    def _merged(self, all_: bool, anew: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
        """The rows of `planned`."""
        named = "SELECT report FROM incoming"
        if all_:
            named += " UNION SELECT report FROM givens"
        elif count_given(self._database) != count(self._database, "reports"):
            # What could not be read before is tried again.
            named += " UNION SELECT report FROM givens WHERE report NOT IN (SELECT report FROM reports)"
        reports = {report for (report,) in self._database.execute(named)} | set(anew)
        dropped = {report for (report,) in self._database.execute("SELECT report FROM dropped")}
        for report in sorted(reports - dropped):
            rows = self._database.execute(
                "SELECT given FROM givens WHERE report = ?1 UNION SELECT given FROM incoming WHERE report = ?1",
                (report,),
            )
            givens = [msgspec.json.decode(given, type=Report) for (given,) in rows]
            if not givens:
                continue
            merged, keys = merge_givens(givens)
            row = report, hash_metadata(merged), encode_bare(merged), msgspec.json.encode(keys).decode()
            known = self._database.execute("SELECT * FROM reports WHERE report = ?", (report,)).fetchone()
            if all_ or report in anew or known is None or row != known[:4]:
                yield row


def read_record(path: str | Location) -> Record:
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
