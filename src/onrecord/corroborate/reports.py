"""Analyses and clusters to the record's reports, stories and entities."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from textwrap import shorten

from onrecord.corroborate.entries import entry_id
from onrecord.knowledge import fullest_roles
from onrecord.record import Analysis, Entity, EntityEntry, Place, ReportEntry, Story


def build_reports(
    analyses: Sequence[Analysis], keys: Mapping[str, Sequence[str]], address: Callable[[str], str] = str
) -> tuple[ReportEntry, ...]:
    """The reports, in the order of `analyses`; all texts under one address are versions of one another.

    `address` gives what the ways to write an address have in common.
    """
    addresses: dict[str, list[str]] = defaultdict(list)
    for a in analyses:
        if a.url:
            addresses[address(a.url)].append(a.id)
    out = []
    for a in analyses:
        versions = addresses[address(a.url)] if a.url else []
        out.append(
            ReportEntry(
                id=a.id,
                key=a.key,
                keys=tuple(sorted(keys.get(a.id, (a.key,)))),
                outlet=a.outlet,
                title=a.title,
                url=a.url,
                published=a.published,
                versions=tuple(versions) if len(versions) > 1 else (),
                author=a.author,
            )
        )
    return tuple(out)


# Of a first line that is a whole paragraph, as much as a title has.
LONGEST = 120


def build_stories(clusters: Sequence[Sequence[str]], analyses: Mapping[str, Analysis]) -> tuple[Story, ...]:
    """One story a cluster of report ids; its title is that of its first report, or that report's first line."""
    out = []
    for cluster in clusters:
        first = analyses[cluster[0]]
        lines = [line.strip() for line in first.text.splitlines() if line.strip()]
        ends = [analyses[r].published for r in cluster]
        out.append(
            Story(
                id=entry_id("s", first.id, ""),
                title=first.title or (shorten(lines[0], LONGEST, placeholder=" …") if lines else first.key),
                reports=tuple(cluster),
                earliest=min((e.earliest for e in ends if e.earliest), default=None),
                latest=max((e.latest for e in ends if e.latest), default=None),
            )
        )
    return tuple(out)


def build_entities(
    clusters: Sequence[Sequence[str]], facts: Mapping[str, tuple[Analysis, Entity]]
) -> tuple[EntityEntry, ...]:
    """One entry a cluster of entity keys, under its fullest name, then its most frequent."""
    out = []
    for cluster in clusters:
        members = [facts[key] for key in cluster]
        names = Counter(e.name for _, e in members)
        best = max(names, key=lambda n: (len(n.split()), names[n], n))
        out.append(
            EntityEntry(
                id=entry_id("e", members[0][0].id, members[0][1].id),
                name=best,
                type=members[0][1].type,
                aliases=tuple(sorted(n for n in names if n != best)),
                roles=fullest_roles(r for _, e in members for r in e.roles),
                ids=tuple(sorted({i for _, e in members for i in e.ids})),
                mentions=tuple(Place(a.id, m.span) for a, e in members for m in e.mentions),
            )
        )
    return tuple(out)
