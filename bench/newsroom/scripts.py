"""A number to a script: the texts that the press writes on one affair, with slots for whom it happens to.

There are so many scripts for each day of the week. What depends on the weekday stands in their words, so that these
are true of any affair that begins on such a day.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from bench.newsroom.cast import ROLES
from bench.newsroom.moulds import Mould
from bench.newsroom.words import HERE, read_alike, read_sections

SCRIPTS_A_WEEKDAY = 40
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEATS = ("x", "y", "z")
_SLOT = re.compile(r"\{([^}]+)\}|(?<![\w’])([a-z]{4,})(?![\w’])")
_NUMBERS = ("n2", "n3", "m2", "year")
_WEEK = 7
_WEEKS_AGO = {1: "last week", 2: "two weeks ago"}


@dataclass(frozen=True)
class Script:
    """What happens, to whom (seat, kind of person, whose), in countries of how many letters, and the texts on it."""

    affair: str
    people: tuple[tuple[str, str, str | None], ...]
    letters: tuple[int, int]
    moulds: dict[str, Mould]


@cache
def read_script(weekday: int, number: int) -> Script:
    """The script of that number for affairs that begin on that day of the week (0 is Monday)."""
    rng = random.Random(f"script/{weekday}/{number}")  # noqa: S311
    affair = rng.choice(sorted(path.stem for path in Path(HERE, "affairs").glob("*.txt")))
    writer = _Writer(affair, weekday, rng)
    letters = (rng.choice((6, 7)), rng.choice((6, 7)))
    return Script(affair, writer.people, letters, dict(writer.moulds()))


class _Writer:
    """Writes the texts of one script."""

    def __init__(self, affair: str, weekday: int, rng: random.Random) -> None:
        self._own = read_sections(f"affairs/{affair}.txt")
        self._common = read_sections("phrases.txt")
        self._weekday, self._rng = weekday, rng
        head = dict(line.split(": ") for line in self._own[""])
        self._sector = rng.choice(head.pop("sectors", "Works").split(", "))
        self.people = tuple((seat, *_person(head[seat])) for seat in SEATS)

    def moulds(self) -> Iterator[tuple[str, Mould]]:
        """Each text under its name: the agency's, what others make of it, independent ones, and what follows."""
        soon, late = self._rng.randint(1, 4), self._rng.randint(5, 13)
        leads = self._rng.sample(self._own["lead"], 4)
        credited = "{a.CAP} ({agency}) — "
        wire = self._body(leads[0])
        yield "wire", self._mould(0, credited, wire)
        yield "short", self._mould(0, credited, wire[:-2])
        yield "update", self._mould(0, credited, [*wire, self._rng.choice(self._common["update"])])
        for n in (1, 2):
            told = [leads[n], *self._rng.sample(wire[1:], 8)]
            yield f"rewrite {n}", self._mould(0, "", [*told, "{agency} contributed to this report."])
        yield "own 1", self._mould(0, "{a.CAP} — ", self._body(leads[3]))
        yield "own 2", self._mould(0, "", self._body(leads[1]))
        after = self._after(self._own["follow"][0])
        yield "after", self._mould(soon, credited, after)
        yield "after short", self._mould(soon, credited, after[:-2])
        yield "after own", self._mould(soon, "", self._after(self._own["follow"][1]))
        yield "late", self._mould(late, "{a.CAP} — ", self._after(self._own["follow"][2]))

    def _body(self, lead: str) -> list[str]:
        detail, quotes = self._some("detail", 5), self._some("quote", 2)
        indirect, background = self._some("indirect", 3), self._some("background", 3)
        said = [quotes[0], indirect[0], quotes[1], *self._some("said", 1), indirect[1]]
        told = [line for pair in zip(detail, said, strict=True) for line in pair]
        return [lead, *told[: self._rng.randint(6, 10)], *background, *self._some("close", 1)]

    def _after(self, lead: str) -> list[str]:
        told = [*self._some("follow detail", 3), *self._some("said", 1), *self._some("indirect", 2)]
        return [lead, *told, *self._some("quote", 2), *self._some("background", 2), *self._some("close", 1)]

    def _some(self, section: str, number: int) -> list[str]:
        """So many lines of a section, of which none is taken twice."""
        lines = self._own.get(section) or self._common[section]
        return self._rng.sample(lines, number)

    def _mould(self, day: int, dateline: str, lines: Sequence[str]) -> Mould:
        title = self._rng.choice(self._own["follow title" if day else "title"])
        named: set[str] = set()
        text = dateline + "\n".join(self._spelled(line, day, named) for line in lines)
        return Mould(self._spelled(title, day, set(SEATS)), text, day)

    def _spelled(self, line: str, day: int, named: set[str]) -> str:
        """`line` with what is the same for all affairs of the script in words, and with slots for what is not.

        `named` are those whom the text has named by now: others are named in full first.
        """

        def spelled(match: re.Match[str]) -> str:
            return self._slot(match[1], day, line, named) if match[1] else _varied(match[2])

        return _SLOT.sub(spelled, line)

    def _slot(self, name: str, day: int, line: str, named: set[str]) -> str:
        if name in _NUMBERS:
            # Each line has numbers of its own, which stay the same wherever it is taken over.
            return f"{{{name}#{crc32(line.encode()):08x}}}"
        if name in ("t1", "t2"):
            return f"{{{name}.adjective}} {{{name}.noun}} {{{name}.plural}}"
        seat, _, form = name.partition(".")
        if seat in SEATS:
            return self._person(seat, form, named)
        return {**self._days(day), "sector": self._sector}.get(name, f"{{{name}}}")

    def _days(self, day: int) -> dict[str, str]:
        def named(at: int) -> str:
            return WEEKDAYS[(self._weekday + at) % _WEEK]

        return {
            "when": f"on {named(0)}" if day < _WEEK else _WEEKS_AGO[(self._weekday + day) // _WEEK],
            "eve": f"on {named(day - 1)}",
            "today": f"on {named(day)}",
            "next": f"on {named(day + 2)}",
            "nextday": named(day + 2),
        }

    def _person(self, seat: str, form: str, named: set[str]) -> str:
        role = ROLES[next(kind for own, kind, _ in self.people if own == seat)]
        if form in ("", "s"):
            known = seat in named
            named.add(seat)
            title = f"{role.title} " if form and not known and role.title.istitle() else ""
            return f"{{{seat}.surname}}" if form and known else f"{title}{{{seat}.given}} {{{seat}.surname}}"
        he, his = ("she", "her") if role.woman else ("he", "his")
        return {"Title": role.title, "he": he, "his": his}[form]


def _varied(word: str) -> str:
    """A slot for the word where others may stand for it, so that two affairs do not share all but their names."""
    return f"{{={word}}}" if word in read_alike() else word


def _person(words: str) -> tuple[str, str | None]:
    """The kind of person and whose it is: "foreign a" to ("foreign", "a"), "witness" to ("witness", None)."""
    kind, _, of = words.partition(" ")
    return kind, of or None
