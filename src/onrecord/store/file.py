"""A path to an open record file, or to the reason why it is none.

While a record is written, it is in SQLite's WAL mode: many read the last completed build, one writes the next. When
the writer closes, it is one file again. A killed writer leaves a `-wal` file, which SQLite's next reader sees past and
its next writer takes in; or, killed within the moments in which the mode changes, a rollback journal, which only a
connection that may write can undo: so `open_for_reading` lets one such do that first, and then reads.
"""

from __future__ import annotations

import atexit
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from onrecord.record import OnrecordError
from onrecord.store import schema
from onrecord.store.database import explain_entry

MAGIC = b"SQLite format 3\0"
HEADER = 100
LOGS = ("-wal", "-journal")
# How long a reader or a change of mode waits for another connection to let go.
PATIENCE = 5.0

REASONS = {
    "SQLITE_NOTADB": "no record (not an SQLite file)",
    "SQLITE_CORRUPT": "damaged or cut off",
    "SQLITE_BUSY": "in use by another program",
    "SQLITE_FULL": "no space left on the disk",
    # The index of a log that a killed or cramped writer left, which a reader has to make anew.
    "SQLITE_IOERR_SHM": "no space left on the disk, or it cannot be written",
    "SQLITE_READONLY": "cannot be written",
    "SQLITE_CANTOPEN": "cannot be opened",
}


def describe_sqlite() -> tuple[str, bool]:
    """The version of SQLite, and whether it has full-text search, without which no record is written."""
    with closing(sqlite3.connect(":memory:")) as database:
        options = {row[0] for row in database.execute("PRAGMA compile_options")}
    return sqlite3.sqlite_version, "ENABLE_FTS5" in options


# What reading a damaged file fails with: its names need be no UTF-8, its entries no JSON.
UNREADABLE = (sqlite3.Error, msgspec.MsgspecError, UnicodeDecodeError)


@contextmanager
def refusing(path: Path) -> Iterator[None]:
    """Turn what SQLite or the decoding of an entry fails with into one line about `path`."""
    try:
        yield
    except UNREADABLE as error:
        raise explain(path, error) from error


def explain(path: Path, error: BaseException) -> OnrecordError:
    """What reading the file or an entry failed with (one of UNREADABLE) as one line about `path`."""
    if isinstance(error, UnicodeDecodeError):
        return OnrecordError(f"{path}: {REASONS['SQLITE_CORRUPT']}")
    if isinstance(error, msgspec.MsgspecError):
        return OnrecordError(explain_entry(path))
    name = getattr(error, "sqlite_errorname", "")
    return OnrecordError(f"{path}: {next((w for code, w in REASONS.items() if name.startswith(code)), str(error))}")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """The record at `path`, made if there is none, in WAL mode. The caller holds `lock_writer`.

    A file of no bytes, or of an SQLite database without tables, is what a build leaves that was killed as it began.

    Raises:
        OnrecordError: what is at `path` is no record, or a newer version's.
    """
    _check_kind(path)
    with refusing(path):
        database = _connect(path, "rwc")
        try:
            if not _is_empty(database):
                _check_record(path, database)
            schema.migrate(database)
            database.execute("PRAGMA secure_delete = ON")
            _change_mode(database, "wal")
            database.execute("PRAGMA synchronous = FULL")
        except BaseException:
            database.close()
            raise
    return database


def close_written(database: sqlite3.Connection) -> None:
    """Close `database` and leave one file. Readers that hold on for longer leave the WAL to the next writer."""
    try:
        _change_mode(database, "delete")
    except sqlite3.Error:
        pass  # What is committed is safe in the WAL.
    finally:
        database.close()


def open_for_reading(path: Path) -> sqlite3.Connection:
    """The record at `path`, as of its last completed build.

    Raises:
        OnrecordError: there is none, or a newer version's, or no build of it was ever completed.
    """
    if not path.exists():
        raise OnrecordError(f"{path}: no such record")
    _check_kind(path)
    with refusing(path):
        _undo_interrupted(path)
        database = _connect(path, "ro")
        try:
            lack = _find_lack(path, database)
        except BaseException:
            database.close()
            raise
    if lack:
        database.close()
        raise OnrecordError(f"{path}: {lack}")
    return database


