"""Two clusterings of the same mentions to how well they agree: MUC, B3, CEAF-e, their mean (CoNLL), and LEA."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping

import numpy as np
from scipy.optimize import linear_sum_assignment

Clusters = Mapping[str, Hashable]


def agreement(gold: Clusters, found: Clusters) -> dict[str, float]:
    """The F1 of each measure; both name the cluster of every mention."""
    out = {}
    for name, side in (("muc", _muc), ("b3", _b3), ("lea", _lea)):
        out[name] = _f1(side(_groups(found), gold), side(_groups(gold), found))
    given, right = _groups(found), _groups(gold)
    total = _aligned(right, given)
    out["ceafe"] = _f1(total / len(given), total / len(right))
    out["conll"] = (out["muc"] + out["b3"] + out["ceafe"]) / 3
    return out


def _groups(clusters: Clusters) -> list[list[str]]:
    held: dict[Hashable, list[str]] = defaultdict(list)
    for mention, name in clusters.items():
        held[name].append(mention)
    return list(held.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _muc(groups: list[list[str]], other: Clusters) -> float:
    """The share of the links that hold each group together (Vilain et al. 1995)."""
    links = sum(len(g) - 1 for g in groups)
    return sum(len(g) - len({other[m] for m in g}) for g in groups) / links if links else 0.0


def _b3(groups: list[list[str]], other: Clusters) -> float:
    """The mean over mentions of the share of their group that is with them (Bagga and Baldwin 1998)."""
    right = sum(n * n / len(g) for g in groups for n in Counter(other[m] for m in g).values())
    return right / sum(map(len, groups))


def _lea(groups: list[list[str]], other: Clusters) -> float:
    """The share of links found of each group, weighed by its size; one alone links itself (Moosavi and Strube 2016)."""
    sizes = Counter(other.values())
    right = 0.0
    for group in groups:
        held = Counter(other[m] for m in group)
        if len(group) == 1:
            right += sizes[other[group[0]]] == 1
        else:
            right += sum(n * (n - 1) for n in held.values()) / (len(group) - 1)
    return right / sum(map(len, groups))


def _aligned(gold: list[list[str]], found: list[list[str]]) -> float:
    """The likeness of clusters under the best pairing of one with one (Luo 2005, phi 4)."""
    home = {m: n for n, group in enumerate(found) for m in group}
    likeness = np.zeros((len(gold), len(found)))
    for row, group in enumerate(gold):
        for column, n in Counter(home[m] for m in group).items():
            likeness[row, column] = 2 * n / (len(group) + len(found[column]))
    return float(likeness[linear_sum_assignment(likeness, maximize=True)].sum())
