"""Scores of one text's wordpieces to spans of roles and mentions, and to the links between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from onrecord.language.pieces import Window

Floats = NDArray[np.float32]

ROLES = ("source", "cue", "content")
# Outside, beginning, inside, and the beginning of a further piece of the span before ("…," she said, "…").
ROLE_TAGS = ("O", "B", "I", "R")
MENTION_LABELS = ("O", "B-person", "I-person", "B-organisation", "I-organisation", "B-place", "I-place")
# A link vector has four parts: content as it asks for its source and for its cue, source and cue as they answer.
LINK_SIZE = 96
DISTANCES = 16


@dataclass(frozen=True, slots=True)
class Group:
    """The labels of one kind of span: those that begin one, and the one that goes on."""

    name: str
    begins: tuple[int, ...]
    inside: int


ROLE_GROUPS = (Group("", (1, 3), 2),)
MENTION_GROUPS = (Group("person", (1,), 2), Group("organisation", (3,), 4), Group("place", (5,), 6))


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one window: (length, 12), (length, 7), (length, 4 × LINK_SIZE)."""

    roles: Floats
    mentions: Floats
    links: Floats


@dataclass(frozen=True, slots=True)
class Linker:
    """The parameters of the link scores beside the vectors: `near` (2, DISTANCES), `none` (2, LINK_SIZE)."""

    near: Floats
    none: Floats


@dataclass(frozen=True, slots=True)
class Leaning:
    """Added to the scores, tuned on the dev split: how readily a role or a link is seen. Zero is the bare model."""

    source: float = 0.0
    cue: float = 0.0
    content: float = 0.0
    no_source: float = 0.0
    no_cue: float = 0.0
    # What a new content costs, which keeps one content whole where the scores waver inside it.
    begin: float = 0.0
    # The least mean probability of a content's pieces.
    least: float = 0.0
    # Log-odds of the joint probability to those of being right: times `slope`, plus `shift` (Platt 1999).
    slope: float = 1.0
    shift: float = 0.0


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


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution over wordpieces. `probability` joins those of its spans and of its links."""

    content: Found
    source: Found | None
    cue: Found | None
    probability: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one text, over its wordpieces."""

    relations: list[Relation] = field(default_factory=list)
    mentions: list[Found] = field(default_factory=list)


def softmax(x: Floats) -> Floats:
    """Probabilities along the last axis."""
    y = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Floats = (y / y.sum(axis=-1, keepdims=True)).astype(np.float32)
    return shares


def distance_bucket(left: Found, right: Found) -> int:
    """Signed and logarithmic distance from `left` to `right` in wordpieces, as a number below DISTANCES."""
    gap = right.start - left.end if right.start >= left.end else right.end - left.start
    if left.start < right.end and right.start < left.end:
        return 0
    size = min(int(np.log2(abs(gap) + 1)), 6) + 1
    return size if gap >= 0 else size + 8


def decode(windows: list[Window], scores: list[Scores], linker: Linker, leaning: Leaning) -> Reading:
    """Reads the labels of each window's core, joins them over the text, and links spans inside windows."""
    if not windows:
        return Reading()
    roles = np.concatenate([s.roles[w.core_start - w.start : w.core_end - w.start] for w, s in _both(windows, scores)])
    mentions = np.concatenate(
        [s.mentions[w.core_start - w.start : w.core_end - w.start] for w, s in _both(windows, scores)]
    )
    spans: dict[str, list[Found]] = {}
    for n, role in enumerate(ROLES):
        part = roles[:, 4 * n : 4 * n + 4].copy()
        part[:, 1:] += getattr(leaning, role)
        begin = leaning.begin if role == "content" else 0.0
        spans[role] = _join_pieces(_runs(softmax(part), ROLE_GROUPS, begin))
    contents = [c for c in spans["content"] if c.probability >= leaning.least]
    relations: list[Relation] = []
    for content in contents:
        at = _home(content, windows)
        window, score = windows[at], scores[at]
        source, p_source = _answer(content, spans["source"], window, score, linker, 0, leaning.no_source)
        cue, _ = _answer(content, spans["cue"], window, score, linker, 1, leaning.no_cue)
        if source is None and cue is None:
            continue
        whole = content.probability * p_source
        for found in (source, cue):
            whole *= found.probability if found else 1.0
        relations.append(Relation(content, source, cue, calibrated(whole, leaning)))
    return Reading(relations, _runs(softmax(mentions), MENTION_GROUPS))


