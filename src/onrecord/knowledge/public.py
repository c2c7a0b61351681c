"""FollowTheMoney's JSON of positions, occupancies and events to what bounds the date of a report.

Each line is one entity, as in OpenSanctions' exports: Person, Position, Occupancy, Event. A date may be less exact
than a day ("2009-01"); it then bounds from its first to its last day.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.knowledge.events import EventNames, PublicEvent
from onrecord.knowledge.words import one_of, read_table
from onrecord.record import Interval, OnrecordError, Span


class Tenure(NamedTuple):
    """Somebody's time in an office; `earliest` and `latest` are the days outside of which they did not hold it."""

    holder: str
    kinds: frozenset[str]
    country: str | None
    earliest: date | None
    latest: date | None


_WORD = re.compile(r"\w+(?:[.’'-]\w+)*")


class Knowledge:
    """Tenures by the holder's name, and events by theirs."""

    def __init__(self, entities: Iterable[dict[str, Any]] = ()) -> None:
        self._tenures: dict[str, list[Tenure]] = defaultdict(list)
        self._births: dict[str, set[date]] = defaultdict(set)
        held = list(entities)
        by_id = {e["id"]: e for e in held}
        for entity in held:
            if entity.get("schema") == "Occupancy":
                self._add_tenure(entity, by_id)
        self._events = EventNames(_dated_events(held))

    def _add_tenure(self, entity: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> None:
        given = entity["properties"]
        holder, post = (by_id.get(next(iter(given.get(p, [])), "")) for p in ("holder", "post"))
        if not holder or not post:
            return
        names = [*holder["properties"].get("name", []), *holder["properties"].get("alias", [])]
        kinds = frozenset(k for n in post["properties"].get("name", []) for k in office_kinds(n))
        country = next(iter(post["properties"].get("country", [])), None)
        first, last = _first_day(given.get("startDate", [])), _last_day(given.get("endDate", []))
        tenure = Tenure(names[0], kinds, country, first, last)
        for name in {fold(n) for n in names}:
            self._tenures[name].append(tenure)
            if " " in name:
                self._tenures[name.split()[-1]].append(tenure)
            for born in holder["properties"].get("birthDate", []):
                if len(born) == len("2001-01-01"):
                    self._births[name].add(date.fromisoformat(born))

    def find_tenures(self, name: str, roles: Sequence[str]) -> list[Tenure]:
        """The tenures of those so named in an office that one of `roles` may mean, by one tenure each."""
        kinds = {k for r in roles for k in office_kinds(r)}
        folded = fold(name)
        found = [t for t in self._tenures.get(folded, ()) if t.kinds & kinds]
        if not found and " " in folded:
            # A first name of one or two letters: "A. Holm" is Ada Holm.
            parts = folded.split()
            found = [
                t
                for t in self._tenures.get(parts[-1], ())
                if t.kinds & kinds and fold(t.holder).split()[0][0] == parts[0][0] and len(parts[0]) <= 2
            ]
        return list(dict.fromkeys(found))

    def find_holders(self, role: str, country: str, days: Interval) -> list[str]:
        """Those who held that office of the country on all of `days`, by name."""
        kinds = office_kinds(role)
        found = {
            t.holder
            for tenures in self._tenures.values()
            for t in tenures
            if t.country == country
            and t.kinds & kinds
            and (t.earliest is None or (days.earliest is not None and t.earliest <= days.earliest))
            and (t.latest is None or (days.latest is not None and days.latest <= t.latest))
        }
        return sorted(found)

    def holders(self) -> dict[str, list[Tenure]]:
        """All tenures by the holder's name."""
        out: dict[str, dict[Tenure, None]] = defaultdict(dict)
        for tenures in self._tenures.values():
            for tenure in tenures:
                out[tenure.holder][tenure] = None
        return {name: list(found) for name, found in out.items()}

    def find_times(self, name: str) -> list[Tenure]:
        """All tenures of the only holder who has that full name: when somebody of that name was in the news."""
        found = list(dict.fromkeys(self._tenures.get(fold(name), ()))) if " " in name else []
        return found if len({t.holder for t in found}) == 1 else []

    def birth(self, name: str) -> date | None:
        """The birthday of the only holder who has that full name."""
        days = self._births.get(fold(name), set()) if " " in name else set()
        return next(iter(days)) if len(days) == 1 else None

    def find_events(self, text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, PublicEvent]]:
        """The events that `text` names, in order: see `EventNames.find`."""
        return self._events.find(text, sentences)

    def find_terms(self, text: str) -> Iterator[tuple[Span, str, Interval]]:
        """The names of what has not always existed, with the days in which it could be named, in order."""
        for match in _term_pattern().finditer(text):
            first, _, last = read_table("terms")[match.group()].partition("/")
            yield Span(*match.span()), match.group(), Interval(_first_day([first]), _last_day([last]) if last else None)


def _dated_events(entities: Iterable[dict[str, Any]]) -> Iterator[tuple[list[str], date, date, str]]:
    for entity in entities:
        if entity.get("schema") == "Event":
            given = entity["properties"]
            begun = given.get("startDate", given.get("date", []))
            first, last = _first_day(begun), _last_day(given.get("endDate", []) or begun)
            if first and last:
                names = sorted({*given.get("name", []), *given.get("alias", [])})
                yield names, first, last, next(iter(given.get("country", [])), "")


@cache
def _term_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.-]){one_of(read_table('terms'))}(?![\w-])")


def fold(name: str) -> str:
    """A name in lower case, without accents and marks."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("-", " "))
    return " ".join("".join(c for c in plain if c.isalnum() or c == " ").split())


@cache
def office_kinds(role: str) -> frozenset[str]:
    """The kinds of office that words of office name: the longest of the table, wherever they stand in them."""
    words = " ".join(_WORD.findall(role.casefold().replace("defense", "defence").replace("-", " ")))
    table = read_table("office_kinds")
    found = [k for k in table if re.search(rf"\b{re.escape(k)}\b", words)]
    longest = [k for k in found if not any(k != other and k in other for other in found)]
    return frozenset(kind for k in longest for kind in table[k].split(" "))


def _first_day(given: Sequence[str]) -> date | None:
    value = min(given, default="")
    return date.fromisoformat((value + "-01-01")[:10] if len(value) == 4 else (value + "-01")[:10]) if value else None


def _last_day(given: Sequence[str]) -> date | None:
    import calendar

    value = max(given, default="")
    if not value:
        return None
    year, *rest = (int(p) for p in value[:10].split("-"))
    month = rest[0] if rest else 12
    return date(year, month, rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1])


@cache
def load_knowledge(own: tuple[str, ...] = ()) -> Knowledge:
    """The shipped knowledge, and that of the user's files `own`.

    Raises OnrecordError, naming the file and the line, for one that is not FollowTheMoney's JSON, and OSError.
    """
    entities: list[dict[str, Any]] = []
    folder = files("onrecord.knowledge") / "data"
    for name in sorted(f.name for f in folder.iterdir() if f.name.endswith(".ftm.jsonl")):
        entities += read_lines((folder / name).read_text("utf-8"), name)
    for path in own:
        entities += read_lines(Path(path).read_text("utf-8"), path)
    return Knowledge(entities)


def read_lines(text: str, name: str) -> Iterator[dict[str, Any]]:
    """The FollowTheMoney entities of the lines of a file called `name`."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
            if not isinstance(entity["id"], str) or not isinstance(entity["properties"], dict):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            raise OnrecordError(f"{name}: line {number} is no entity of FollowTheMoney's JSON") from None
        yield entity
