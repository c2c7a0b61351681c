from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from onrecord.record import OnrecordError
from onrecord.store import Store, file, read_record, schema
from tests.store.filled import LINKER, MAKER, RECORD, fill, report_of, stage


def names(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def refusal(path: Path, *, writing: bool = True) -> str:
    """The one line with which `path` is refused, to a reader and, with `writing`, the same to a writer."""
    with pytest.raises(OnrecordError) as read, Store.open(path) as store:
        store.record()
    if writing:
        with pytest.raises(OnrecordError) as written, Store.create_or_open(path) as store:
            stage(store, RECORD.analyses)
        assert str(written.value) == str(read.value)
    line = str(read.value)
    assert line.startswith(f"{path}: ")
    assert "\n" not in line
    return line.removeprefix(f"{path}: ")


def test_one_file_is_left(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.onrecord")
    assert names(tmp_path) == ["a.onrecord"]
    with Store.create_or_open(path) as store:
        store.stage(())
        assert names(tmp_path) == ["a.onrecord", "a.onrecord-lock", "a.onrecord-shm", "a.onrecord-wal"]
    assert names(tmp_path) == ["a.onrecord"]
    read_record(path)
    assert names(tmp_path) == ["a.onrecord"]


def test_a_strange_name_is_only_a_name(tmp_path: Path) -> None:
    path = fill(tmp_path / "a ?mode=rw#é%41.onrecord")
    assert read_record(path) == RECORD
    assert names(tmp_path) == [path.name]


def test_readers_read_on_while_a_writer_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "PATIENCE", 0.1)
    path = fill(tmp_path / "a.onrecord")
    with Store.open(path) as before, Store.create_or_open(path) as writer:
        stage(writer, RECORD.analyses[:1])
        writer.plan(MAKER, LINKER)
        with Store.open(path) as during:
            assert before.record() == during.record() == RECORD
            with pytest.raises(OnrecordError, match="another onrecord is writing"):
                Store.create_or_open(path)
            assert during.record() == RECORD


def test_a_reader_that_holds_on_does_not_stop_the_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file, "PATIENCE", 0.1)
    path = fill(tmp_path / "a.onrecord")
    with Store.create_or_open(path):
        reader = Store.open(path)
        assert reader.record() == RECORD
    assert reader.record() == RECORD
    reader.close()
    assert read_record(fill(path)) == RECORD
    assert names(tmp_path) == ["a.onrecord"]


def test_none_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a.onrecord", writing=False) == "no such record"
    assert names(tmp_path) == []


def test_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "no record (a folder)"


@pytest.mark.parametrize("content", [b"x", b"SQLite format", b"Dear reader,\n" * 200, bytes(5000)])
def test_a_file_that_is_no_record_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert refusal(path) == "no record (not an SQLite file)"
    assert path.read_bytes() == content
    assert names(tmp_path) == ["letter.txt"]


def test_another_program_s_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    notes = sqlite3.connect(path)
    notes.execute("CREATE TABLE notes (note TEXT)")
    notes.close()
    content = path.read_bytes()
    assert refusal(path) == "no record (an SQLite file of another program)"
    assert path.read_bytes() == content


def test_a_newer_version(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.onrecord")
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    assert refusal(path) == "made by a newer Onrecord (format 99; this one reads up to 7)"


def test_a_file_that_was_cut_off(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.onrecord")
    whole = path.read_bytes()
    for size in (50, 100, 1000, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        path.write_bytes(whole[:size])
        assert refusal(path) in ("damaged or cut off", "no record (not an SQLite file)"), size
        assert path.read_bytes() == whole[:size]


def test_a_first_build_that_was_interrupted_is_no_record_yet(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    with Store.create_or_open(path) as store:
        stage(store, RECORD.analyses)
    assert refusal(path, writing=False).startswith("no record yet")
    path.write_bytes(b"")
    assert refusal(path, writing=False).startswith("no record yet")
    assert read_record(fill(path)) == RECORD


def test_a_killed_writer_s_wal_is_read_and_taken_in(tmp_path: Path) -> None:
    (tmp_path / "killed").mkdir()
    path, killed = fill(tmp_path / "a.onrecord"), tmp_path / "killed" / "a.onrecord"
    with Store.create_or_open(path) as store:
        stage(store, RECORD.analyses[:1])
        for name in ("a.onrecord", "a.onrecord-wal"):
            shutil.copy(tmp_path / name, killed.parent / name)
    assert read_record(killed) == RECORD
    assert read_record(fill(killed)) == RECORD
    assert names(killed.parent) == ["a.onrecord"]


def test_a_killed_writer_s_rollback_journal_is_undone(tmp_path: Path) -> None:
    path = fill(tmp_path / "a.onrecord")
    dies = (
        "import os, sqlite3, sys; rows = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "rows.executescript('PRAGMA cache_size = 1; BEGIN; DELETE FROM entries; DELETE FROM texts;')\n"
        "rows.executemany('INSERT INTO cache VALUES (?, 0, 0, ?, NULL)', ((n, 'x' * 5000) for n in range(200)))\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", dies, path], check=False)
    assert names(tmp_path) == ["a.onrecord", "a.onrecord-journal"]
    assert read_record(path) == RECORD
    assert names(tmp_path) == ["a.onrecord"]


def test_an_older_file_is_migrated_in_one_transaction(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = fill(tmp_path / "a.onrecord")
    known = schema.MIGRATIONS
    monkeypatch.setattr(schema, "MIGRATIONS", (*known, "CREATE TABLE more (a); CREATE TABLE texts (b);"))
    assert "already exists" in refusal(path)
    monkeypatch.setattr(schema, "MIGRATIONS", (*known, "CREATE TABLE more (a);", "CREATE TABLE most (a);"))
    assert read_record(path) == RECORD
    rows = sqlite3.connect(path)
    assert rows.execute("PRAGMA user_version").fetchone() == (len(known) + 2,)
    rows.close()
    assert names(tmp_path) == ["a.onrecord"]


def test_a_file_of_the_first_version_is_built_again_from_what_it_was_given(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    first = sqlite3.connect(path)
    first.executescript(schema.MIGRATIONS[0] + "PRAGMA user_version = 1;")
    report = report_of(RECORD.analyses[0])
    with first:
        first.execute("INSERT INTO texts VALUES (?, ?)", (report.id, report.text))
        bare = msgspec.json.encode(msgspec.structs.replace(report, text="")).decode()
        first.execute("INSERT INTO givens VALUES (?, ?)", (report.id, bare))
        first.execute("INSERT INTO completed VALUES ('old')")
    first.close()
    with pytest.raises(OnrecordError, match="made by an older Onrecord; run `onrecord build` on it again"):
        read_record(path)
    with Store.create_or_open(path) as store:
        store.stage(())
        assert store.plan(MAKER, LINKER) == [report.id]
        assert store.report(report.id) == report
