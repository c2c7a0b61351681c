"""Scores of one text's wordpieces to attributions, names and words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

import numpy as np

from onrecord.language.frames import Frame, find_frames
from onrecord.language.paths import Floats, Found, Group, find_runs, join_runs, likeliest_paths, softmax
from onrecord.language.pieces import Ints, Pieces, Window
from onrecord.language.scores import (
    LINK_SIZE,
    REFERENT_SIZE,
    ROLE_TAGS,
    ROLES,
    TIMEX_TYPES,
    Scores,
    Tables,
)
from onrecord.language.syntax import Node, find_nodes

ROLE_GROUPS = (Group("", (1, 3), 2),)
MENTION_GROUPS = (Group("person", (1,), 2), Group("organisation", (3,), 4), Group("place", (5,), 6))
TIMEX_GROUPS = tuple(Group(kind, (2 * n + 1,), 2 * n + 2) for n, kind in enumerate(TIMEX_TYPES))


@dataclass(frozen=True, slots=True)
class Leaning:
    """Added to the scores, tuned on dev splits: how readily something is seen. Zero is the bare model."""

    source: float = 0.0
    cue: float = 0.0
    content: float = 0.0
    no_source: float = 0.0
    no_cue: float = 0.0
    # What a new content costs, which keeps one content whole where the scores waver inside it.
    begin: float = 0.0
    # The least mean probability of a content's pieces.
    least: float = 0.0
    name: float = 0.0
    timex: float = 0.0
    argument: float = 0.0
    antecedent: float = 0.0


@dataclass(frozen=True, slots=True)
class Relation:
    """One attribution over wordpieces. `probability` joins those of its spans and of its links."""

    content: Found
    source: Found | None
    cue: Found | None
    probability: float


# Spans that may answer, and their link vectors, a row each.
Candidates = tuple[list[Found], Floats]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one text, over its wordpieces."""

    relations: list[Relation] = field(default_factory=list)
    mentions: list[Found] = field(default_factory=list)
    timexes: list[Found] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    # Vectors of the nodes that head mentions, in order: as they ask for their antecedent, and as antecedents.
    referents: Floats = field(default_factory=lambda: np.zeros((0, 2 * REFERENT_SIZE), dtype=np.float32), compare=False)


def distance_buckets(left: Found, rights: Sequence[Found]) -> Ints:
    """Signed and logarithmic distances from `left` to each of `rights` in wordpieces, as numbers below DISTANCES."""
    starts, ends = (np.array([edge(r) for r in rights], dtype=np.int64) for edge in (_start, _end))
    gaps = np.where(starts >= left.end, starts - left.end, ends - left.start)
    sizes = np.minimum(np.log2(np.abs(gaps) + 1).astype(np.int64), 6) + 1
    apart = (left.start >= ends) | (starts >= left.end)
    buckets: Ints = np.where(apart, np.where(gaps >= 0, sizes, sizes + 8), 0)
    return buckets


_start, _end = attrgetter("start"), attrgetter("end")


def decode(
    pieces: Pieces, windows: list[Window], scores: Iterable[Scores], tables: Tables, leaning: Leaning
) -> Reading:
    """What the windows' scores say of `pieces`.

    Each piece is answered for by the window whose core holds it; links are read inside one window. The scores may come
    one by one: those of syntax, the largest, are let go at once, so that a long text takes little memory.
    """
    if not windows:
        return Reading()
    kept: list[Scores] = []
    nodes: list[Node] = []
    frames: list[Frame] = []
    referents: list[Floats] = []
    for window, score in zip(windows, scores, strict=True):
        found = find_nodes(pieces, window, score, tables, len(nodes))
        frames += find_frames(pieces, window, score, found, tables, leaning.argument, len(nodes))
        referents.append(score.referents[[n.start - window.start for n in found if n.kind]])
        nodes += found
        kept.append(replace(score, **_DONE))
    spans, mentions, timexes = find_spans(windows, kept, tables, leaning)
    relations = link_spans(spans, windows, kept, tables, leaning)
    return Reading(relations, mentions, timexes, nodes, frames, np.concatenate(referents))


def decode_relations(
    windows: list[Window], scores: Iterable[Scores], tables: Tables, leaning: Leaning
) -> list[Relation]:
    """The attributions of `decode` alone, without what the windows' scores say of words and names."""
    kept = [replace(score, **_DONE) for score in scores]
    if not kept:
        return []
    return link_spans(find_roles(windows, kept, tables, leaning), windows, kept, tables, leaning)


_GONE = np.zeros((0, 0), dtype=np.float32)
# What is read window by window.
_DONE = dict.fromkeys(("tags", "nominals", "arcs", "relations", "predicates", "arguments", "referents"), _GONE)


def link_spans(
    spans: dict[str, list[Found]], windows: list[Window], scores: list[Scores], tables: Tables, leaning: Leaning
) -> list[Relation]:
    """The attributions: each content with the source and the cue that it chooses; without either it is none."""
    relations: list[Relation] = []
    keys: dict[tuple[int, str], Candidates] = {}
    for content in spans["content"]:
        if content.probability < leaning.least:
            continue
        at = _home(content, windows)
        window, score = windows[at], scores[at]
        chosen: list[tuple[Found | None, float]] = []
        for which, role in enumerate(("source", "cue")):
            if (at, role) not in keys:
                keys[at, role] = _candidates(spans[role], window, _part(score.links, which + 2))
            asks = _mean(content, window, _part(score.links, which))
            lean = leaning.no_source if role == "source" else leaning.no_cue
            chosen.append(_answer(content, asks, keys[at, role], tables.none[which], tables.near[which], lean))
        (source, p_source), (cue, _) = chosen
        if source is None and cue is None:
            continue
        whole = content.probability * p_source
        for found in (source, cue):
            whole *= found.probability if found else 1.0
        relations.append(Relation(content, source, cue, whole))
    return relations


