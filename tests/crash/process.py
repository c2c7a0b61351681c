"""A command of onrecord as a process of its own, which can be killed, cramped or kept from writing.

It is forked from one that has everything imported already: a trial takes a second, and not four. What it forks from
has no threads and no open record.
"""

from __future__ import annotations

import ctypes
import importlib
import os
import pkgutil
import resource
import signal
import struct
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import onrecord
from onrecord import cli, pipeline
from onrecord.ingest.languages import load_languages

# How often a process that is waited for is looked at, in seconds.
GLANCE = 0.0005
# A command that takes longer hangs.
PATIENCE = 120.0
# As in linux/prctl.h and linux/capability.h: what lets root pass by permission bits.
_DROP = 24
_VERSION_3, _OVERRIDE, _READ_SEARCH = 0x20080522, 1, 2


class Ran(NamedTuple):
    """How a command ended (a status below 0 is a signal's number), what it said, and how many seconds it took."""

    status: int
    said: str
    seconds: float

    @property
    def killed(self) -> bool:
        """Whether it was ended by `kill -9`."""
        return self.status == -signal.SIGKILL


class Command:
    """A command that has been started."""

    def __init__(self, words: Sequence[str], out: Path, before: Callable[[], object] | None = None) -> None:
        self._out = out
        # It may be killed before it has written a word.
        out.touch()
        self._since = time.monotonic()
        self._ended: int | None = None
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if not self.pid:
            _become(words, out, before)

    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        if self._ended is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._ended = os.waitstatus_to_exitcode(status) if pid else None
        return self._ended is None

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until it ends."""
        until = time.monotonic() + seconds
        while self.is_running() and time.monotonic() < until:
            time.sleep(GLANCE)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.is_running():
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> Ran:
        """Wait until it ends; one that hangs is ended, with a status that tells of it."""
        self.sleep(PATIENCE - (time.monotonic() - self._since))
        if self.is_running():
            os.kill(self.pid, signal.SIGABRT)
            self.sleep(PATIENCE)
        said = self._out.read_text(encoding="utf-8", errors="replace")
        assert self._ended is not None
        return Ran(self._ended, said, time.monotonic() - self._since)


def warm_up() -> None:
    """Import all that a command needs, so that none of it is read anew, and settle by what code records are made."""
    for module in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        # Some are of extras that need not be there, and one starts the program.
        if module.name != "onrecord.__main__":
            with suppress(ImportError):
                importlib.import_module(module.name)
    load_languages()
    pipeline.linker()
    pipeline.Reader()


def cramp(size: int) -> None:
    """Let no file of this process grow beyond `size` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def obey_permissions() -> None:
    """Let permission bits hold for this process, though it be root's."""
    if os.geteuid():
        return
    libc = ctypes.CDLL(None)
    for right in (_OVERRIDE, _READ_SEARCH):
        # Else root would have them again in a program that it starts.
        assert libc.prctl(_DROP, right, 0, 0, 0) == 0
    head = struct.pack("Ii", _VERSION_3, 0)
    held = ctypes.create_string_buffer(24)
    assert libc.capget(head, held) == 0
    sets = [word & ~(1 << _OVERRIDE | 1 << _READ_SEARCH) for word in struct.unpack("3I", held.raw[:12])]
    assert libc.capset(head, struct.pack("3I", *sets) + held.raw[12:]) == 0


def _become(words: Sequence[str], out: Path, before: Callable[[], object] | None) -> None:
    """Be the command, in a process that was just forked; never come back."""
    status: object = 1
    try:
        held = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(held, stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sys.argv = ["onrecord", *words]
        # What it would take away at its end goes with the trial.
        tempfile.tempdir = str(out.parent)
        if before:
            before()
        cli.main()
    except SystemExit as ended:
        status = ended.code or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 1)
