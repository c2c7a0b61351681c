"""A build that is killed at any moment, and what is left of it."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from onrecord.engine import build_record
from onrecord.engine.build import BATCH
from onrecord.record import OnrecordError
from onrecord.store import read_record
from tests.engine.reports import make_reports

REPORTS = 40
KILLS = 25


def start(path: Path, *dies_at: str, workers: int = 1, count: int = REPORTS) -> subprocess.Popen[bytes]:
    """A process that is about to build."""
    command = [sys.executable, "-m", "tests.engine.build_reports", str(path), str(count), str(workers), *dies_at]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    return process


def exported(path: Path) -> bytes:
    return msgspec.json.encode(read_record(path))


def seen(path: Path) -> bytes | None:
    """What a reader sees; None for that there is no record yet."""
    try:
        return exported(path)
    except OnrecordError as error:
        assert "no record yet" in str(error) or "no such record" in str(error)
        return None


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of the first few of the reports."""
    path = tmp_path_factory.mktemp("first") / "a.onrecord"
    build_record(make_reports(REPORTS)[:5], str(path))
    return path


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, float]:
    """What a build that nobody kills leaves, and the seconds that it takes."""
    path = tmp_path_factory.mktemp("undisturbed") / "a.onrecord"
    process = start(path)
    started = time.monotonic()
    assert process.wait() == 0
    return exported(path), time.monotonic() - started


def test_killed_at_random_moments(tmp_path: Path, first: Path, undisturbed: tuple[bytes, float]) -> None:
    expected, seconds = undisturbed
    draw = random.Random(20310504)
    killed = 0
    for round_ in range(KILLS):
        path = tmp_path / f"{round_}.onrecord"
        before = None
        if round_ % 2:
            path.write_bytes(first.read_bytes())
            before = exported(path)
        # Now and then a rerun is killed too.
        for _ in range(1 + round_ % 3 // 2):
            process = start(path, workers=1 + (round_ % 5 == 4))
            time.sleep(draw.uniform(0, seconds * 1.05))
            process.kill()
            killed += process.wait() == -signal.SIGKILL
            process.communicate()
            assert seen(path) in (before, expected)
        build_record(make_reports(REPORTS), str(path))
        assert exported(path) == expected, round_
        assert [found.name for found in tmp_path.iterdir()] == [path.name]
        path.unlink()
    assert killed >= KILLS * 3 // 4


@pytest.mark.parametrize("dies_at", [("read", "1"), ("read", "40"), ("extract", "1"), ("extract", "40"), ("link", "0")])
def test_killed_between_the_stages(tmp_path: Path, undisturbed: tuple[bytes, float], dies_at: tuple[str, str]) -> None:
    path = tmp_path / "a.onrecord"
    assert start(path, *dies_at).wait() == -signal.SIGKILL
    assert seen(path) is None
    build_record(make_reports(REPORTS), str(path))
    assert exported(path) == undisturbed[0]


def test_what_was_analysed_before_the_kill_is_not_analysed_again(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    assert start(path, "extract", str(BATCH + 5), count=BATCH + 10).wait() == -signal.SIGKILL
    # Analyses are put by in batches or after a second: how many, depends on the machine, but never none.
    assert build_record(make_reports(BATCH + 10), str(path)).extracted < BATCH + 10
