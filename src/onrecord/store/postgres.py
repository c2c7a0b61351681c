"""A record in a schema of a PostgreSQL database: what PostgreSQL says in its own words.

Several may write at once. What a writer stages and plans stands in tables of its own connection; only analyses are
shared before a build is completed. Who completes one holds the schema's lock, and plans under it what is planned. A
killed writer's tables and locks end with its connection.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from itertools import count
from typing import TYPE_CHECKING, Any

import msgspec

from onrecord.location import Address
from onrecord.record import OnrecordError
from onrecord.store import postgres_tables
from onrecord.store.database import Row, explain_entry
from onrecord.store.placeholders import number_placeholders
from onrecord.store.postgres_search import WordVectors

if TYPE_CHECKING:
    import psycopg

# The locks of a schema: to make its tables, to complete a build, and, shared by all writers, to be at work.
_TABLES, _COMPLETE, _AT_WORK = 0, 1, 2
# Seconds until a host that does not answer is given up, and until a reader that holds a table is.
_CONNECT, _LETS_GO = 10, 10
# Rows that are fetched at a time of what is read from end to end.
_PORTION = 200

REASONS = {
    "25006": "cannot be written",
    "40P01": "another onrecord was in the way; run it again",
    "53100": "no space left on the disk of the database",
    "53300": "the database has no connection left",
    "55P03": "in use by another program",
    "57P01": "the database was stopped",
}


class Postgres:
    """An open schema, as `Database` has it."""

    staged_texts = "incoming_texts"
    take_in = postgres_tables.TAKE_IN

    def __init__(self, address: Address, connection: psycopg.Connection[Row], *, writes: bool) -> None:
        self._address, self._connection, self._writes = address, connection, writes
        self._numbers = count()
        self.search = WordVectors(self)

    def execute(self, query: str, values: Sequence[object] = (), /) -> psycopg.Cursor[Row]:
        """As `Database.execute`."""
        return self._cursor().execute(number_placeholders(query), values)

    def executemany(self, query: str, values: Iterable[Sequence[object]], /) -> None:
        """As `Database.executemany`; `values` may ask this database while they are made."""
        rows = list(values)
        if rows:
            self._cursor().executemany(number_placeholders(query), rows)

    def stream(self, query: str, values: Sequence[object] = ()) -> Iterable[Row]:
        """As `Database.stream`: a reader is in a transaction, and reads a portion at a time."""
        if self._writes:
            return self.execute(query, values)
        import psycopg

        cursor = psycopg.RawServerCursor(self._connection, f"portions_{next(self._numbers)}", scrollable=False)
        cursor.itersize = _PORTION
        return _each(cursor, number_placeholders(query), values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """As `Database.transaction`."""
        if not self._writes:
            raise OnrecordError(f"{self._address}: {REASONS['25006']}")
        self.execute("BEGIN")
        try:
            yield
        except BaseException:
            # Where the connection is gone, so is the transaction.
            with suppress(Exception):
                self.execute("ROLLBACK")
            raise
        self.execute("COMMIT")

    def steady(self) -> nullcontext[None]:
        """As `Database.steady`: a reader reads one and the same build from its opening on."""
        return nullcontext()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """As `Database.alone`; it waits until the other has come to its end, and may be taken within itself."""
        self.execute("SELECT pg_advisory_lock(?, ?)", self._lock(_COMPLETE))
        try:
            yield
        finally:
            # Where the connection is gone, so is the lock.
            with suppress(Exception):
                self.execute("SELECT pg_advisory_unlock(?, ?)", self._lock(_COMPLETE))

    def is_shared(self) -> bool:
        """As `Database.is_shared`; if it is not, then no other begins before this transaction ends."""
        row = self.execute("SELECT pg_try_advisory_xact_lock(?, ?)", self._lock(_AT_WORK)).fetchone()
        return not (row and row[0])

    def is_outdated(self) -> bool:
        """As `Database.is_outdated`."""
        return self.format() < len(postgres_tables.MIGRATIONS)

    def format(self) -> int:
        """As `Database.format`."""
        row = self.execute("SELECT format FROM onrecord").fetchone()
        return int(row[0]) if row else 0

    def damage(self) -> list[str]:
        """As `Database.damage`: pages are the server's to look after; what can be searched is ours."""
        row = self.execute(
            "SELECT count(*) FROM passages p FULL JOIN search s USING (id) WHERE p.id IS NULL OR s.id IS NULL"
        )
        (number,) = row.fetchone() or (0,)
        return [f"{number:,} passages and the words by which they are found do not go together"] if number else []

    def shrink(self) -> None:
        """As `Database.shrink`: tables are written anew, or, where a reader holds one, only cleared of what is dead."""
        import psycopg

        self.execute(f"SET lock_timeout = '{_LETS_GO}s'")
        try:
            self.execute(f"VACUUM (FULL) {postgres_tables.LARGE}")
        except psycopg.errors.LockNotAvailable:
            self.execute(f"VACUUM {postgres_tables.LARGE}")
        self.execute("SET lock_timeout = 0")

    def explain(self, error: BaseException) -> OnrecordError | None:
        """As `Database.explain`."""
        import psycopg

        if isinstance(error, msgspec.MsgspecError):
            return OnrecordError(explain_entry(self._address))
        return _explain(self._address, error) if isinstance(error, psycopg.Error) else None

    def close(self) -> None:
        """As `Database.close`."""
        self.search.close()
        self._connection.close()

    def begin(self) -> None:
        """Join those who write, in tables of its own, or read one and the same build until it is closed."""
        self.execute(f"SET search_path TO {_quote(self._address.schema)}")
        if not self._writes:
            self.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return
        self.execute("SELECT pg_advisory_lock_shared(?, ?)", self._lock(_AT_WORK))
        with self.transaction():
            self.execute("SELECT pg_advisory_xact_lock(?, ?)", self._lock(_TABLES))
            self._migrate()
            self._run(postgres_tables.PLANNED)

    def find_tables(self) -> set[str] | None:
        """The names of all tables in the schema; None if there is no schema.

        Raises:
            OnrecordError: they are of another program, or of a newer Onrecord.
        """
        schema = self.execute("SELECT oid FROM pg_namespace WHERE nspname = ?", (self._address.schema,)).fetchone()
        if not schema:
            return None
        named = "SELECT relname FROM pg_class WHERE relnamespace = ? AND relkind IN ('r', 'p', 'v', 'm', 'f')"
        tables = {name for (name,) in self.execute(named, schema)}
        if tables and "onrecord" not in tables:
            raise OnrecordError(f"{self._address}: no record (a schema of another program)")
        if tables and self.format() > (known := len(postgres_tables.MIGRATIONS)):
            newer = f"format {self.format()}; this one reads up to {known}"
            raise OnrecordError(f"{self._address}: made by a newer Onrecord ({newer})")
        return tables

    def _migrate(self) -> None:
        """Bring the schema to the latest version, in the transaction that it is in."""
        tables = self.find_tables()
        if tables is None:
            self.execute(f"CREATE SCHEMA {_quote(self._address.schema)}")
        if not tables and self.execute("SHOW server_encoding").fetchone() != ("UTF8",):
            how = "createdb --encoding=UTF8 --template=template0"
            raise OnrecordError(f"{self._address}: the database is not in UTF-8; make one that is: {how}")
        version = self.format() if tables else 0
        if version < len(postgres_tables.MIGRATIONS):
            for script in postgres_tables.MIGRATIONS[version:]:
                self._run(script)
            self.execute("UPDATE onrecord SET format = ?", (len(postgres_tables.MIGRATIONS),))

    def _run(self, script: str) -> None:
        self._connection.execute(postgres_tables.sort_by_code_points(script))

    def _cursor(self) -> psycopg.RawCursor[Row]:
        import psycopg

        return psycopg.RawCursor(self._connection)

    def _lock(self, which: int) -> tuple[int, int]:
        """The two numbers that stand for a lock of this schema."""
        return zlib.crc32(f"onrecord {self._address.schema}".encode()) - 2**31, which


