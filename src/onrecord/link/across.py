"""The people and bodies of single affairs to links: what is one in several affairs, by name, office and day alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from onrecord.knowledge import Knowledge
from onrecord.link.entities import entity_keys, link_entities
from onrecord.record import Analysis, Entity, EntityEntry, Interval, Link, Publication

MAKER = "link.across"


def entry_keys(entry: EntityEntry) -> tuple[str, ...]:
    """The keys of which two entries share one if they may be one."""
    return entity_keys(_entity(entry))


def link_across(
    entries: Sequence[EntityEntry], days: Mapping[str, Interval], knowledge: Callable[[], Knowledge] | None = None
) -> list[Link]:
    """Links "same" and "different" between entries of single affairs, by their ids; their order changes nothing.

    An entry is read like the only entity of one report, so that what else an affair tells of does not count: `days`
    are those of the reports, and an entry's are those of its first.
    """
    reports = [_report(e, days.get(e.mentions[0].report, Interval())) for e in sorted(entries, key=lambda e: e.id)]
    return [
        replace(k, left=k.left.rstrip("/"), right=k.right.rstrip("/"), by=MAKER)
        for k in link_entities(reports, knowledge)
    ]


def _entity(entry: EntityEntry) -> Entity:
    return Entity(id="", name=entry.name, type=entry.type, roles=entry.roles, mentions=())


def _report(entry: EntityEntry, days: Interval) -> Analysis:
    return Analysis(
        id=entry.id,
        key=entry.id,
        url=None,
        outlet=None,
        author=None,
        title=None,
        language=None,
        text="",
        noise=(),
        published=Publication(earliest=days.earliest, latest=days.latest),
        entities=(_entity(entry),),
        timexes=(),
        attributions=(),
        events=(),
    )
