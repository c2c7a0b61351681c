"""A path to the right to write there, which one process has at a time."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from onrecord.record import OnrecordError

if sys.platform == "win32":
    import msvcrt

    def _take(lock: int) -> None:
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def lock_writer(path: Path) -> Iterator[None]:
    """Hold the one right to write to the record at `path`, by a lock on a file beside it.

    SQLite's own lock is held for a transaction, and a build has several. A killed writer's lock ends with its process.

    Raises:
        OnrecordError: another writer holds it, or the folder is missing or cannot be written to.
    """
    # Two names of one file are one record.
    real = path.resolve()
    beside = real.with_name(f"{real.name}-lock")
    lock = _open_locked(path, beside)
    try:
        yield
    finally:
        # While it is still locked: whoever waited for this very file sees that it is gone and makes a new one.
        with suppress(OSError):
            beside.unlink()
        os.close(lock)


def _open_locked(path: Path, beside: Path) -> int:
    while True:
        try:
            lock = os.open(beside, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            raise OnrecordError(f"{path}: there is no folder {path.parent}") from None
        except OSError as error:
            raise OnrecordError(f"{path}: cannot be written ({error.strerror})") from error
        try:
            _take(lock)
        except OSError as error:
            os.close(lock)
            raise OnrecordError(f"{path}: another onrecord is writing to it; nothing was changed") from error
        if _is_at(lock, beside):
            return lock
        os.close(lock)


def _is_at(lock: int, beside: Path) -> bool:
    """Whether the file that was locked is still the one that others would open."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(lock), beside.stat())
    return False
