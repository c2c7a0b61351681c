"""Affairs that begin day by day to the reports on them, in the order in which they are published."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heappop, heappush
from itertools import count, islice

from bench.newsroom.cast import FIRST_DAY, Slots, choose_place, person_slots, place_slots, towns_of
from bench.newsroom.moulds import Mould, fill
from bench.newsroom.scripts import SCRIPTS_A_WEEKDAY, Script, read_script
from bench.newsroom.words import read_alike, read_lines, read_matters, read_names

# About four reports on an affair: some forty a day.
AFFAIRS_A_DAY = (7, 13)
_MOST, _TAIL = 15, 1.2
_UNDATED, _UPDATED, _NEXT_DAY = 0.05, 0.16, 0.2
# What an outlet makes of an affair that has been reported, and how often.
_MADE = {"wire": 25, "short": 18, "rewrite 1": 8, "rewrite 2": 8, "own 1": 9, "own 2": 9, "after": 8}
_MADE |= {"after short": 5, "after own": 5, "late": 5}


@dataclass(frozen=True)
class Written:
    """A report as it is given to Onrecord, and what it was made of."""

    report: dict[str, str]
    script: Script
    mould: Mould
    slots: Slots
    began: date
    published: date


def write_reports(number: int, seed: int) -> Iterator[dict[str, str]]:
    """So many reports as objects of JSON Lines; the first of more reports are those of fewer."""
    return (written.report for written in write(number, seed))


def write(number: int, seed: int) -> Iterator[Written]:
    """The same reports with what they were made of."""
    return islice(_in_order(seed), number)


def _in_order(seed: int) -> Iterator[Written]:
    waiting: list[tuple[date, int, int, int, Written]] = []
    affairs = count()
    for passed in count():
        day = FIRST_DAY + timedelta(passed)
        rng = random.Random(f"{seed}/{passed}")  # noqa: S311
        for affair in islice(affairs, rng.randint(*AFFAIRS_A_DAY)):
            for n, (minute, written) in enumerate(_Affair(affair, day, seed).reports()):
                heappush(waiting, (written.published, minute, affair, n, written))
        while waiting and waiting[0][0] == day:
            yield heappop(waiting)[-1]


class _Affair:
    """One affair: what happens to whom, and who reports it."""

    def __init__(self, number: int, day: date, seed: int) -> None:
        self._rng = random.Random(f"{seed}/affair/{number}")  # noqa: S311
        self._number, self._day = number, day
        self._script = read_script(day.weekday(), self._rng.randrange(SCRIPTS_A_WEEKDAY))
        self._slots = cast(self._script, day, self._rng, seed)

    def reports(self) -> Iterator[tuple[int, Written]]:
        """Each report on the affair, with the minute of its day."""
        sizes = range(1, _MOST + 1)
        size = self._rng.choices(sizes, [n**-_TAIL for n in sizes])[0]
        outlets = self._rng.sample(read_lines("outlets"), len(read_lines("outlets")))
        first = self._rng.choices(("wire", "own 1"), (4, 1))[0]
        yield self._report(first, self._slots["agency"] if first == "wire" else outlets[-1], 0)
        for outlet in outlets[: size - 1]:
            kind = self._rng.choices(list(_MADE), list(_MADE.values()))[0]
            yield self._report(kind, outlet, int(self._rng.random() < _NEXT_DAY))
        if first == "wire" and self._rng.random() < _UPDATED:
            yield self._report("update", self._slots["agency"], 1)

    def _report(self, kind: str, outlet: str, lag: int) -> tuple[int, Written]:
        mould = self._script.moulds[kind]
        published = self._day + timedelta(mould.day + lag)
        # Morning for what was left over from the day before.
        minute = self._rng.randrange(6 * 60, 10 * 60) if lag else self._rng.randrange(10 * 60, 23 * 60)
        slots = self._slots | {"outlet": outlet if outlet in read_lines("outlets") else self._slots["outlet"]}
        place = outlet.lower().replace(" ", "-")
        # An update stands under the address of the text that it updates.
        part = "wire" if kind == "update" else kind
        report = {
            "id": f"{place}-{self._number}-{kind.replace(' ', '-')}",
            "outlet": outlet,
            "url": f"https://{place}.example/{self._number}/{part.replace(' ', '-')}",
            "title": fill(mould.title, slots),
            "published": f"{published}T{minute // 60:02}:{minute % 60:02}:00+00:00",
            "text": fill(mould.text, slots),
        }
        if self._rng.random() < _UNDATED:
            del report["published"]
        return minute, Written(report, self._script, mould, slots, self._day, published)


def cast(script: Script, day: date, rng: random.Random, seed: int) -> Slots:
    """What fills the slots of an affair that begins on `day`."""
    country, capital = choose_place(rng, script.letters[0])
    other, its_capital = choose_place(rng, script.letters[1], besides=country)
    towns = towns_of(country)
    town = rng.choices(towns, [1 / (n + 2) for n in range(len(towns))])[0]
    firm, rival = rng.sample(read_names("firms", 7), 2)
    slots = place_slots("a", country, capital) | place_slots("b", other, its_capital)
    slots |= {"town": town, "firm": firm, "firm2": rival}
    slots |= {"agency": rng.choice(read_lines("agencies")), "outlet": rng.choice(read_lines("outlets"))}
    for seat, kind, of in script.people:
        slots |= person_slots(seat, kind, slots[of] if of else None, day, rng, seed)
    return slots | _matter_slots(script, rng)


def _matter_slots(script: Script, rng: random.Random) -> Slots:
    """What fills the slots for common words and numbers."""
    words = read_matters()
    slots = {kind: rng.choice(words[kind]) for kind in ("good", "side", "spot", "mood")}
    for part in ("adjective", "noun", "plural"):
        slots |= dict(zip((f"t1.{part}", f"t2.{part}"), rng.sample(words[part], 2), strict=True))
    lacking = sorted({slot for mould in script.moulds.values() for slot in mould.slots})
    for group in sorted({read_alike()[slot[1:]] for slot in lacking if slot.startswith("=")}):
        slots |= {f"={word}": other for word, other in zip(group, rng.sample(group, len(group)), strict=True)}
    ranges = {"n2": (61, 99), "m2": (61, 99), "n3": (101, 999), "year": (1998, 2028)}
    return slots | {s: str(rng.randint(*ranges[s.split("#")[0]])) for s in lacking if "#" in s}
