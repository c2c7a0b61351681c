"""The log of what people said of a record to the record file, and back; nothing in it is ever changed or deleted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from onrecord.record import Analysis, Correction
from onrecord.store.database import Database
from onrecord.store.packed import unpack


def add_corrections(database: Database, corrections: Iterable[Correction]) -> None:
    """Put `corrections` at the end of the log, in the transaction that `database` is in.

    An id that the log has already is of the very same words of the same person at the same instant, and is left out.
    """
    database.executemany(
        "INSERT INTO corrections (id, json) VALUES (?, ?) ON CONFLICT DO NOTHING",
        ((c.id, msgspec.json.encode(c).decode()) for c in corrections),
    )


def read_corrections(database: Database) -> list[Correction]:
    """The whole log, in order."""
    read = msgspec.json.Decoder(Correction).decode
    return [read(c) for (c,) in database.execute("SELECT json FROM corrections ORDER BY number")]


def read_found(database: Database, reports: Iterable[str]) -> Iterator[Analysis]:
    """What was found in each of `reports` that is on the record, before anybody corrected it; without vectors."""
    read = msgspec.json.Decoder(Analysis).decode
    for report in reports:
        row = database.execute(
            "SELECT analysis, text FROM reports JOIN cache USING (report, meta) JOIN completed USING (maker)"
            " JOIN texts USING (report) WHERE report = ?",
            (report,),
        ).fetchone()
        if row:
            yield msgspec.structs.replace(read(unpack(row[0])), text=row[1])
