"""The rows that can be listed to columns in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.store.database import Database

Ints = NDArray[np.int32]


class Coded(Struct, frozen=True):
    """A column of few values: a number for each row, -1 for none, into `values`; `numbers` has each value's."""

    codes: Ints
    values: list[str]
    numbers: dict[str, int]


class StatementColumns(Struct, frozen=True, kw_only=True):
    """All statements in canonical order; days are ordinals, 0 where they are not known."""

    id: NDArray[np.int64]
    report: Coded
    attribution: list[str]
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


class EntryColumns(Struct, frozen=True, kw_only=True):
    """All entries of a kind by day, claims and disagreements by report; `report` is the first that each stands in."""

    ids: list[str]
    earliest: Ints
    latest: Ints
    confidence: NDArray[np.float32]
    reading: NDArray[np.float32]
    reports: Ints
    independent: Ints
    noun: Coded
    status: Coded
    label: Coded
    report: Coded


def code(values: Iterable[str | None]) -> Coded:
    """The column of these values."""
    known: dict[str, int] = {}
    codes = [-1 if v is None else known.setdefault(v, len(known)) for v in values]
    return Coded(np.array(codes, dtype=np.int32), list(known), known)


_CODED = ("outlet", "speaker", "class", "addressee", "channel", "quote", "polarity", "modality", "entity", "claim")


def read_statement_columns(database: Database) -> StatementColumns:
    """The columns of all statements."""
    rows = database.execute(
        "SELECT s.id, s.report, s.attribution, s.start, s.earliest, s.latest, s.confidence, s.unnamed, s.reports,"
        " s.outlet, s.speaker, s.class, s.addressee, s.channel, s.quote, s.polarity, s.modality,"
        " coalesce(h.home, s.entity), s.claim FROM statements s"
        " LEFT JOIN turns m ON m.report = s.report LEFT JOIN entity_homes h ON h.id = s.entity"
        " ORDER BY m.day NULLS FIRST, m.outlet NULLS FIRST, s.report, s.start, s.attribution"
    ).fetchall()
    known = read_homes(database)
    held: Sequence[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * 19
    coded = {name: code(held[9 + n]) for n, name in enumerate(_CODED)}  # type: ignore[arg-type]
    called = [known.get(id, id) for id in coded["entity"].values]
    coded["entity"] = Coded(coded["entity"].codes, called, {id: n for n, id in enumerate(called)})
    return StatementColumns(
        id=_numbers(held[0], np.int64),
        report=code(held[1]),  # type: ignore[arg-type]
        attribution=list(held[2]),  # type: ignore[arg-type]
        start=_numbers(held[3]),
        earliest=_numbers(held[4]),
        latest=_numbers(held[5]),
        confidence=_numbers(held[6], np.float32),
        unnamed=_numbers(held[7], np.bool_),
        reports=_numbers(held[8]),
        class_=coded.pop("class"),
        **coded,
    )


def read_entry_columns(database: Database, kind: str, reading: float) -> EntryColumns:
    """The columns of the entries of a kind that are read with at least that confidence, entities folded to homes."""
    rows = database.execute(
        "SELECT coalesce(e.id, ''), e.earliest, e.latest, e.confidence, e.reading, e.reports, e.independent,"
        " e.noun, e.status, e.label, e.report, h.home FROM entries e LEFT JOIN entity_homes h ON h.id = e.id"
        " LEFT JOIN turns m ON m.report = e.report WHERE e.kind = ?1 AND coalesce(e.reading, 1) >= ?2"
        " ORDER BY CASE WHEN ?3 THEN coalesce(e.earliest, e.latest, 9999999) END,"
        " CASE WHEN ?3 THEN coalesce(e.latest, 9999999) END, m.day NULLS FIRST, m.outlet NULLS FIRST,"
        " e.report NULLS FIRST, e.position",
        (kind, reading, kind not in ("claims", "disagreements")),
    ).fetchall()
    rows = _folded(rows)
    held: Sequence[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * 11
    return EntryColumns(
        ids=list(held[0]),  # type: ignore[arg-type]
        earliest=_numbers(held[1]),
        latest=_numbers(held[2]),
        confidence=_numbers(held[3], np.float32, 1.0),
        reading=_numbers(held[4], np.float32),
        reports=_numbers(held[5]),
        independent=_numbers(held[6]),
        noun=code(held[7]),  # type: ignore[arg-type]
        status=code(held[8]),  # type: ignore[arg-type]
        label=code(held[9]),  # type: ignore[arg-type]
        report=code(held[10]),  # type: ignore[arg-type]
    )


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


def _folded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """One row a home: the first, under the name of most words, its reports summed up."""
    first: dict[str, list[Any]] = {}
    out = []
    for row in rows:
        held = first.get(row[11] or "")
        if held is not None:
            held[5] += row[5]
            held[9] = max(held[9], row[9], key=lambda name: len(name.split()))
            continue
        held = list(row[:11])
        out.append(held)
        if row[11]:
            first[row[11]] = held
    return [tuple(row) for row in out]


def _numbers(values: Sequence[object], kind: type = np.int32, none: float = 0) -> NDArray:  # type: ignore[type-arg]
    return np.array([none if v is None else v for v in values], dtype=kind)
