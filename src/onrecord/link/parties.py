"""The names of those who take part in events to whether two of them, in two reports, are one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from onrecord.knowledge import read_words
from onrecord.link.clusters import fact
from onrecord.link.entities import fold_name
from onrecord.link.offices import read_office
from onrecord.record import Analysis, EntityType

# "The Minister of the Economy" is one with so many words of what somebody's office is called elsewhere.
_LEAST_LETTERS = 3


class Parties:
    """Who is meant by a name or an office in each report of an affair."""

    def __init__(self, analyses: Sequence[Analysis], named: Sequence[Sequence[str]]) -> None:
        """`named` are the clusters of the entities of `analyses`."""
        home = {key: n for n, cluster in enumerate(named) for key in cluster}
        self._who: dict[tuple[str, str], int] = {}
        self._types: dict[int, EntityType] = {}
        self._roles: dict[int, set[frozenset[str]]] = defaultdict(set)
        for analysis in analyses:
            for entity in analysis.entities:
                who = home[fact(analysis.id, entity.id)]
                self._who.setdefault((analysis.id, fold_name(entity.name)), who)
                self._types.setdefault(who, entity.type)
                self._roles[who] |= {_words(role) for role in entity.roles}

    def who(self, report: str, name: str) -> int | None:
        """The number of the entity that a report calls by that name; None for an office or a description."""
        return self._who.get((report, fold_name(name)))

    def are_one(self, report: str, name: str, other: str, second: str) -> bool | None:
        """Whether a name in `report` and one in `other` are of one; None where neither is to be seen."""
        if fold_name(name) == fold_name(second):
            return True
        a, b = self.who(report, name), self.who(other, second)
        if a is not None and b is not None:
            if a == b:
                return True
            # "The Minister of Transport" is taken for a name where the minister is not named.
            if self._has_office(a, second) or self._has_office(b, name):
                return True
            # A country, its government and its minister may stand for one another.
            return False if self._types[a] == self._types[b] else None
        if a is None and b is None:
            one, two = _words(name), _words(second)
            return True if one and two and (one <= two or two <= one) else None
        held, called = (a, second) if a is not None else (b, name)
        return True if held is not None and self._holds(held, called) else None

    def _has_office(self, who: int, name: str) -> bool:
        """Whether a name is no more than an office that somebody holds."""
        return read_office(name) is not None and self._holds(who, name)

    def _holds(self, who: int, called: str) -> bool:
        words = _words(called)
        return bool(words) and any(words <= role for role in self._roles[who])


@cache
def _words(office: str) -> frozenset[str]:
    small = read_words("function_words")
    found = re.findall(r"\w+", office.casefold())
    return frozenset(w for w in found if len(w) >= _LEAST_LETTERS and w not in small)
