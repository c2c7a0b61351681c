"""The log of corrections to those that stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from onrecord.record import Correction

State = Literal["stands", "undone", "replaced", "holds nothing now"]


def standing(corrections: Iterable[Correction]) -> list[Correction]:
    """Those of `corrections`, in the order of the log, that are neither undone nor replaced by a later word.

    A later word of the same kind on the same facts replaces an earlier one; "same" and "different" are one kind. What
    undid a correction may be undone itself: then that one stands again.
    """
    log = list(corrections)
    states = _states(log)
    return [c for c in log if states[c.id] == "stands" and c.kind != "undo"]


def log_states(corrections: Sequence[Correction], idle: Iterable[str]) -> dict[str, State]:
    """What has become of each correction; `idle` are the ids of those whose place holds no such fact any more."""
    states = _states(corrections)
    nothing = set(idle)
    return {id: "holds nothing now" if s == "stands" and id in nothing else s for id, s in states.items()}


def _states(log: Sequence[Correction]) -> dict[str, State]:
    states: dict[str, State] = {}
    undone: set[str] = set()
    last: set[object] = set()
    for c in reversed(log):
        if c.id in undone:
            states[c.id] = "undone"
        elif c.kind == "undo":
            states[c.id] = "stands"
            undone.add(c.value or "")
        else:
            states[c.id] = "replaced" if _matter(c) in last else "stands"
            last.add(_matter(c))
    return states


def _matter(c: Correction) -> object:
    """What a correction settles: the two places of a link in either order."""
    if c.kind in ("same", "different"):
        return "link", c.about, frozenset({c.target, c.other})
    return c.kind, c.about, c.target
