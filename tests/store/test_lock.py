from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.record import OnrecordError
from onrecord.store.lock import lock_writer


def test_the_second_writer_is_refused_and_the_next_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    with lock_writer(path), pytest.raises(OnrecordError, match=r"a\.onrecord: another onrecord is writing"):
        lock_writer(path).__enter__()
    with lock_writer(path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_two_names_of_one_record_are_one(tmp_path: Path) -> None:
    path, alias = tmp_path / "a.onrecord", tmp_path / "b.onrecord"
    path.touch()
    alias.symlink_to(path)
    with lock_writer(path), pytest.raises(OnrecordError):
        lock_writer(alias).__enter__()


def test_another_process_is_refused_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "a.onrecord"
    holds = (
        "import pathlib, sys, time; from onrecord.store.lock import lock_writer\n"
        "with lock_writer(pathlib.Path(sys.argv[1])): print(flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen([sys.executable, "-c", holds, path], stdout=subprocess.PIPE)
    assert holder.stdout
    holder.stdout.readline()
    with pytest.raises(OnrecordError):
        lock_writer(path).__enter__()
    holder.kill()
    holder.communicate()
    with lock_writer(path):
        pass


def test_a_lock_file_that_was_taken_away_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opened the file before its holder took it away must not hold a lock that nobody else would see."""
    path, beside = tmp_path / "a.onrecord", tmp_path / "a.onrecord-lock"
    opened: list[int] = []

    def open_then_lose(*arguments: object) -> int:
        opened.append(real_open(*arguments))  # type: ignore[arg-type]
        if len(opened) == 1:
            beside.unlink()
        return opened[-1]

    real_open = os.open
    monkeypatch.setattr(os, "open", open_then_lose)
    with lock_writer(path):
        assert len(opened) == 2
        assert beside.exists()


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match="there is no folder"):
        lock_writer(tmp_path / "none" / "a.onrecord").__enter__()