def calibrated(probability: float, leaning: Leaning) -> float:
    """How often a joint probability turns out right, as fitted on the dev split."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    odds = leaning.slope * float(np.log(p / (1 - p))) + leaning.shift
    return float(1 / (1 + np.exp(-odds)))


def _both(windows: list[Window], scores: list[Scores]) -> list[tuple[Window, Scores]]:
    return list(zip(windows, scores, strict=True))


def _runs(probabilities: Floats, groups: tuple[Group, ...], begin: float = 0.0) -> list[Found]:
    """The labelled runs on the likeliest path of labels that is well formed; `begin` is what a new run costs (in nats).

    Taken piece by piece the likeliest labels break spans into crumbs: the path lifts the exact contents by nine points.
    """
    path = _likeliest_path(np.log(probabilities + 1e-9), groups, begin)
    kinds = {i: g for g in groups for i in (*g.begins, g.inside)}
    out: list[Found] = []
    at = 0
    while at < len(path):
        group = kinds.get(path[at])
        if group is None:
            at += 1
            continue
        stop = at + 1
        while stop < len(path) and path[stop] == group.inside:
            stop += 1
        held = probabilities[at:stop, [*group.begins, group.inside]].sum(axis=1)
        resumes = len(group.begins) > 1 and path[at] == group.begins[1]
        out.append(Found(((at, stop),), float(held.mean()), "R" if resumes else group.name))
        at = stop
    return out


def _likeliest_path(scores: Floats, groups: tuple[Group, ...], begin: float) -> list[int]:
    """Viterbi's algorithm for labels where only an inside asks for something before it."""
    rows: list[list[float]] = scores.tolist()
    states = range(len(rows[0])) if rows else range(0)
    minus = float("-inf")
    best = [0.0 if s == 0 else minus for s in states]
    back: list[list[int]] = []
    for row in rows:
        top = max(states, key=best.__getitem__)
        now, came = [best[top] + row[0]] + [minus] * (len(row) - 1), [top] * len(row)
        for group in groups:
            for b in group.begins:
                now[b] = best[top] - begin + row[b]
            inside = max((*group.begins, group.inside), key=best.__getitem__)
            now[group.inside] = best[inside] + row[group.inside]
            came[group.inside] = inside
        best = now
        back.append(came)
    at = max(states, key=best.__getitem__, default=0)
    path: list[int] = []
    for came in reversed(back):
        path.append(at)
        at = came[at]
    return path[::-1]


def _join_pieces(runs: list[Found]) -> list[Found]:
    """Joins each run that resumes to the one before it."""
    out: list[Found] = []
    for run in runs:
        if run.label == "R" and out and run.start - out[-1].end <= 128:
            last = out[-1]
            size, more = sum(b - a for a, b in last.runs), run.end - run.start
            p = (last.probability * size + run.probability * more) / (size + more)
            out[-1] = Found((*last.runs, *run.runs), p)
        else:
            out.append(Found(run.runs, run.probability))
    return out


def _home(content: Found, windows: list[Window]) -> int:
    """The window that holds most of `content`'s core pieces, the earlier one on ties."""

    def held(at: int) -> int:
        w = windows[at]
        return sum(max(0, min(b, w.core_end) - max(a, w.core_start)) for a, b in content.runs)

    first = bisect_right(windows, content.start, key=lambda w: w.core_end)
    return max(range(first, bisect_left(windows, content.end, key=lambda w: w.core_start)), key=held)


def _answer(
    content: Found, candidates: list[Found], window: Window, score: Scores, linker: Linker, which: int, lean: float
) -> tuple[Found | None, float]:
    """The candidate that answers `content` best, or None, with the probability of the choice."""
    asks = _mean(content, window, score.links[:, which * LINK_SIZE : (which + 1) * LINK_SIZE])
    keys = score.links[:, (which + 2) * LINK_SIZE : (which + 3) * LINK_SIZE]
    first = bisect_left(candidates, window.start, key=lambda c: c.start)
    last = bisect_left(candidates, window.end, key=lambda c: c.start)
    inside = [c for c in candidates[first:last] if c.end <= window.end]
    values = [float(asks @ linker.none[which]) / LINK_SIZE**0.5 - lean]
    for c in inside:
        near = float(linker.near[which, distance_bucket(content, c)])
        values.append(float(asks @ _mean(c, window, keys)) / LINK_SIZE**0.5 + near)
    p = softmax(np.array(values, dtype=np.float32))
    best = int(p.argmax())
    return (inside[best - 1] if best else None), float(p[best])


def _mean(span: Found, window: Window, vectors: Floats) -> Floats:
    rows = [
        vectors[max(a, window.start) - window.start : min(b, window.end) - window.start]
        for a, b in span.runs
        if min(b, window.end) > max(a, window.start)
    ]
    mean: Floats = np.concatenate(rows).mean(axis=0)
    return mean