def open_to_write(address: Address) -> Postgres:
    """As `database.open_to_write`: the schema, which others may write at the same time."""
    return _open(address, writes=True)


def open_to_read(address: Address) -> Postgres:
    """As `database.open_to_read`."""
    opened = _open(address, writes=False)
    with _refusing(opened, address):
        tables = opened.find_tables()
        if not tables:
            raise OnrecordError(f"{address}: no such record")
        if not opened.execute("SELECT 1 FROM completed").fetchone():
            raise OnrecordError(
                f"{address}: no record yet (its first build is still at work or was interrupted; run it again)"
            )
    return opened


def is_there(address: Address) -> bool:
    """As `database.is_there`: whether the schema holds a record."""
    opened = _open(address, writes=False)
    with _refusing(opened, address):
        tables = opened.find_tables()
    opened.close()
    return bool(tables)


def _open(address: Address, *, writes: bool) -> Postgres:
    try:
        import psycopg
    except ImportError:
        raise OnrecordError(f'{address}: psycopg isn\'t installed: pip install "onrecord[postgres]"') from None
    try:
        connection: psycopg.Connection[Any] = psycopg.connect(
            address.connection,
            autocommit=True,
            client_encoding="utf8",
            connect_timeout=_CONNECT,
            application_name="onrecord",
        )
    except (psycopg.Error, UnicodeError) as error:
        raise _explain(address, error) from None
    opened = Postgres(address, connection, writes=writes)
    with _refusing(opened, address):
        opened.begin()
    return opened


@contextmanager
def _refusing(opened: Postgres, address: Address) -> Iterator[None]:
    """Close what cannot be worked with, and say why in one line."""
    import psycopg

    try:
        yield
    except BaseException as error:
        opened.close()
        if isinstance(error, psycopg.Error):
            raise _explain(address, error) from error
        raise


def _explain(address: Address, error: Exception) -> OnrecordError:
    """One line: the reason alone, since PostgreSQL's own names the query and each host that it tried."""
    code, primary = getattr(error, "sqlstate", None), getattr(getattr(error, "diag", None), "message_primary", None)
    if code:
        return OnrecordError(f"{address}: {REASONS.get(code, primary or str(error))}")
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    reason = next((line for line in lines if "FATAL:" in line), lines[0] if lines else type(error).__name__)
    return OnrecordError(f"{address}: cannot be reached ({reason.rpartition('FATAL:')[2].strip()})")


def _each(cursor: psycopg.RawServerCursor[Row], query: str, values: Sequence[object]) -> Iterator[Row]:
    with cursor:
        yield from cursor.execute(query, values)


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
