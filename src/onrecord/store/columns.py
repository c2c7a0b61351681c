"""The lists of a record to columns in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.knowledge import fullest_roles
from onrecord.record import AttributionMember
from onrecord.store.blocks import KEYS, WORDS, Coded, Ints, Layout, pack_block, read_blocks, recode
from onrecord.store.database import Database

STATEMENTS: Layout = {
    "id": "<i8",
    "report": WORDS,
    "attribution": WORDS,
    "start": "<i4",
    "outlet": WORDS,
    "speaker": WORDS,
    "class_": WORDS,
    "addressee": WORDS,
    "channel": WORDS,
    "quote": WORDS,
    "polarity": WORDS,
    "modality": WORDS,
    "earliest": "<i4",
    "latest": "<i4",
    "confidence": "<f4",
    "claim": WORDS,
    "entity": WORDS,
    "unnamed": "?",
    "reports": "<i4",
}
ENTRIES: Layout = {
    "ids": KEYS,
    "report": WORDS,
    "earliest": "<i4",
    "latest": "<i4",
    "confidence": "<f4",
    "reading": "<f8",
    "reports": "<i4",
    "independent": "<i4",
    "noun": WORDS,
    "status": WORDS,
    "label": WORDS,
}
_NONE = {"confidence": 1.0, "reading": 1.0}
# Entries of these kinds stand in the order of their reports, those of the others in that of days.
_BY_REPORT = ("claims", "disagreements")
# Behind all days.
_LAST = 9999999


class StatementColumns(Struct, frozen=True, kw_only=True):
    """All statements in canonical order; days are ordinals, 0 where they are not known."""

    id: NDArray[np.int64]
    report: Coded
    attribution: Coded
    start: Ints
    earliest: Ints
    latest: Ints
    confidence: NDArray[np.float32]
    unnamed: NDArray[np.bool_]
    reports: Ints
    outlet: Coded
    speaker: Coded
    class_: Coded
    addressee: Coded
    channel: Coded
    quote: Coded
    polarity: Coded
    modality: Coded
    entity: Coded
    claim: Coded

    def member(self, row: int | np.integer[Any]) -> AttributionMember:
        """The attribution of a row."""
        return AttributionMember(self.report.at(row) or "", self.attribution.at(row) or "")


class EntryColumns(Struct, frozen=True, kw_only=True):
    """All entries of a kind by day, claims and disagreements by report; `report` is the first that each stands in.

    Of reports `noun` is the language; of entities `status` are the offices, as JSON, and `homes` the rows of those of
    several affairs. A confidence that there is none of is 1.
    """

    ids: list[str]
    earliest: Ints
    latest: Ints
    confidence: NDArray[np.float32]
    reading: NDArray[np.float64]
    reports: Ints
    independent: Ints
    noun: Coded
    status: Coded
    label: Coded
    report: Coded
    homes: Mapping[str, int] = {}

    def roles(self, row: int | np.integer[Any]) -> tuple[str, ...]:
        """The offices of an entity."""
        return _read_roles(self.status.at(row) or "[]")


def pack_statements(rows: Sequence[Sequence[Any]]) -> bytes:
    """The block of an affair's statements, whose values stand in the order of STATEMENTS."""
    name = list(STATEMENTS).index
    report, start, attribution = name("report"), name("start"), name("attribution")
    return pack_block(STATEMENTS, sorted(rows, key=lambda row: (row[report], row[start], row[attribution])))


def pack_entries(rows: Sequence[Sequence[Any]]) -> bytes:
    """The block of an affair's entries of a kind, by their positions, whose values stand in the order of ENTRIES."""
    return pack_block(ENTRIES, rows, _NONE)


def read_statement_columns(database: Database) -> StatementColumns:
    """The columns of all statements."""
    held = read_blocks(STATEMENTS, _blocks(database, "statements"))
    turn = _turns(database)
    order = np.argsort(_places(held["report"], turn), kind="stable")
    homes = dict(database.execute("SELECT id, home FROM entity_homes").fetchall())
    known = read_homes(database)
    called = {"entity": [known.get(home := homes.get(id, id), home) for id in held["entity"].values]}
    return StatementColumns(**{name: _ordered(held[name], order, called.get(name)) for name in STATEMENTS})


