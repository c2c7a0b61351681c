"""Probabilities of pairs to clusters: average linkage that never brings together what is known to be different."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush

# Sums of whole numbers are the same in whatever order they are made.
_UNIT = 10_000

Pair = tuple[str, str]


def join_likely(
    nodes: Sequence[str], scores: Mapping[Pair, float], different: Iterable[Pair], least: float
) -> dict[str, str]:
    """The cluster of each node, named by the first of its nodes by name.

    The two clusters whose pairs are likeliest one on average are joined first, the first by name of equals, as long as
    that is `least` or more and no pair of theirs is `different`. A pair without a score counts as 0. The order of what
    is given changes nothing.
    """
    clusters = _Clusters(nodes, scores, different)
    # What is less likely has its turn when one of the two has grown.
    likely = (pair for pair, score in scores.items() if score * _UNIT >= least * _UNIT - 0.5)
    queue = [turn for a, b in likely if -(turn := clusters.turn(min(a, b), max(a, b)))[0] >= least * _UNIT]
    heapify(queue)
    while queue and -queue[0][0] >= least * _UNIT:
        _, a, b = turn = heappop(queue)
        # What was put into the queue before one of the two grew counts no more.
        if b not in clusters.sums.get(a, {}) or clusters.turn(a, b) != turn or b in clusters.apart[a]:
            continue
        clusters.join(a, b)
        for other in clusters.sums[a]:
            grown = clusters.turn(a, other) if a < other else clusters.turn(other, a)
            if -grown[0] >= least * _UNIT:
                heappush(queue, grown)
    return {node: name for name, members in clusters.members.items() for node in members}


def span_clusters(scores: Mapping[Pair, float], homes: Mapping[str, str]) -> Iterator[tuple[Pair, float]]:
    """The likeliest pairs that hold each cluster together: its maximum spanning tree (Kruskal 1956)."""
    root = {n: n for n in homes}

    def find(node: str) -> str:
        while root[node] != node:
            root[node] = root[root[node]]
            node = root[node]
        return node

    within = [(-score, pair) for pair, score in scores.items() if homes[pair[0]] == homes[pair[1]]]
    for score, (a, b) in sorted(within):
        if find(a) != find(b):
            root[find(a)] = find(b)
            yield (a, b), -score


class _Clusters:
    """Clusters by their names, the sums of the scores between them, and which must stay apart."""

    def __init__(self, nodes: Sequence[str], scores: Mapping[Pair, float], different: Iterable[Pair]) -> None:
        self.members = {n: [n] for n in nodes}
        self.sums: dict[str, dict[str, int]] = {n: {} for n in nodes}
        self.apart: dict[str, set[str]] = {n: set() for n in nodes}
        for (a, b), score in scores.items():
            if whole := round(score * _UNIT):
                self.sums[a][b] = self.sums[b][a] = whole
        for a, b in different:
            self.apart[a].add(b)
            self.apart[b].add(a)

    def turn(self, a: str, b: str) -> tuple[float, str, str]:
        """When two clusters have their turn to be joined."""
        return -self.sums[a][b] / (len(self.members[a]) * len(self.members[b])), a, b

    def join(self, kept: str, gone: str) -> None:
        """Put the second cluster into the first."""
        self.members[kept] += self.members.pop(gone)
        for other, total in self.sums.pop(gone).items():
            del self.sums[other][gone]
            if other != kept:
                self.sums[kept][other] = self.sums[other][kept] = self.sums[kept].get(other, 0) + total
        for other in self.apart.pop(gone):
            self.apart[other].discard(gone)
            self.apart[other].add(kept)
            self.apart[kept].add(other)
