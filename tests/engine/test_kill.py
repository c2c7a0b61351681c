"""A build that is killed between its stages; what is killed at random moments is in `tests.crash`."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from onrecord.engine import build_record
from onrecord.record import OnrecordError
from onrecord.store import read_record
from tests.engine.build_reports import KEPT
from tests.engine.reports import make_reports

REPORTS = 4


def end(path: Path, *dies_at: str, count: int = REPORTS) -> int:
    """The status of a build that kills itself."""
    line = [sys.executable, "-m", "tests.engine.build_reports", str(path), str(count), *dies_at]
    return subprocess.run(line, check=False).returncode


def exported(path: Path) -> bytes:
    return msgspec.json.encode(read_record(path))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What a build that nobody kills leaves."""
    path = tmp_path_factory.mktemp("undisturbed") / "a.onrecord"
    build_record(make_reports(REPORTS), str(path))
    return exported(path)


@pytest.mark.parametrize(
    "dies_at", [("read", "1"), ("read", str(REPORTS)), ("extract", "1"), ("extract", str(REPORTS)), ("link", "0")]
)
def test_killed_between_the_stages(tmp_path: Path, undisturbed: bytes, dies_at: tuple[str, str]) -> None:
    path = tmp_path / "a.onrecord"
    assert end(path, *dies_at) == -signal.SIGKILL
    with pytest.raises(OnrecordError, match=r"no record yet|no such record"):
        read_record(path)
    build_record(make_reports(REPORTS), str(path))
    assert exported(path) == undisturbed


def test_what_was_analysed_before_the_kill_is_not_analysed_again(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    assert end(path, "extract", str(KEPT + 2), count=KEPT + 3) == -signal.SIGKILL
    # On a slow machine a second is over before so many are read, and more are kept.
    assert build_record(make_reports(KEPT + 3), str(path)).extracted <= 3
