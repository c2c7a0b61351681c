"""The records of single affairs to the whole one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from onrecord.corroborate.absent import build_absent
from onrecord.corroborate.order import rank
from onrecord.knowledge import fullest_roles
from onrecord.record import EntityEntry, Record

# In which report each kind of entry stands first. Absent sources have none.
ANCHORS: Mapping[str, Callable[[Any], str]] = {
    "reports": lambda e: e.id,
    "analyses": lambda e: e.id,
    "copies": lambda e: e.a,
    "stories": lambda e: e.reports[0],
    "entities": lambda e: e.mentions[0].report,
    "events": lambda e: e.members[0].report,
    "contacts": lambda e: e.members[0].report,
    "claims": lambda e: e.members[0].report,
    "expectations": lambda e: e.member.report,
    "disagreements": lambda e: e.a.report,
    "links": lambda e: e.left.split("/")[0],
}


def join_affairs(parts: Iterable[Record], homes: Mapping[str, str]) -> Record:
    """One record of those of all affairs, in any order; `homes` are the entities that those of an affair are one with.

    An entity is known by the id of its first in canonical order, whichever of them is named in `homes`.
    """
    parts = list(parts)
    place = {a.id: n for n, a in enumerate(sorted((a for p in parts for a in p.analyses), key=rank))}
    whole: dict[str, Any] = {}
    for kind, anchor in ANCHORS.items():
        entries = [e for part in parts for e in getattr(part, kind)]
        whole[kind] = tuple(sorted(entries, key=lambda e, anchor=anchor: place[anchor(e)]))  # type: ignore[misc]
    whole["entities"] = join_entities(whole["entities"], homes, place)
    # Who is absent hangs on the reports of all affairs.
    whole["absent"] = build_absent(whole["analyses"], whole["stories"])
    return Record(**whole)


def join_entities(
    entries: Sequence[EntityEntry], homes: Mapping[str, str], place: Mapping[str, int]
) -> tuple[EntityEntry, ...]:
    """One entry a home, under its fullest name, then its most frequent."""
    members: dict[str, list[EntityEntry]] = defaultdict(list)
    for entry in entries:
        members[homes.get(entry.id, entry.id)].append(entry)
    out = []
    for same in members.values():
        names = Counter[str]()
        for e in same:
            names.update({e.name: len(e.mentions), **dict.fromkeys(e.aliases, 1)})
        best = max(names, key=lambda n: (len(n.split()), names[n], n))
        mentions = [m for e in same for m in e.mentions]
        out.append(
            replace(
                same[0],
                name=best,
                aliases=tuple(sorted(set(names) - {best})),
                roles=fullest_roles(r for e in same for r in e.roles),
                ids=tuple(sorted({i for e in same for i in e.ids})),
                mentions=tuple(sorted(mentions, key=lambda m: place[m.report])),
            )
        )
    return tuple(out)
