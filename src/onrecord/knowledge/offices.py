"""The offices that texts give a person to those that say most."""

from __future__ import annotations

from collections.abc import Iterable


def fullest_roles(roles: Iterable[str]) -> tuple[str, ...]:
    """`roles` in order, without those that another one says in full: "minister" beside "Norran foreign minister".

    >>> fullest_roles(["Minister", "Foreign Minister", "foreign minister"])
    ('Foreign Minister',)
    """
    given = list(dict.fromkeys(roles))
    words = [frozenset(r.casefold().replace(".", "").replace("defense", "defence").split()) for r in given]
    kept = [
        role
        for n, role in enumerate(given)
        if not any(words[n] < other or (words[n] == other and m < n) for m, other in enumerate(words))
    ]
    return tuple(kept)