def read_entry_columns(database: Database, kind: str, reading: float) -> EntryColumns:
    """The columns of the entries of a kind that are read with at least that confidence, entities folded to homes."""
    held = read_blocks(ENTRIES, _blocks(database, kind))
    keys = [_places(held["report"], _turns(database))]
    if kind not in _BY_REPORT:
        first, last = held["earliest"], held["latest"]
        keys += [np.where(last > 0, last, _LAST), np.where(first > 0, first, np.where(last > 0, last, _LAST))]
    order = np.lexsort(keys)
    order = order[held["reading"][order] >= reading]
    columns = EntryColumns(**{name: _ordered(held[name], order) for name in ENTRIES})
    if kind != "entities":
        return columns
    return _fold(columns, dict(database.execute("SELECT id, home FROM entity_homes").fetchall()))


def read_homes(database: Database) -> dict[str, str]:
    """For each home of several affairs' entities the id by which they go: that of the first in canonical order."""
    rows = database.execute(
        "SELECT h.home, h.id FROM entity_homes h JOIN entries e ON e.id = h.id AND e.kind = 'entities'"
        " LEFT JOIN turns m ON m.report = e.report"
        " ORDER BY m.day NULLS FIRST, m.outlet NULLS FIRST, e.report NULLS FIRST"
    )
    found: dict[str, str] = {}
    for home, id in rows:
        found.setdefault(home, id)
    return found


def _blocks(database: Database, kind: str) -> list[bytes]:
    return [block for (block,) in database.execute("SELECT block FROM lists WHERE kind = ? ORDER BY affair", (kind,))]


def _turns(database: Database) -> dict[str, int]:
    """The place of each report in canonical order."""
    rows = database.execute("SELECT report FROM turns ORDER BY day NULLS FIRST, outlet NULLS FIRST, report")
    return {report: n for n, (report,) in enumerate(rows)}


def _places(report: Coded, turn: Mapping[str, int]) -> NDArray[np.int64]:
    """The place of each row's report; of a row without one it is before all others."""
    places = np.array([*(turn.get(id, -1) for id in report.values), -1], np.int64)
    return places[report.codes]


def _ordered(column: Any, order: NDArray[np.int64], called: Sequence[str] | None = None) -> Any:
    if isinstance(column, Coded):
        return recode(Coded(column.codes[order], column.values, column.numbers), called)
    return [column[n] for n in order.tolist()] if isinstance(column, list) else column[order]


def _fold(columns: EntryColumns, homes: Mapping[str, str]) -> EntryColumns:
    """One row a home: the first, under the name of most words, its reports summed up, its offices joined."""
    at: dict[str, int] = {}
    first, of = list[int](), np.empty(len(columns.ids), np.int64)
    for n, id in enumerate(columns.ids):
        home = homes.get(id)
        place = len(first) if home is None else at.setdefault(home, len(first))
        if place == len(first):
            first.append(n)
        of[n] = place
    if len(first) == len(columns.ids):
        return columns
    order = np.array(first, np.int64)
    kept = {name: _ordered(getattr(columns, name), order) for name in ENTRIES}
    kept["label"] = _name_fullest(columns.label, of, first)
    kept["status"] = _join_roles(columns.status, of, len(first))
    kept["reports"] = np.bincount(of, columns.reports, len(first)).astype(np.int32)
    return EntryColumns(**kept, homes=at)


def _name_fullest(label: Coded, of: NDArray[np.int64], first: Sequence[int]) -> Coded:
    """For each place the label of most words among the rows of it, of several the first."""
    words = np.array([*(len(name.split()) for name in label.values), 0], np.int64)[label.codes]
    best = np.array(first, np.int64)
    for n in np.flatnonzero(np.arange(len(of)) != best[of]).tolist():
        if words[n] > words[best[of[n]]]:
            best[of[n]] = n
    return recode(Coded(label.codes[best], label.values, label.numbers))


def _join_roles(status: Coded, of: NDArray[np.int64], places: int) -> Coded:
    """For each place the offices that the rows of it have, in their order."""
    rows = np.flatnonzero(status.codes >= 0)
    _, first = np.unique(of[rows] * len(status.values) + status.codes[rows], return_index=True)
    held = defaultdict[int, list[str]](list)
    for row in rows[np.sort(first)].tolist():
        held[int(of[row])].append(status.values[status.codes[row]])
    codes, numbers = np.full(places, -1, np.int32), dict[str, int]()
    for place, given in held.items():
        codes[place] = numbers.setdefault(_join(given), len(numbers))
    return Coded(codes, list(numbers), numbers)


def _join(given: Sequence[str]) -> str:
    roles = (role for one in given for role in _read_roles(one))
    return msgspec.json.encode(fullest_roles(roles)).decode() if len(given) > 1 else given[0]


_read_roles = msgspec.json.Decoder(tuple[str, ...]).decode
