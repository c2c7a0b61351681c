"""All of a record, a piece at a time: what proves that it is sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from onrecord.record import Analysis, Report
from onrecord.store.affairs import Affairs
from onrecord.store.blocks import Coded, read_blocks
from onrecord.store.columns import ENTRIES, STATEMENTS
from onrecord.store.database import Database
from onrecord.store.packed import unpack
from onrecord.store.rows import BUNDLED, TYPES, read_analyses, read_bundle


def _words(column: Coded) -> Iterator[str]:
    return (column.values[n] for n in column.codes.tolist() if n >= 0)


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
        rows = self._database.execute("SELECT kind FROM entries UNION SELECT kind FROM bundles ORDER BY kind")
        return [str(kind) for (kind,) in rows]

    def entries(self, kind: str) -> Iterator[Any]:
        """All entries of a kind ("claims"), in no particular order."""
        if kind in BUNDLED:
            bundles = self._database.stream("SELECT entries FROM bundles WHERE kind = ?", (kind,))
            return (entry for (packed,) in bundles for entry in read_bundle(kind, packed))
        read = msgspec.json.Decoder(TYPES[kind]).decode
        rows = self._database.stream("SELECT json FROM entries WHERE kind = ?", (kind,))
        return (read(entry) for (entry,) in rows)

    def lists(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Kind and ids of each affair's block of a list; a statement's id is "report/attribution"."""
        for kind, block in self._database.stream("SELECT kind, block FROM lists"):
            if kind == "statements":
                held = read_blocks(STATEMENTS, [block])
                yield kind, map("/".join, zip(_words(held["report"]), _words(held["attribution"]), strict=True))
            else:
                yield str(kind), iter(read_blocks(ENTRIES, [block])["ids"])

    def listed(self, kind: str) -> Iterator[str]:
        """What ought to stand in the list of a kind, as the rows have it that lists are made of."""
        if kind == "statements":
            rows = self._database.stream("SELECT report || '/' || attribution FROM statements")
        else:
            rows = self._database.stream("SELECT id FROM entries WHERE kind = ?", (kind,))
        return (str(id) for (id,) in rows)

    def entity_blocks(self) -> Iterator[tuple[str, bytes, list[str]]]:
        """Each key of entities, its block, and the ids that ought to stand in it; none of a record without blocks."""
        known = Affairs(self._database).all_entity_keys()
        rows = self._database.stream("SELECT key, block FROM entity_blocks")
        return ((str(key), unpack(block), known.get(str(key), [])) for key, block in rows)

    def count(self, kind: str) -> int:
        """How many entries of a kind there are."""
        return int(self._database.execute("SELECT count(*) FROM entries WHERE kind = ?", (kind,)).fetchone()[0])
