"""Organisations, outlets, groups and places of one key to links: one name, one body's name in other words, acronyms.

A name that each country's body has ("the defence ministry") means, report by report, the one that its report and
reports of near days speak of; an acronym the one that a report writes out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from onrecord.link.body_names import BodyName, acronym, parse_body
from onrecord.link.judgements import Judgement, different, same
from onrecord.link.offices import place_stem
from onrecord.link.profiles import NEAR, Known, Member, Profile, chain_near

_MANY = 40


def body_keys(name: str) -> tuple[str, ...]:
    """The keys of a body: its words without its country, and its acronyms."""
    parsed, short = parse_body(name), acronym(name)
    return (" ".join(parsed.words), *(f"({a})" for a in sorted({*parsed.acronyms, *([short] if short else [])})))


def link_bodies(key: str, profiles: Sequence[Profile]) -> Iterator[Judgement]:
    """The judgements on the profiles of one type that have one of `body_keys`."""
    if key.startswith("("):
        return _link_acronym(key.strip("()"), profiles)
    return _link_words(profiles)


def _link_words(profiles: Sequence[Profile]) -> Iterator[Judgement]:
    """The judgements on names of the same words, by their countries."""
    if all(acronym(p.name) for p in profiles):
        return
    # "ISTER" is the town of Ister where another report says so.
    by_place: dict[str | None, list[Profile]] = defaultdict(list)
    for profile in profiles:
        by_place[parse_body(profile.name).place].append(profile)
    placeless = by_place.pop(None, [])
    bodies = {place: Known(by_place[place]) for place in sorted(p for p in by_place if p)}
    for known in bodies.values():
        yield from (same(known.first, m, 0.95) for m in known.members)
    if len(bodies) <= _MANY:
        yield from (different(a.first, b.first, 0.95) for a, b in combinations(bodies.values(), 2))
    left = []
    for member in (m for p in placeless for m in p.members):
        known_place = _choose(member, bodies)
        if known_place:
            yield same(bodies[known_place].first, member, 0.8)
        else:
            left.append(member)
    if left:
        yield from _join_placeless(left, len(bodies) > 1)


def _choose(member: Member, bodies: dict[str, Known]) -> str | None:
    """The only country of `bodies` that the report of `member` names, in near days and beside the same names."""
    spoken = {s for name in member.names for s in (_stem(name), name)}
    here = [p for p, known in bodies.items() if member.report in known.reports]
    if len(here) == 1:
        return here[0]
    found = [p for p, known in bodies.items() if p in spoken and known.shares(member) >= 1]
    return found[0] if len(found) == 1 else None


def _stem(name: str) -> str:
    return place_stem(name.title() if len(name) > 3 else name.upper())


def _join_placeless(left: Sequence[Member], several: bool) -> Iterator[Judgement]:
    """One body, unless the record knows those of several countries: then those in near days beside one person."""
    if not several:
        first = min(left, key=lambda m: m.order)
        yield from (same(first, m, 0.95) for m in left)
        return
    beside: dict[str, list[Member]] = defaultdict(list)
    for member in left:
        for name in member.names:
            if name.startswith("person "):
                beside[name].append(member)
    for name in sorted(beside):
        yield from (same(a, b, 0.7) for a, b in chain_near(beside[name], NEAR))


def _link_acronym(short: str, profiles: Sequence[Profile]) -> Iterator[Judgement]:
    """The judgements on an acronym and the names that it may stand for."""
    written = [p for p in profiles if acronym(p.name) == short]
    long: dict[BodyName, list[Profile]] = defaultdict(list)
    for profile in profiles:
        if acronym(profile.name) != short:
            long[parse_body(profile.name)].append(profile)
    if not written:
        return
    whole = Known(written)
    names = [Known(long[n]) for n in sorted(long, key=lambda n: (n.words, n.place or ""))]
    told = [k for k in names if _is_told(k, whole, short)]
    for member in whole.members:
        here = [k for k in told if member.report in k.reports]
        meant = here if len(here) == 1 else told if len(told) == 1 else _spoken_of(member, told or names)
        if meant:
            yield same(meant[0].first, member, 0.85)
    if not told:
        first = whole.first
        yield from (same(first, m, 0.95) for m in whole.members)


def _is_told(known: Known, short: Known, letters: str) -> bool:
    """Whether a report writes the acronym out: in brackets behind the name, or both in one report."""
    return any(letters in m.acronyms for m in known.members) or bool(known.reports & short.reports)


def _spoken_of(member: Member, names: Sequence[Known]) -> list[Known]:
    """The one of `names` that reports of near days speak of with the same other names, if one clearly is."""
    weighed = sorted(((k.shares(member), -k.first.order, k) for k in names), key=lambda w: w[:2], reverse=True)
    second = weighed[1][0] if len(weighed) > 1 else 0.0
    return [weighed[0][2]] if weighed and weighed[0][0] >= 1 and second <= weighed[0][0] / 2 else []
