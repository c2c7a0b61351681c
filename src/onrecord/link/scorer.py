"""What two events have in common to the probability that they are one (weights by `training/event_links.py`).

Two small models: of two reports, whether they tell of one affair, and of two events, which is given that. Each is a
straight line beside a few hidden units, for what speaks only together with something else. Every row is summed by
itself, so that a pair gets the same score in whatever company it is judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from onrecord.link.sights import Numbers

# What lies farther from the mean than so many deviations counts as that far.
_FARTHEST = 5.0
_SUREST = 6.0


@dataclass(frozen=True, slots=True)
class Judge:
    """Columns on one scale by `mean` and `scale`; `straight` + `bias`, and `out` of `hidden` (columns, units)."""

    mean: Numbers
    scale: Numbers
    straight: Numbers
    bias: Numbers
    hidden: Numbers
    hidden_bias: Numbers
    out: Numbers

    def odds(self, rows: Numbers) -> Numbers:
        """(rows,): the log-odds of each."""
        scaled = np.clip((rows - self.mean) / self.scale, -_FARTHEST, _FARTHEST)
        found: Numbers = (scaled * self.straight).sum(axis=1) + self.bias
        for unit, bias, weight in zip(self.hidden.T, self.hidden_bias, self.out, strict=True):
            found = found + np.maximum((scaled * unit).sum(axis=1) + bias, 0) * weight
        return found


@dataclass(frozen=True, slots=True)
class Scorer:
    """Both judges."""

    of_reports: Judge
    of_events: Judge


def sure(odds: Numbers) -> Numbers:
    """Log-odds of which none is quite certain."""
    found: Numbers = np.clip(odds, -_SUREST, _SUREST)
    return found


def probability(odds: Numbers) -> Numbers:
    """The probabilities of log-odds, to the fourth decimal."""
    found: Numbers = np.round((1 + np.tanh(odds / 2)) / 2, 4)
    return found


@cache
def load_scorer() -> Scorer:
    """The shipped judges of reports and events."""
    held = load_judges("events")
    return Scorer(held["reports"], held["events"])


@cache
def load_judges(name: str) -> Mapping[str, Judge]:
    """The shipped judges of that file, by name."""
    with (files("onrecord.link") / "data" / f"{name}.npz").open("rb") as file, np.load(file) as held:
        given = {column: held[column].astype(np.float64) for column in held.files}
    fields: dict[str, dict[str, Numbers]] = {}
    for column, values in given.items():
        judge, _, field = column.partition("_")
        fields.setdefault(judge, {})[field] = values
    return {judge: Judge(**own) for judge, own in fields.items()}
