from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import pyarrow.parquet
import pytest
from msgspec import Struct

from onrecord.export import FOLDERS, FORMATS, tables
from onrecord.export.flatten import Slice, flatten, slice_whole
from onrecord.export.rows import ROWS
from onrecord.record import OnrecordError, Record
from tests.records import HOSTILE, RECORD, analysis, entry, given

RECORDS = [Record(), RECORD, HOSTILE]


def rows(record: Record, kind: str) -> list[Struct]:
    return [row for name, row in flatten(slice_whole(record)) if name == kind]


def written(format: str, record: Record, folder: Path) -> Path:
    FOLDERS[format]([slice_whole(record)], folder)
    return folder


def workbook(record: Record) -> Any:
    out = io.BytesIO()
    FORMATS["xlsx"](record, out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def titled(title: str, text: str = "It rained.") -> Record:
    report = analysis("r1", "Norvia Post", text, given("2031-03-04"), title=title)
    return Record(reports=(entry(report),), analyses=(report,))


@pytest.mark.parametrize("record", RECORDS)
def test_json_lines_are_read_back(record: Record, tmp_path: Path) -> None:
    folder = written("jsonl", record, tmp_path)
    for kind, row in ROWS.items():
        lines = (folder / f"{kind}.jsonl").read_bytes().splitlines()
        assert [msgspec.json.decode(line, type=row) for line in lines] == rows(record, kind)
        assert all(list(json.loads(line)) == list(row.__struct_fields__) for line in lines)


@pytest.mark.parametrize("record", RECORDS)
def test_parquet_is_read_back(record: Record, tmp_path: Path) -> None:
    folder = written("parquet", record, tmp_path)
    for kind, row in ROWS.items():
        held = pyarrow.parquet.read_table(folder / f"{kind}.parquet").to_pylist()
        assert [msgspec.convert(one, row) for one in held] == rows(record, kind)


def test_parquet_knows_types_where_there_are_no_rows(tmp_path: Path) -> None:
    schema = pyarrow.parquet.read_schema(written("parquet", Record(), tmp_path) / "claims.parquet")
    assert str(schema.field("origins").type).startswith("list<")
    assert [str(schema.field(name).type) for name in ("text", "reports", "confidence")] == ["string", "int64", "double"]


def test_parquet_goes_by_groups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tables, "_GROUP", 3)
    file = pyarrow.parquet.ParquetFile(written("parquet", RECORD, tmp_path) / "statements.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [3, 3, 2]


def test_csv_has_a_column_a_field_and_several_values_in_one_cell(tmp_path: Path) -> None:
    folder = written("csv", RECORD, tmp_path)
    for kind, row in ROWS.items():
        with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            held = list(csv.reader(file))
        assert held[0] == list(row.__struct_fields__)
        assert len(held) - 1 == len(rows(RECORD, kind))
    with (folder / "statements.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert first["chain"] == "the Norvian Foreign Ministry | Ilse Varrun"
    assert (first["said_earliest"], first["relay"], first["within"]) == ("2031-03-04", "no", "")


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_spreadsheet_runs_nothing(formula: str, tmp_path: Path) -> None:
    with (written("csv", titled(formula), tmp_path) / "reports.csv").open(encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["title"] == f"'{formula}"


@pytest.mark.parametrize("record", RECORDS)
def test_workbook_has_a_sheet_a_kind(record: Record) -> None:
    book = workbook(record)
    assert book.sheetnames == list(ROWS)
    for kind, row in ROWS.items():
        held = list(book[kind].iter_rows(values_only=True))
        assert held[0] == row.__struct_fields__
        assert len(held) - 1 == len(rows(record, kind))


def test_workbook_does_not_tell_when_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    FORMATS["xlsx"](RECORD, first)
    # Parts of a workbook pass through files, whose moments are the system's.
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    FORMATS["xlsx"](RECORD, second)
    assert first.getvalue() == second.getvalue()
    assert openpyxl.load_workbook(first).properties.modified == openpyxl.load_workbook(second).properties.created


def test_workbook_keeps_numbers_days_and_words_apart() -> None:
    sheet = workbook(RECORD)["statements"]
    names = [cell.value for cell in sheet[1]]
    first = dict(zip(names, sheet[2], strict=True))
    assert first["confidence"].value == 0.97
    assert first["said_earliest"].value.date() == date(2031, 3, 4)
    assert first["chain"].value == "the Norvian Foreign Ministry | Ilse Varrun"


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x.invalid")', "1031"])
def test_words_are_no_formulas(title: str) -> None:
    sheet = workbook(titled(title))["reports"]
    cell = sheet.cell(2, [c.value for c in sheet[1]].index("title") + 1)
    assert (cell.value, cell.data_type) == (title, "s")


def test_what_a_cell_cannot_hold_ends_in_dots() -> None:
    sheet = workbook(titled("long", "rain " * 10_000))["reports"]
    text = sheet.cell(2, [c.value for c in sheet[1]].index("text") + 1).value
    assert len(text) == 32_767
    assert text.endswith("…")


def test_sheet_that_would_be_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MOST", 5)
    with pytest.raises(OnrecordError, match="reports: a sheet holds 5 rows at most; export as csv or parquet"):
        workbook(RECORD)


@pytest.mark.parametrize(("format", "module"), [("parquet", "pyarrow"), ("xlsx", "openpyxl")])
def test_what_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, format: str, module: str
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    write: Callable[[], object] = (
        (lambda: FOLDERS[format](no_slices(), tmp_path)) if format in FOLDERS else (lambda: workbook(RECORD))
    )
    with pytest.raises(OnrecordError, match=rf"{format} needs {module}: pip install 'onrecord\[{format}\]'"):
        write()


def no_slices() -> Iterable[Slice]:
    return ()
