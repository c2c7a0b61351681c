"""What was built on a cluster to a record: read through once, part by part, and written by the store's own hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from onrecord import link, pipeline
from onrecord.cluster.affairs import Linked
from onrecord.location import Location
from onrecord.record import Analysis, Record, Report
from onrecord.store import Completion, Store
from onrecord.store.rows import TYPES, decode_analysis

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_ANALYSES_AT_ONCE = 50
_read_report = msgspec.json.Decoder(Report).decode
_read_mark = msgspec.msgpack.Decoder(link.Mark).decode
_DECODERS = {kind: msgspec.json.Decoder(type_).decode for kind, type_ in TYPES.items()}


def write_record(path: Location, items: DataFrame, read: DataFrame, linked: Linked, maker: str) -> None:
    """Put the record at `path`, where there was none. No more than one part of the data is in memory at once."""
    with Store.create_or_open(path) as store:
        store.stage(_givens(items))
        store.plan(maker, pipeline.linker())
        found = _analyses(read)
        while batch := [a for _, a in zip(range(_ANALYSES_AT_ONCE), found, strict=False)]:
            store.keep(batch, maker)
        if failed := store.plan(maker, pipeline.linker()):
            store.unstage(failed)
            store.plan(maker, pipeline.linker())
        with store.completing(maker, pipeline.linker(), ()) as completion:
            _mark(completion, linked.marks)
            for affair, entries in groupby(_entries(linked.built), key=lambda row: row[0]):
                _put(store, completion, maker, affair, list(entries))
            _home(completion, linked.homes)


def _givens(items: DataFrame) -> Iterator[Report]:
    rows = items.where("report is not null").select("given", "text").distinct()
    return (replace(_read_report(given), text=text) for given, text in rows.toLocalIterator())


def _analyses(read: DataFrame) -> Iterator[Analysis]:
    rows = read.where("analysis is not null").select("keys", "text", "analysis", "vectors")
    for keys, text, analysis, vectors in rows.toLocalIterator():
        yield decode_analysis(analysis, bytes(vectors) if vectors else None, text, msgspec.json.decode(keys)[0])


def _mark(completion: Completion, marks: DataFrame) -> None:
    for (packed,) in marks.select("mark").orderBy("report").toLocalIterator():
        mark = _read_mark(bytes(packed))
        days = mark.earliest, mark.latest
        completion.mark(mark.report, mark.outlet, mark.given, days, mark.keys, bytes(packed))


def _entries(built: DataFrame) -> Iterator[tuple[Any, ...]]:
    rows = built.where("kind is not null").select("affair", "kind", "position", "id", "json", "keys")
    return iter(rows.orderBy("affair", "kind", "position").toLocalIterator())


def _put(store: Store, completion: Completion, maker: str, affair: str, rows: list[tuple[Any, ...]]) -> None:
    reports = [id for _, kind, _, id, _, _ in rows if kind == "analyses"]
    found = {a.id: a for a in store.analyses(reports, maker)}
    fields: dict[str, list[Any]] = {"analyses": []}
    for _, kind, _, id, entry, _ in rows:
        if kind == "analyses":
            fields[kind].append(decode_analysis(entry, None, found[id].text, found[id].key))
        else:
            fields.setdefault(kind, []).append(_DECODERS[kind](entry))
    keys = {id: own for _, kind, _, id, _, own in rows if kind == "entities"}
    whole: dict[str, Any] = {kind: tuple(entries) for kind, entries in fields.items()}
    completion.put(Record(**whole), found, keys)


def _home(completion: Completion, homes: DataFrame) -> None:
    rows = homes.orderBy("home", "id").select("home", "id").toLocalIterator()
    completion.home([id for _, id in same] for _, same in groupby(rows, key=lambda row: row[0]))
