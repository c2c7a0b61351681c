"""Records that older versions wrote: opened or built again, and never harmed by it."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from onrecord.engine import build_record, list_record, remove_reports
from onrecord.engine.check import check_record
from onrecord.engine.fix import fix_record
from onrecord.ingest import read_reports
from onrecord.record import OnrecordError
from onrecord.store import Store, file, read_record, schema
from tests.store.old import make

NEWEST = len(schema.MIGRATIONS)
FORMATS = range(1, NEWEST)
# What was made by the first format is of no use to the later ones; what it was given is.
READABLE = [number for number in FORMATS if number > 1]
KEYS = {"courier-1", "today-1", "wire-1"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "old.onrecord"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, bytes]:
    """What this version makes of the same reports, without and with what was said of them."""
    path = str(tmp_path_factory.mktemp("fresh") / "new.onrecord")
    build_record(read_reports([str(make.REPORTS)]), path)
    plain = exported(path)
    kind, *words = make.CORRECTION
    fix_record(path, kind, words, by=make.BY)  # type: ignore[arg-type]
    return {False: plain, True: exported(path)}


def exported(path: str | Path) -> bytes:
    """All of a record but the day on which it was corrected, which is that of the test for a fresh one."""
    day = rf"(?<=corrected by {re.escape(make.BY)}, )\d{{4}}-\d\d-\d\d"
    return re.sub(day.encode(), b"2026-01-01", msgspec.json.encode(read_record(path)))


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one at a time."""
    held = ""
    for piece in script.splitlines(keepends=True):
        held += piece
        if sqlite3.complete_statement(held):
            yield held
            held = ""


def test_every_older_format_has_a_file() -> None:
    assert [number for number in FORMATS if not make.path_of(number).exists()] == []
    assert set(make.COMMITS) == set(FORMATS)
    assert all(make.path_of(number).stat().st_size < 60_000 for number in FORMATS)


@pytest.mark.parametrize("number", FORMATS)
def test_a_file_is_of_the_format_that_it_stands_for(number: int, path: Path) -> None:
    assert version_of(make.unpack(number, path)) == number


