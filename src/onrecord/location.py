"""Where a record is: a file, or a schema of a PostgreSQL database. Words that somebody wrote, to one of the two."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote

from msgspec import Struct

from onrecord.record import OnrecordError

SCHEMES = ("postgresql://", "postgres://")
# The schema of a record whose address names none.
SCHEMA = "onrecord"
# PostgreSQL cuts longer names off, and two records would be one.
_LONGEST_NAME = 63
# To the last @, since a password may hold one that should have been written as %40.
_PASSWORD = re.compile(r"^(\w+://[^:/?@]*):.*@")
_SECRET = re.compile(r"([?&]\w*password=)[^&]*")


class Location(Protocol):
    """Where a record is, by whatever `str` shows of it to a person; a `Path` is one, and an `Address`."""

    @property
    def name(self) -> str:
        """What a page calls the record."""


class Address(Struct, frozen=True):
    """A schema of a database. `connection` is what PostgreSQL's own library reads, and may hold a password."""

    connection: str
    schema: str = SCHEMA

    @property
    def name(self) -> str:
        """The database, and the schema where it is not the usual one."""
        host_and_database = self.connection.partition("://")[2].partition("?")[0]
        database = unquote(host_and_database.partition("/")[2]) or "postgresql"
        return database if self.schema == SCHEMA else f"{database}/{self.schema}"

    def __str__(self) -> str:
        shown = _mask(self.connection)
        if self.schema == SCHEMA:
            return shown
        return f"{shown}{'&' if '?' in shown else '?'}schema={quote(self.schema)}"

    def __repr__(self) -> str:
        return f"<{self}>"


def locate(words: str | Location) -> Location:
    """The location that `words` name; one that is a location is given back.

    Raises:
        OnrecordError: an address that cannot be read, or a name of a schema that cannot be one.
    """
    if not isinstance(words, str):
        return words
    return _read(words) if words.startswith(SCHEMES) else Path(words)


def _read(words: str) -> Address:
    """An address; `schema` among what stands behind its question mark is ours, and all else PostgreSQL's."""
    bare, _, query = words.partition("?")
    options = query.split("&") if query else []
    named = [unquote(option.removeprefix("schema=")) for option in options if option.startswith("schema=")]
    schema = named[-1] if named else SCHEMA
    if not schema or "\0" in schema or len(schema.encode()) > _LONGEST_NAME or schema.startswith("pg_"):
        raise OnrecordError(f'{_mask(words)}: "{schema}" cannot be the name of a schema')
    left = "&".join(option for option in options if not option.startswith("schema="))
    return Address(f"{bare}?{left}" if left else bare, schema)


def _mask(words: str) -> str:
    return _SECRET.sub(r"\1***", _PASSWORD.sub(r"\1:***@", words))
