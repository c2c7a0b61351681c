"""Predicates to what they tell of: whether it is an event, and its PLOVER type.

Two linear classifiers over the vectors of trigger and clause and the circumstances in the sentence (features.py); the
weights are made by `training/event_classifiers.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from onrecord.language.paths import Floats, softmax

# What no PLOVER type covers: an earthquake, an election, a birth.
NONE = "NONE"
_KIND_DEEDS = frozenset(("CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"))
_HARD_DEEDS = frozenset(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"))
# So far each column may spread, so that no part outweighs the others by its width alone.
MEANING, CIRCUMSTANCE = 6.0, 3.0


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights (columns + 1, classes), the last row their bias, over columns set on one scale by `mean` and `scale`."""

    weights: Floats
    mean: Floats
    scale: Floats

    def score(self, columns: Floats) -> Floats:
        """(rows, classes): the log-odds, or scores, of each row."""
        found: Floats = (columns - self.mean) / self.scale @ self.weights[:-1] + self.weights[-1]
        return found


@dataclass(frozen=True, slots=True)
class Classifiers:
    """The two classifiers, and the types in the order of their scores."""

    types: tuple[str, ...]
    type_of: Linear
    news_of: Linear

    def read_types(self, meanings: Floats) -> Floats:
        """(rows, types): the probability of each type, by the vectors of trigger, clause and sentence."""
        return softmax(self.type_of.score(meanings))

    def choose(self, shares: Floats) -> tuple[str, float]:
        """The type of the greatest share, with it; none of them only where most speaks for that."""
        first, second = np.argsort(-shares)[:2].tolist()
        best = second if self.types[first] == NONE and shares[first] < 0.5 else first
        return self.types[best], float(shares[best])

    def read_news(self, meanings: Floats, circumstances: Floats) -> Floats:
        """(rows,): the probability that each tells of an event."""
        columns = np.hstack([meanings[:, : 2 * meanings.shape[1] // 3], circumstances])
        odds: Floats = self.news_of.score(columns)[:, 0]
        return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float64)


@cache
def load_classifiers() -> Classifiers:
    """The shipped weights."""
    with (files("onrecord.events") / "data" / "classifiers.npz").open("rb") as file, np.load(file) as held:
        given = {name: held[name] for name in held.files}
    linear = {n: Linear(given[f"{n}_weights"], given[f"{n}_mean"], given[f"{n}_scale"]) for n in ("type", "news")}
    return Classifiers(tuple(str(t) for t in given["types"]), linear["type"], linear["news"])


def undone_type(type_: str, status: str, demanded: bool) -> str:
    """The type of what has not been done, as PLOVER's manual codes it: what is promised is AGREE, what looms THREATEN.

    "Norra will send grain" is a promise, whatever comes of it; "Norra would close the border" a threat; what is
    `demanded` a REQUEST.
    """
    if demanded:
        return "REQUEST"
    if status not in ("planned", "predicted", "conditional"):
        return type_
    return "AGREE" if type_ in _KIND_DEEDS else "THREATEN" if type_ in _HARD_DEEDS else type_


def spread(columns: Floats, width: float) -> tuple[Floats, Floats]:
    """The mean of each column, and what to divide it by so that all together spread by `width`."""
    scale: Floats = (columns.std(axis=0) + 1e-6) * np.sqrt(columns.shape[1]) / width
    return columns.mean(axis=0), scale
