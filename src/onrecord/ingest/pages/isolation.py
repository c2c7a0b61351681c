"""A page to what it says, by a process of its own that may stall, swell or crash and cost no more than that page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Timer
from types import TracebackType

import msgspec

from onrecord.ingest.pages.frames import Page, Request, read_frame, write_frame
from onrecord.record import OnrecordError

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


class PageReader:
    """Reads pages in a worker process, started for the first of them and used for all; to be closed."""

    def __init__(self, cpu_seconds: int = CPU_SECONDS, memory: int = MEMORY) -> None:
        self._cpu_seconds = cpu_seconds
        self._memory = memory
        self._worker: subprocess.Popen[bytes] | None = None
        self._read = 0

    def read(self, page: bytes | str, url: str | None = None) -> Page:
        """What `page`, found under `url` where that is known, says.

        Raises:
            OnrecordError: there is no report in the page, or the worker was lost with it.
        """
        if self._read >= RENEWED_AFTER:
            self.close()
        raw, encoding = (page.encode("utf-8", "surrogatepass"), "utf-8") if isinstance(page, str) else (page, None)
        answer = self._ask(msgspec.msgpack.encode(Request(raw, encoding, url)))
        self._read += 1
        if isinstance(answer, str):
            raise OnrecordError(answer)
        return answer

    def close(self) -> None:
        """End the worker. It holds nothing that would have to be saved."""
        worker, self._worker, self._read = self._worker, None, 0
        if worker:
            worker.kill()
            # What it was not sent cannot be flushed any more.
            with suppress(OSError), worker:
                pass

    def __enter__(self) -> PageReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self, request: bytes) -> Page | str:
        worker = self._running()
        assert worker.stdin and worker.stdout  # noqa: S101 - both are pipes
        clock = Timer(WALL_PER_CPU * self._cpu_seconds, worker.kill)
        clock.start()
        try:
            write_frame(worker.stdin, request)
            frame = read_frame(worker.stdout)
        except OSError:
            frame = None
        except BaseException:
            # Interrupted between question and answer: the answer would be taken for that to the next question.
            self.close()
            raise
        finally:
            clock.cancel()
        if frame is None:
            return self._bury(worker)
        try:
            return msgspec.msgpack.decode(frame, type=Page | str)
        except msgspec.MsgspecError:
            self.close()
            return "the process that parsed it gave no answer"

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
            [sys.executable, "-P", "-m", "onrecord.ingest.pages.worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD, "PYTHONPATH": paths},
        )

    def _bury(self, worker: subprocess.Popen[bytes]) -> str:
        """The reason why the page is lost."""
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