def _find_lack(path: Path, database: sqlite3.Connection) -> str | None:
    """Why there is nothing to read yet; None if there is."""
    if not _is_empty(database):
        _check_record(path, database)
        if database.execute("SELECT 1 FROM completed").fetchone():
            return None
        # A migration keeps what was given and drops what is made of it.
        if database.execute("SELECT 1 FROM givens").fetchone():
            return "made by an older Onrecord; run `onrecord build` on it again, with any of its reports"
    return "no record yet (its first build is still at work or was interrupted; run it again)"


def is_outdated(database: sqlite3.Connection) -> bool:
    """Whether the file is of an older version, and has to be migrated before it is read."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return bool(version < len(schema.MIGRATIONS))


def place_to_migrate(path: Path) -> Path:
    """`path`, or where nothing may be written there, that of a copy which this process has until it ends."""
    real = path.resolve()
    if os.access(real, os.W_OK) and os.access(real.parent, os.W_OK):
        return path
    return _copy(path, path.stat().st_mtime_ns)


@cache
def _copy(path: Path, changed: int) -> Path:
    folder = TemporaryDirectory(prefix="onrecord-")
    atexit.register(folder.cleanup)
    copied = Path(folder.name) / path.name
    with closing(_connect(path, "ro")) as held, closing(_connect(copied, "rwc")) as copy:
        held.backup(copy)
    return copied


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    # As an address, since SQLite would otherwise make a new file where there is none to read.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=PATIENCE)


def _check_kind(path: Path) -> None:
    if path.is_dir():
        raise OnrecordError(f"{path}: no record (a folder)")
    if not path.exists():
        return
    if not path.is_file():
        raise OnrecordError(f"{path}: no record (not a file)")
    # Asked first: a writer that closes meanwhile brings the file up to its header, and then drops the log.
    logged = any(path.with_name(path.name + log).exists() for log in LOGS)
    try:
        with path.open("rb") as file:
            start = file.read(HEADER)
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise OnrecordError(f"{path}: cannot be opened ({error.strerror})") from error
    # SQLite takes a file of one byte for an empty database, and would write over it.
    if start and not start.startswith(MAGIC):
        raise OnrecordError(f"{path}: {REASONS['SQLITE_NOTADB']}")
    # SQLite reads a last page that was cut off as if it ended in zeros. Beside a log, a page may yet come from there.
    if size < _stated_size(start) and not logged:
        raise OnrecordError(f"{path}: {REASONS['SQLITE_CORRUPT']}")


def _stated_size(header: bytes) -> int:
    """The bytes of a database by its own header, which has the size of a page at 16 and their number at 28."""
    page = int.from_bytes(header[16:18], "big")
    # 1 stands for 65536, which two bytes cannot hold.
    return (2**16 if page == 1 else page) * int.from_bytes(header[28:32], "big")


def _is_empty(database: sqlite3.Connection) -> bool:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    (tables,) = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return not (application or version or tables)


def _check_record(path: Path, database: sqlite3.Connection) -> None:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    if application != schema.APPLICATION_ID:
        raise OnrecordError(f"{path}: no record (an SQLite file of another program)")
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > len(schema.MIGRATIONS):
        known = len(schema.MIGRATIONS)
        raise OnrecordError(f"{path}: made by a newer Onrecord (format {version}; this one reads up to {known})")


def _undo_interrupted(path: Path) -> None:
    with closing(_connect(path, "ro")) as database:
        try:
            database.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_READONLY_ROLLBACK":
                raise
    with closing(_connect(path, "rw")) as database:
        database.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _change_mode(database: sqlite3.Connection, mode: str) -> None:
    """Set the journal mode, for which no other connection may be in the middle of reading."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            # SQLite's own timeout does not hold for this.
            database.execute(f"PRAGMA journal_mode = {mode}").fetchone()
            return
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > deadline:
                raise
        time.sleep(0.02)
