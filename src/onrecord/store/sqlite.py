"""A record in an SQLite file: what SQLite says in its own words. The file itself is `file`'s, its tables `schema`'s."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

from onrecord.record import OnrecordError, Span
from onrecord.store import file
from onrecord.store.lock import lock_writer
from onrecord.store.marks import CLOSE, OPEN, find_marks

# What a build adds or changes, merged from all that was given of it, what it takes out, and what it could not analyse;
# `standing` is what the record will be of.
PLANNED = """
CREATE TEMP TABLE planned (report TEXT PRIMARY KEY, meta TEXT, merged TEXT, keys TEXT) WITHOUT ROWID;
CREATE TEMP TABLE dropped (report TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE unread (report TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP VIEW changed AS
    SELECT report FROM planned UNION ALL SELECT report FROM dropped UNION ALL SELECT report FROM unread;
CREATE TEMP VIEW standing AS
    SELECT report, meta, merged, keys FROM planned
    UNION ALL SELECT report, meta, merged, keys FROM main.reports
    WHERE report NOT IN (SELECT report FROM planned) AND report NOT IN (SELECT report FROM dropped);
CREATE TEMP VIEW known_texts AS SELECT report, text FROM main.texts;
"""


class SQLite:
    """An open file, as `Database` has it."""

    staged_texts = "texts"
    take_in = (
        "INSERT OR IGNORE INTO givens SELECT report, given FROM incoming",
        "DELETE FROM incoming",
    )

    def __init__(self, path: Path, connection: sqlite3.Connection, closing: ExitStack) -> None:
        self._path, self._connection, self._closing = path, connection, closing
        self.execute = connection.execute
        self.executemany = connection.executemany
        self.stream = connection.execute
        self.search = Fts5(connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As `Database.transaction`."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # SQLite itself takes back what a full disk cut short
                self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    @contextmanager
    def steady(self) -> Iterator[None]:
        """As `Database.steady`."""
        self.execute("BEGIN")
        try:
            yield
        finally:
            self.execute("ROLLBACK")

    def alone(self) -> nullcontext[None]:
        """As `Database.alone`: a file has one writer from its opening on."""
        return nullcontext()

    def is_shared(self) -> bool:
        """As `Database.is_shared`."""
        return False

    def is_outdated(self) -> bool:
        """As `Database.is_outdated`."""
        return file.is_outdated(self._connection)

    def format(self) -> int:
        """As `Database.format`."""
        return int(self.execute("PRAGMA user_version").fetchone()[0])

    def damage(self) -> list[str]:
        """As `Database.damage`."""
        rows = self.execute("PRAGMA integrity_check").fetchall()
        return [str(row[0]) for row in rows if row[0] != "ok"] + list(self._mistyped())

    def _mistyped(self) -> Iterator[str]:
        """Columns with values of another kind than they are declared: SQLite itself takes any."""
        columns = self.execute(
            "SELECT t.name, c.name, c.type FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
            " WHERE t.type = 'table' AND t.sql NOT LIKE '%VIRTUAL%' AND c.type IN ('TEXT', 'INTEGER', 'REAL', 'BLOB')"
        ).fetchall()
        for table, column, declared in columns:
            wrong = f"SELECT count(*) FROM {table} WHERE typeof({column}) NOT IN ('null', lower(?))"  # noqa: S608
            ((number,),) = self.execute(wrong, (declared,))
            if number:
                yield f"{number} of the values of {table}.{column} are no {declared.lower()}"

    def shrink(self) -> None:
        """As `Database.shrink`: the file is written anew, so that no page of it holds what was taken out."""
        self.execute("VACUUM")

    def explain(self, error: BaseException) -> OnrecordError | None:
        """As `Database.explain`."""
        return file.explain(self._path, error) if isinstance(error, file.UNREADABLE) else None

    def close(self) -> None:
        """As `Database.close`; a written file is left as one file."""
        self._closing.close()


class Fts5:
    """The words of the passages in an FTS5 table, whose rows are called by the ids of the passages."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute, self._executemany = connection.execute, connection.executemany

    def add(self, passages: Iterable[tuple[int, str]]) -> None:
        """As `Search.add`."""
        self._executemany("INSERT INTO search (rowid, words) VALUES (?, ?)", passages)

    def forget(self) -> None:
        """As `Search.forget`: FTS5 is told the words that it is to forget while they can be read."""
        self._execute(
            "INSERT INTO search (search, rowid, words) SELECT 'delete', id, words FROM passage_words"
            " WHERE id IN (SELECT id FROM passages WHERE report IN changed)"
        )

    def end(self, removed: bool) -> None:
        """As `Search.end`."""
        if removed:
            # From nothing, and not by difference: an FTS5 index keeps the words of a deleted row for long.
            self._execute("INSERT INTO search (search) VALUES ('rebuild')")

    def statements(self, query: str) -> list[int]:
        """As `Search.statements`."""
        rows = self._execute(
            "SELECT s.id FROM search JOIN statements s ON s.id = search.rowid WHERE search MATCH ? ORDER BY s.id",
            (query,),
        )
        return [id for (id,) in rows]

    def reports(self, query: str) -> list[str]:
        """As `Search.reports`."""
        rows = self._execute(
            "SELECT report FROM search JOIN passages p ON p.id = search.rowid"
            " WHERE search MATCH ? AND p.attribution IS NULL ORDER BY report",
            (query,),
        )
        return [report for (report,) in rows]

    def highlight(self, query: str, statements: Sequence[int]) -> dict[int, list[Span]]:
        """As `Search.highlight`."""
        told = "SELECT highlight(search, 0, ?, ?) FROM search WHERE search MATCH ? AND rowid = ?"
        rows = ((id, self._execute(told, (OPEN, CLOSE, query, id)).fetchone()) for id in statements)
        return {id: find_marks(row[0]) for id, row in rows if row}

    def matches(self, query: str, report: str) -> list[Span]:
        """As `Search.matches`."""
        rows = self._execute(
            "SELECT highlight(search, 0, ?, ?) FROM search JOIN passages p ON p.id = search.rowid"
            " WHERE search MATCH ? AND p.report = ? AND p.attribution IS NULL",
            (OPEN, CLOSE, query, report),
        )
        return [span for (text,) in rows for span in find_marks(text)]

    def best(self, query: str, limit: int) -> list[tuple[str, str | None, str]]:
        """As `Search.best`."""
        return self._execute(
            "SELECT p.report, p.attribution, snippet(search, 0, '[', ']', '…', 24) FROM search"
            " JOIN passages p ON p.id = search.rowid LEFT JOIN statements s ON s.id = p.id"
            " WHERE search MATCH ? AND (p.attribution IS NULL OR s.id IS NOT NULL) ORDER BY rank, p.id LIMIT ?",
            (query, limit),
        ).fetchall()


def open_to_write(path: Path) -> SQLite:
    """As `database.open_to_write`: the file at `path`, which nobody else writes until it is closed."""
    with ExitStack() as closing:
        closing.enter_context(lock_writer(path))
        connection = file.open_for_writing(path)
        closing.callback(file.close_written, connection)
        connection.executescript(PLANNED)
        return SQLite(path, connection, closing.pop_all())


def open_to_read(path: Path) -> SQLite:
    """As `database.open_to_read`."""
    connection = file.open_for_reading(path)
    with ExitStack() as closing:
        closing.callback(connection.close)
        return SQLite(path, connection, closing.pop_all())
