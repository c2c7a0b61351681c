"""Pairs of reports to the log-odds that two are of one story: `python -m training.stories --data FOLDER`.

FOLDER holds `triples/` (the half that bench/stories.py does not report), `ecbplus/` (train) and `readouts-2021/`.
Prints the weights that stand in src/onrecord/link/sketches.py. A logistic regression over all pairs; the pairs of one
story weigh one in each corpus together, so that the rate at which two reports are of one story is that of a corpus of
many small stories. Readouts of different days tell of different stories in one form of words: they weigh one together
too. Days and years are left out, since random pairs of triples lie years apart: their weights are set by hand.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.optimize import minimize

from bench.contacts import report_of
from bench.stories import Told, read_ecbplus, read_triples
from onrecord.link.sketches import SAME_FORM, Sketch, compared_pairs, sketch
from onrecord.pipeline import Reader, extract

RIDGE = 1e-3
Floats = NDArray[np.float64]


def read_readouts(folder: Path) -> Iterator[Told]:
    """Readouts, each day's a story."""
    for line in (folder / "readouts.jsonl").read_text(encoding="utf-8").splitlines():
        report = report_of(json.loads(line))
        yield Told(report, (report.published or "")[:10])


def pairs_of(sketches: Sequence[Sketch], stories: Sequence[str], with_vectors: bool) -> tuple[Floats, Floats]:
    """A row for each pair, of its likenesses, and whether it is of one story; days are hidden."""
    hidden = [replace(s, earliest=None, latest=None, row=s.row if with_vectors else b"") for s in sketches]
    rows, same = [], []
    for i, j, (lead, *others) in compared_pairs(hidden):
        rows.append([min(lead or 0.0, SAME_FORM), *others] if with_vectors else others)
        same.append(stories[i] == stories[j])
    return np.array(rows), np.array(same, dtype=np.float64)


def fit(rows: Floats, same: Floats, weights: Floats) -> Floats:
    """The weight of each column, and the bias."""
    columns = np.hstack([rows, np.ones((len(rows), 1))])

    def loss(given: Floats) -> tuple[float, Floats]:
        odds = columns @ given
        ridge = RIDGE * given * np.append(np.ones(len(given) - 1), 0)
        slope = columns.T @ (weights * (1 / (1 + np.exp(-odds)) - same)) + 2 * ridge
        return float((weights * (np.logaddexp(0, odds) - same * odds)).sum() + ridge @ given), slope

    found: Floats = minimize(loss, np.zeros(columns.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    reader = Reader()
    corpora = {
        "ecbplus": list(read_ecbplus(args.data / "ecbplus", "train")),
        "triples": list(read_triples(args.data / "triples", 0)),
        "readouts": list(read_readouts(args.data / "readouts-2021")),
    }
    sketches = {name: [sketch(extract(t.report, reader)) for t in told] for name, told in corpora.items()}
    out = {}
    for with_vectors in (True, False):
        rows, same, weights = [], [], []
        for name, told in corpora.items():
            x, y = pairs_of(sketches[name], [t.story for t in told], with_vectors)
            if name == "readouts":
                x, y = x[y == 0], y[y == 0]
            rows.append(x)
            same.append(y)
            weights.append(np.full(len(y), 1 / (y.sum() or len(y))))
        found = fit(np.concatenate(rows), np.concatenate(same), np.concatenate(weights))
        out["with vectors" if with_vectors else "alone"] = [round(float(w), 2) for w in found]
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
