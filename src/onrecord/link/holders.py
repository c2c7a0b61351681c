"""Mentions that are nothing but an office ("the defence minister of Arland") to links with those who held it then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import combinations

from onrecord.knowledge import Knowledge
from onrecord.link.full_names import APART, FullName, compare, is_office, keys_of, parse_name
from onrecord.link.judgements import Judgement, different, same
from onrecord.link.offices import Office, read_office
from onrecord.link.profiles import NEAR, Known, Member, Profile, chain_near
from onrecord.link.spellings import skeleton
from onrecord.record import Interval

# A word for so many kinds of office ("secretary") tells none.
_FEW_KINDS = 2
# Of more holders of one office not each pair is said to be two: no link joins them.
_MANY = 40


def office_keys(name: str, roles: Sequence[str]) -> tuple[str, ...]:
    """The keys of the offices that a name or its roles tell: the kind, with the country and without."""
    bare = is_office(name)
    found: dict[str, None] = {}
    for role in (name, *roles) if bare else roles:
        office = read_office(role)
        if office is None or office.past or len(office.kinds) > _FEW_KINDS:
            continue
        for kind in sorted(office.kinds):
            for place in sorted(office.places):
                found[f"{kind} {place}"] = None
            if not (bare and office.places):
                found[f"{kind} "] = None
    return tuple(found)


def link_holders(
    office: str, profiles: Sequence[Profile], knowledge: Callable[[], Knowledge] | None = None
) -> Iterator[Judgement]:
    """The judgements on those who are named with an office, or by it alone; `office` is one of `office_keys`."""
    kind, _, place = office.partition(" ")
    bare = [p for p in profiles if is_office(p.name)]
    named = [(p, n) for p in profiles if (n := parse_name(p.name))]
    yield from _keep_apart([(p, n) for p, n in named if n.given])
    if not bare:
        return
    finder = _Holders(kind, place, named, knowledge)
    left: list[Member] = []
    by_holder: dict[str, list[Member]] = defaultdict(list)
    for profile in bare:
        for member in profile.members:
            holder = finder.known_holder(profile, member)
            found = finder.choose(member, holder)
            if found:
                yield same(found, member, 0.75)
            elif holder:
                by_holder[holder].append(member)
            else:
                left.append(member)
    for holder in sorted(by_holder):
        first = min(by_holder[holder], key=lambda m: m.order)
        yield from (same(first, m, 0.75) for m in by_holder[holder] if m != first)
    if place:
        yield from (same(a, b, 0.7) for a, b in chain_near(left, NEAR))


def _keep_apart(named: Sequence[tuple[Profile, FullName]]) -> Iterator[Judgement]:
    """That full names that have no word in common are of two people, whatever office they share."""
    first: dict[FullName, Member] = {}
    for profile, name in named:
        known = Known([profile]).first
        first[name] = min(first.get(name, known), known, key=lambda m: m.order)
    if len(first) <= _MANY:
        for a, b in combinations(sorted(first, key=lambda n: first[n].order), 2):
            if {skeleton(w) for w in a.words}.isdisjoint(skeleton(w) for w in b.words):
                yield different(first[a], first[b], 0.9)


class _Holders:
    """Those who are named with one office of one country, by time."""

    def __init__(
        self,
        kind: str,
        place: str,
        named: Sequence[tuple[Profile, FullName]],
        knowledge: Callable[[], Knowledge] | None,
    ) -> None:
        self._kind, self._place, self._knowledge = kind, place, knowledge
        self._people: dict[str, list[tuple[Profile, FullName]]] = defaultdict(list)
        for profile, name in named:
            if any(self._is_meant(o) for o in profile.offices):
                for key in keys_of(name):
                    self._people[key].append((profile, name))
        self._known = {key: Known([p for p, _ in people]) for key, people in self._people.items()}

    def _is_meant(self, office: Office) -> bool:
        meant = self._kind in office.kinds and not office.past and len(office.kinds) <= _FEW_KINDS
        return meant and (not self._place or self._place in office.places)

    def known_holder(self, profile: Profile, member: Member) -> str | None:
        """The only one who is known to have held the office on the day of `member`."""
        if self._knowledge is None or member.day is None or not self._place:
            return None
        day = date.fromordinal(member.day)
        return _holder(self._knowledge(), (profile.name, *profile.roles), self._place, day)

    def choose(self, member: Member, holder: str | None) -> Member | None:
        """The mention with a name that `member` goes with: the known holder's, else that of the only one near."""
        meant = parse_name(holder) if holder else None
        fitting = []
        for key in sorted(self._known):
            known = self._known[key]
            if meant:
                if any(_may_be(meant, n) for _, n in self._people[key]):
                    fitting.append(known)
            elif self._speaks_for(known, member):
                fitting.append(known)
        members = [known.first for known in fitting]
        return members[0] if len({m.node for m in members}) == 1 and self._is_one(fitting) else None

    def _speaks_for(self, known: Known, member: Member) -> bool:
        if member.day is None or known.distance(member) > NEAR:
            return False
        return bool(self._place) or known.shares(member) >= 1

    def _is_one(self, fitting: Sequence[Known]) -> bool:
        """Whether all full names among them may be one person's."""
        names = [n for k in fitting for p in k.profiles if (n := parse_name(p.name)) and n.given]
        return all(compare(a, b) != APART for a, b in combinations(dict.fromkeys(names), 2))


def _may_be(holder: FullName, name: FullName) -> bool:
    return compare(holder, name) != APART if name.given else name.surname in holder.family


@cache
def _holder(knowledge: Knowledge, roles: tuple[str, ...], place: str, day: date) -> str | None:
    found = {h for role in roles for h in knowledge.find_holders(role, place, Interval(day, day))}
    return next(iter(found)) if len(found) == 1 else None
