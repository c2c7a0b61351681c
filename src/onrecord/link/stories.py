"""Reports to stories: average linkage over how probably each two are of one (sketches.py).

Two reports of one story need not be much alike, as long as both are like the others: an inquiry and the first news of
the accident. That two clusters are joined only while all their pairs together speak for it keeps a chain of likenesses
from making one story of a whole season.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from heapq import heapify, heappop, heappush

from onrecord.link.sketches import scored_pairs, sketch
from onrecord.record import Analysis, Copy, Link

MAKER = "link.stories"
# How probable the pairs of two clusters must be on average, and below which a pair counts for nothing.
STORY, LEAST = 0.16, 0.02
# Sums of whole numbers are the same in whatever order they are made.
_UNIT = 10_000


def link_stories(analyses: Sequence[Analysis], copies: Sequence[Copy]) -> list[Link]:
    """Links "same" between reports of one story, all copies among them; none joins two stories.

    The order of `analyses` changes nothing but that of the links.
    """
    order = sorted(analyses, key=lambda a: a.id)
    ids = [a.id for a in order]
    scores = {(ids[i], ids[j]): s for i, j, s in scored_pairs([sketch(a) for a in order], least=LEAST)}
    homes = join_alike(ids, scores, [(c.a, c.b) for c in copies])
    copied = {frozenset((c.a, c.b)) for c in copies}
    out = [_same(c.a, c.b, 1.0) for c in copies]
    for (a, b), score in scores.items():
        if homes[a] == homes[b] and score >= STORY and frozenset((a, b)) not in copied:
            out.append(_same(a, b, score))
    return out


def join_alike(
    nodes: Sequence[str], scores: dict[tuple[str, str], float], joined: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """The cluster of each node, named by the first of its nodes; `joined` are together in any case.

    The two clusters whose pairs have the highest score on average are joined first, the first by name of equals, as
    long as it is `STORY`; a pair without a score counts as none. The order of what is given changes nothing.
    """
    clusters = _Clusters(nodes)
    for (a, b), score in scores.items():
        clusters.weigh(a, b, round(score * _UNIT))
    for a, b in joined:
        clusters.join(clusters.home[a], clusters.home[b])
    clusters.run()
    return clusters.home


class _Clusters:
    """Clusters by the first of their nodes, and the sums of the scores between them."""

    def __init__(self, nodes: Sequence[str]) -> None:
        self.home = {n: n for n in nodes}
        self._members = {n: [n] for n in nodes}
        self._sums: dict[str, dict[str, int]] = defaultdict(dict)

    def weigh(self, a: str, b: str, score: int) -> None:
        """Count `score` between two nodes that are alone as yet."""
        self._sums[a][b] = self._sums[b][a] = score

    def join(self, a: str, b: str) -> str:
        """The cluster that `a` and `b` become."""
        if a == b:
            return a
        kept, gone = sorted((a, b))
        for node in self._members[gone]:
            self.home[node] = kept
        self._members[kept] += self._members.pop(gone)
        for other, total in self._sums.pop(gone, {}).items():
            del self._sums[other][gone]
            if other != kept:
                self._sums[kept][other] = self._sums[other][kept] = self._sums[kept].get(other, 0) + total
        return kept

    def run(self) -> None:
        """Join the best two until none are good enough."""
        queue = [self._turn(a, b) for a, own in self._sums.items() for b in own if a < b]
        heapify(queue)
        while queue and -queue[0][0] >= STORY * _UNIT:
            turn = heappop(queue)
            _, a, b = turn
            # What was put into the queue before one of the two grew counts no more.
            if b not in self._sums.get(a, {}) or self._turn(a, b) != turn:
                continue
            kept = self.join(a, b)
            for other in self._sums[kept]:
                heappush(queue, self._turn(*sorted((kept, other))))

    def _turn(self, a: str, b: str) -> tuple[float, str, str]:
        return -self._sums[a][b] / (len(self._members[a]) * len(self._members[b])), a, b


def _same(left: str, right: str, score: float) -> Link:
    return Link(left=left, right=right, relation="same", score=score, evidence=(), by=MAKER)
