"""What the store asks of a database, whichever it is; and a location to the database that holds it.

Queries are written once, in what SQLite and PostgreSQL both read: `?` and `?1` stand for values, `json_each`,
`json_extract` and `instr` are SQLite's. What the two have no common words for stands behind `Database` and `Search`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from onrecord.location import Address, Location
from onrecord.record import OnrecordError, Span

Row = tuple[Any, ...]


class Rows(Protocol):
    """The rows that a query found."""

    def __iter__(self) -> Iterator[Any]: ...

    def fetchone(self) -> Any:
        """The next row; None behind the last."""

    def fetchall(self) -> list[Any]:
        """All that are left."""


class Search(Protocol):
    """The words of the passages. A query is one of `store.words`."""

    def add(self, passages: Iterable[tuple[int, str]]) -> None:
        """Take in the ids and the words of new passages."""

    def forget(self) -> None:
        """Drop the passages of all reports in `changed`, before their rows and texts go."""

    def end(self, removed: bool) -> None:
        """Leave nothing of what is no passage any more; `removed` says that reports were taken out."""

    def statements(self, query: str) -> list[int]:
        """The ids of the statements that match, sorted."""

    def reports(self, query: str) -> list[str]:
        """The ids of the reports that match, sorted."""

    def highlight(self, query: str, statements: Sequence[int]) -> Mapping[int, list[Span]]:
        """Where in the passages of these statements the words stand; those that do not match are left out."""

    def matches(self, query: str, report: str) -> list[Span]:
        """Where in the text of a report the words stand."""

    def best(self, query: str, limit: int) -> list[tuple[str, str | None, str]]:
        """Report, attribution and excerpt of the whole reports and statements that match, best first."""


class Database(Protocol):
    """An open record."""

    @property
    def search(self) -> Search:
        """The words of its passages."""

    @property
    def staged_texts(self) -> str:
        """The table for the texts of reports that are staged."""

    @property
    def take_in(self) -> tuple[str, ...]:
        """The statements, in their order, by which what was staged comes on the record."""

    def execute(self, query: str, values: Sequence[object] = (), /) -> Rows:
        """What a query finds."""

    def executemany(self, query: str, values: Iterable[Sequence[object]], /) -> object:
        """A statement with each of several values."""

    def stream(self, query: str, values: Sequence[object] = ()) -> Iterable[Row]:
        """What a query finds, not all of it held at once."""

    def transaction(self) -> AbstractContextManager[object]:
        """All that is written in the block, or nothing."""

    def steady(self) -> AbstractContextManager[object]:
        """One and the same build read throughout the block."""

    def alone(self) -> AbstractContextManager[object]:
        """No other writer completes a build during the block."""

    def is_shared(self) -> bool:
        """Whether another writer is at work, whose analyses are not to be thrown away."""

    def is_outdated(self) -> bool:
        """Whether it is of an older version, and has to be migrated before it is read."""

    def format(self) -> int:
        """The version of its tables."""

    def damage(self) -> list[str]:
        """What the database finds wrong with itself, a line each."""

    def shrink(self) -> None:
        """Leave nothing where it was that was taken out."""

    def explain(self, error: BaseException) -> OnrecordError | None:
        """One line for what failed in here; None if it is no error of a database or an entry."""

    def close(self) -> None:
        """Let go of it."""


def open_to_write(location: Location) -> Database:
    """The record at `location` for writing, made if there is none.

    Raises:
        OnrecordError: it cannot be written, or what is there is no record that this version can write.
    """
    if isinstance(location, Address):
        from onrecord.store import postgres

        return postgres.open_to_write(location)
    from onrecord.store import sqlite

    return sqlite.open_to_write(Path(str(location)))


def open_to_read(location: Location) -> Database:
    """The record at `location`, as of its last completed build.

    Raises:
        OnrecordError: there is none, or a newer version's, or no build of it was ever completed.
    """
    if isinstance(location, Address):
        from onrecord.store import postgres

        return postgres.open_to_read(location)
    from onrecord.store import sqlite

    return sqlite.open_to_read(Path(str(location)))


def is_there(location: Location) -> bool:
    """Whether anything stands at `location`.

    Raises:
        OnrecordError: the database cannot be reached.
    """
    if isinstance(location, Address):
        from onrecord.store import postgres

        return postgres.is_there(location)
    return Path(str(location)).exists()


def place_to_migrate(location: Location) -> Location:
    """Where a record of an older version is brought to this one: that of a file which may not be written, in a copy."""
    if isinstance(location, Address):
        return location
    from onrecord.store import file

    return file.place_to_migrate(Path(str(location)))


def explain_entry(where: Location) -> str:
    """The line for an entry that cannot be decoded."""
    return f"{where}: made by another version of Onrecord; delete it and build it again"
