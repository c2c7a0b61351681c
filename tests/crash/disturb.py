"""What is done to a command while it writes: it is killed, cramped, kept from writing, or has company."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from pathlib import Path
from shutil import copytree

from tests.crash.process import GLANCE, Command, cramp, obey_permissions
from tests.crash.scenes import NAME, Pair, sizes
from tests.crash.trial import NOTHING_DONE, Disturbance, Trial

# How long behind a change of its files a command is killed at most, in seconds.
BEHIND = 0.02
# How often a command is killed once more.
AGAIN = 0.2
# What SQLite writes at once.
PAGE = 4096
READING = (
    ("show", NAME, "statements"),
    ("said", NAME),
    ("check", NAME),
    ("export", NAME, "--format", "csv", "-o"),
)
REFUSED = "another onrecord is writing to it; nothing was changed"


def kill(trial: Disturbance) -> None:
    """`kill -9` at any moment, or a little behind any change of the files; now and then once more."""
    record = copytree(trial.of.folder, trial.folder / "record") / NAME
    again = True
    while again:
        command = trial.start(trial.of.words, record)
        if trial.draw.random() < 0.5:
            moment = trial.draw.uniform(0, trial.of.seconds * 1.05)
            trial.how += f"after {moment:.3f} s; "
            command.sleep(moment)
        else:
            changes, more = trial.draw.randint(1, trial.of.changes), trial.draw.uniform(0, BEHIND)
            trial.how += f"{more:.4f} s behind change {changes} of {trial.of.changes}; "
            _await_changes(command, record.parent, changes)
            command.sleep(more)
        command.kill()
        ran = command.wait()
        trial.hit = trial.hit or ran.killed
        trial.fail_unless(ran.killed or ran.status == 0, f"status {ran.status}, said: {ran.said!r}")
        trial.acknowledge(ran)
        again = trial.draw.random() < AGAIN and trial.look(record).state != trial.of.after
    if trial.draw.random() < 0.5:
        trial.look(record, here=True)
    trial.finish(record)


def fill_disk(trial: Disturbance) -> None:
    """A disk that ends between what the record takes and what the command needs at most; it has more later."""
    least = sum(size for _, size, _ in sizes(trial.of.folder))
    size = trial.draw.randrange(least, max(trial.of.room, least + 2 * PAGE))
    if trial.draw.random() < 0.5 and can_mount():
        # A disk has whole pages; one beside the record's own is for the lock.
        size = size // PAGE * PAGE + 2 * PAGE
        trial.how = f"a disk of {size} bytes"
        with _mounted(trial.folder / "disk", f"size={size}") as disk:
            record = copytree(trial.of.folder, disk / "record") / NAME
            trial.refused_or_done(trial.start(trial.of.words, record).wait())
            if not trial.of.is_older:
                trial.look(record, here=True, cramped=True)
            _remount(disk, "size=64m")
            trial.finish(record)
        return
    trial.how = f"no file beyond {size} bytes"
    record = copytree(trial.of.folder, trial.folder / "record") / NAME
    trial.refused_or_done(trial.start(trial.of.words, record, partial(cramp, size)).wait())
    trial.look(record, here=True)
    trial.finish(record)


def forbid(trial: Disturbance) -> None:
    """A record, its folder or its disk that may not be written, from the start or from any moment on."""
    trial.how = trial.draw.choice(("the file", "the folder", "the disk", "the folder, later"))
    if trial.how == "the disk" and can_mount():
        with _mounted(trial.folder / "disk", "size=64m") as disk:
            record = copytree(trial.of.folder, disk / "record") / NAME
            _remount(disk, "ro")
            _refuse(trial, record)
            _remount(disk, "rw")
            trial.finish(record)
        return
    record = copytree(trial.of.folder, trial.folder / "record") / NAME
    if trial.how == "the folder, later":
        command = trial.start(trial.of.words, record, obey_permissions)
        command.sleep(trial.draw.uniform(0, trial.of.seconds))
        with _closed(record.parent):
            trial.refused_or_done(command.wait())
    elif trial.how == "the folder" and [name for name, _, _ in sizes(record.parent)] not in ([], [NAME]):
        # What a killed writer left beside the record is all that the next one needs.
        with _closed(record.parent):
            trial.refused_or_done(trial.start(trial.of.words, record, obey_permissions).wait())
    else:
        with _closed(record if trial.how == "the file" and record.exists() else record.parent):
            _refuse(trial, record)
    trial.finish(record)


def _refuse(trial: Disturbance, record: Path) -> None:
    """What writes is refused, what reads is not, and nothing is changed by either."""
    before = {entry.name: entry.read_bytes() for entry in record.parent.iterdir()}
    ran = trial.start(trial.of.words, record, obey_permissions).wait()
    trial.hit = ran.status != 0
    if trial.of.words[0] == "show":
        trial.end_well(ran)
    else:
        trial.end_in_one_line(ran)
    for words in READING if trial.of.before else ():
        line = (*words, str(trial.folder / "read")) if words[0] == "export" else words
        trial.end_well(trial.start(line, record, obey_permissions).wait())
    after = {entry.name: entry.read_bytes() for entry in record.parent.iterdir()}
    trial.fail_unless(after == before, f"changed: {before.keys()}, {after.keys()}")


def write_twice(trial: Trial, pair: Pair) -> None:
    """Two commands at once: the second is refused or waits its turn; in the end both are done, each once."""
    trial.scene = " and ".join(words[0] for words in pair.words)
    record = copytree(pair.folder, trial.folder / "record") / NAME
    first = trial.start(pair.words[0], record)
    first.sleep(trial.draw.uniform(0, pair.seconds))
    second = trial.start(pair.words[1], record)
    trial.how = "the first is killed" if trial.draw.random() < 0.3 else "both are left to work"
    if trial.how == "the first is killed":
        second.sleep(trial.draw.uniform(0, pair.seconds / 2))
        first.kill()
    ends = (first.wait(), second.wait())
    done = {number for number, ran in enumerate(ends) if ran.status == 0 or (ran.killed and ran.said.strip())}
    for ran in ends:
        trial.fail_unless(ran.status in (0, NOTHING_DONE) or ran.killed, f"status {ran.status}, said: {ran.said!r}")
        if ran.status == NOTHING_DONE:
            trial.hit = True
            trial.end_in_one_line(ran)
            trial.fail_unless(REFUSED in ran.said, f"it does not say why: {ran.said!r}")
    trial.fail_unless(done or ends[0].killed, "neither was done")
    trial.allowed = {state for which, state in pair.states.items() if which >= done}
    found = trial.look(record)
    is_on_record = next((which for which, state in pair.states.items() if state == found.state), frozenset(done))
    for number in sorted({0, 1} - is_on_record):
        trial.end_well(trial.start(pair.words[number], record).wait())
    trial.allowed = {pair.states[frozenset((0, 1))]}
    trial.look(record)
    trial.leave_one_file(record)


@cache
def can_mount() -> bool:
    """Whether this machine lets us have a disk of our own."""
    with suppress(OSError):
        return subprocess.run(["unshare", "--mount", "true"], capture_output=True, check=False).returncode == 0
    return False


def _await_changes(command: Command, folder: Path, changes: int) -> None:
    held = sizes(folder)
    while changes > 0 and command.is_running():
        now = sizes(folder)
        changes -= now != held
        held = now
        command.sleep(GLANCE)


@contextmanager
def _mounted(disk: Path, options: str) -> Iterator[Path]:
    """A disk in memory, at `disk`."""
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=True)
    try:
        yield disk
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


@contextmanager
def _closed(path: Path) -> Iterator[None]:
    """`path` without the right to write there."""
    mode = path.stat().st_mode
    path.chmod(mode & ~0o222)
    try:
        yield
    finally:
        path.chmod(mode)


DISTURBANCES: dict[str, Callable[[Disturbance], None]] = {"kill": kill, "disk full": fill_disk, "read-only": forbid}
