"""Scores of predicates and arguments to frames: what is said to happen, how surely, and who and what takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from onrecord.language.paths import Floats, softmax
from onrecord.language.pieces import Ints, Pieces, Window
from onrecord.language.scores import ARGUMENTS, Scores, Tables
from onrecord.language.syntax import Node, without_self

# Parts that one event has one of; of several words that claim one the likeliest is taken.
_ONCE = ("ARG0", "ARG1", "ARG2", "ARG3", "ARG4")


@dataclass(frozen=True, slots=True)
class Argument:
    """A part in what happens: PropBank's label, and the number of the word that heads it."""

    label: str
    node: int
    probability: float


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate by the number of its word, with its arguments in order of place.

    `factuality` says how sure the text makes it that it happened, -3 (not) to 3 (certain), as readers judged (White et
    al. 2016), and `happened` is the probability that they take it as having happened, or as true now.
    """

    node: int
    probability: float
    factuality: float
    happened: float
    arguments: tuple[Argument, ...]


def find_frames(
    pieces: Pieces, window: Window, score: Scores, nodes: Sequence[Node], tables: Tables, lean: float, before: int
) -> list[Frame]:
    """The frames of the words `nodes` in the core of `window`; `before` words of the text stand ahead of them."""
    out: list[Frame] = []
    starts = np.array([node.start for node in nodes], dtype=np.int64)
    cuts = np.flatnonzero(np.diff(pieces.sentence[starts])) + 1
    for first, at in zip([0, *cuts.tolist()], np.split(starts - window.start, cuts), strict=True):
        out += read_frames(score, at, tables, lean, before + first)
    return out


def read_frames(score: Scores, at: Ints, tables: Tables, lean: float = 0.0, before: int = 0) -> list[Frame]:
    """The frames of the sentence whose words begin with the pieces `at` of the window; `before` others stand ahead.

    `lean` is added to the score of every label of an argument.
    """
    odds, facts = score.predicates[at, 0], np.clip(score.predicates[at, 1], -3, 3)
    found = np.flatnonzero(odds > 0)
    if not len(found):
        return []
    half = score.arguments.shape[1] // 2
    as_argument, as_predicate = score.arguments[at, :half], score.arguments[at[found], half:]
    # (words, predicates, half): what a word and a predicate show together.
    ways = _ways(score, at)[:, :, found].transpose(1, 2, 0) @ tables.argument_place[:5]
    ways += tables.argument_place[5:][_away(len(at))[:, found]]
    hidden = np.maximum(as_argument[:, None] + as_predicate + ways, 0)
    scores = hidden @ tables.argument[:-1] + tables.argument[-1]
    scores += (as_argument[:, None] * as_predicate) @ tables.argument_both
    scores[:, :, 0] -= lean
    shares = softmax(scores)
    return [
        Frame(
            before + n,
            _odds(odds[n]),
            float(facts[n]),
            _odds(facts[n] + facts[n] ** 3),
            _arguments(shares[:, k], before),
        )
        for k, n in enumerate(found.tolist())
    ]


def _odds(x: float) -> float:
    """The probability of which `x` is the log-odds.

    For having happened it is a cubic of factuality, until it is calibrated: readers are sure at both ends of the scale,
    and near its middle much less so than a straight line would have it.
    """
    return float(1 / (1 + np.exp(-x)))


def _ways(score: Scores, at: Ints) -> Floats:
    """How likely each word stands to each other one in five ways: (5, words, words).

    It depends on the other, governs it, depends on the same word, depends on one that depends on it, or governs such.
    """
    heads = softmax(without_self(score.arcs[at][:, np.concatenate(([0], at + 1))]))[:, 1:]
    grand = heads @ heads
    ways: Floats = np.stack([heads, heads.T, heads @ heads.T, grand, grand.T])
    return ways


@lru_cache(maxsize=512)
def _away(words: int) -> Ints:
    """How far each word stands behind each other one, signed and logarithmic, as numbers below DISTANCES."""
    away = np.arange(words)[:, None] - np.arange(words)
    sizes = np.minimum(np.log2(np.abs(away) + 1).astype(np.int64), 6) + 1
    buckets: Ints = np.where(away == 0, 0, np.where(away > 0, sizes, sizes + 8))
    return buckets


def _arguments(shares: np.ndarray, before: int) -> tuple[Argument, ...]:
    labels = shares.argmax(axis=1)
    given = [Argument(ARGUMENTS[k], before + n, float(shares[n, k])) for n, k in enumerate(labels.tolist()) if k]
    best = {label: max((a for a in given if a.label == label), key=_likely, default=None) for label in _ONCE}
    return tuple(a for a in given if a.label not in best or a is best[a.label])


def _likely(argument: Argument) -> float:
    return argument.probability
