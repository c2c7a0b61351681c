"""The names of one report, given in order, to clusters of those that are one entity's."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.record import EntityType, Span

# No report gives one person more offices, and each is compared with all others.
MOST_ROLES = 50


@dataclass(slots=True, eq=False)
class Cluster:
    """An entity under way. `name` is the fullest one: most words, then most frequent, then first."""

    type: EntityType
    name: str = ""
    names: list[tuple[str, Span]] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    # Each form's words, times and, negative, the place where it came first: the greatest is the fullest.
    _forms: dict[str, tuple[int, int, int]] = field(default_factory=dict)

    def add(self, name: str, span: Span) -> None:
        """Counts one more place of `name`."""
        words, times, first = self._forms.get(name) or (len(name.split()), 0, -len(self.names))
        self._forms[name] = (words, times + 1, first)
        self.names.append((name, span))
        if len(self.names) == 1 or self._forms[name] > self._forms[self.name]:
            self.name = name

    def add_role(self, role: str) -> None:
        """Notes an office that the text gives."""
        if role not in self.roles and len(self.roles) < MOST_ROLES:
            self.roles.append(role)


# What a name can be known by, such as ("person", "ends", "ada", "holm"). The names of a report are many, and none is
# compared with all others.
Key = tuple[str, ...]


class Clusters:
    """The clusters of one report so far, in the order of their first names."""

    def __init__(self) -> None:
        self.all: list[Cluster] = []
        self._keys: dict[Cluster, list[Key]] = {}
        self._by_form: dict[tuple[EntityType, str], Cluster] = {}
        # Of each key the clusters that go by it, the one named last at the end.
        self._by_key: dict[Key, dict[Cluster, None]] = {}

    def add(self, name: str, type_: EntityType, span: Span) -> Cluster:
        """The cluster that the next name belongs to, with the name in it."""
        form = (type_, name.casefold())
        known = self._by_form.get(form)
        # "Holm" was Ada Holm until Bela Holm came up.
        surname = type_ == "person" and " " not in name
        found = (None if surname else known) or self._short_form(name, type_) or known
        if found is None:
            found = Cluster(type_)
            self.all.append(found)
        before = found.name
        found.add(name, span)
        self._by_form[form] = found
        self._note(found, renamed=found.name != before)
        return found

    def _note(self, cluster: Cluster, renamed: bool) -> None:
        """Makes `cluster` the one named last among those of its keys."""
        keys = self._keys.get(cluster, [])
        for key in keys:
            self._by_key[key].pop(cluster)
        if renamed or not keys:
            keys = self._keys[cluster] = _keys(cluster.name, cluster.type)
        for key in keys:
            self._by_key.setdefault(key, {})[cluster] = None

    def _short_form(self, name: str, type_: EntityType) -> Cluster | None:
        """The cluster that `name` is a short or full form of; the one named last where several fit."""
        fits = [next(reversed(of)) for key in _asked(name, type_) if (of := self._by_key.get(key))]
        return max(fits, key=lambda c: c.names[-1][1].start, default=None)


# "Ada J. Holm III" goes by Holm.
_GENERATIONS = frozenset("jr jr. sr sr. ii iii iv".split())


def _words(name: str) -> list[str]:
    words = name.casefold().split()
    return words[:-1] if len(words) > 2 and words[-1] in _GENERATIONS else words


def _keys(name: str, type_: EntityType) -> list[Key]:
    """What a cluster of that name goes by."""
    words = _words(name)
    if type_ != "person":
        return [_bare(words, type_)]
    if len(words) < 2:
        return [("person", "lone", *words)]
    first, last = words[0], words[-1]
    keys = [("person", "part", first), ("person", "ends", first, last), ("person", "whole", " ".join(words))]
    keys += [("person", "part", last)] if first != last else []
    return [*keys, ("person", "pair", first, last)] if len(words) == 2 else keys


def _asked(name: str, type_: EntityType) -> list[Key]:
    """What a cluster goes by that `name` is a form of.

    A single word is a part of a full name, or what a full name ends with. Two full names are one person's if they
    differ by middle names only ("Michael E Kurz" and "Michael Kurz"), which one of them then lacks.
    """
    words = _words(name)
    if type_ != "person":
        return [_bare(words, type_)]
    if len(words) < 2:
        return [("person", "part", *words)]
    first, last = words[0], words[-1]
    lone = ("person", "lone", last)
    if len(words) == 2:
        return [lone, ("person", "ends", first, last)]
    return [lone, ("person", "pair", first, last), ("person", "whole", " ".join(words))]


def _bare(words: list[str], type_: EntityType) -> Key:
    return (type_, "bare", " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words))
