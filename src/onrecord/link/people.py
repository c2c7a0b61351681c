"""People of one surname to links: who is one person, who are two, and whom a surname alone means.

A full name joins another of which it is a fuller form, unless it could as well be a third's; another spelling needs
more than the name. What leaves open who is meant joins, report by report, whom its own report, its office, or reports
of near days speak for; where nothing decides between two, it joins neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onrecord.knowledge import Knowledge
from onrecord.link.full_names import ALIKE, APART, EXACT, FullName, compare, matches_surname, parse_name
from onrecord.link.judgements import Judgement, different, same
from onrecord.link.profiles import HELD, NEAR, Known, Member, Profile, chain_near

# The surname alone tells of the only one who bears it in the record no longer than so many days from when he is named.
_FAR = 3 * 365
# Of more people of one surname not each pair is said to be two: no link joins them.
_MANY = 40
# A word for more kinds of office ("minister") is taken as the word that it is.
_FEW_KINDS = 2


@dataclass(frozen=True)
class _Person:
    """The full names that are one person's, and what is known of it."""

    names: tuple[FullName, ...]
    known: Known


def link_people(profiles: Sequence[Profile], knowledge: Callable[[], Knowledge] | None = None) -> Iterator[Judgement]:
    """The judgements on people whose surnames have one skeleton."""
    named: dict[FullName, list[Profile]] = defaultdict(list)
    for profile in profiles:
        name = parse_name(profile.name)
        if name:
            named[name].append(profile)
    names = sorted(named, key=lambda n: (n.words, n.generation or ""))
    full = [n for n in names if n.given]
    known = {n: Known(named[n]) for n in names}
    told = _told_generations(known)
    people, unclear = _gather(full, known, told)
    persons = [_Person(tuple(group), Known([p for n in group for p in named[n]])) for group in people]
    for person in persons:
        for name in person.names:
            score = 0.95 if len(person.names) == 1 else 0.9
            yield from (same(person.known.first, m, score) for m in known[name].members)
    if len(persons) <= _MANY:
        for a, b in combinations(persons, 2):
            if any(_apart(n, m, told) for n in a.names for m in b.names):
                yield different(a.known.first, b.known.first, 0.95)
    for name in [*unclear, *(n for n in names if not n.given)]:
        meant = [p for p in persons if not any(_differ(name, n, told) for n in p.names)]
        yield from _join_unclear(name, named[name], meant, knowledge)


def _told_generations(known: dict[FullName, Known]) -> frozenset[str]:
    """The generations that a report tells from the name without one: "Omar Vell Jr." beside "Vell" is his son."""
    plain = {r for n, k in known.items() if not n.generation for r in k.reports}
    return frozenset(n.generation for n, k in known.items() if n.generation and not plain.isdisjoint(k.reports))


def _differ(a: FullName, b: FullName, told: frozenset[str]) -> bool:
    """Whether one of the two is known as the son."""
    return a.generation != b.generation and (a.generation in told or b.generation in told)


def _apart(a: FullName, b: FullName, told: frozenset[str]) -> bool:
    return compare(a, b) == APART or _differ(a, b, told)


def _gather(
    names: Sequence[FullName], known: dict[FullName, Known], told: frozenset[str]
) -> tuple[list[list[FullName]], list[FullName]]:
    """The full names of each person, and those that could be of two."""
    edges: dict[FullName, dict[FullName, int]] = {n: {} for n in names}
    for a, b in combinations(names, 2):
        level = compare(a, b)
        if not _apart(a, b, told) and _is_supported(level, known[a], known[b]):
            edges[a][b] = edges[b][a] = level
    unclear = [
        n
        for n in names
        if any(
            compare(a, b) == APART and len(n.words) <= min(len(a.words), len(b.words))
            for a, b in combinations(edges[n], 2)
        )
    ]
    home = {n: [n] for n in names if n not in unclear}
    place = {n: i for i, n in enumerate(names)}
    pairs = sorted((-edges[a][b], place[a], place[b]) for a in home for b in edges[a] if b in home)
    for _, first, second in pairs:
        a, b = names[first], names[second]
        one, other = home[a], home[b]
        if one is not other and not any(_apart(x, y, told) for x in one for y in other):
            one += other
            home.update(dict.fromkeys(other, one))
    groups = {id(g): sorted(g, key=lambda n: known[n].first.order) for g in home.values()}
    return sorted(groups.values(), key=lambda g: known[g[0]].first.order), unclear


def _is_supported(level: int, a: Known, b: Known) -> bool:
    """Whether what is known of two full names lets them be one person's, names that are so far alike."""
    if a.excludes(b.offices):
        return False
    if level > ALIKE:
        return True
    if a.reports & b.reports:
        # A report that writes both means two.
        return False
    small, large = sorted((a, b), key=lambda k: (len(k.members), k.first.order))
    if level == ALIKE:
        one_office = any(a.agrees(b) for a in small.offices for b in large.offices)
        return one_office or any(large.shares(m) >= 1 for m in small.members)
    if small.offices and large.offices:
        return any(large.holds(m, p.offices) for p in small.profiles for m in p.members)
    return any(large.shares(m) >= 2 for m in small.members)


