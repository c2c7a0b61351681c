"""Links to clusters: what is the same, with every "different" respected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.record import Link


def fact(report: str, name: str) -> str:
    """The key of one report's fact in links."""
    return f"{report}/{name}"


def cluster(nodes: Sequence[str], links: Iterable[Link], people: Sequence[Link] = ()) -> list[list[str]]:
    """The clusters of `nodes` under the links "same", best scores first; none holds two that a link calls different.

    `people` are what people said, the latest first: it outranks all `links`, and a later word an earlier one that it
    contradicts. Where a person calls two the same, the clusters become one in which they are without that, whatever
    `links` hold against it; where a person parts two, no chain of `links` joins them.

    Clusters, and the nodes in them, stand in the order of `nodes`. The order of the links changes nothing.
    """
    alone = _Groups(nodes)
    whole = _Groups(nodes) if people else alone
    for link in people:
        if link.left not in whole.home or link.right not in whole.home:
            continue
        if link.relation == "same":
            whole.join(link)
        else:
            whole.part(link)
    known = [k for k in links if k.left in alone.home and k.right in alone.home]
    for link in known:
        if link.relation == "different":
            alone.part(link)
    joins = [k for k in known if k.relation == "same"]
    for link in sorted(joins, key=lambda k: (-k.score, *sorted((k.left, k.right)))):
        if alone.may_join(link) and whole.may_join(link):
            alone.join(link)
            whole.join(link)
    place = {n: i for i, n in enumerate(nodes)}
    groups = {id(g): g for g in whole.home.values()}
    return sorted((sorted(g, key=place.__getitem__) for g in groups.values()), key=lambda g: place[g[0]])


def weigh_clusters(clusters: Iterable[Sequence[str]], links: Iterable[Link]) -> dict[str, float]:
    """How surely each cluster of several belongs together, by its first node: as its most loosely held node does.

    A node is held by the best of its links "same" to others of its cluster.
    """
    home = {n: cluster[0] for cluster in clusters for n in cluster if len(cluster) > 1}
    best: dict[str, float] = {}
    for link in links:
        if link.relation == "same" and link.left in home and home[link.left] == home.get(link.right):
            for n in (link.left, link.right):
                best[n] = max(best.get(n, 0.0), link.score)
    out: dict[str, float] = {}
    for n, first in home.items():
        out[first] = min(out.get(first, 1.0), best.get(n, 0.0))
    return out


class _Groups:
    """Nodes in groups, and which nodes must not come together."""

    def __init__(self, nodes: Iterable[str]) -> None:
        self.home = {n: {n} for n in nodes}
        self._apart: dict[str, set[str]] = {n: set() for n in self.home}

    def part(self, link: Link) -> None:
        """Keep the two apart from now on, unless they are together already."""
        if self.home[link.left] is not self.home[link.right]:
            self._apart[link.left].add(link.right)
            self._apart[link.right].add(link.left)

    def may_join(self, link: Link) -> bool:
        """Whether no two that must not come together would do so."""
        left, right = sorted((self.home[link.left], self.home[link.right]), key=len)
        return left is right or not any(self._apart[n] & right for n in left)

    def join(self, link: Link) -> None:
        """Make one group of the two, if they may come together."""
        small, large = sorted((self.home[link.left], self.home[link.right]), key=len)
        if small is large or not self.may_join(link):
            return
        large |= small
        for n in small:
            self.home[n] = large
