"""Stretches of text to vectors: what is told of one event lies near, in whatever words.

The base model as it was before it was trained to read reports (all-MiniLM-L6-v2; Reimers and Gurevych 2019), a file of
its own: this sense of likeness does not survive that training.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from onrecord.language.model import SHIPPED, load_session, load_tokenizer
from onrecord.language.paths import Floats
from onrecord.language.pieces import WINDOW, Pieces, split_pieces, split_sentences
from onrecord.record import OnrecordError, Span

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

WIDTH = 384
FILES = ("vectors.onnx", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Vectors:
    """A loaded model of likeness."""

    session: InferenceSession
    tokenizer: Tokenizer

    def read(self, text: str, spans: Sequence[Span]) -> Floats:
        """(spans, WIDTH): unit vectors, whose product is their likeness (cosine); zeros for a span without a word.

        Each span is read within its own sentences alone, so that its vector does not depend on what else is asked. A
        whole sentence has the vector that the base model gives it.
        """
        out = np.zeros((len(spans), WIDTH), dtype=np.float32)
        pieces = split_pieces(text, self.tokenizer)
        starts = [start for start, _ in split_sentences(text)]
        read: dict[tuple[int, int], Floats] = {}
        for row, span in enumerate(spans):
            first, last = _pieces(pieces, *span)
            if first >= last:
                continue
            sentence = bisect_right(starts, pieces.start[first]) - 1
            end = bisect_right(starts, pieces.start[last - 1])
            low, high = _pieces(pieces, starts[sentence], starts[end] if end < len(starts) else len(text))
            # Beyond a window's length what stands before the span goes first.
            low = max(low, min(first, high - WINDOW))
            high = min(high, low + WINDOW)
            if (low, high) not in read:
                read[low, high] = self._run(pieces, low, high)
            whole = first == low and min(last, high) == high
            rows = read[low, high] if whole else read[low, high][first - low + 1 : min(last, high) - low + 1]
            mean = rows.mean(axis=0)
            out[row] = mean / np.linalg.norm(mean)
        return out

    def _run(self, pieces: Pieces, first: int, last: int) -> Floats:
        """A row for each of the pieces, and for the marks before and behind them."""
        before, behind = (self.tokenizer.token_to_id(mark) or 0 for mark in ("[CLS]", "[SEP]"))
        ids = np.array([[before, *pieces.ids[first:last].tolist(), behind]], dtype=np.int64)
        rows: Floats = self.session.run(["vectors"], {"ids": ids})[0][0]
        return rows


def _pieces(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """The first piece that ends behind `start`, and the first that begins at `end` or later."""
    first, last = np.searchsorted(pieces.end, start, side="right"), np.searchsorted(pieces.start, end, side="left")
    return int(first), int(last)


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
