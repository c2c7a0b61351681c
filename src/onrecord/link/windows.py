"""Sketches to the pairs of them that are worth a comparison: of near days and leads, and enough that may be shared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
# So many are searched for at once.
_BLOCK = 64


class Found(NamedTuple):
    """Places of sketches in order, with the cosine of each lead and of what was sought, NaN where one has none."""

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
        self._leads = _rows(sketches)[self._order]
        self._squares = (self._leads * self._leads).sum(axis=1).astype(np.float64)
        self._buckets = _throw(sketches, scale.others)[self._order]
        self._sorted = self.low[self._order[self._wide :]]

    def near(self, others: Windows, days: int) -> Iterator[tuple[int, Found]]:
        """For each of `others` by its place, those worth a comparison: near in days, and maybe alike enough.

        In the order of their days, so that many with nearly the same window are searched for at once.
        """
        for start in range(0, len(others.low), _BLOCK):
            block = slice(start, start + _BLOCK)
            windows = [self._window(others, n, days) for n in others._order[block]]
            span = slice(min(w.start for w in windows), max(w.stop for w in windows))
            products = [self._products(part, others, block) for part in (slice(0, self._wide), span)]
            for row, (n, window) in enumerate(zip(others._order[block].tolist(), windows, strict=True)):
                inner = slice(window.start - span.start, window.stop - span.start)
                parts = [
                    (slice(0, self._wide), *(of[row] for of in products[0])),
                    (window, *(of[row, inner] for of in products[1])),
                ]
                yield n, self._kept(parts, int(others.low[n]), int(others.high[n]), days)

    def _window(self, others: Windows, n: int, days: int) -> slice:
        """Where those of few days stand that may be near to the `n`th of `others`."""
        first = self._wide + int(np.searchsorted(self._sorted, others.low[n] - days - _NARROW))
        last = self._wide + int(np.searchsorted(self._sorted, others.high[n] + days, side="right"))
        return slice(first, max(first, last))

    def _products(self, part: slice, others: Windows, block: slice) -> tuple[Floats, NDArray[np.float64]]:
        """The likeness by buckets and the cosines of leads, a row for each of the block."""
        likeness: Floats = others._buckets[block] @ self._buckets[part].T
        mine, theirs = self._leads[part], others._leads[block]
        if mine.shape[1] != theirs.shape[1]:
            return likeness, np.full(likeness.shape, np.nan)
        squares = np.outer(others._squares[block], self._squares[part])
        cosines: NDArray[np.float64] = (theirs @ mine.T).astype(np.float64) / np.sqrt(np.maximum(squares, 1.0))
        cosines[squares == 0] = np.nan
        return likeness, cosines

    def _kept(
        self, parts: Sequence[tuple[slice, Floats, NDArray[np.float64]]], low: int, high: int, days: int
    ) -> Found:
        places = np.concatenate([self._order[part] for part, _, _ in parts])
        likeness, leads = (np.concatenate([part[of] for part in parts]) for of in (1, 2))
        gaps = np.maximum(0, np.maximum(self.low[places] - high, low - self.high[places]))
        scale = self._scale
        odds = scale.bias + likeness + scale.days * np.log(np.maximum(1, gaps))
        odds = odds + scale.lead * np.minimum(np.nan_to_num(leads, nan=scale.most), scale.most)
        # The buckets are summed in single precision.
        kept = (odds >= scale.least - 0.01) & ~(leads < scale.floor) & (gaps <= days)
        order = np.argsort(places[kept])
        return Found(places[kept][order], leads[kept][order])


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
