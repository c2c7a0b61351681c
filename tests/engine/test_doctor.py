from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest

from onrecord.engine.doctor import Health, examine
from tests.ask.asking import RECORD, put
from tests.ask.reports import IDS


@pytest.fixture(scope="module")
def alone() -> list[Health]:
    """What is found without a record."""
    return examine()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Health]:
    """What is found with a record that this code linked and another version read."""
    return examine(str(put(tmp_path_factory.mktemp("doctor") / "mine.onrecord", RECORD)))


def test_the_installation_is_said(alone: list[Health]) -> None:
    assert {"onrecord", "Python", "SQLite", "model"} <= {h.what for h in alone}
    state = {h.what: h.state for h in alone}
    assert version("onrecord") in state["onrecord"]
    assert ".".join(map(str, sys.version_info[:3])) in state["Python"]
    assert sqlite3.sqlite_version in state["SQLite"]


def test_what_is_not_well_says_what_to_do(alone: list[Health], found: list[Health]) -> None:
    for h in (*alone, *found):
        assert h.what
        assert h.state
        assert h.well or h.advice


def test_an_extra_that_is_not_installed_is_said(alone: list[Health], monkeypatch: pytest.MonkeyPatch) -> None:
    before = {h.what: h for h in alone}
    assert any("parquet" in what for what in before)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (extra,) = [h for h in examine() if "parquet" in h.what]
    assert "onrecord[parquet]" in extra.advice
    assert extra.state != before[extra.what].state


def test_a_record_that_another_version_read_is_said(found: list[Health]) -> None:
    record = next(h for h in found if h.what == "record")
    assert record.well
    assert "7 reports" in record.state
    read = [h for h in found if "older" in h.state and not h.well]
    assert any("test" in h.state for h in read)
    assert all("onrecord build" in h.advice for h in read)


def test_a_record_that_this_code_linked_needs_nothing(found: list[Health]) -> None:
    """Of the two, only its readings are another's."""
    assert not any("link" in h.what and not h.well for h in found)


def test_a_record_that_another_version_linked_is_said(tmp_path: Path) -> None:
    found = examine(str(put(tmp_path / "old.onrecord", RECORD, linker="another")))
    assert any("link" in h.what and not h.well for h in found)


def test_faults_of_a_record_are_findings(tmp_path: Path) -> None:
    path = put(tmp_path / "broken.onrecord", RECORD)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE texts SET text = text || '!' WHERE report = ?", (IDS["bot-1"],))
    assert any(h.what == "record" and not h.well for h in examine(str(path)))


def test_what_to_do_without_a_record_is_said(tmp_path: Path) -> None:
    (record,) = [h for h in examine(str(tmp_path / "nowhere.onrecord")) if h.what == "record"]
    assert record.advice


@pytest.mark.parametrize("held", [None, b"", b"no record at all"])
def test_a_record_that_cannot_be_opened_is_a_finding_and_no_failure(
    alone: list[Health], tmp_path: Path, held: bytes | None
) -> None:
    path = tmp_path / "x.onrecord"
    if held is not None:
        path.write_bytes(held)
    found = examine(str(path))
    (record,) = [h for h in found if h.what == "record"]
    assert not record.well
    assert str(path) in record.state
    assert {h.what for h in alone} <= {h.what for h in found}
    assert path.exists() == (held is not None)
