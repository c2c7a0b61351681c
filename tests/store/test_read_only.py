"""A record of an older version in a place where nothing may be written: it is read in a copy, and stays as it is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.process import obey_permissions
from tests.store.old import make


@pytest.fixture(params=[2, 3])
def closed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """An older record in a folder without the right to write."""
    folder = tmp_path / "closed"
    folder.mkdir()
    path = make.unpack(request.param, folder / "old.onrecord")
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)


def run(*words: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "onrecord", *words]
    return subprocess.run(line, preexec_fn=obey_permissions, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are others there")
def test_what_reads_works_and_what_writes_is_refused(closed: Path, tmp_path: Path) -> None:
    before = closed.read_bytes()
    out = tmp_path / "out"
    for words in (("show", "statements"), ("said",), ("check",), ("export", "--format", "csv", "-o", str(out))):
        done = run(words[0], str(closed), *words[1:])
        assert done.returncode == 0, (words, done.stderr)
    assert "Tasso Brehm" in (out / "statements.csv").read_text(encoding="utf-8")
    done = run("remove", str(closed), "today-1")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"{closed}: cannot be written" in done.stderr
    assert closed.read_bytes() == before
    assert [found.name for found in closed.parent.iterdir()] == [closed.name]
