"""Scores of labels, a piece at a time, to the spans of the likeliest path of labels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Group:
    """The labels of one kind of span: those that begin one, and the one that goes on."""

    name: str
    begins: tuple[int, ...]
    inside: int


@dataclass(frozen=True, slots=True)
class Found:
    """A span over wordpieces: half-open runs in order, and the mean probability of their labels."""

    runs: tuple[tuple[int, int], ...]
    probability: float
    label: str = ""

    @property
    def start(self) -> int:
        """The first wordpiece."""
        return self.runs[0][0]

    @property
    def end(self) -> int:
        """The place behind the last wordpiece."""
        return self.runs[-1][1]


def softmax(x: Floats) -> Floats:
    """Probabilities along the last axis."""
    y = np.exp(x - np.maximum.reduce(x, axis=-1, keepdims=True))
    shares: Floats = (y / np.add.reduce(y, axis=-1, keepdims=True)).astype(np.float32, copy=False)
    return shares


def likeliest_paths(scores: NDArray[np.floating], moves: NDArray[np.floating]) -> NDArray[np.int64]:
    """The best path of labels of each row (length, rows), by Viterbi's algorithm (1967).

    `scores` are (length, rows, labels), `moves` (rows, from, to) what a step costs or gains. A path begins outside, at
    label 0; of paths that are as good the one with the lower labels is taken.
    """
    length, rows, labels = scores.shape
    path = np.zeros((length, rows), dtype=np.int64)
    if not length:
        return path
    turned = np.ascontiguousarray(moves.transpose(0, 2, 1), dtype=np.float64)
    came = np.empty((length, rows, labels), dtype=np.int8)
    best = scores[0] + turned[:, :, 0]
    steps = np.empty_like(turned)
    for n in range(1, length):
        np.add(best[:, None, :], turned, out=steps)
        came[n] = steps.argmax(axis=2)
        np.maximum.reduce(steps, axis=2, out=best)
        best += scores[n]
    # Labels are counted through all rows, so that one look finds those of all.
    firsts = np.arange(rows) * labels
    path[-1] = best.argmax(axis=1) + firsts
    for n in range(length - 1, 0, -1):
        np.add(came[n].take(path[n]), firsts, out=path[n - 1])
    path -= firsts
    return path


def find_runs(path: NDArray[np.int64], probabilities: Floats, groups: tuple[Group, ...]) -> list[Found]:
    """The labelled runs on a well-formed `path`; a run that resumes the one before it has the label "R"."""
    out: list[Found] = []
    breaks = np.append(np.flatnonzero(~np.isin(path, [g.inside for g in groups])), len(path))
    for group in groups:
        starts = np.flatnonzero(np.isin(path, group.begins))
        stops = breaks[np.searchsorted(breaks, starts, side="right")]
        held = np.append(0.0, probabilities[:, [*group.begins, group.inside]].sum(axis=1).cumsum(dtype=np.float64))
        shares = (held[stops] - held[starts]) / (stops - starts)
        for start, stop, share in zip(starts.tolist(), stops.tolist(), shares.tolist(), strict=True):
            resumes = len(group.begins) > 1 and path[start] == group.begins[1]
            out.append(Found(((start, stop),), share, "R" if resumes else group.name))
    return sorted(out, key=lambda f: f.start)


def join_runs(runs: list[Found], farthest: int = 128) -> list[Found]:
    """`runs` with each that resumes joined to the one before it, if that ends no more than `farthest` pieces back."""
    groups: list[list[Found]] = []
    for run in runs:
        if run.label == "R" and groups and run.start - groups[-1][-1].end <= farthest:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [_joined(group) for group in groups]


def _joined(runs: list[Found]) -> Found:
    sizes = [run.end - run.start for run in runs]
    mean = sum(run.probability * size for run, size in zip(runs, sizes, strict=True)) / sum(sizes)
    return Found(tuple(r for run in runs for r in run.runs), mean)
