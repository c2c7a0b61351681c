from __future__ import annotations

import hashlib
import json
from datetime import date
from importlib.metadata import version
from pathlib import Path

from msgspec.structs import replace

from onrecord.export.flatten import slice_whole
from onrecord.export.manifest import NAME, Contents, Options, listed_files
from onrecord.record import Publication
from tests.records import ANALYSES, RECORD


def test_manifest_says_of_what_and_by_what(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_bytes(b"id\r\n")
    (tmp_path / "a.csv").write_bytes(b"")
    contents = Contents()
    contents.note([*ANALYSES[:3], replace(ANALYSES[3], language="nn"), ANALYSES[4]])
    made = json.loads(contents.manifest("csv", Options(quotations_only=True), "code-model", list(tmp_path.iterdir())))
    assert made == {
        "onrecord": version("onrecord"),
        "maker": "code-model",
        "format": "csv",
        "options": {"quotations_only": True},
        "reports": 5,
        "not_read": ["r4"],
        "outlets": {"": 1, "Harbour Wire": 1, "Kesland Herald": 1, "Norvia Post": 2},
        "days": {"earliest": "2031-03-04", "latest": "2031-03-12"},
        "files": [
            {"name": "a.csv", "bytes": 0, "sha256": hashlib.sha256(b"").hexdigest()},
            {"name": "b.csv", "bytes": 4, "sha256": hashlib.sha256(b"id\r\n").hexdigest()},
        ],
    }


def test_order_of_the_reports_changes_nothing() -> None:
    one, other = Contents(), Contents()
    one.note(ANALYSES)
    other.note(reversed(ANALYSES))
    assert one.manifest("json", Options(), None, []) == other.manifest("json", Options(), None, [])


def test_open_side_and_no_day_are_null() -> None:
    contents = Contents()
    assert json.loads(contents.manifest("json", Options(), None, []))["days"] == {"earliest": None, "latest": None}
    contents.note([replace(ANALYSES[0], published=Publication(latest=date(2031, 5, 1)))])
    days = json.loads(contents.manifest("json", Options(), None, []))["days"]
    assert days == {"earliest": "2031-05-01", "latest": "2031-05-01"}


def test_reports_are_noted_as_slices_pass() -> None:
    contents = Contents()
    assert list(contents.noting([slice_whole(RECORD)])) == [slice_whole(RECORD)]
    assert json.loads(contents.manifest("json", Options(), None, []))["reports"] == 5


def test_files_of_an_export_are_known_by_its_manifest(tmp_path: Path) -> None:
    assert listed_files(tmp_path) is None
    (tmp_path / NAME).write_bytes(b"{}")
    assert listed_files(tmp_path) is None
    (tmp_path / "a.csv").write_bytes(b"")
    (tmp_path / NAME).write_bytes(Contents().manifest("csv", Options(), None, [tmp_path / "a.csv"]))
    assert listed_files(tmp_path) == {NAME, "a.csv"}
