"""Weights by hash to what many of them share with one, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.link.traits import Weights

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Bags:
    """The words, names or numbers of sketches, one behind the other."""

    def __init__(self, weights: Sequence[Weights]) -> None:
        self._hashes = np.frombuffer(b"".join(w.hashes for w in weights), dtype="<u4")
        self._weights = np.frombuffer(b"".join(w.weights for w in weights), dtype=np.uint8).astype(np.int64)
        lengths = np.array([len(w.weights) for w in weights], dtype=np.int64)
        self._ends = np.cumsum(lengths)
        self._starts = self._ends - lengths
        rows = np.repeat(np.arange(len(weights)), lengths)
        self._squares = np.bincount(rows, self._weights * self._weights, len(weights)).astype(np.int64)

    def cosines(self, places: Ints, others: Bags, n: int) -> Floats:
        """The cosine of each at `places` and of the `n`th of `others`.

        Of whole numbers, so that it is the same in whatever order they are summed.
        """
        own = slice(others._starts[n], others._ends[n])
        hashes, weights = others._hashes[own], others._weights[own]
        cosines = np.zeros(len(places))
        if not len(hashes):
            return cosines
        lengths = self._ends[places] - self._starts[places]
        rows = np.repeat(np.arange(len(places)), lengths)
        at = np.arange(len(rows)) + np.repeat(self._starts[places] - (np.cumsum(lengths) - lengths), lengths)
        # The hashes of each are in order.
        where = np.minimum(np.searchsorted(hashes, self._hashes[at]), len(hashes) - 1)
        held = hashes[where] == self._hashes[at]
        products = self._weights[at[held]] * weights[where[held]]
        shared = np.bincount(rows[held], products, len(places))
        found = shared > 0
        squares = self._squares[places[found]] * others._squares[n]
        cosines[found] = shared[found] / np.sqrt(squares.astype(np.float64))
        return cosines
