"""Links to clusters: what is the same, with every "different" respected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.record import Link


def fact(report: str, name: str) -> str:
    """The key of one report's fact in links."""
    return f"{report}/{name}"


def cluster(nodes: Sequence[str], links: Iterable[Link]) -> list[list[str]]:
    """The clusters of `nodes` under the links "same", best scores first; none holds two that a link calls different.

    Clusters, and the nodes in them, stand in the order of `nodes`. The order of the links changes nothing.
    """
    home = {n: {n} for n in nodes}
    apart: dict[str, set[str]] = {n: set() for n in nodes}
    known = [k for k in links if k.left in home and k.right in home]
    for link in known:
        if link.relation == "different":
            apart[link.left].add(link.right)
            apart[link.right].add(link.left)
    joins = [k for k in known if k.relation == "same"]
    for link in sorted(joins, key=lambda k: (-k.score, *sorted((k.left, k.right)))):
        left, right = home[link.left], home[link.right]
        if left is right or any(apart[n] & right for n in left):
            continue
        small, large = sorted((left, right), key=len)
        large |= small
        for n in small:
            home[n] = large
    place = {n: i for i, n in enumerate(nodes)}
    groups = {id(g): sorted(g, key=place.__getitem__) for g in home.values()}
    return sorted(groups.values(), key=lambda g: place[g[0]])
