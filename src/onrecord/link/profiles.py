"""The entities of all reports to profiles: those of one name and one set of roles, with the reports that have them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from onrecord.knowledge import country_code, read_table, read_words
from onrecord.link.clusters import fact
from onrecord.link.full_names import parse_name
from onrecord.link.offices import Office, read_office
from onrecord.link.spellings import letters
from onrecord.record import Analysis, Entity, Interval

# Days within which two reports may speak of one affair, and within which an office is held by the same person.
NEAR, HELD = 45, 365
# A report that may be of any day in a longer time has no day.
_ONE_TIME = 31
# How much a name that two reports share says of their matter: people most, countries little.
_PERSON, _BODY, _COUNTRY = 1.0, 0.5, 0.25
_BEFORE = re.compile(r"(?<![^\W\d])(?:([^\W\d]+\.?) )?\b([A-ZÀ-Þ][^\W\d]+) \Z")
_ACRONYM = re.compile(r"[\"”’']? \(([A-Z][A-Z.]{1,9})\)")


class Member(NamedTuple):
    """One report's entity; `day` is an ordinal, None where it is not known, `names` what else the report names.

    `acronyms` stand in brackets behind the name; `order` is that of the analyses.
    """

    node: str
    report: str
    order: int
    day: int | None
    names: Mapping[str, float]
    acronyms: frozenset[str] = frozenset()


@dataclass
class Profile:
    """The entities of one type, name and set of roles."""

    type: str
    name: str
    roles: tuple[str, ...]
    members: list[Member] = field(default_factory=list)

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        """The offices that its roles name."""
        return tuple(o for r in self.roles if (o := read_office(r)))


def gather_profiles(analyses: Sequence[Analysis]) -> list[Profile]:
    """The profiles of all entities, and their members, in the order of `analyses`."""
    found: dict[tuple[str, str, tuple[str, ...]], Profile] = {}
    order = 0
    for analysis in analyses:
        day = the_day(Interval(analysis.published.earliest, analysis.published.latest))
        names = weigh_names(analysis.entities)
        for entity in analysis.entities:
            key = (entity.type, _name(analysis.text, entity), tuple(sorted(entity.roles)))
            profile = found.setdefault(key, Profile(*key))
            node = fact(analysis.id, entity.id)
            member = Member(node, analysis.id, order, day, names, _acronyms(analysis.text, entity))
            profile.members.append(member)
            order += 1
    return list(found.values())


def _name(text: str, entity: Entity) -> str:
    """An entity's name, with the given name that stands before it, if the name was read without it."""
    name = plain_name(entity.name)
    if entity.type != "person" or " " in name:
        return name
    before = (_BEFORE.search(text[max(0, m.span.start - 40) : m.span.start]) for m in entity.mentions)
    found = {m[2] for m in before if m and _is_given(m[2], m[1] or "")}
    return f"{next(iter(found))} {name}" if len(found) == 1 else name


def _is_given(word: str, before: str) -> bool:
    """Whether a word is a given name: a known one, or any behind a title ("Secretary Ash Holm")."""
    low = word.casefold()
    if low in read_words("family_names_first"):
        return False
    known = read_words("male_given_names") | read_words("female_given_names")
    titles = read_words("titles") | read_words("honorifics")
    if low in known or low in read_table("nicknames"):
        return True
    return (
        before.rstrip(".").casefold() in titles
        and before[:1].isupper()
        and low not in titles
        and word not in read_table("country_words")
    )


def plain_name(name: str) -> str:
    """A name in single spaces, without an article before it; its capitals are kept."""
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].casefold() == "the" else words)


def the_day(when: Interval) -> int | None:
    """The day of a report, None where it may be of any in a longer time."""
    if not when.earliest or not when.latest or (when.latest - when.earliest).days > _ONE_TIME:
        return None
    return when.earliest.toordinal()


def weigh_names(entities: Iterable[Entity]) -> dict[str, float]:
    """What the names of a report say of its matter, by key: a person by the surname."""
    out: dict[str, float] = {}
    for entity in entities:
        if entity.type == "person":
            name = parse_name(entity.name)
            if name and len(name.surname) > 1:
                out[f"person {name.surname}"] = _PERSON
        elif entity.type != "outlet":
            out[" ".join(letters(w) for w in plain_name(entity.name).split())] = (
                _COUNTRY if country_code(entity.name) else _BODY
            )
    return out


