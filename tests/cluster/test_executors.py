from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.cluster.conftest import QUICK, need_java
from tests.cluster.test_build import build_here, export, write_lines

# Spark's own cluster on one machine: each executor is a process of its own, on one core.
MASTER = "local-cluster[2,1,1024]"
PATIENCE = 300


def executors(of: int) -> list[int]:
    """The processes of executors below a process."""
    words = ["ps", "-A", "-ww", "-o", "pid=,ppid=,command="]
    listed = subprocess.run(words, capture_output=True, text=True, check=True)
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    above = {int(row[0]): int(row[1]) for row in rows}
    return [
        pid
        for pid in (int(row[0]) for row in rows if "CoarseGrainedExecutorBackend" in row[-1])
        if of in _line(above, pid)
    ]


def _line(above: dict[int, int], pid: int) -> Iterator[int]:
    while pid := above.get(pid, 0):
        yield pid


def test_a_killed_executor_costs_nothing_of_the_record(tmp_path: Path) -> None:
    need_java()
    lines, told = write_lines(tmp_path / "lines.jsonl"), tmp_path / "told"
    words = ["build", str(lines), "-o", str(tmp_path / "tables"), "--record", str(tmp_path / "spark.onrecord")]
    words += ["--engine", "spark", "--master", MASTER]
    settings = {"PYSPARK_SUBMIT_ARGS": f"{QUICK} --conf spark.executor.memory=512m pyspark-shell"}
    with (
        told.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "onrecord", *words], env=os.environ | settings, stdout=errors, stderr=errors
        ) as build,
    ):
        read_in = tmp_path / "tables.work" / "items" / "_SUCCESS"
        until = time.monotonic() + PATIENCE
        while not read_in.exists() and build.poll() is None and time.monotonic() < until:
            time.sleep(0.1)
        # The reports are read in, and are being extracted.
        killed = executors(build.pid)[:1]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        build.wait(PATIENCE)
    assert killed
    assert build.returncode == 0, told.read_text()
    assert "Lost executor" in told.read_text()
    build_here([lines], tmp_path / "here.onrecord")
    assert export(tmp_path / "spark.onrecord") == export(tmp_path / "here.onrecord")
