"""Wordpieces and scores made by hand, so that what reads them is tested without weights."""

import numpy as np

from onrecord.language.decode import Leaning
from onrecord.language.mentions import ALONE, MENTION, PAIR
from onrecord.language.paths import Floats
from onrecord.language.pieces import Ints, Pieces
from onrecord.language.scores import (
    ARGUMENTS,
    DISTANCES,
    LINK_SIZE,
    MENTION_LABELS,
    PLACES,
    REFERENT_SIZE,
    RELATIONS,
    ROLE_TAGS,
    TIMEX_LABELS,
    Scores,
    Tables,
)

# The width of a relation vector's half, and of an argument vector's.
HALF, PART = len(RELATIONS), len(ARGUMENTS)


def forbidding(labels: int, insides: dict[int, tuple[int, ...]]) -> Floats:
    """Steps between labels: free, but to an inside from any label other than those named for it."""
    out = np.zeros((labels, labels), dtype=np.float32)
    for inside, befores in insides.items():
        out[[n for n in range(labels) if n not in befores], inside] = -1e4
    return out


# A relation is read off a vector with one number a relation, an argument likewise. Of mentions nothing is known.
TABLES = Tables(
    near=np.zeros((2, DISTANCES), dtype=np.float32),
    none=np.zeros((2, LINK_SIZE), dtype=np.float32),
    role_moves=np.repeat(forbidding(len(ROLE_TAGS), {2: (1, 2, 3)})[None], 3, axis=0),
    mention_moves=forbidding(len(MENTION_LABELS), {2: (1, 2), 4: (3, 4), 6: (5, 6)})[None],
    relation=np.concatenate([np.eye(HALF), np.zeros((1, HALF))]).astype(np.float32),
    argument=np.concatenate([np.eye(PART), np.zeros((1, PART))]).astype(np.float32),
    argument_place=np.zeros((PLACES, PART), dtype=np.float32),
    argument_both=np.zeros((PART, PART), dtype=np.float32),
    timex_moves=forbidding(len(TIMEX_LABELS), {n: (n - 1, n) for n in (2, 4, 6, 8)})[None],
    first=np.zeros(REFERENT_SIZE, dtype=np.float32),
    alone_hidden=np.zeros((ALONE + 1, 2), dtype=np.float32),
    alone=np.zeros(3, dtype=np.float32),
    pair_hidden=np.zeros((PAIR + 2 * MENTION + 1, 2), dtype=np.float32),
    pair=np.zeros(3, dtype=np.float32),
)


def made_pieces(length: int, sentence: Ints | None = None) -> Pieces:
    """Pieces of one letter each without a space between them, in one sentence if nothing else is said."""
    zero, count = np.zeros(length, dtype=np.int64), np.arange(length)
    return Pieces(zero, count, count + 1, zero, zero, zero, zero if sentence is None else sentence)


def made_scores(length: int, **given: Floats) -> Scores:
    """Scores that say nothing but what is given."""
    widths = {"roles": 12, "mentions": 7, "nominals": 7, "tags": 18, "arcs": length + 1, "relations": 2 * HALF}
    widths |= {"links": 4 * LINK_SIZE, "predicates": 2, "arguments": 2 * PART, "timexes": len(TIMEX_LABELS)}
    widths["referents"] = 2 * REFERENT_SIZE
    return Scores(**{k: given.get(k, np.zeros((length, n), dtype=np.float32)) for k, n in widths.items()})


class Uncalibrated:
    """What else a model is asked for: tables and a leaning that say nothing, and probabilities as they are."""

    tables, leaning = TABLES, Leaning()

    def calibrated(self, head: str, probability: float) -> float:
        return probability
