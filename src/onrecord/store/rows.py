"""The record to rows of the record file, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, get_args

import msgspec

from onrecord.record import Analysis, Record, Report


def entry_rows(record: Record) -> Iterator[tuple[str, int, str | None, str]]:
    """Kind, position, id (None where the kind has none) and JSON of each entry; an analysis without its text."""
    for kind in _types():
        for position, entry in enumerate(getattr(record, kind)):
            bare = encode_bare(entry) if isinstance(entry, Analysis) else msgspec.json.encode(entry).decode()
            yield kind, position, getattr(entry, "id", None), bare


def read_rows(rows: Iterable[tuple[str, str, str | None]]) -> Record:
    """The record of rows of kind, JSON and text (of an analysis), sorted by kind and position."""
    types = _types()
    fields: dict[str, tuple[Any, ...]] = {}
    for kind, group in groupby(rows, itemgetter(0)):
        read = msgspec.json.Decoder(types[kind]).decode
        fields[kind] = tuple(
            read(entry) if text is None else msgspec.structs.replace(read(entry), text=text) for _, entry, text in group
        )
    return msgspec.structs.replace(Record(), **fields)


def passage_rows(record: Record) -> Iterator[tuple[str, str | None, int, int]]:
    """Report, attribution (None for the whole report), start and end of all that can be searched."""
    for analysis in record.analyses:
        yield analysis.id, None, 0, len(analysis.text)
        for attribution in analysis.attributions:
            if attribution.content:
                yield analysis.id, attribution.id, attribution.content[0].start, attribution.content[-1].end


def encode_bare(entry: Report | Analysis) -> str:
    """`entry` as JSON, its text left empty, since that is stored once and elsewhere."""
    return msgspec.json.encode(msgspec.structs.replace(entry, text="")).decode()


def _types() -> dict[str, Any]:
    """The kinds of entries, which are the fields of a record that are lists, and the type of each."""
    lists = {field.name: get_args(field.type) for field in msgspec.structs.fields(Record) if field.name != "onrecord"}
    return {kind: type_ for kind, (type_, _) in lists.items()}
