"""FollowTheMoney's JSON of positions, occupancies and events to what bounds the date of a report.

Each line is one entity, as in OpenSanctions' exports: Person, Position, Occupancy, Event. A date may be less exact
than a day ("2009-01"); it then bounds from its first to its last day.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.knowledge.words import read_table
from onrecord.record import Interval, OnrecordError, Span


class Tenure(NamedTuple):
    """Somebody's time in an office; `earliest` and `latest` are the days outside of which they did not hold it."""

    holder: str
    kinds: frozenset[str]
    country: str | None
    earliest: date | None
    latest: date | None


class PublicEvent(NamedTuple):
    """What a name that reports use can mean: the days of all that bear it, and whether it is one only.

    A `loose` name ("the elections") tells a day only where a time expression stands beside it.
    """

    days: tuple[Interval, ...]
    once: bool
    loose: bool = False


_WORD = re.compile(r"\w+(?:[.’'-]\w+)*")
# Names of so many words of content are found in any order with so many other words between them.
_BAG, _BETWEEN = 3, 5
_SMALL = frozenset(
    "a an the of in on at to for and by with from against as over near outside after into its their".split()
)
_ELECTIONS = ("election", "elections", "vote", "polls")


class Knowledge:
    """Tenures by the holder's name, and events by theirs."""

    def __init__(self, entities: Iterable[dict[str, Any]] = ()) -> None:
        self._tenures: dict[str, list[Tenure]] = defaultdict(list)
        self._births: dict[str, set[date]] = defaultdict(set)
        self._events: dict[tuple[str, ...], set[tuple[date, date, str]]] = defaultdict(set)
        held = list(entities)
        by_id = {e["id"]: e for e in held}
        for entity in held:
            if entity.get("schema") == "Occupancy":
                self._add_tenure(entity, by_id)
            elif entity.get("schema") == "Event":
                self._add_event(entity)
        self._bags: dict[str, list[tuple[frozenset[str], tuple[str, ...]]]] = defaultdict(list)
        spread = Counter(stem for name in self._events for stem in _stems(name))
        for name in self._events:
            stems = _stems(name)
            if len(stems) >= _BAG:
                self._bags[min(stems, key=lambda x: (spread[x], x))].append((stems, name))
        self._first: dict[str, int] = {}
        for name in self._events:
            self._first[name[0]] = max(len(name), self._first.get(name[0], 0))

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

    def _add_event(self, entity: dict[str, Any]) -> None:
        given = entity["properties"]
        first = _first_day(given.get("startDate", given.get("date", [])))
        last = _last_day(given.get("endDate", []) or given.get("startDate", given.get("date", [])))
        country = next(iter(given.get("country", [])), "")
        if first and last:
            for name in {*given.get("name", []), *given.get("alias", [])}:
                words = tuple(_plain(w) for w in _WORD.findall(name))
                # "Paris" names more than one summit.
                if len(words) > 1:
                    self._events[words].add((first, last, country))
                if "election" in words and country:
                    for word in _ELECTIONS:
                        self._events[word,].add((first, last, country))

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
        """The names of events in `text`, in order, those that overlap by the longest.

        A name that several countries' events bear means those of the countries that the text speaks of. Names of
        several words of content are found in other words too: "attacking the consulate in Norra" by "attack on the
        Norra consulate".
        """
        spoken_of = find_countries(text)
        for sentence in sentences:
            words = [(Span(*m.span()), m.group()) for m in _WORD.finditer(text, *sentence)]
            found = sorted(
                (*self._named(words, spoken_of), *self._in_other_words(words, spoken_of)),
                key=lambda f: (f[0].start - f[0].end, f[0]),
            )
            taken: list[tuple[Span, PublicEvent]] = []
            for span, event in found:
                if all(span.end <= t.start or t.end <= span.start for t, _ in taken):
                    taken.append((span, event))
            yield from sorted(taken, key=lambda t: t[0])

    def _named(self, words: list[tuple[Span, str]], spoken_of: frozenset[str]) -> Iterator[tuple[Span, PublicEvent]]:
        plain = [_plain(w) for _, w in words]
        for at, word in enumerate(plain):
            for size in range(min(self._first.get(word, 0), len(words) - at), 0, -1):
                generic = all(w[0].islower() for _, w in words[at : at + size])
                if event := self._event(tuple(plain[at : at + size]), generic, spoken_of):
                    yield Span(words[at][0].start, words[at + size - 1][0].end), event
                    break

    def _in_other_words(
        self, words: list[tuple[Span, str]], spoken_of: frozenset[str]
    ) -> Iterator[tuple[Span, PublicEvent]]:
        places: dict[str, list[int]] = defaultdict(list)
        for n, (_, word) in enumerate(words):
            for stem in _stems((_plain(word),)):
                places[stem].append(n)
        for rarest, middles in places.items():
            for stems, name in self._bags.get(rarest, ()):
                if not all(stem in places for stem in stems):
                    continue
                for middle in middles:
                    nearest = [min(places[s], key=lambda p, m=middle: (abs(p - m), p)) for s in stems]  # type: ignore[misc]
                    first, last = min(nearest), max(nearest)
                    near = last - first < len(stems) + _BETWEEN
                    if near and (event := self._event(name, False, spoken_of)) and event.once:
                        yield Span(words[first][0].start, words[last][0].end), event
                        break

    def _event(self, name: tuple[str, ...], generic: bool, spoken_of: frozenset[str]) -> PublicEvent | None:
        named = self._events.get(name)
        if not named:
            return None
        # "the presidential election" of which country? "the Iowa caucuses" tells itself.
        several = generic or len({country for _, _, country in named}) > 1
        days = tuple(Interval(a, b) for a, b, c in sorted(named) if not several or c in spoken_of)
        once = len(named) == 1 and (len(name) > 2 or not generic)
        return PublicEvent(days, once, name[0] in _ELECTIONS and len(name) == 1) if days else None

    def find_terms(self, text: str) -> Iterator[tuple[Span, str, Interval]]:
        """The names of what has not always existed, with the days in which it could be named, in order."""
        for match in _term_pattern().finditer(text):
            first, _, last = read_table("terms")[match.group()].partition("/")
            yield Span(*match.span()), match.group(), Interval(_first_day([first]), _last_day([last]) if last else None)


