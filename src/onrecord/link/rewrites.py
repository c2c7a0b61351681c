"""Two bodies to how much of the shorter one the other holds, word for word and sentence by sentence.

Sentences are matched by their words: the cosines of their vectors parted rewrites from independent reports no better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.link.shingles import RUN, Body, Flags, Hashes

Floats = NDArray[np.float32]

# Dice over the words of two sentences from which one is the other, lightly edited, is the other reworded, or tells of
# the same in words that may be its own.
EDITED, REWORDED, ALIKE = 0.8, 0.6, 0.5
# A smaller share of runs than this is chance, or a formula.
LEAST = 0.05
# A sentence of fewer words that carry meaning is like any other.
LEAST_STEMS = 3


@dataclass(frozen=True, slots=True)
class Overlap:
    """What of the shorter body stands in the other, as shares.

    `runs` of its runs of words, `taken` of its words in such runs or in reworded sentences. The rest is of the words
    that neither report quotes, since two reporters at one news conference have the quotations in common: `beside` in
    shared runs, `edited` and `alike` in such sentences. `quotation` is whether they share one.
    """

    runs: float
    taken: float
    beside: float
    edited: float
    alike: float
    quotation: bool


def measure_overlap(one: Body, other: Body) -> Overlap | None:
    """The overlap, None if the runs shared are fewer than LEAST; the same whichever is given first.

    What is noise in either counts in neither: a footer, or a headline, may be known as such in one of them only.
    """
    short, long = (one, other) if _is_first(one, other) else (other, one)
    own = short.distinct[~_among(short.distinct, long.noise)]
    runs = float(_among(own, long.distinct).sum() / max(1, len(own)))
    if runs < LEAST:
        return None
    count = len(short.sentence)
    noise = _among(short.runs, long.noise)
    covered = _cover(_among(short.runs, long.distinct) & ~noise, count)
    kept = covered | ~_cover(noise, count)
    plain = kept & ~short.quoted & ~_cover(_among(short.runs, long.said), count)
    score = match_sentences(short, long)[short.sentence]
    return Overlap(
        runs=runs,
        taken=_share(covered | (score >= REWORDED), kept),
        beside=_share(covered, plain),
        edited=_share(score >= EDITED, plain),
        alike=_share(score >= ALIKE, plain),
        quotation=not short.quotations.isdisjoint(long.quotations),
    )


def match_sentences(one: Body, other: Body) -> Floats:
    """For each sentence of `one`, by its number, Dice over words with the sentence of `other` that is most like it."""
    sizes, others = _sizes(one), _sizes(other)
    common: Hashes = one.vocabulary[_among(one.vocabulary, other.vocabulary)]
    both = _incidence(one, common, len(sizes)) @ _incidence(other, common, len(others)).T
    dice = 2 * both / np.maximum(1, sizes[:, None] + others[None, :])
    dice[sizes < LEAST_STEMS] = 0
    best: Floats = dice.max(axis=1)
    return best


def _is_first(one: Body, other: Body) -> bool:
    """Whether it is the shorter; of equal ones the choice must not depend on the order either."""
    if len(one.sentence) != len(other.sentence):
        return len(one.sentence) < len(other.sentence)
    return one.runs.tobytes() <= other.runs.tobytes()


def _share(mask: Flags, among: Flags) -> float:
    return float((mask & among).sum() / max(1, among.sum()))


def _among(hashes: Hashes, pool: Hashes) -> Flags:
    """Which of the hashes are in the sorted pool."""
    if not len(pool):
        return np.zeros(len(hashes), dtype=np.bool_)
    found: Flags = pool[np.minimum(np.searchsorted(pool, hashes), len(pool) - 1)] == hashes
    return found


def _sizes(body: Body) -> Floats:
    return np.bincount(body.stems[0], minlength=int(body.sentence.max()) + 1).astype(np.float32)


def _incidence(body: Body, common: Hashes, sentences: int) -> Floats:
    """Which sentence holds which of the common words."""
    column = np.full(len(body.vocabulary), -1, dtype=np.int64)
    column[np.searchsorted(body.vocabulary, common)] = np.arange(len(common))
    columns = column[body.stems[1]]
    out = np.zeros((sentences, len(common)), dtype=np.float32)
    out[body.stems[0][columns >= 0], columns[columns >= 0]] = 1
    return out


def _cover(runs: Flags, words: int) -> Flags:
    """The words that stand in one of the runs."""
    out = np.zeros(words, dtype=np.bool_)
    for n in range(RUN):
        out[n : n + len(runs)] |= runs
    return out
