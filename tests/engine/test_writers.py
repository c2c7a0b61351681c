"""Several that write one record of a PostgreSQL database at once."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from onrecord import pipeline
from onrecord.engine import Summary, build_record, check_record, remove_reports
from onrecord.location import Address, Location
from onrecord.record import OnrecordError, Report
from onrecord.store import Store, read_record
from tests.engine.conftest import Readings
from tests.engine.reports import make_reports
from tests.engine.writing import ALL
from tests.postgres import Place
from tests.store.filled import tamper

REPORTS = make_reports(ALL)
# Of one report each knows something that the other does not.
MINE = [*REPORTS[:8], replace(REPORTS[5], title="Tunnel")]
THEIRS = [*REPORTS[4:12], replace(REPORTS[5], author="Yelda Corrant", key="again", published="2030-01-01")]

pytestmark = pytest.mark.parametrize("place", ["postgres"], indirect=True)


def exported(path: Location) -> bytes:
    return msgspec.json.encode(read_record(path))


def at_once(folder: Path, reports: Sequence[Report]) -> bytes:
    """What one build of all these reports gives, in a file."""
    build_record(reports, folder / "whole")
    return exported(folder / "whole")


def start(where: Location, reports: tuple[int, int], kind: str, *dies_at: str) -> subprocess.Popen[bytes]:
    """A process that builds these of REPORTS as soon as it is told to."""
    assert isinstance(where, Address)
    address = f"{where.connection}&schema={where.schema}"
    words = [address, f"{reports[0]}-{reports[1]}", kind, *dies_at]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.engine.writing", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    return process


def let_go(*processes: subprocess.Popen[bytes]) -> list[int]:
    """All of them at once; their exit statuses."""
    for process in processes:
        assert process.stdin
        process.stdin.close()
    return [process.wait(300) for process in processes]


@pytest.mark.parametrize("at", [("read", 3), ("extract", 1), ("extract", 8)])
def test_a_build_that_is_completed_within_another(
    readings: Readings, place: Place, tmp_path: Path, at: tuple[str, int]
) -> None:
    path, theirs = place("a"), list[Summary]()

    def tell(stage: str, done: int, total: int | None) -> None:
        if (stage, done) == at and not theirs:
            theirs.append(build_record(THEIRS, path))

    mine = build_record(MINE, path, progress=tell)
    assert exported(path) == at_once(tmp_path, [*MINE, *THEIRS])
    assert (theirs[0].new, mine.new, mine.known) == (8, 4, 4)
    assert tamper(path, "SELECT count(*) FROM givens") == [(14,)]
    assert check_record(path).faults == ()


def test_what_another_is_at_outlasts_who_is_done(readings: Readings, place: Place) -> None:
    path = place("a")
    with Store.create_or_open(path) as store:
        store.stage(REPORTS[:3])
        lacking = store.plan("1", pipeline.linker())
        store.keep([readings.extract(store.report(report), pipeline.Reader()) for report in lacking[:2]], "1")
        build_record(REPORTS[5:7], path)
        assert store.plan("1", pipeline.linker()) == lacking[2:]
    # Who comes last throws away what nobody took up.
    build_record(REPORTS[7:8], path)
    assert tamper(path, "SELECT count(*) FROM cache") == tamper(path, "SELECT count(*) FROM reports") == [(3,)]


def test_a_plan_on_a_record_that_has_changed_is_not_put_into_effect(readings: Readings, place: Place) -> None:
    path = place("a")
    build_record(REPORTS[:2], path)
    with Store.create_or_open(path) as store:
        store.stage(())
        store.plan("1", pipeline.linker())
        build_record(REPORTS[2:3], path)
        before = exported(path)
        with pytest.raises(OnrecordError, match="completed a build meanwhile"):
            store.completing("1", pipeline.linker(), ()).__enter__()
    assert exported(path) == before


def test_a_reader_reads_one_build_to_its_end(readings: Readings, place: Place) -> None:
    path = place("a")
    build_record(REPORTS[:3], path)
    with Store.open(path) as store:
        before = store.record()
        build_record(REPORTS[3:5], path)
        remove_reports(path, [REPORTS[0].id])
        assert store.record() == before
    assert len(read_record(path).reports) == 4


def test_two_processes_at_once_with_what_both_have(place: Place, tmp_path: Path) -> None:
    path = place("a")
    assert let_go(start(path, (0, 8), "real"), start(path, (4, 12), "real")) == [0, 0]
    assert exported(path) == at_once(tmp_path, REPORTS[:12])
    assert check_record(path).faults == ()


@pytest.mark.parametrize(
    "dies_at",
    [("read", "9"), ("extract", "1"), ("extract", "35"), ("link", "0", "before"), ("link", "0", "within")],
    ids=" ".join,
)
def test_one_of_three_is_killed(readings: Readings, place: Place, tmp_path: Path, dies_at: tuple[str, ...]) -> None:
    path = place("a")
    others = start(path, (20, 50), "fast"), start(path, (45, 60), "fast")
    statuses = let_go(start(path, (0, 40), "fast", *dies_at), *others)
    assert statuses == [-signal.SIGKILL, 0, 0]
    assert exported(path) == at_once(tmp_path, REPORTS[20:])
    build_record(REPORTS[:40], path)
    assert exported(path) == at_once(tmp_path, REPORTS)
    assert tamper(path, "SELECT count(*), count(DISTINCT report) FROM cache") == [(ALL, ALL)]
