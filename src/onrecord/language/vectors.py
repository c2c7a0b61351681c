"""Stretches of text to vectors: what is told of one event lies near, in whatever words.

The base model as it was before it was trained to read reports (all-MiniLM-L6-v2; Reimers and Gurevych 2019), a file of
its own: this sense of likeness does not survive that training.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.language.model import SHIPPED, load_session, load_tokenizer
from onrecord.language.paths import Floats
from onrecord.language.pieces import WINDOW, encode, split_sentences
from onrecord.record import Meanings, OnrecordError, Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WIDTH = 384
STEP = WINDOW // 2
# What is kept of a vector with an analysis: its part in so many directions (training/narrow.py), which tells the same
# event from others as well as the whole, in a byte each. A byte holds 0.5; what is more is cut.
NARROW, SCALE = 128, 254
FILES = ("vectors.onnx", "tokenizer.json")
_LITTLE = 1e-9


@dataclass(frozen=True, slots=True)
class Vectors:
    """A loaded model of likeness."""

    session: InferenceSession
    tokenizer: Tokenizer

    def read(self, text: str, spans: Sequence[Span]) -> Floats:
        """(spans, WIDTH): what `of(text)` reads in the spans."""
        return self.of(text).read(spans)

    def of(self, text: str) -> TextVectors:
        """The vectors of one text, each sentence of which is read once, however often it is asked for."""
        return TextVectors(self, text)


class TextVectors:
    """The vectors of one text."""

    def __init__(self, model: Vectors, text: str) -> None:
        self._model = model
        self._ids, self._places, self._ends = encode(text, model.tokenizer)
        self._starts = [start for start, _ in split_sentences(text)]
        self._bounds = [*self._starts, len(text)]
        self._read: dict[tuple[int, int], Floats] = {}
        self._held: dict[tuple[int, int], tuple[int, int]] = {}

    def read(self, spans: Sequence[Span]) -> Floats:
        """(spans, WIDTH): unit vectors, whose product is their likeness (cosine); zeros for a span without a word.

        Each span is read within its own sentences alone, so that its vector does not depend on what else is asked. A
        whole sentence has the vector that the base model gives it.
        """
        number = {span: n for n, span in enumerate(dict.fromkeys(spans))}
        rows = np.zeros((len(number), WIDTH), dtype=np.float32)
        for row, first, last in zip(rows, *self._pieces([*number]), strict=True):
            if first < last:
                row[:] = self._vector(first, last)
        return rows[[number[span] for span in spans]]

    def _vector(self, first: int, last: int) -> Floats:
        """The vector of the pieces from `first` to `last`."""
        starts = self._starts
        sentence = bisect_right(starts, self._places[first]) - 1
        end = bisect_right(starts, self._places[last - 1])
        if (sentence, end) not in self._held:
            ((low,), (high,)) = self._pieces([Span(self._bounds[sentence], self._bounds[end])])
            self._held[sentence, end] = low, high
        low, high = self._held[sentence, end]
        # What is longer than a window is read by windows at fixed steps, or each of its words would have one.
        low = max(low, min(first - (first - low) % STEP, high - WINDOW))
        high = min(high, low + WINDOW)
        if (low, high) not in self._read:
            self._read[low, high] = self._run(low, high)
        read, last = self._read[low, high], min(last, high)
        rows = read if (first, last) == (low, high) else read[first - low + 1 : last - low + 1]
        mean: Floats = np.add.reduce(rows, axis=0) / len(rows)
        mean /= np.sqrt(mean @ mean)
        return mean

    def _pieces(self, spans: Sequence[Span]) -> tuple[list[int], list[int]]:
        """For each span the first piece that ends behind its start, and the first that begins at its end or later."""
        edges = np.array(spans, dtype=np.int64).reshape(-1, 2)
        firsts = np.searchsorted(self._ends, edges[:, 0], side="right").tolist()
        return firsts, np.searchsorted(self._places, edges[:, 1], side="left").tolist()

    def _run(self, first: int, last: int) -> Floats:
        """A row for each of the pieces, and for the marks before and behind them."""
        before, behind = (self._model.tokenizer.token_to_id(mark) or 0 for mark in ("[CLS]", "[SEP]"))
        ids = np.array([[before, *self._ids[first:last].tolist(), behind]], dtype=np.int64)
        rows: Floats = self._model.session.run(["vectors"], {"ids": ids})[0][0]
        return rows


def pack(spans: Sequence[Span], rows: Floats) -> Meanings:
    """What is kept of the unit vectors of `spans`, each span once."""
    narrow = rows @ _narrow()
    narrow /= np.maximum(np.linalg.norm(narrow, axis=1, keepdims=True), _LITTLE)
    numbers = np.clip(np.rint(narrow * SCALE), -127, 127).astype(np.int8)
    first = {span: row for row, span in reversed(list(enumerate(spans)))}
    kept = sorted(first)
    return Meanings(tuple(kept), numbers[[first[span] for span in kept]].tobytes())


@cache
def _narrow() -> Floats:
    """(WIDTH, NARROW): the directions, of length one and at right angles."""
    directions: Floats = np.load(SHIPPED / "narrow.npy").astype(np.float32)
    return directions


def unpack(meanings: Meanings | None) -> dict[Span, Floats]:
    """The unit vector of NARROW numbers of each span, to within the byte that each was kept in."""
    if meanings is None:
        return {}
    rows = np.frombuffer(meanings.rows, dtype=np.int8).reshape(len(meanings.spans), -1).astype(np.float32)
    norms = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)
    return dict(zip(meanings.spans, rows / norms, strict=True))


def load_vectors(path: str | Path | None = None) -> Vectors:
    """The model of likeness in the folder `path`, or the shipped one.

    Raises:
        OnrecordError: the folder lacks a file or holds one that is no model.
    """
    folder = Path(path) if path else SHIPPED
    for name in FILES:
        if not (folder / name).is_file():
            raise OnrecordError(f"{folder}: no vectors here ({name} is missing)")
    try:
        session = load_session(folder / "vectors.onnx")
        if [o.name for o in session.get_outputs()] != ["vectors"]:
            raise ValueError("the graph does not give vectors")
        return Vectors(session, load_tokenizer(folder))
    except Exception as error:  # both libraries raise bare exceptions of their own
        raise OnrecordError(
            f"{folder}: no vectors here ({(str(error) or repr(error)).splitlines()[0][:120]})"
        ) from error
