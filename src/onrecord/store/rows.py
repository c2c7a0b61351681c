"""The record to rows of the record file, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import GenericAlias
from typing import Any, get_args

import msgspec

from onrecord.corroborate import ANCHORS, join_affairs
from onrecord.record import Analysis, Meanings, Record, Report
from onrecord.store.database import Database
from onrecord.store.packed import pack, unpack

# What stands in tables of its own.
_APART = ("analyses",)


def entry_rows(part: Record) -> Iterator[tuple[tuple[str, int, str | None, str | None, str], Any]]:
    """Kind, position, id or None, first report (absent sources have none) and JSON of each entry, and the entry."""
    for kind in _types():
        anchor = ANCHORS.get(kind)
        for position, entry in enumerate(getattr(part, kind)):
            report = anchor(entry) if anchor else None
            yield (kind, position, getattr(entry, "id", None), report, msgspec.json.encode(entry).decode()), entry


def bundle_rows(part: Record) -> Iterator[tuple[str, int, bytes]]:
    """Kind, number and packed list of the entries that stand in bundles."""
    for kind in BUNDLED:
        if entries := getattr(part, kind):
            yield kind, len(entries), pack_bundle(msgspec.json.encode(entry).decode() for entry in entries)


def pack_bundle(entries: Iterable[str]) -> bytes:
    """Entries as JSON, in their order, packed as one list."""
    return pack(f"[{','.join(entries)}]")


def read_bundle(kind: str, packed: bytes) -> list[Any]:
    """The entries of a kind that `pack_bundle` was given."""
    found: list[Any] = _BUNDLES[kind].decode(unpack(packed))
    return found


def read_record_rows(database: Database) -> Record:
    """The record of all affairs."""
    fields: dict[str, list[Any]] = {"analyses": list(read_analyses(database))}
    read = {kind: msgspec.json.Decoder(type_).decode for kind, type_ in _types().items()}
    # All entries of one report stand in one affair: in the order of their positions, they are sorted by report alone.
    for kind, entry in database.execute("SELECT kind, json FROM entries ORDER BY kind, affair, position"):
        fields.setdefault(kind, []).append(read[kind](entry))
    for kind, packed in database.execute("SELECT kind, entries FROM bundles ORDER BY kind, affair"):
        fields.setdefault(kind, []).extend(read_bundle(kind, packed))
    homes: dict[str, str] = dict(database.execute("SELECT id, home FROM entity_homes"))
    whole: dict[str, Any] = {kind: tuple(entries) for kind, entries in fields.items()}
    return join_affairs([Record(**whole)], homes)


def read_analyses(database: Database) -> Iterator[Analysis]:
    """What was found in each report, as the record tells it, one at a time."""
    rows = database.stream(
        "SELECT coalesce(told, analysis), text, keys FROM reports JOIN cache USING (report, meta)"
        " JOIN texts USING (report) WHERE maker = (SELECT maker FROM completed)"
    )
    for analysis, text, keys in rows:
        yield decode_analysis(unpack(analysis), None, text, msgspec.json.decode(keys)[0])


def passage_rows(analysis: Analysis) -> Iterator[tuple[str, str | None, int, int]]:
    """Report, attribution (None for the whole report), start and end of all that can be searched."""
    yield analysis.id, None, 0, len(analysis.text)
    for attribution in analysis.attributions:
        if attribution.content:
            yield analysis.id, attribution.id, attribution.content[0].start, attribution.content[-1].end


def encode_bare(entry: Report | Analysis) -> str:
    """`entry` as JSON without its text, which is stored once and elsewhere, and without vectors, which are no text."""
    bare = msgspec.structs.replace(entry, text="")
    return msgspec.json.encode(
        msgspec.structs.replace(bare, vectors=None) if isinstance(bare, Analysis) else bare
    ).decode()


def encode_vectors(analysis: Analysis) -> bytes | None:
    """The vectors of an analysis as MessagePack."""
    return msgspec.msgpack.encode(analysis.vectors) if analysis.vectors else None


def decode_analysis(analysis: str | bytes, vectors: bytes | None, text: str, key: str) -> Analysis:
    """What `encode_bare` and `encode_vectors` were given, under `key`."""
    bare = _ANALYSIS.decode(analysis)
    read = msgspec.msgpack.decode(vectors, type=Meanings) if vectors else None
    return msgspec.structs.replace(bare, text=text, key=key, vectors=read)


class _Written(msgspec.Struct):
    """Of an analysis, the code of its language."""

    language: str | None = None


def read_language(packed: bytes) -> str | None:
    """The language of a packed analysis."""
    return msgspec.json.decode(unpack(packed), type=_Written).language


_ANALYSIS = msgspec.json.Decoder(Analysis)


def _types() -> dict[str, Any]:
    """The kinds of entries, which are the fields of a record that are lists, and the type of each."""
    fields = (f for f in msgspec.structs.fields(Record) if f.name not in ("onrecord", *_APART))
    return {f.name: get_args(f.type)[0] for f in fields}


TYPES = _types()
# Kinds whose entries have no id: nobody asks for one of them, and those of an affair stand together.
BUNDLED = tuple(kind for kind, type_ in TYPES.items() if "id" not in type_.__struct_fields__)
_BUNDLES = {kind: msgspec.json.Decoder(GenericAlias(list, TYPES[kind])) for kind in BUNDLED}
