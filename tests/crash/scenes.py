"""What is disturbed: a record, a command on it, and what the record is before and after."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import signal
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.cli_out import export_record
from onrecord.engine import build_record, check_record, read_log
from onrecord.record import OnrecordError, Report
from tests.crash.process import GLANCE, Command
from tests.engine.reports import make_reports
from tests.store.old import make

NAME = "a.onrecord"
FIRST, MORE = 4, 2
# Another maker's record is read again.
OLDER = "an older one"
# Who puts it right.
BY = "Zbigla Tohrem"
# What is said of a path where no build was ever completed.
NONE_YET = ("no such record", "no record yet", "made by an older Onrecord; run `onrecord build`")


class Seen(NamedTuple):
    """What a record holds, by the hashes of its export and of what people said of it; None before its first build.

    `faults` is what `onrecord check` finds.
    """

    state: str | None
    faults: tuple[str, ...] = ()


class Scene(NamedTuple):
    """A folder with the record as it is before (or none), the words of a command, and what is on record after it.

    `seconds` is how long it takes, `changes` how often its files are seen to change meanwhile, and `room` how many
    bytes they come to at most.
    """

    name: str
    folder: Path
    words: tuple[str, ...]
    before: str | None
    after: str | None
    seconds: float
    changes: int
    room: int

    @property
    def is_older(self) -> bool:
        """Whether the record is of an older format, which is migrated, and so needs room, before it is read."""
        return self.folder.name.startswith("format-")


class Pair(NamedTuple):
    """Two commands on a record at once; `states` is what is on record by which of them were done."""

    folder: Path
    words: tuple[tuple[str, ...], tuple[str, ...]]
    states: Mapping[frozenset[int], str | None]
    seconds: float


def see(record: Path, scratch: Path) -> Seen:
    """What is on record, seen in a copy: nothing that was left beside it is tidied up."""
    shutil.rmtree(scratch, ignore_errors=True)
    copied = shutil.copytree(record.parent, scratch / "copy") / NAME
    return see_here(copied, scratch)


def see_here(record: Path, scratch: Path) -> Seen:
    """What is on record, seen where it is."""
    scratch.mkdir(exist_ok=True)
    try:
        faults = check_record(str(record)).faults
        export_record(record, "jsonl", scratch / "out", io.BytesIO)
        said = [(c.kind, c.about, c.value, c.target, c.other) for c in read_log(str(record)).corrections]
    except OnrecordError as error:
        if any(words in str(error) for words in NONE_YET):
            return Seen(None)
        return Seen(f"cannot be read: {error}")
    digest = hashlib.sha256(msgspec.json.encode(said))
    for file in sorted((scratch / "out").iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    shutil.rmtree(scratch / "out")
    return Seen(digest.hexdigest(), faults)


def sizes(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """The files of a folder, with their lengths and when they were last changed."""
    found = []
    for entry in os.scandir(folder):
        # A journal may be gone by now.
        try:
            told = entry.stat()
        except FileNotFoundError:
            continue
        found.append((entry.name, told.st_size, told.st_mtime_ns))
    return tuple(sorted(found))


def set_up(folder: Path) -> tuple[list[Scene], list[Pair]]:
    """All scenes and pairs, below `folder`; what takes long stands among them half as often."""
    stage = _Stage(folder)
    build = ("build", str(stage.first), str(stage.more), "-o", NAME)
    more, remove = ("build", str(stage.more), "-o", NAME), ("remove", NAME, "r0-1")
    fix = ("fix", NAME, "date", "r0-2", "2031-05-06", "--by", BY)
    refresh = ("build", "--refresh", "-o", NAME)
    some = stage.some()
    outdated = stage.outdated(some)
    scenes = [
        stage.scene("first build", stage.empty("nothing"), more),
        stage.scene("build", some, build),
        stage.scene("end of a build", stage.half(), build),
        stage.scene("remove", some, remove),
        stage.scene("fix", some, fix),
        stage.scene("refresh", outdated, refresh),
        stage.scene("reading of format 2", stage.old(2), ("show", NAME, "statements")),
        stage.scene("remove from format 3", stage.old(3), ("remove", NAME, "today-1")),
        stage.scene("fix of format 3", stage.old(3), ("fix", NAME, "date", "today-1", "2031-05-06", "--by", BY)),
    ]
    slow = [
        stage.scene("build by two", some, (*build, "--workers", "2")),
        stage.scene("build of format 1", stage.old(1), ("build", str(make.REPORTS), "-o", NAME)),
    ]
    one_more = ("build", str(stage.one_more), "-o", NAME)
    pairs = [stage.pair(some, more, other) for other in (one_more, remove, fix)]
    pairs.append(stage.pair(outdated, refresh, more))
    return [*scenes, slow[0], *scenes, slow[1]], pairs


class _Stage:
    """What scenes are made of: files of reports, and folders with a record."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        *reports, last = make_reports(FIRST + MORE + 1)
        self.first = self._write("first.jsonl", reports[:FIRST])
        self.more = self._write("more.jsonl", reports[FIRST:])
        self.one_more = self._write("one-more.jsonl", [last])

    def _write(self, name: str, reports: Sequence[Report]) -> Path:
        path = self._folder / name
        given = [msgspec.structs.asdict(report) | {"id": report.key} for report in reports]
        path.write_bytes(msgspec.json.Encoder().encode_lines(given))
        return path

    def empty(self, name: str) -> Path:
        """A folder without a record."""
        path = self._folder / name
        path.mkdir()
        return path

    def some(self) -> Path:
        """One with a record of the first reports."""
        folder = self.empty("some")
        self._run(("build", str(self.first), "-o", NAME), folder)
        return folder

    def half(self) -> Path:
        """One in which all reports were read, and the first alone are on record."""
        folder = self.empty("half")
        shutil.copyfile(self._folder / "some" / NAME, folder / NAME)
        pid = os.fork()
        if not pid:
            build_record(make_reports(FIRST + MORE), str(folder / NAME), progress=_die_at_the_end)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL
        return folder

    def outdated(self, some: Path) -> Path:
        """One with a record that another version made."""
        folder = self.empty("outdated")
        shutil.copyfile(some / NAME, folder / NAME)
        with closing(sqlite3.connect(folder / NAME, isolation_level=None)) as database:
            database.execute("UPDATE cache SET maker = ?", (OLDER,))
            database.execute("UPDATE completed SET maker = ?", (OLDER,))
        return folder

    def old(self, number: int) -> Path:
        """One with a record of an older format."""
        folder = self._folder / f"format-{number}"
        if not folder.exists():
            folder.mkdir()
            make.unpack(number, folder / NAME)
        return folder

    def scene(self, name: str, folder: Path, words: tuple[str, ...]) -> Scene:
        """The scene of a command, which is run once to see what it does."""
        before, here = self._see(folder), self._copy(folder)
        seconds, changes, room = self._run(words, here)
        return Scene(name, folder, words, before, self._see(here), seconds, changes, room)

    def pair(self, folder: Path, *words: tuple[str, ...]) -> Pair:
        """Two commands, each of which is run alone and after the other."""
        states, seconds = {frozenset[int](): self._see(folder)}, 0.0
        for done in ((0,), (1,), (0, 1)):
            here = self._copy(folder)
            took = [self._run(words[number], here)[0] for number in done]
            seconds = seconds or took[0]
            states[frozenset(done)] = self._see(here)
        first, second = words
        return Pair(folder, (first, second), states, seconds)

    def _copy(self, folder: Path) -> Path:
        here = self._folder / "here"
        shutil.rmtree(here, ignore_errors=True)
        return shutil.copytree(folder, here)

    def _see(self, folder: Path) -> str | None:
        seen = see(folder / NAME, self._folder / "scratch")
        assert not seen.faults, (folder, seen)
        return seen.state

    def _run(self, words: Sequence[str], folder: Path) -> tuple[float, int, int]:
        line = [str(folder / NAME) if word == NAME else word for word in words]
        command = Command(line, self._folder / "said")
        held, changes, room = sizes(folder), 0, 0
        while command.is_running():
            now = sizes(folder)
            changes += now != held
            room = max(room, sum(size for _, size, _ in now))
            held = now
            command.sleep(GLANCE)
        ran = command.wait()
        assert ran.status == 0, ran
        return ran.seconds, max(changes, 1), room


def _die_at_the_end(stage: str, done: int, total: int | None) -> None:
    if stage == "link":
        os.kill(os.getpid(), signal.SIGKILL)
