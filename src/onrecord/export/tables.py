"""Flat rows to JSON Lines, CSV and Parquet in a folder, one file a kind, and to the sheets of one workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, get_args, get_type_hints
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec
from msgspec import Struct

from onrecord.export.flatten import Slice, flatten, slice_whole
from onrecord.export.rows import ROWS
from onrecord.export.xml import make_writable
from onrecord.record import OnrecordError, Record
from onrecord.terminal.flat import SEVERAL, list_cells
from onrecord.terminal.printable import show_controls

if TYPE_CHECKING:
    import pyarrow
    from openpyxl import Workbook

Put = Callable[[Struct], object]
Table = Callable[[Path, type[Struct]], AbstractContextManager[Put]]

# Rows of a kind that a Parquet file holds in one group.
_GROUP = 1_000
# What Excel takes: characters of a cell, rows of a sheet.
_LONGEST, _MOST = 32_767, 1_048_576
# Stands for a moment where a workbook must have one.
_NO_MOMENT = datetime(1980, 1, 1)


def write_jsonl(slices: Iterable[Slice], folder: Path) -> None:
    """Each kind as a file of JSON objects, one a line."""
    _write(slices, folder, "jsonl", _open_jsonl)


def write_csv(slices: Iterable[Slice], folder: Path) -> None:
    """Each kind as CSV with a line of names, several values of one cell set off by " | ", UTF-8."""
    _write(slices, folder, "csv", _open_csv)


def write_parquet(slices: Iterable[Slice], folder: Path) -> None:
    """Each kind as a Parquet file, several values as lists.

    Raises:
        OnrecordError: pyarrow is not installed.
    """
    _need("pyarrow", "parquet")
    _write(slices, folder, "parquet", _open_parquet)


def write_xlsx(record: Record, out: BinaryIO) -> None:
    """Each kind as a sheet; what is longer than a cell can be ends in "…".

    Raises:
        OnrecordError: openpyxl is not installed, or a kind has more rows than a sheet can have.
    """
    _need("openpyxl", "xlsx")
    held: dict[str, list[Struct]] = {kind: [] for kind in ROWS}
    for kind, row in flatten(slice_whole(record)):
        held[kind].append(row)
    for kind, rows in held.items():
        if len(rows) >= _MOST:
            raise OnrecordError(f"{kind}: a sheet holds {_MOST:,} rows at most; export as csv or parquet")
    # A workbook is a zip, which goes back to what it wrote; standard output cannot.
    made = io.BytesIO()
    _make_book(held).save(made)
    out.write(_without_moments(made).getbuffer())


def _without_moments(made: io.BytesIO) -> io.BytesIO:
    """A workbook that does not tell when it was made, so that the same rows are the same bytes."""
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.xml.constants import ARC_CORE
    from openpyxl.xml.functions import tostring

    properties = tostring(DocumentProperties(created=_NO_MOMENT, modified=_NO_MOMENT).to_tree())
    told = io.BytesIO()
    with ZipFile(made) as held, ZipFile(told, "w") as sealed:
        for name in held.namelist():
            # Without another one given, the moment of a part is the first that a zip can tell.
            part = ZipInfo(name)
            part.compress_type = ZIP_DEFLATED
            sealed.writestr(part, properties if name == ARC_CORE else held.read(name))
    return told


def _make_book(held: Mapping[str, Sequence[Struct]]) -> Workbook:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for kind, rows in held.items():
        sheet = book.create_sheet(kind)

        def cell(value: object, sheet: object = sheet) -> object:
            if not isinstance(value, str | tuple):
                return value
            text = WriteOnlyCell(sheet, _shorten(make_writable(show_controls(_join(value)))))
            # Else "=1+1" would be a formula.
            text.data_type = "s"
            return text

        sheet.append(ROWS[kind].__struct_fields__)
        for row in rows:
            sheet.append([cell(getattr(row, name)) for name in row.__struct_fields__])
    return book


def _write(slices: Iterable[Slice], folder: Path, ending: str, table: Table) -> None:
    """Each row to the file of its kind; each kind has a file, be it empty."""
    with ExitStack() as stack:
        puts = {kind: stack.enter_context(table(folder / f"{kind}.{ending}", row)) for kind, row in ROWS.items()}
        for slice in slices:
            for kind, row in flatten(slice):
                puts[kind](row)


@contextmanager
def _open_jsonl(path: Path, row: type[Struct]) -> Iterator[Put]:
    with path.open("wb") as out:
        yield lambda r: out.write(msgspec.json.encode(r) + b"\n")


@contextmanager
def _open_csv(path: Path, row: type[Struct]) -> Iterator[Put]:
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(row.__struct_fields__)
        yield lambda r: writer.writerow(list_cells(r, row))


@contextmanager
def _open_parquet(path: Path, row: type[Struct]) -> Iterator[Put]:
    import pyarrow
    from pyarrow import parquet

    schema = _schema(row)
    held: list[dict[str, Any]] = []

    def flush() -> None:
        writer.write_table(pyarrow.Table.from_pylist(held, schema))
        held.clear()

    def put(r: Struct) -> None:
        held.append(msgspec.structs.asdict(r))
        if len(held) >= _GROUP:
            flush()

    with parquet.ParquetWriter(path, schema) as writer:
        yield put
        flush()


def _schema(row: type[Struct]) -> pyarrow.Schema:
    import pyarrow

    types = {
        str: pyarrow.string(),
        int: pyarrow.int64(),
        float: pyarrow.float64(),
        bool: pyarrow.bool_(),
        date: pyarrow.date32(),
    }
    fields = []
    for name, hint in get_type_hints(row).items():
        inner = [types[t] for t in (hint, *get_args(hint)) if t in types]
        several = getattr(hint, "__origin__", None) is tuple
        nullable = type(None) in get_args(hint)
        fields.append(pyarrow.field(name, pyarrow.list_(inner[0]) if several else inner[0], nullable))
    return pyarrow.schema(fields)


def _need(module: str, extra: str) -> None:
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise OnrecordError(f"{extra} needs {module}: pip install 'onrecord[{extra}]'")


def _join(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else SEVERAL.join(value)


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
