"""The entities of all reports to links: who and what is one, whoever writes it, and who are two.

Judgements are made block by block: all entities that share a key, and nothing else, decide on each pair of them. One
more report changes nothing but the blocks of its own entities' keys.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from onrecord.knowledge import Knowledge
from onrecord.link.full_names import keys_of, parse_name
from onrecord.link.holders import link_holders, office_keys
from onrecord.link.judgements import Judgement
from onrecord.link.organisations import body_keys, link_bodies
from onrecord.link.people import link_people
from onrecord.link.profiles import Profile, gather_profiles, plain_name
from onrecord.record import Analysis, Entity, Link

MAKER = "link.entities"


def link_entities(analyses: Sequence[Analysis], knowledge: Callable[[], Knowledge] | None = None) -> list[Link]:
    """Links "same" and "different" between the entities of `analyses`; their order decides only who stands first.

    `knowledge` gives who held an office when, and is asked only where an office decides.
    """
    blocks: dict[str, list[Profile]] = defaultdict(list)
    for profile in gather_profiles(analyses):
        for key in _keys(profile.type, profile.name, profile.roles):
            blocks[key].append(profile)
    found: dict[tuple[str, str, str], Judgement] = {}
    for key in sorted(blocks):
        for judgement in link_block(key, blocks[key], knowledge):
            pair = judgement[:3]
            if pair[0] != pair[1] and (pair not in found or found[pair].score < judgement.score):
                found[pair] = judgement
    return [Link(left=a, right=b, relation=r, score=s, evidence=(), by=MAKER) for a, b, r, s in found.values()]


def entity_keys(entity: Entity) -> tuple[str, ...]:
    """The keys of the blocks in which an entity is judged: another's judgements never depend on it."""
    return _keys(entity.type, plain_name(entity.name), entity.roles)


def _keys(type: str, name: str, roles: Sequence[str]) -> tuple[str, ...]:
    if type != "person":
        return tuple(f"{type}/{key}" for key in body_keys(name))
    offices = tuple(f"office/{key}" for key in office_keys(name, roles))
    parsed = parse_name(name)
    return (*(f"person/{key}" for key in keys_of(parsed)), *offices) if parsed else offices


def link_block(
    key: str, profiles: Sequence[Profile], knowledge: Callable[[], Knowledge] | None = None
) -> Iterator[Judgement]:
    """The judgements on the profiles of the block `key`: a function of them, and of nothing else in the record."""
    kind, _, rest = key.partition("/")
    if kind == "person":
        return link_people(profiles, knowledge)
    if kind == "office":
        return link_holders(rest, profiles, knowledge)
    return link_bodies(rest, profiles)


@lru_cache(1 << 16)
def fold_name(name: str) -> str:
    """A name without case, accents and article, for comparison."""
    plain = unicodedata.normalize("NFKD", name)
    words = "".join(c for c in plain if not unicodedata.combining(c)).casefold().split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)
