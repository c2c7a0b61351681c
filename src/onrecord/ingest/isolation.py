"""What others wrote to what it says, by a process of its own that may stall, swell or crash.

That costs no more than the page or entry that it was at, and what follows in the same file.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import suppress
from threading import Timer
from types import TracebackType
from typing import Self

import msgspec

from onrecord.ingest.frames import Answer, Found, Request, read_frame, write_frame

CPU_SECONDS = 10
MEMORY = 2**30
# A worker that waits uses no processor time; one that shares its core with nine others is slow.
WALL_PER_CPU = 10
# What libraries keep between pages stays small.
RENEWED_AFTER = 1_000

# How the worker ends at its limits. Windows has no such signal and no such limit.
OUT_OF_MEMORY = 77
OUT_OF_TIME = -getattr(signal, "SIGXCPU", 24)
# trafilatura brings numpy along, whose every thread takes address space, and there are as many as cores.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Worker:
    """A process that parses, started for the first request and used for all; to be closed."""

    def __init__(self, cpu_seconds: int = CPU_SECONDS, memory: int = MEMORY) -> None:
        self._cpu_seconds = cpu_seconds
        self._memory = memory
        self._worker: subprocess.Popen[bytes] | None = None
        self._asked = 0

    def ask(self, request: Request) -> Generator[Found, None, None]:
        """What is found, one by one, each within the limits; a string says why nothing (more) is to be had."""
        if self._asked >= RENEWED_AFTER:
            self.close()
        self._asked += 1
        worker = self._running()
        frame: bytes | None = msgspec.msgpack.encode(request)
        try:
            last = False
            while not last:
                found, last = self._next(worker, frame)
                frame = None
                if found is not None:
                    yield found
        except BaseException:
            # Left between question and answer: the answer would be taken for that to the next question.
            self.close()
            raise

    def close(self) -> None:
        """End the worker. It holds nothing that would have to be saved."""
        worker, self._worker, self._asked = self._worker, None, 0
        if worker:
            worker.kill()
            # What it was not sent cannot be flushed any more.
            with suppress(OSError), worker:
                pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _next(self, worker: subprocess.Popen[bytes], request: bytes | None) -> tuple[Found | None, bool]:
        """The next answer, to `request` or to the last one, and whether there are no more."""
        assert worker.stdin and worker.stdout  # noqa: S101 - both are pipes
        clock = Timer(WALL_PER_CPU * self._cpu_seconds, worker.kill)
        clock.start()
        try:
            if request is not None:
                write_frame(worker.stdin, request)
            frame = read_frame(worker.stdout)
        except OSError:
            frame = None
        finally:
            clock.cancel()
        if frame is None:
            return self._bury(worker), True
        try:
            answer = msgspec.msgpack.decode(frame, type=Answer)
        except msgspec.MsgspecError:
            self.close()
            return "the process that parsed it gave no answer", True
        return answer.found, answer.last

    def _running(self) -> subprocess.Popen[bytes]:
        """The worker, or another one where that was killed while it had nothing to do and lost nothing."""
        if self._worker and self._worker.poll() is not None:
            self.close()
        if self._worker is None:
            self._worker = self._start()
        return self._worker

    def _start(self) -> subprocess.Popen[bytes]:
        """A worker that finds the same modules as this process, and none in the working folder (-P)."""
        paths = os.pathsep.join(path for path in sys.path if path)
        limits = (str(self._cpu_seconds), str(self._memory))
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "onrecord.ingest.worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": paths},
        )

    def _bury(self, worker: subprocess.Popen[bytes]) -> str:
        """The reason why what it was at is lost."""
        with suppress(subprocess.TimeoutExpired):
            worker.wait(1)
        # Ours to kill if it closed its output and lives on.
        status = worker.poll()
        self.close()
        if status == OUT_OF_TIME:
            return f"took more than {self._cpu_seconds} seconds to parse"
        if status == OUT_OF_MEMORY:
            return f"took more than {self._memory // 2**20} MB of memory to parse"
        return f"the process that parsed it ended ({'killed' if status is None else f'status {status}'})"
