"""Where the seconds of one report go: the steps of `extract`, each by what it takes itself."""

from __future__ import annotations

import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from onrecord.pipeline import Reader, extract
from onrecord.record import Report

# The functions of each step, each where its caller looks it up.
STEPS = {
    "wordpieces": ("onrecord.language.model:split_pieces", "onrecord.language.vectors:Vectors.of"),
    "main model": ("onrecord.language.model:Model.score",),
    "second readings": ("onrecord.language.parse:read_nested",),
    "likeness": ("onrecord.language.vectors:TextVectors.read",),
    "decoding": ("onrecord.language.model:decode",),
    "coreference": ("onrecord.language.parse:find_clusters", "onrecord.language.parse:_scene"),
    "attribution": ("onrecord.pipeline:find_attributions", "onrecord.pipeline:place_in_contacts"),
    "dating": tuple(
        f"onrecord.pipeline:{name}" for name in ("find_publication", "find_timexes", "find_hints", "resolve_timexes")
    ),
    "events": ("onrecord.pipeline:find_events",),
}
# What is done anew within them belongs to them.
WHOLE = frozenset(("second readings",))
REST = "the rest"


class Clock:
    """Gives each moment to the step that is at work: the innermost one, but for what belongs to a whole."""

    def __init__(self, now: Callable[[], float] = time.process_time) -> None:
        self._now, self._at_work, self._since = now, [REST], now()
        self.seconds: dict[str, float] = defaultdict(float)

    def _turn(self) -> None:
        """Gives the time since the last turn to the step that was at work."""
        now = self._now()
        self.seconds[self._at_work[-1]] += now - self._since
        self._since = now

    def during(self, step: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work`, the time of which is that step's."""

        def timed(*args: Any, **options: Any) -> Any:
            if self._at_work[-1] in WHOLE:
                return work(*args, **options)
            self._turn()
            self._at_work.append(step)
            try:
                return work(*args, **options)
            finally:
                self._turn()
                self._at_work.pop()

        return timed


def read_steps(reports: Sequence[Report], reader: Reader) -> dict[str, float]:
    """The processor seconds a report of each step."""
    with ExitStack() as patched:
        clock = Clock()
        for step, names in STEPS.items():
            for name in names:
                holder, attribute = _find(name)
                patched.enter_context(patch.object(holder, attribute, clock.during(step, getattr(holder, attribute))))
        for report in reports:
            clock.during(REST, extract)(report, reader)
    return {step: round(clock.seconds[step] / len(reports), 4) for step in (*STEPS, REST)}


def _find(name: str) -> tuple[Any, str]:
    """The module or class that holds what is called so, and its name there."""
    module, _, path = name.partition(":")
    *owners, attribute = path.split(".")
    holder: Any = importlib.import_module(module)
    for owner in owners:
        holder = getattr(holder, owner)
    return holder, attribute
