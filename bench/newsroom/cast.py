"""Who holds which office in which country on which day, to the names that fill the slots of a story.

All names in one kind of slot have one length: an analysis of a text then holds for the text with other names, each span
where it was.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate, count, takewhile

from bench.newsroom.words import read_lines, read_names

FIRST_DAY = date(2031, 1, 6)
Slots = dict[str, str]


@dataclass(frozen=True, slots=True)
class Role:
    """What a person is in a story, and the letters of given and family name; `seats` is how many hold the office."""

    title: str
    woman: bool
    given: int
    surname: int
    seats: int = 1


ROLES = {
    "foreign": Role("Foreign Minister", True, 5, 6),
    "premier": Role("Prime Minister", False, 6, 5),
    "president": Role("President", True, 4, 8),
    "interior": Role("Interior Minister", False, 5, 7),
    "finance": Role("Finance Minister", True, 6, 7),
    "transport": Role("Transport Minister", False, 6, 6),
    "labour": Role("Labour Minister", True, 5, 5),
    "justice": Role("Justice Minister", False, 4, 6),
    "spokesman": Role("spokesman", False, 5, 8),
    "opposition": Role("opposition leader", True, 4, 5),
    "union": Role("union leader", False, 4, 8),
    "geologist": Role("geologist", True, 6, 8),
    "judge": Role("Judge", True, 6, 6, seats=12),
    "mayor": Role("Mayor", True, 5, 6),
    "police": Role("police chief", False, 6, 6),
    "manager": Role("chief executive", False, 5, 6),
    "analyst": Role("analyst", True, 5, 7),
    "suspect": Role("suspect", False, 5, 7),
    "witness": Role("resident", True, 5, 6),
    "organiser": Role("organiser", True, 4, 7),
}
_SHORTEST_TERM, _LONGEST_TERM = 150, 700
# Surnames at the head of a list are so much more common than those at its end as with real ones.
_HEAVY = 30


def choose_place(rng: random.Random, letters: int, besides: str = "") -> tuple[str, str]:
    """A country whose name has so many letters, with its capital; the first of the list are most in the news."""
    rows = [tuple(line.split()) for line in read_lines("countries")]
    fitting = [(n, row) for n, row in enumerate(rows) if len(row[0]) == letters and row[0] != besides]
    (name, capital) = rng.choices([row for _, row in fitting], [1 / (n + 2) for n, _ in fitting])[0]
    return name, capital


def place_slots(letter: str, country: str, capital: str) -> Slots:
    """The slots of a country: its name, its adjective and its capital."""
    return {
        letter: country,
        f"{letter}.adj": f"{country}n",
        f"{letter}.cap": capital,
        f"{letter}.CAP": capital.upper(),
    }


def towns_of(country: str) -> tuple[str, ...]:
    """The twelve towns of a country, the largest first."""
    names = [line.split()[0] for line in read_lines("countries")]
    return read_names("towns", 7)[names.index(country) :: len(names)]


def person_slots(seat: str, kind: str, of: str | None, day: date, rng: random.Random, seed: int) -> Slots:
    """The slots of the person in `seat` ("x") who is the `kind` of `of` on that day.

    Of nothing, it is somebody who is in the news this once.
    """
    role = ROLES[kind]
    if of is None:
        return _name(seat, role, rng)
    office = f"{seed}/{kind}/{of}/{rng.randrange(role.seats)}"
    return _name(seat, role, random.Random(f"{office}/{_term(office, day)}"))  # noqa: S311


def _term(office: str, day: date) -> int:
    """Which holder of the office serves on that day, counted from the first."""
    passed = (day - FIRST_DAY).days
    return len(list(takewhile(lambda end: end <= passed, _term_ends(office))))


@cache
def _term_ends(office: str) -> tuple[int, ...]:
    """The days on which the terms of an office end, counted from the first day, for some ten years."""
    rng = random.Random(office)  # noqa: S311
    ends = accumulate(rng.randint(_SHORTEST_TERM, _LONGEST_TERM) for _ in count())
    # The first holder was in office before the first day.
    served = rng.randrange(_SHORTEST_TERM)
    return tuple(takewhile(lambda end: end < 4000, (end - served for end in ends)))


def _name(seat: str, role: Role, rng: random.Random) -> Slots:
    given = rng.choice(read_names("given_women" if role.woman else "given_men", role.given))
    surnames = read_names("surnames", role.surname)
    surname = rng.choices(surnames, [1 / (n + _HEAVY) for n in range(len(surnames))])[0]
    return {f"{seat}.given": given, f"{seat}.surname": surname}
