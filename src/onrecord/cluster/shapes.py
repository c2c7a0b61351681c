"""The columns of what the stages hand on, and Arrow's batches to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyarrow import RecordBatch, Schema

Row = tuple[Any, ...]

# What was read: a report as it was given, or a notice as JSON.
ITEMS = "report string, given string, text string, notice string"
# A report, merged from all that was given of it; with its analysis, or a notice why it has none.
MERGED = "report string, keys string, merged string, text string"
READ = "report string, keys string, text string, analysis string, vectors binary, notice string"
# `low` and `high` are days, `known` whether they are near each other; `sample` is what tells the habits of its outlet.
MARKS = (
    "report string, outlet string, given boolean, known boolean, low long, high long, keys array<long>,"
    " mark binary, sample string"
)
# `i` is near `j` (`near`), or has it among the few closest of those that may be.
NEAR = "i string, j string, near boolean, may_be boolean, close double"
# An entry of an affair, or one more row of a table; `keys` and `extra` are an entity's.
BUILT = (
    "affair string, kind string, position int, id string, report string, json string, table string, flat string,"
    " keys array<string>, extra string"
)
HOMES = "id string, home string"
JOINED = "table string, id string, json string, flat string"

# Rows that are handed back at once.
_AT_ONCE = 100


def rows_of(batches: Iterable[RecordBatch]) -> Iterator[Row]:
    """The rows of `batches`, one after the other."""
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def batches_of(rows: Iterable[Row], shape: str) -> Iterator[RecordBatch]:
    """Batches of `rows`, whose columns are those of `shape`."""
    import pyarrow

    schema, left = arrow_schema(shape), iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        columns = [pyarrow.array(c, f.type) for c, f in zip(zip(*some, strict=True), schema, strict=True)]
        yield pyarrow.RecordBatch.from_arrays(columns, schema=schema)


def arrow_schema(shape: str) -> Schema:
    """The schema of `shape`, a string and bytes in 64 bits each: those of an affair may be more than 2 GB."""
    import pyarrow

    types = {
        "string": pyarrow.large_string(),
        "binary": pyarrow.large_binary(),
        "boolean": pyarrow.bool_(),
        "int": pyarrow.int32(),
        "long": pyarrow.int64(),
        "double": pyarrow.float64(),
        "array<long>": pyarrow.list_(pyarrow.int64()),
        "array<string>": pyarrow.list_(pyarrow.large_string()),
    }
    return pyarrow.schema([(name, types[type_]) for name, type_ in (column.split() for column in shape.split(","))])
