from __future__ import annotations

import csv
import io
import json

import pytest

from onrecord.terminal.flat import write_csv, write_json, write_markdown
from onrecord.views import VIEWS
from tests.records import HOSTILE, HOSTILE_TEXT, RECORD


def read_csv(name: str) -> list[dict[str, str]]:
    view = VIEWS[name]
    return list(csv.DictReader(io.StringIO(write_csv(view.rows(RECORD, 0.0), view.row))))


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_has_as_many_csv_and_json_rows_as_it_has(name: str) -> None:
    view = VIEWS[name]
    rows = view.rows(RECORD, 0.0)
    assert len(read_csv(name)) == len(json.loads(write_json(rows, view.row))) == len(rows)
    # One header and one rule above them.
    assert len(write_markdown(rows, view.row).splitlines()) == len(rows) + 2


@pytest.mark.parametrize("name", VIEWS)
def test_empty_view_keeps_its_headers(name: str) -> None:
    view = VIEWS[name]
    lines = write_csv([], view.row).splitlines()
    assert lines == [write_csv(view.rows(RECORD, 0.0), view.row).splitlines()[0]]
    assert write_json([], view.row) == "[]\n"


def test_csv_sets_days_and_words_apart() -> None:
    row = read_csv("statements")[0]
    assert (row["said_words"], row["said_earliest"], row["said_worked_out"]) == ("Tue 4 March 2031", "2031-03-04", "no")
    assert (row["words_key"], row["words_spans"]) == ("r1-key", "169:186 | 204:233")
    assert row["words_quote"] == "“The grain road,” … “stays open in every season.”"
    assert row["also"] == "Kesland Herald, 5 March 2031 | r5-key"


def test_csv_of_a_missing_side_is_empty() -> None:
    omission = read_csv("disagreements")[1]
    assert omission["a_quote"] == "Teshk asked for the release of the eleven sailors"
    assert (omission["b_quote"], omission["b_spans"]) == ("", "")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_cell_is_no_formula(start: str) -> None:
    view = VIEWS["absent"]
    row = view.rows(RECORD, 0.0)[0]
    row = type(row)(**{name: getattr(row, name) for name in row.__struct_fields__} | {"name": f"{start}1+1"})
    assert (
        next(csv.reader(io.StringIO(write_csv([row], view.row).split("\r\n", 1)[1], newline="")))[0] == f"'{start}1+1"
    )


def test_hostile_words_are_harmless_everywhere() -> None:
    view = VIEWS["statements"]
    rows = view.rows(HOSTILE, 0.0)
    flat = write_csv(rows, view.row)
    assert "\x1b" not in flat
    assert "\u202e" not in flat
    assert next(csv.DictReader(io.StringIO(flat)))["words_quote"].startswith("'=HYPERLINK")
    marked = write_markdown(rows, view.row)
    assert len(marked.splitlines()) == 3
    assert r"\[red\]stop\[/red\] \| \`rm\`" in marked
    assert r"\<b\>bold\</b\>" in marked
    assert json.loads(write_json(rows, view.row))[0]["words"]["quote"] == HOSTILE_TEXT