@pytest.mark.parametrize("number", READABLE)
def test_an_older_record_is_opened_and_is_sound(number: int, path: Path) -> None:
    record = read_record(make.unpack(number, path))
    assert version_of(path) == NEWEST
    assert {report.key for report in record.reports} == KEYS
    assert len(record.claims) > 5
    assert len(record.contacts) > 1
    assert {"Maren Oldvik", "Tasso Brehm"} <= {name for entity in record.entities for name in entity.aliases}
    assert check_record(str(path)).faults == ()
    with Store.open(path) as store:
        assert [(said.kind, said.by) for said in store.corrections()] == [(make.CORRECTION[0], make.BY)]
    assert [found.name for found in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("number", READABLE)
def test_an_older_record_is_listed_anew_without_a_model(number: int, path: Path) -> None:
    list_record(str(make.unpack(number, path)))
    with Store.open(path) as store:
        assert store.catalogue().is_listed()
        assert len(store.catalogue().statement_columns().id) > 5
    assert check_record(str(path)).faults == ()


@pytest.mark.parametrize("number", READABLE)
def test_a_report_is_removed_from_an_older_record(number: int, path: Path) -> None:
    remove_reports(str(make.unpack(number, path)), ["today-1"])
    assert {report.key for report in read_record(path).reports} == KEYS - {"today-1"}
    assert b"no number was named" not in path.read_bytes()


def test_a_record_of_the_first_format_says_what_to_do_and_loses_nothing_by_it(path: Path) -> None:
    make.unpack(1, path)
    before = path.read_bytes()
    for _ in range(2):
        with pytest.raises(OnrecordError, match="made by an older Onrecord; run `onrecord build` on it again"):
            read_record(path)
    assert version_of(path) == NEWEST
    assert len(before) > 0
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM givens JOIN texts USING (report)").fetchone() == (len(KEYS),)


@pytest.mark.parametrize("number", FORMATS)
def test_building_an_older_record_again_gives_what_this_version_makes_of_its_reports(
    number: int, path: Path, fresh: dict[bool, bytes]
) -> None:
    old = make.unpack(number, path)
    with closing(sqlite3.connect(old)) as database:
        ((maker,),) = database.execute("SELECT maker FROM completed").fetchall()
    done = build_record([], str(old))
    # What has changed since may be the format alone.
    with Store.open(old) as store:
        assert done.extracted == (0 if store.maker() == maker else len(KEYS))
    assert (done.reports, done.notices) == (len(KEYS), ())
    assert exported(path) == fresh[number >= make.CORRECTED]


@pytest.mark.parametrize("number", FORMATS)
def test_a_migration_that_fails_at_any_statement_leaves_the_file_as_it_was(
    number: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make.unpack(number, path).read_bytes()
    known = schema.MIGRATIONS
    whole = [one for script in known[number:] for one in statements(script)]
    assert "".join(whole).strip() == "".join(known[number:]).strip()
    for end in range(len(whole) + 1):
        cut = "".join([*whole[:end], "SELECT * FROM nowhere;"])
        monkeypatch.setattr(schema, "MIGRATIONS", (*known[:number], cut))
        with pytest.raises(OnrecordError) as refusal:
            read_record(path)
        assert str(refusal.value) == f"{path}: no such table: nowhere"
        assert path.read_bytes() == before, end
    monkeypatch.setattr(schema, "MIGRATIONS", known)
    Store.create_or_open(path).close()
    assert version_of(path) == NEWEST


@pytest.mark.parametrize("number", FORMATS)
def test_a_migration_for_which_the_disk_is_too_small_leaves_the_file_as_it_was(
    number: int, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = make.unpack(number, path).read_bytes()
    connect = file._connect

    def cramped(path: Path, mode: str) -> sqlite3.Connection:
        database = connect(path, mode)
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute(f"PRAGMA max_page_count = {pages + 1}")
        return database

    grows = "CREATE TABLE more (a); INSERT INTO more VALUES (zeroblob(1000000));"
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, grows))
        patch.setattr(file, "_connect", cramped)
        with pytest.raises(OnrecordError, match="no space left on the disk"):
            read_record(path)
    assert path.read_bytes() == before


DIES = """
import os, sqlite3, sys
from pathlib import Path
from onrecord.store import Store, file, schema
connect = file._connect
def deadly(path, mode):
    database = connect(path, mode)
    database.create_function("die", 0, lambda: os.kill(os.getpid(), 9))
    # What was changed is written before the end, so that there is something to undo.
    database.execute("PRAGMA cache_size = 1")
    return database
file._connect = deadly
schema.MIGRATIONS = (*schema.MIGRATIONS, "DELETE FROM givens; UPDATE entries SET json = upper(json); SELECT die();")
Store.create_or_open(Path(sys.argv[1]))
"""


@pytest.mark.parametrize("number", READABLE)
def test_a_migration_that_is_killed_is_undone_and_done_by_the_next(number: int, path: Path, tmp_path: Path) -> None:
    expected = exported(make.unpack(number, tmp_path / "undisturbed.onrecord"))
    before = make.unpack(number, path).read_bytes()
    killed = subprocess.run([sys.executable, "-c", DIES, str(path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() != before
    assert path.with_name(f"{path.name}-journal").exists()
    assert exported(path) == expected
    assert version_of(path) == NEWEST


@pytest.mark.parametrize("number", FORMATS)
def test_a_newer_record_is_refused_by_all_and_left_as_it_is(number: int, path: Path) -> None:
    with closing(sqlite3.connect(make.unpack(number, path))) as database:
        database.execute(f"PRAGMA user_version = {NEWEST + 1}")
    before = path.read_bytes()
    for act in (
        lambda: read_record(path),
        lambda: check_record(str(path)),
        lambda: list_record(str(path)),
        lambda: remove_reports(str(path), ["wire-1"]),
        lambda: build_record(read_reports([str(make.REPORTS)]), str(path)),
    ):
        with pytest.raises(OnrecordError) as refusal:
            act()
        line = f"{path}: made by a newer Onrecord (format {NEWEST + 1}; this one reads up to {NEWEST})"
        assert str(refusal.value) == line
    assert path.read_bytes() == before