class _Resolver:
    """Decides which of several people who may bear a name is meant."""

    def __init__(self, persons: Sequence[_Person], knowledge: Callable[[], Knowledge] | None) -> None:
        self._persons, self._knowledge = persons, knowledge
        # Of many people few are named in reports that name the same others: only these are weighed.
        self._beside: dict[str, set[int]] = defaultdict(set)
        self._here: dict[str, set[int]] = defaultdict(set)
        for n, person in enumerate(persons):
            own = person.known.own_names
            for member in person.known.members:
                self._here[member.report].add(n)
                for name in member.names:
                    if name not in own:
                        self._beside[name].add(n)

    def resolve(self, profile: Profile) -> Iterator[tuple[Member, _Person | None, float]]:
        """Who is meant, report by report, with a score; None where that is open."""
        open_to = {n for n, p in enumerate(self._persons) if not p.known.excludes(profile.offices)}
        in_office = {
            n for n in open_to if any(a.agrees(b) for a in profile.offices for b in self._persons[n].known.offices)
        }
        for member in profile.members:
            found = self._choose(member, profile, open_to, in_office)
            yield (member, *found) if found else (member, None, 0.0)

    def _choose(
        self, member: Member, profile: Profile, open_to: set[int], in_office: set[int]
    ) -> tuple[_Person, float] | None:
        if self._knowledge and profile.offices:
            open_to = {n for n in open_to if self._tenures(member, profile, self._persons[n]) is not False}
        here = open_to & self._here.get(member.report, set())
        if len(here) == 1:
            return self._persons[here.pop()], 0.85
        near = open_to & in_office.union(*(self._beside.get(name, ()) for name in member.names))
        weights = sorted(((self._weigh(member, profile, self._persons[n]), -n) for n in near), reverse=True)
        best, second = (*(w for w, _ in weights[:2]), 0.0, 0.0)[:2]
        if len(open_to) == 1:
            person = self._persons[next(iter(open_to))]
            return (person, 0.85) if best >= 1 else (person, 0.75) if self._is_plain(member, profile, person) else None
        return (self._persons[-weights[0][1]], 0.8) if best >= 1 and second <= best / 2 else None

    def _is_plain(self, member: Member, profile: Profile, person: _Person) -> bool:
        """Whether nothing speaks against the only one of the surname: another office, or years between."""
        if person.known.distance(member) > _FAR:
            return False
        offices = person.known.offices
        if not profile.offices or not offices or any(o.past for o in profile.offices):
            return True
        return any(a.agrees(b) for a in profile.offices for b in offices)

    def _weigh(self, member: Member, profile: Profile, person: _Person) -> float:
        office = 3.0 if self._tenures(member, profile, person) else 0.0
        if not office and person.known.holds(member, profile.offices):
            office = 2.0
        return office + min(3.0, person.known.shares(member))

    def _tenures(self, member: Member, profile: Profile, person: _Person) -> bool | None:
        """Whether the person is known to have held the office on that day; None where that is not known."""
        if self._knowledge is None or member.day is None or not profile.offices:
            return None
        if any(o.past for o in profile.offices):
            return None
        names = {p.name for p in person.known.profiles}
        found = [t for n in sorted(names) for t in self._knowledge().find_tenures(n, profile.roles)]
        day = date.fromordinal(member.day)
        if not found:
            return None
        return any((t.earliest is None or t.earliest <= day) and (t.latest is None or day <= t.latest) for t in found)


def _join_unclear(
    name: FullName,
    profiles: Sequence[Profile],
    persons: Sequence[_Person],
    knowledge: Callable[[], Knowledge] | None,
) -> Iterator[Judgement]:
    """The judgements on the members of a name that does not say who is meant."""
    exact = [p for p in persons if _fits(name, p) > ALIKE]
    # One who spells the name otherwise is not meant for want of others.
    needed = 0.7 if exact else 0.8
    resolver = _Resolver(exact or [p for p in persons if _fits(name, p)], knowledge)
    left: list[tuple[Member, Profile]] = []
    for profile in profiles:
        for member, person, score in resolver.resolve(profile):
            if person and score >= needed:
                yield same(person.known.first, member, score)
            else:
                left.append((member, profile))
    yield from _join_left(left, frozenset((f"person {name.surname}",)))


def _fits(name: FullName, person: _Person) -> int:
    """How well a name that leaves open who is meant is one of a person's."""
    if name.given:
        return EXACT if any(compare(name, n) >= ALIKE for n in person.names) else 0
    return max(
        (0 if name.generation and name.generation != n.generation else matches_surname(name, n)) for n in person.names
    )


def _join_left(left: Sequence[tuple[Member, Profile]], own: frozenset[str]) -> Iterator[Judgement]:
    """The judgements on mentions of a surname that nobody known bears: one in near days and one office or matter."""
    chains: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member, profile in left:
        for office in profile.offices:
            for kind in sorted(office.kinds if 0 < len(office.kinds) <= _FEW_KINDS else office.nouns):
                chains["office", kind, *sorted(office.places)].append(member)
        for name in member.names:
            if name.startswith("person ") and name not in own:
                chains["beside", name, *profile.roles].append(member)
    for key in sorted(chains):
        limit = HELD if key[0] == "office" and len(key) > 2 else NEAR
        for a, b in chain_near(chains[key], limit):
            yield same(a, b, 0.7)
