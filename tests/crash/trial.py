"""What a trial has: a folder of its own, chance that hangs on its seed, and the faults that it found."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from msgspec import Struct

from onrecord.store.file import REASONS
from tests.crash.process import Command, Ran
from tests.crash.scenes import NAME, Scene, Seen, see, see_here, sizes

# What a command says whose work is refused.
NOTHING_DONE = 2
# Commands that are the same whether they are run once or twice.
REPEATABLE = ("build", "show")


class Outcome(Struct, frozen=True):
    """How a trial went: on which scene and how, whether the disturbance hit the command, and what was found wrong."""

    kind: str
    number: int
    scene: str
    how: str
    hit: bool
    faults: tuple[str, ...]


class Trial:
    """One trial. `allowed` is what may be on record from now on."""

    def __init__(self, kind: str, number: int, seed: int, folder: Path) -> None:
        self.kind, self.number, self.folder = kind, number, folder
        self.draw = random.Random(f"{seed}/{kind}/{number}")
        self.scene, self.how, self.hit = "", "", False
        self.faults: list[str] = []
        self.allowed: set[str | None] = set()
        self._told = count()

    def outcome(self) -> Outcome:
        """What came of it."""
        return Outcome(self.kind, self.number, self.scene, self.how, self.hit, tuple(self.faults))

    def start(self, words: Sequence[str], record: Path, before: Callable[[], object] | None = None) -> Command:
        """A command on `record`, with what is done in its process before."""
        line = [str(record) if word == NAME else word for word in words]
        return Command(line, self.folder / f"said-{next(self._told)}", before)

    def fail_unless(self, holds: object, fault: str) -> None:
        """Note a fault."""
        if not holds:
            self.faults.append(fault)

    def end_in_one_line(self, ran: Ran) -> None:
        """A command that could not do its work must have said so."""
        is_one = ran.said.count("\n") == 1 and "fault of onrecord" not in ran.said
        self.fail_unless(ran.status == NOTHING_DONE and is_one, f"status {ran.status}, said: {ran.said!r}")

    def end_well(self, ran: Ran) -> None:
        """A command that nothing disturbed must have done its work."""
        self.fail_unless(ran.status == 0, f"undisturbed: status {ran.status}, said: {ran.said!r}")

    def look(self, record: Path, *, here: bool = False, cramped: bool = False) -> Seen:
        """What is on record: it must be one of what is allowed, and sound. `cramped`, it may lack room to be read."""
        found = (see_here if here else see)(record, self.folder / "scratch")
        if cramped and REASONS["SQLITE_IOERR_SHM"] in (found.state or ""):
            return found
        self.fail_unless(found.state in self.allowed, f"on record is what was never to be: {found}")
        self.fail_unless(not found.faults, f"check: {found.faults}")
        return found

    def leave_one_file(self, record: Path) -> None:
        """Nothing may be left beside the record."""
        left = [name for name, _, _ in sizes(record.parent)]
        self.fail_unless(left == [NAME], f"left beside the record: {left}")


class Disturbance(Trial):
    """A trial on one command."""

    def __init__(self, kind: str, number: int, seed: int, folder: Path, scene: Scene) -> None:
        super().__init__(kind, number, seed, folder)
        self.scene, self.of = scene.name, scene
        self.allowed = {scene.before, scene.after}

    def acknowledge(self, ran: Ran) -> None:
        """What a command said that it did must be on record from now on."""
        if ran.status == 0 or (ran.killed and ran.said.strip()):
            self.allowed = {self.of.after}

    def refused_or_done(self, ran: Ran) -> None:
        """A command that was kept from its work must have said so; else it did it."""
        self.hit = self.hit or ran.status != 0
        self.acknowledge(ran)
        if ran.status:
            self.end_in_one_line(ran)

    def finish(self, record: Path) -> None:
        """Run the command again, undisturbed; what takes out or corrects only where that is not done already."""
        if self.look(record).state != self.of.after or self.of.words[0] in REPEATABLE:
            self.end_well(self.start(self.of.words, record).wait())
            # Who reads a record tidies up only where it has to be migrated.
            if not (self.kind == "kill" and self.of.words[0] == "show"):
                self.leave_one_file(record)
        self.allowed = {self.of.after}
        self.look(record)