def _acronyms(text: str, entity: Entity) -> frozenset[str]:
    """What stands in brackets behind a body's name."""
    if entity.type == "person" or " " not in entity.name:
        return frozenset()
    found = (_ACRONYM.match(text, m.span.end) for m in entity.mentions)
    return frozenset(letters(m[1]) for m in found if m)


class Known:
    """Profiles of one person or body, to be asked what speaks for another mention of it."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self.profiles = profiles
        self.members = sorted((m for p in profiles for m in p.members), key=lambda m: m.order)
        self.first = self.members[0]

    @cached_property
    def reports(self) -> frozenset[str]:
        """The reports that name it."""
        return frozenset(m.report for m in self.members)

    @cached_property
    def _days(self) -> list[int]:
        return sorted(m.day for m in self.members if m.day is not None)

    @cached_property
    def _named(self) -> dict[str, list[int | None]]:
        """The days of the reports that have a name beside it, None first where there are undated ones."""
        out: dict[str, set[int | None]] = defaultdict(set)
        for member in self.members:
            for name in member.names:
                out[name].add(member.day)
        return {n: sorted(days, key=lambda d: (d is not None, d or 0)) for n, days in out.items()}

    @cached_property
    def offices(self) -> dict[Office, list[int | None]]:
        """Its offices, with the days of the reports that name them."""
        out: dict[Office, set[int | None]] = defaultdict(set)
        for profile in self.profiles:
            for office in profile.offices:
                out[office].update(m.day for m in profile.members)
        return {o: sorted(days, key=lambda d: (d is not None, d or 0)) for o, days in out.items()}

    @cached_property
    def own_names(self) -> frozenset[str]:
        """What it is itself called among the names of a report, if it is a person."""
        names = (parse_name(p.name) for p in self.profiles if p.type == "person")
        return frozenset(f"person {n.surname}" for n in names if n)

    def shares(self, member: Member) -> float:
        """How much the reports of near days share with that of `member`, its own names left out."""
        return sum(
            weight
            for name, weight in member.names.items()
            if name in self._named and name not in self.own_names and is_near(self._named[name], member.day, NEAR)
        )

    def holds(self, member: Member, offices: Iterable[Office]) -> bool:
        """Whether it holds one of `offices` at the time of `member`."""
        return any(
            mine.agrees(other) and is_near(days, member.day, HELD)
            for other in offices
            for mine, days in self.offices.items()
        )

    def excludes(self, offices: Iterable[Office]) -> bool:
        """Whether one of `offices` is the like one of another country, and none is its own."""
        given = list(offices)
        own = list(self.offices)
        return any(a.excludes(b) for a in own for b in given) and not any(
            a.agrees(b) and (a.places & b.places) for a in own for b in given
        )

    def distance(self, member: Member) -> int:
        """The days to the nearest of its reports; 0 where one of the days is not known."""
        if member.day is None or len(self._days) < len(self.members):
            return 0
        at = bisect_left(self._days, member.day)
        return min(abs(d - member.day) for d in self._days[max(0, at - 1) : at + 1])


def is_near(days: Sequence[int | None], day: int | None, limit: int) -> bool:
    """Whether one of the sorted `days` is within `limit` of `day`; None, which stands first, is near to all."""
    if not days:
        return False
    if day is None or days[0] is None:
        return True
    known: list[int] = days  # type: ignore[assignment]
    at = bisect_left(known, day)
    return (at < len(known) and known[at] - day <= limit) or (at > 0 and day - known[at - 1] <= limit)


def chain_near(members: Iterable[Member], limit: int) -> list[tuple[Member, Member]]:
    """The pairs of `members` that follow each other in time within `limit`; those without a day are in none."""
    dated = sorted((m.day, m.node, m.order, m) for m in members if m.day is not None)
    return [(a[3], b[3]) for a, b in pairwise(dated) if b[0] - a[0] <= limit]
