"""The people and bodies of single affairs to links: what is one in several affairs, by name, office and day alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from onrecord.knowledge import Knowledge
from onrecord.link.entities import entity_keys, link_block
from onrecord.link.judgements import Judgement
from onrecord.link.profiles import Member, Profile, plain_name, the_day, weigh_names
from onrecord.record import Entity, EntityEntry, EntityType, Interval, Link

MAKER = "link.across"


class Party(Struct, frozen=True, array_like=True):
    """What decides who an entity of a single affair is; `days` are those of its first report."""

    id: str
    type: EntityType
    name: str
    roles: tuple[str, ...]
    days: Interval


def party(entry: EntityEntry, days: Interval) -> Party:
    """What of an entry counts: nothing that its affair tells besides."""
    return Party(entry.id, entry.type, entry.name, entry.roles, days)


def party_keys(one: Party) -> tuple[str, ...]:
    """The keys of the blocks in which it is judged, of which two share one if they may be one."""
    return entity_keys(_entity(one))


def entry_keys(entry: EntityEntry) -> tuple[str, ...]:
    """Those of an entry."""
    return party_keys(party(entry, Interval()))


def judge_block(
    key: str, parties: Sequence[Party], knowledge: Callable[[], Knowledge] | None = None
) -> list[Judgement]:
    """The judgements on all that have a key, which are a function of these alone; their order changes nothing."""
    found = link_block(key, _profiles(sorted(parties, key=lambda p: p.id)), knowledge)
    return [judgement for judgement in found if judgement.left != judgement.right]


def link_across(
    entries: Sequence[EntityEntry], days: Mapping[str, Interval], knowledge: Callable[[], Knowledge] | None = None
) -> list[Link]:
    """Links "same" and "different" between entries of single affairs, by their ids; their order changes nothing.

    `days` are those of the reports.
    """
    blocks: dict[str, list[Party]] = defaultdict(list)
    for entry in entries:
        one = party(entry, days.get(entry.mentions[0].report, Interval()))
        for key in party_keys(one):
            blocks[key].append(one)
    return join_judgements(j for key in sorted(blocks) for j in judge_block(key, blocks[key], knowledge))


def join_judgements(judgements: Iterable[Judgement]) -> list[Link]:
    """One link for what several blocks say of two, with the highest score."""
    best: dict[tuple[str, str, str], Judgement] = {}
    for judgement in judgements:
        pair = judgement[:3]
        if pair not in best or best[pair].score < judgement.score:
            best[pair] = judgement
    return [Link(left=a, right=b, relation=r, score=s, evidence=(), by=MAKER) for a, b, r, s in best.values()]


def _profiles(parties: Sequence[Party]) -> list[Profile]:
    """Those of one name and one set of roles, each read like the only entity of one report."""
    found: dict[tuple[str, str, tuple[str, ...]], Profile] = {}
    names: dict[tuple[str, str], Mapping[str, float]] = {}
    for order, one in enumerate(parties):
        if (one.type, one.name) not in names:
            names[one.type, one.name] = weigh_names((_entity(one),))
        key = (one.type, plain_name(one.name), tuple(sorted(one.roles)))
        profile = found.setdefault(key, Profile(*key))
        profile.members.append(Member(one.id, one.id, order, the_day(one.days), names[one.type, one.name]))
    return list(found.values())


def _entity(one: Party) -> Entity:
    return Entity(id="", name=one.name, type=one.type, roles=one.roles, mentions=())
