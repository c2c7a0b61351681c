"""Sketches to the pairs of them that are worth a comparison: of near days and leads, and enough that may be shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.paths import Floats
from onrecord.link.traits import Sketch, Weights

Ints = NDArray[np.int64]

_NEVER = 10_000_000
# Reports that are known to so many days stand in the order of days, and the few others beside them.
_NARROW = 31
# Words, names and numbers are thrown into so many buckets: what two reports share cannot be more than their buckets do.
_BUCKETS = (512, 128, 64)


class Found(NamedTuple):
    """Places of sketches, with the cosine of each one's lead and of what was searched for, NaN where one has none."""

    places: Ints
    leads: NDArray[np.float64]


class Scale(NamedTuple):
    """How log-odds are made of likenesses: of the lead, up to `most`, of words, names and numbers, and the rest.

    `least` are the log-odds that are asked for at least, `days` is what the logarithm of the days between two reports
    gives at most for each unit, and leads that are less near than `floor` are left out.
    """

    lead: float
    most: float
    others: tuple[float, ...]
    bias: float
    least: float
    days: float
    floor: float


class Windows:
    """Sketches in the order of their days.

    The products of leads are of whole numbers, and so the same in whatever order they are summed.
    """

    def __init__(self, sketches: Sequence[Sketch], scale: Scale) -> None:
        self._scale = scale
        self.low = np.array([s.earliest or 0 for s in sketches], dtype=np.int64)
        self.high = np.array([s.latest or _NEVER for s in sketches], dtype=np.int64)
        wide = self.high - self.low > _NARROW
        order = np.argsort(self.low, kind="stable")
        self._order = np.concatenate([order[wide[order]], order[~wide[order]]])
        self._wide = int(wide.sum())
        self._place = np.argsort(self._order)
        self._leads = _rows(sketches)[self._order]
        self._squares = (self._leads * self._leads).sum(axis=1).astype(np.float64)
        self._buckets = _throw(sketches, scale.others)[self._order]
        self._sorted = self.low[self._order[self._wide :]]

    def near(self, others: Windows, n: int, days: int) -> Found:
        """Those worth a comparison with the `n`th of `others`: no more than `days` apart, and maybe alike enough."""
        at = others._place[n]
        low, high = others.low[n], others.high[n]
        first = self._wide + int(np.searchsorted(self._sorted, low - days - _NARROW))
        last = self._wide + int(np.searchsorted(self._sorted, high + days, side="right"))
        parts = [slice(0, self._wide), slice(first, max(first, last))]
        found = [self._search(part, others, at, low, high) for part in parts]
        places, leads, gaps = (np.concatenate(x) for x in zip(*found, strict=True))
        kept = gaps <= days
        return Found(places[kept], leads[kept])

    def _search(
        self, part: slice, others: Windows, at: int, low: int, high: int
    ) -> tuple[Ints, NDArray[np.float64], Ints]:
        places = self._order[part]
        gaps = np.maximum(0, np.maximum(self.low[places] - high, low - self.high[places]))
        leads = self._cosines(part, others, at)
        scale = self._scale
        odds = scale.bias + self._buckets[part] @ others._buckets[at] + scale.days * np.log(np.maximum(1, gaps))
        odds = odds + scale.lead * np.minimum(np.nan_to_num(leads, nan=scale.most), scale.most)
        # The buckets are summed in single precision.
        kept = (odds >= scale.least - 0.01) & ~(leads < scale.floor)
        return places[kept], leads[kept], gaps[kept]

    def _cosines(self, part: slice, others: Windows, at: int) -> NDArray[np.float64]:
        mine, squares = self._leads[part], self._squares[part]
        if mine.shape[1] != others._leads.shape[1] or not others._squares[at]:
            return np.full(len(mine), np.nan)
        products = (mine @ others._leads[at]).astype(np.float64)
        cosines: NDArray[np.float64] = products / np.sqrt(np.maximum(squares * others._squares[at], 1.0))
        cosines[squares == 0] = np.nan
        return cosines


def _rows(sketches: Sequence[Sketch]) -> Floats:
    width = max((len(s.row) for s in sketches), default=0)
    rows = np.zeros((len(sketches), width), dtype=np.float32)
    for n, one in enumerate(sketches):
        rows[n, : len(one.row)] = np.frombuffer(one.row, dtype=np.int8)
    return rows


def _throw(sketches: Sequence[Sketch], scale: Sequence[float]) -> Floats:
    """What is in each bucket, so that the product of two rows is their weighed likeness or more."""
    kinds = ([s.words for s in sketches], [s.names for s in sketches], [s.numbers for s in sketches])
    filled = [_fill(k, size) * np.float32(of**0.5) for k, size, of in zip(kinds, _BUCKETS, scale, strict=True)]
    return np.hstack(filled)


def _fill(weights: Sequence[Weights], size: int) -> Floats:
    values = np.frombuffer(b"".join(w.weights for w in weights), dtype=np.uint8).astype(np.float64)
    places = np.frombuffer(b"".join(w.hashes for w in weights), dtype="<u4") % size
    rows = np.repeat(np.arange(len(weights)), [len(w.weights) for w in weights])
    filled = np.bincount(rows * size + places, values, len(weights) * size).reshape(len(weights), size)
    squares = np.bincount(rows, values * values, len(weights))
    unit: Floats = (filled / np.sqrt(np.maximum(squares, 1.0))[:, None]).astype(np.float32)
    return unit
