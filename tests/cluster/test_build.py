from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pyarrow
import pytest
from pyarrow import parquet

from onrecord.cluster import build_on_spark, reports
from onrecord.engine.build import Summary, build_record
from onrecord.ingest import read_reports
from onrecord.record import OnrecordError
from onrecord.store import read_record
from tests.ingest.archives import packed, records

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.enable_socket

LINES = [
    {
        "id": "wire-1",
        "outlet": "Harbour Wire",
        "url": "https://wire.example/1",
        "published": "2031-03-04T09:00:00+00:00",
        "text": "PORT HESPER, March 4 (Harbour Wire) - Foreign Minister Ilse Varn said on Tuesday that the ferry talks"
        " had failed. She called her Norvian counterpart Tomas Reth on Monday.",
    },
    {
        "id": "gazette-7",
        "outlet": "Hesper Gazette",
        "url": "https://gazette.example/7",
        "published": "2031-03-05",
        "text": "Foreign Minister Ilse Varn said the ferry talks had failed, Harbour Wire reported on Tuesday. A"
        " Norvian spokesman denied it.",
    },
    {
        "outlet": "Valley Post",
        "text": "Farmers in the valley said on Thursday that the harvest would be poor this year.",
    },
]


def export(record: Path) -> bytes:
    return msgspec.json.encode(read_record(record))


def write_lines(path: Path, lines: Iterable[object] = LINES) -> Path:
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    return path


def build_here(inputs: list[Path], path: Path) -> Summary:
    return build_record(read_reports([str(i) for i in inputs]), path)


def test_the_record_is_that_of_one_machine(spark: SparkSession, tmp_path: Path) -> None:
    given = tmp_path / "given reports"
    given.mkdir()
    first = write_lines(given / "first.jsonl", [LINES[0], LINES[2], "no object"])
    # One of them once more, under another name and with a date.
    again = write_lines(given / "second.jsonl", [LINES[1], {**LINES[2], "id": "post-3", "published": "2031-03-06"}])
    page = given / "page.html"
    page.write_text(f"<html><body><article><p>{LINES[1]['text']}</p><p>{LINES[0]['text']}</p></article></body></html>")

    there = build_on_spark([str(given), str(tmp_path / "missing")], tmp_path / "tables", tmp_path / "spark.onrecord")
    here = build_here([first, again, page, tmp_path / "missing"], tmp_path / "here.onrecord")

    assert export(tmp_path / "spark.onrecord") == export(tmp_path / "here.onrecord")
    counted = ("given", "new", "extracted", "reports", "attributions", "contacts", "claims", "stories")
    assert [getattr(there, name) for name in counted] == [getattr(here, name) for name in counted]
    assert sorted(n.reason for n in there.notices) == sorted(n.reason for n in here.notices)
    assert not (tmp_path / "tables.work").exists()
    check_tables(tmp_path / "tables", here)
    with pytest.raises(OnrecordError, match="there already"):
        build_on_spark([str(first)], tmp_path / "tables")


def test_tables_and_archives_are_read_as_lines_and_pages_are(spark: SparkSession, tmp_path: Path) -> None:
    given, archive = tmp_path / "given", tmp_path / "given" / "2031" / "pier.warc.gz"
    archive.parent.mkdir(parents=True)
    archive.write_bytes(b"".join(packed(records(2))))
    parquet.write_table(pyarrow.Table.from_pylist(LINES[:2]), given / "wire.parquet")

    build_on_spark([str(given)], tmp_path / "tables", tmp_path / "spark.onrecord")
    here = build_here([write_lines(tmp_path / "lines.jsonl", LINES[:2]), archive], tmp_path / "here.onrecord")

    assert here.reports == 4
    assert export(tmp_path / "spark.onrecord") == export(tmp_path / "here.onrecord")


def check_tables(folder: Path, here: Summary) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert manifest["rows"]["reports"] == here.reports
    statements = parquet.read_table(folder / "statements")
    assert statements.num_rows == here.attributions
    entities = set(parquet.read_table(folder / "entities")["id"].to_pylist())
    assert {e for e in statements["speaker_entity"].to_pylist() if e} <= entities
    claims = parquet.read_table(folder / "claims").to_pylist()
    assert len(claims) == here.claims
    assert all(json.loads(c["json"])["id"] == c["id"] for c in claims)
    assert "missing" in " ".join(parquet.read_table(folder / "notices")["input"].to_pylist())


def test_a_process_that_is_killed_loses_nothing(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, marker = write_lines(tmp_path / "lines.jsonl"), tmp_path / "killed"
    extract = reports.extract_reports

    def dying(*args: object) -> object:
        work = extract(*args)  # type: ignore[arg-type]

        def attempt(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
            for batch in work(batches):
                if not marker.exists():
                    marker.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
                yield batch

        return attempt

    monkeypatch.setattr("onrecord.cluster.build.extract_reports", dying)
    build_on_spark([str(lines)], tmp_path / "spark.onrecord")
    build_here([lines], tmp_path / "here.onrecord")
    assert marker.exists()
    assert export(tmp_path / "spark.onrecord") == export(tmp_path / "here.onrecord")
