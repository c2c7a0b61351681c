"""The mentions of one report to clusters of what each means.

A mention chooses one of those before it as its antecedent, or none (Lee et al. 2017), by the heads of both
(Dobrovolskii 2021): the product of two vectors, and what their words, kinds, places and parts in the sentence show,
weighed by a small network.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from onrecord.language.mentions import (
    FORMS,
    MENTION,
    PAIR,
    SEXES,
    Mention,
    Scene,
    alone_features,
    candidates,
    mention_features,
    pair_features,
)
from onrecord.language.paths import Floats, softmax
from onrecord.language.pieces import Ints
from onrecord.language.scores import NOMINALS, Tables

# So many pairs are weighed at a time, which bounds the memory that a long text takes.
_BLOCK = 8192

Cluster = tuple[Mention, ...]


def _weigh_alone(scene: Scene, tables: Tables) -> Floats:
    """The score of each mention's being the first of its thing."""
    hidden = alone_features(scene, tables.first) @ tables.alone_hidden[:-1] + tables.alone_hidden[-1]
    scores: Floats = np.maximum(hidden, 0) @ tables.alone[:-1] + tables.alone[-1]
    return scores


def _weigh_pairs(scene: Scene, later: Ints, earlier: Ints, tables: Tables) -> Floats:
    """The score of each pair: what it shows, and what the later and the earlier mention show, in this order."""
    of_pair, of_later, of_earlier, bias = np.split(tables.pair_hidden, (PAIR, PAIR + MENTION, PAIR + 2 * MENTION))
    shown = mention_features(scene)
    as_later, as_earlier = shown @ of_later + bias, shown @ of_earlier
    out = [np.zeros(0, dtype=np.float32)]
    for start in range(0, len(later), _BLOCK):
        n, k = later[start : start + _BLOCK], earlier[start : start + _BLOCK]
        hidden = pair_features(scene, n, k) @ of_pair + as_later[n] + as_earlier[k]
        out.append(np.maximum(hidden, 0) @ tables.pair[:-1] + tables.pair[-1])
    return np.concatenate(out)


def find_clusters(scene: Scene, tables: Tables, lean: float = 0.0) -> list[Cluster]:
    """The mentions that mean one thing, each cluster in order, of two mentions or more, by their first ones.

    Each mention joins the cluster to which the most of its choice falls, unless more falls to none or something speaks
    against it; a name that is a form of one before it ("Holm" behind "Ada Holm") joins its cluster. `lean` is added to
    the score of every pair.
    """
    if not scene.mentions:
        return []
    later, earlier = candidates(scene)
    alone, pairs = _weigh_alone(scene, tables), _weigh_pairs(scene, later, earlier, tables)
    edges = np.searchsorted(later, np.arange(len(scene.mentions) + 1)).tolist()
    groups: list[_Group] = []
    of = np.zeros(len(scene.mentions), dtype=np.int64)
    named = _Named(scene)
    for n in range(len(scene.mentions)):
        mine = slice(edges[n], edges[n + 1])
        shares = softmax(np.append(pairs[mine] + lean, alone[n]))
        masses = np.bincount(of[earlier[mine]], weights=shares[:-1])
        better = np.flatnonzero(masses > shares[-1])
        likeliest = better[np.argsort(-masses[better], kind="stable")].tolist()
        chosen = next((k for k in likeliest if groups[k].takes(scene, n)), None)
        form_of = named.find(n)
        if form_of is not None:
            chosen = form_of
        if chosen is None:
            chosen = len(groups)
            groups.append(_Group())
            groups[-1].add(scene, n, scene.mentions[n].probability)
        else:
            mass = float(masses[chosen]) if chosen < len(masses) else 0.0
            groups[chosen].add(scene, n, mass if form_of is None else max(mass, _FORM))
        of[n] = chosen
        named.add(n, chosen)
    return [
        tuple(replace(scene.mentions[n], probability=p) for n, p in group.members)
        for group in groups
        if len(group.members) > 1
    ]


# How surely a name means what a form of it meant before.
_FORM = 0.9


class _Named:
    """By which words the clusters so far are named: of each kind, the cluster that a word named last."""

    def __init__(self, scene: Scene) -> None:
        self._kinds, self._words = scene.kind.tolist(), scene.words.tolist()
        self._is_name = (scene.form == FORMS.index("name")).tolist()
        self._last: dict[tuple[int, int], int] = {}
        self._names: dict[int, list[frozenset[int]]] = defaultdict(list)

    def find(self, n: int) -> int | None:
        """The cluster with a name of which mention `n` is a form.

        Of two names of a person one may be a part of the other; those of other things must have the same words.
        """
        own, kind = self._own(n), self._kinds[n]
        groups = {self._last[kind, word] for word in own if (kind, word) in self._last}
        if len(groups) != 1:
            return None
        (group,) = groups
        person = kind == NOMINALS.index("person")
        fits = (own == name or (person and (own < name or name < own)) for name in self._names[group])
        return group if any(fits) else None

    def add(self, n: int, group: int) -> None:
        """Notes that mention `n`, if it is a name, is in that cluster."""
        own = self._own(n)
        if own and own not in self._names[group]:
            self._names[group].append(own)
        self._last.update(((self._kinds[n], word), group) for word in own)

    def _own(self, n: int) -> frozenset[int]:
        """The words of a mention that is a name."""
        return frozenset(w for w in self._words[n] if w >= 0) if self._is_name[n] else frozenset()


class _Group:
    """The mentions of one thing so far, and what may not join them."""

    def __init__(self) -> None:
        self.members: list[tuple[int, float]] = []
        self._sex: int | None = None
        self._names: set[int] = set()

    def takes(self, scene: Scene, n: int) -> bool:
        """Whether mention `n` may mean the same.

        One person is not both he and she, and has no two names without a common word.
        """
        if scene.pronoun[n] in SEXES and self._sex is not None and self._sex != scene.pronoun[n]:
            return False
        named = scene.form[n] == FORMS.index("name") and scene.kind[n] == NOMINALS.index("person")
        return not (named and self._names and self._names.isdisjoint(scene.words[n].tolist()))

    def add(self, scene: Scene, n: int, probability: float) -> None:
        """Mention `n` joins, with the probability that it belongs here."""
        self.members.append((n, probability))
        if scene.pronoun[n] in SEXES:
            self._sex = int(scene.pronoun[n])
        if scene.form[n] == FORMS.index("name") and scene.kind[n] == NOMINALS.index("person"):
            self._names.update(w for w in scene.words[n].tolist() if w >= 0)