def _plain(word: str) -> str:
    """A word in lower case, without the mark of possession; a short month in full."""
    plain = re.sub(r"[’']s?$", "", word.casefold())
    return _MONTHS.get(plain, plain)


_MONTHS = dict(
    zip(
        "jan feb mar apr aug sept sep oct nov dec".split(),
        "january february march april august september september october november december".split(),
        strict=True,
    )
)


@cache
def _stem(word: str) -> str:
    for ending in ("ings", "ing", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word.removesuffix("e") if len(word) > 4 else word


def _stems(words: Iterable[str]) -> frozenset[str]:
    """The stems of the words of content: strike, strikes and striking have one."""
    return frozenset(_stem(w).removesuffix("e") for w in words if w not in _SMALL)


def find_countries(text: str) -> frozenset[str]:
    """The two-letter codes of the countries of which `text` speaks, by their names, people or seats of government."""
    table = read_table("country_words")
    return frozenset(table[m.group()] for m in _country_pattern().finditer(text))


@cache
def _country_pattern() -> re.Pattern[str]:
    words = sorted(read_table("country_words"), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, words))})(?!\w)")


@cache
def _term_pattern() -> re.Pattern[str]:
    words = sorted(read_table("terms"), key=lambda w: (-len(w), w))
    return re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")


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
        entities += _read_lines((folder / name).read_text("utf-8"), name)
    for path in own:
        entities += _read_lines(Path(path).read_text("utf-8"), path)
    return Knowledge(entities)


def _read_lines(text: str, name: str) -> Iterator[dict[str, Any]]:
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
