"""Vectors of likeness to the few directions in which they differ: `python -m training.narrow --data FOLDER`.

FOLDER holds `ecbplus/` and `polnear/`, of which the train texts are read. The right singular vectors of the uncentred
vectors of sentences and of single words, the strongest first, are written to the package as
`language/weights/narrow.npy`: what analyses keep of a vector is its product with them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.vectors import read_ecbplus
from onrecord.language import load_vectors, split_sentences, words_of
from onrecord.language.model import SHIPPED
from onrecord.language.vectors import NARROW
from onrecord.record import Span

# Every word would say the same more slowly.
EACH = 5
POLNEAR = 300


def read_texts(folder: Path) -> Iterator[str]:
    """The texts of both corpora."""
    for story in read_ecbplus(folder / "ecbplus", "train"):
        yield story.text
    for path in sorted((folder / "polnear" / "train").rglob("*.txt"))[:POLNEAR]:
        yield path.read_text(encoding="utf-8")


def main() -> None:
    """Write the map, and print how much of the vectors it keeps."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    vectors, sums = load_vectors(), np.zeros((384, 384))
    for text in read_texts(data):
        spans = [Span(*s) for s in split_sentences(text) if text[s[0] : s[1]].strip()]
        spans += [span for _, span in words_of(text)][::EACH]
        rows = vectors.read(text, spans).astype(np.float64)
        sums += rows.T @ rows
    values, directions = np.linalg.eigh(sums)
    np.save(SHIPPED / "narrow.npy", np.ascontiguousarray(directions[:, ::-1][:, :NARROW], dtype=np.float16))
    print(f"{NARROW} directions keep {values[::-1][:NARROW].sum() / values.sum():.4f} of the squared length")


if __name__ == "__main__":
    main()
