"""The course of the work to lines and bars on standard error."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING

from onrecord.terminal.printable import on_one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

# Work that is over sooner needs no bar.
PATIENCE = 1.0


def say(message: object) -> None:
    """`message` as one line on standard error, under the program's name; nothing where there is no standard error."""
    if sys.stderr is not None:
        print(f"onrecord: {on_one_line(str(message))}", file=sys.stderr)


class Course:
    """A bar for each stage of the work, taken away at the end; call it with the stage, what is done and of how much.

    `shown` is whether there may be bars at all; there are none unless standard error is a terminal.
    """

    def __init__(self, shown: bool) -> None:
        self._shown = shown and sys.stderr is not None and sys.stderr.isatty()
        self._begin = time.monotonic()
        self._bars: Progress | None = None
        self._stages: dict[str, TaskID] = {}

    def __enter__(self) -> Course:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bars:
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """Moves the bar of `stage`; `total` is None where it is not known yet."""
        if not self._shown or time.monotonic() - self._begin < PATIENCE:
            return
        if self._bars is None:
            self._bars = _start_bars()
        if stage not in self._stages:
            self._stages[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._stages[stage], completed=done, total=total)


def _start_bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # What is printed meanwhile goes above the bars; what is written to standard output is left alone.
    bars = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    bars.start()
    return bars