def find_spans(
    windows: list[Window], scores: list[Scores], tables: Tables, leaning: Leaning
) -> tuple[dict[str, list[Found]], list[Found], list[Found]]:
    """The spans of each role, the names, and the time expressions: all five paths are searched for in one go."""
    roles, moves = _role_rows(windows, scores, tables, leaning)
    names, times = (_core(windows, scores, name).copy() for name in ("mentions", "timexes"))
    names[:, 1:] += leaning.name
    times[:, 1:] += leaning.timex
    rows = [*roles, names, times]
    steps = [*moves, *tables.mention_moves, *tables.timex_moves]
    # What has fewer labels than others gets impossible ones behind its own.
    most = max(row.shape[1] for row in rows)
    paths = likeliest_paths(
        np.stack([np.pad(r, ((0, 0), (0, most - r.shape[1])), constant_values=-1e4) for r in rows], axis=1),
        np.stack([np.pad(m, (0, most - len(m)), constant_values=-1e4) for m in steps]),
    )
    found = [
        find_runs(paths[:, n], softmax(rows[n]), group)
        for n, group in enumerate((MENTION_GROUPS, TIMEX_GROUPS), len(ROLES))
    ]
    return _role_spans(roles, paths), found[0], found[1]


def find_roles(windows: list[Window], scores: list[Scores], tables: Tables, leaning: Leaning) -> dict[str, list[Found]]:
    """The spans of each role alone."""
    roles, moves = _role_rows(windows, scores, tables, leaning)
    return _role_spans(roles, likeliest_paths(np.stack(list(roles), axis=1), moves))


def _role_rows(windows: list[Window], scores: list[Scores], tables: Tables, leaning: Leaning) -> tuple[Floats, Floats]:
    """The scores of the labels of each role (roles, length, labels), and what their steps cost, with the leaning."""
    roles = _core(windows, scores, "roles").reshape(-1, len(ROLES), len(ROLE_TAGS)).copy()
    moves = tables.role_moves.copy()
    for n, role in enumerate(ROLES):
        roles[:, n, 1:] += getattr(leaning, role)
    moves[ROLES.index("content"), :, [1, 3]] -= leaning.begin
    return roles.transpose(1, 0, 2), moves


def _role_spans(roles: Floats, paths: Ints) -> dict[str, list[Found]]:
    return {role: join_runs(find_runs(paths[:, n], softmax(roles[n]), ROLE_GROUPS)) for n, role in enumerate(ROLES)}


def _core(windows: list[Window], scores: list[Scores], name: str) -> Floats:
    """The scores of every piece of the text, each from the window in whose core it stands."""
    return np.concatenate(
        [getattr(s, name)[w.core_start - w.start : w.core_end - w.start] for w, s in zip(windows, scores, strict=True)]
    )


def _home(content: Found, windows: list[Window]) -> int:
    """The window that holds most of `content`'s core pieces, the earlier one on ties."""
    held: dict[int, int] = {}
    for a, b in content.runs:
        at = bisect_right(windows, a, key=lambda w: w.core_end)
        while at < len(windows) and windows[at].core_start < b:
            held[at] = held.get(at, 0) + min(b, windows[at].core_end) - max(a, windows[at].core_start)
            at += 1
    return max(held, key=held.__getitem__)


def _part(links: Floats, number: int) -> Floats:
    """One of the four parts of the link vectors of a window."""
    return links[:, number * LINK_SIZE : (number + 1) * LINK_SIZE]


def _candidates(spans: list[Found], window: Window, vectors: Floats) -> Candidates:
    """Those of `spans` that lie within the window, and their mean vectors."""
    first = bisect_left(spans, window.start, key=_start)
    last = bisect_left(spans, window.end, key=_start)
    inside = [c for c in spans[first:last] if c.end <= window.end]
    return inside, np.array([_mean(c, window, vectors) for c in inside], dtype=np.float32).reshape(-1, LINK_SIZE)


def _answer(
    content: Found, asks: Floats, candidates: Candidates, none: Floats, near: Floats, lean: float
) -> tuple[Found | None, float]:
    """The candidate that answers `content` best, or None, with the probability of the choice."""
    inside, vectors = candidates
    nothing = float(asks @ none) / LINK_SIZE**0.5 - lean
    values = vectors @ asks / LINK_SIZE**0.5 + near[distance_buckets(content, inside)]
    p = softmax(np.append(nothing, values).astype(np.float32))
    best = int(p.argmax())
    return (inside[best - 1] if best else None), float(p[best])


def _mean(span: Found, window: Window, vectors: Floats) -> Floats:
    rows = [
        vectors[max(a, window.start) - window.start : min(b, window.end) - window.start]
        for a, b in span.runs
        if min(b, window.end) > max(a, window.start)
    ]
    mean: Floats = (rows[0] if len(rows) == 1 else np.concatenate(rows)).mean(axis=0)
    return mean
