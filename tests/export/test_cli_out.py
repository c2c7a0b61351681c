from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import BinaryIO

import pytest
from typer.testing import CliRunner

from onrecord.cli import EXPORTS, app
from onrecord.cli_out import export_record
from onrecord.export import FOLDERS, FORMATS, OTHERS
from onrecord.export.manifest import NAME
from onrecord.record import OnrecordError
from tests.store.filled import MAKER


def nowhere() -> BinaryIO:
    raise AssertionError("standard output was asked for")


def test_help_names_every_format() -> None:
    assert sorted(EXPORTS) == sorted([*FORMATS, *FOLDERS, *OTHERS])


@pytest.mark.parametrize("format", sorted(EXPORTS))
def test_manifest_has_the_hash_of_what_was_written(grain_path: Path, tmp_path: Path, format: str) -> None:
    path = tmp_path / "out"
    export_record(grain_path, format, path, nowhere)
    folder = format in FOLDERS
    made = json.loads((path / NAME if folder else tmp_path / f"out.{NAME}").read_bytes())
    assert (made["format"], made["maker"], made["options"]) == (format, MAKER, {"quotations_only": False})
    assert made["reports"] == (0 if format == "corrections" else 5)
    files = {f["name"]: f["sha256"] for f in made["files"]}
    written = [p for p in path.iterdir() if p.name != NAME] if folder else [path]
    assert files == {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in written}
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize("format", sorted({*EXPORTS} - {*FOLDERS} - {"xlsx"}))
def test_standard_output_has_the_same_bytes_and_no_manifest(grain_path: Path, tmp_path: Path, format: str) -> None:
    out = io.BytesIO()
    export_record(grain_path, format, None, lambda: out)
    export_record(grain_path, format, tmp_path / "out", nowhere)
    assert out.getvalue() == (tmp_path / "out").read_bytes()
    assert NAME.encode() not in out.getvalue()


@pytest.mark.parametrize("format", sorted(FOLDERS))
def test_folder_is_the_same_each_time(grain_path: Path, tmp_path: Path, format: str) -> None:
    for _ in range(2):
        export_record(grain_path, format, tmp_path / "one", nowhere)
    export_record(grain_path, format, tmp_path / "two", nowhere)
    assert {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "two").iterdir()
    }


@pytest.mark.parametrize("format", sorted({*EXPORTS} - {"html", "xlsx", "parquet"}))
def test_quotations_only_leaves_the_texts_out(grain_path: Path, tmp_path: Path, format: str) -> None:
    path = tmp_path / "out"
    export_record(grain_path, format, path, nowhere, quotations_only=True)
    written = list(path.iterdir()) if format in FOLDERS else [path]
    assert not any(b"with her Kesland counterpart" in p.read_bytes() for p in written)


def test_html_cannot_leave_the_texts_out(grain_path: Path, tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="html shows each report in full"):
        export_record(grain_path, "html", tmp_path / "out.html", nowhere, quotations_only=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("format", sorted(FOLDERS))
def test_folder_has_to_be_named(grain_path: Path, format: str) -> None:
    with pytest.raises(OnrecordError, match=f'"{format}" is a folder of files: say where to with -o FOLDER'):
        export_record(grain_path, format, None, nowhere)


@pytest.mark.parametrize("format", ["json", "csv"])
def test_what_is_no_record_leaves_nothing(tmp_path: Path, format: str) -> None:
    (tmp_path / "no.onrecord").write_text("no record")
    with pytest.raises(OnrecordError):
        export_record(tmp_path / "no.onrecord", format, tmp_path / "out", nowhere)
    assert [p.name for p in tmp_path.iterdir()] == ["no.onrecord"]


def test_command_hands_its_options_on(grain_path: Path, tmp_path: Path) -> None:
    words = ["export", str(grain_path), "--format", "jsonl", "-o", str(tmp_path / "out"), "--quotations-only"]
    result = CliRunner().invoke(app, words)
    assert (result.exit_code, result.output) == (0, "")
    assert json.loads((tmp_path / "out" / NAME).read_bytes())["options"] == {"quotations_only": True}
    assert b"with her Kesland counterpart" not in (tmp_path / "out" / "reports.jsonl").read_bytes()
