"""All of a record, a piece at a time: what proves that it is sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.record import Analysis, Report
from onrecord.store.database import Database
from onrecord.store.rows import TYPES, read_analyses


class Whole:
    """A record that is read from its first report to its last, none of it held."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def damage(self) -> list[str]:
        """What the database finds wrong with itself, a line each."""
        return self._database.damage()

    def makers(self) -> tuple[str, str]:
        """Which code and model read the reports, and which code linked them (empty where that has to be done anew)."""
        maker, linker = self._database.execute("SELECT maker, linker FROM completed").fetchone()
        return str(maker), str(linker)

    def format(self) -> int:
        """The version of the format of its tables."""
        return self._database.format()

    def given(self) -> Iterator[tuple[str, Report]]:
        """Each report on the record as it was given, under its id, with its text."""
        read = msgspec.json.Decoder(Report).decode
        rows = self._database.stream("SELECT report, given, text FROM givens JOIN texts USING (report) ORDER BY report")
        return ((report, msgspec.structs.replace(read(given), text=text)) for report, given, text in rows)

    def analyses(self) -> Iterator[Analysis]:
        """What was found in each report, as the record tells it."""
        return read_analyses(self._database)

    def kinds(self) -> list[str]:
        """The kinds of its entries, those that nobody knows among them."""
        return [str(kind) for (kind,) in self._database.execute("SELECT DISTINCT kind FROM entries ORDER BY kind")]

    def entries(self, kind: str) -> Iterator[Any]:
        """All entries of a kind ("claims"), in no particular order."""
        read = msgspec.json.Decoder(TYPES[kind]).decode
        rows = self._database.stream("SELECT json FROM entries WHERE kind = ?", (kind,))
        return (read(entry) for (entry,) in rows)

    def statements(self) -> Iterator[tuple[str, str]]:
        """Report and attribution of each statement that is listed, in no particular order."""
        return ((str(r), str(a)) for r, a in self._database.stream("SELECT report, attribution FROM statements"))

    def count(self, kind: str) -> int:
        """How many entries of a kind there are."""
        return int(self._database.execute("SELECT count(*) FROM entries WHERE kind = ?", (kind,)).fetchone()[0])
