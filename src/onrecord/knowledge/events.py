"""Public events by the names that reports use for them, word for word and in other words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from onrecord.knowledge.words import one_of, read_table
from onrecord.record import Interval, Span


class PublicEvent(NamedTuple):
    """What a name that reports use can mean: the days of all that bear it, and whether it is one only.

    A `loose` name ("the elections") tells a day only where a time expression stands beside it; `reworded` says that
    the text has the name in other words.
    """

    days: tuple[Interval, ...]
    once: bool
    loose: bool = False
    reworded: bool = False


class _Word(NamedTuple):
    """A word of a sentence, its plain form, and what it stands for: a country, a kind of happening, a stem."""

    span: Span
    plain: str
    stem: str | None
    capital: bool = False


_WORD = re.compile(r"\w+(?:[.’'-]\w+)*")
# Names of so many words of content are found in any order with so many other words between them.
_BAG, _BETWEEN = 3, 6
_SMALL = frozenset(
    "a an the of in on at to for and by with from against as over near outside after into its their that this".split()
)
_ELECTIONS = ("election", "elections", "vote", "polls")
_DATE = re.compile(
    r"\d+(?:st|nd|rd|th)?|january|february|march|april|may|june|july|august|september|october|november|december"
)

Day = tuple[date, date, str]


class EventNames:
    """The names of events, each with the days and the countries of all that bear it."""

    def __init__(self, events: Iterable[tuple[Iterable[str], date, date, str]]) -> None:
        self._names: dict[tuple[str, ...], set[Day]] = defaultdict(set)
        bags: dict[frozenset[str], set[Day]] = defaultdict(set)
        dateless: dict[frozenset[str], set[Day]] = defaultdict(set)
        words_of_election = {"election", "elections"}
        for names, first, last, country in events:
            for name in names:
                words = tuple(_plain(m.group()) for m in _WORD.finditer(name))
                # "Paris" names more than one summit.
                if len(words) > 1:
                    self._names[words].add((first, last, country))
                if country and not words_of_election.isdisjoint(words):
                    for word in _ELECTIONS:
                        self._names[word,].add((first, last, country))
                stems = frozenset(w.stem for w in _read_words(name, Span(0, len(name))) if w.stem)
                bare = frozenset(s for s in stems if not _DATE.fullmatch(s))
                (bags if bare == stems else dateless)[bare].add((first, last, country))
                if bare != stems:
                    bags[stems].add((first, last, country))
        self._longest: dict[str, int] = {}
        for words in self._names:
            self._longest[words[0]] = max(len(words), self._longest.get(words[0], 0))
        # A name without its date may be borne by others: it is loose, unless it is known without one too.
        found = [(stems, days | dateless.get(stems, set()), False) for stems, days in bags.items()]
        found += [(stems, days, True) for stems, days in dateless.items() if stems not in bags]
        spread = Counter(stem for stems, _, _ in found for stem in stems)
        self._bags: dict[str, list[tuple[frozenset[str], PublicEvent]]] = defaultdict(list)
        for stems, days, loose in sorted(found, key=lambda f: sorted(f[0])):
            if len(stems) >= _BAG:
                told = _days(frozenset(days))
                event = PublicEvent(told, len(told) == 1, loose or len(told) > 1, reworded=True)
                self._bags[min(stems, key=lambda s: (spread[s], s))].append((stems, event))

    def find(self, text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, PublicEvent]]:
        """The events named in `text`, in order, those that overlap by the name of most words.

        A name that several countries' events bear means those of the countries that stand beside it ("the Norran
        elections"), else those that the text speaks of. Names of several words of content are found in other words
        too: "the bombing of Norra's consulate in Ister" by "strike on the Norran consulate in Ister".
        """
        spoken_of = find_countries(text)
        for sentence in sentences:
            words = list(_read_words(text, sentence))
            found = sorted(
                (*self._named(words, spoken_of), *self._reworded(words)),
                key=lambda f: (-f[0], f[1].start - f[1].end, f[1]),
            )
            taken: list[tuple[Span, PublicEvent]] = []
            for _, span, event in found:
                if all(span.end <= t.start or t.end <= span.start for t, _ in taken):
                    taken.append((span, event))
            yield from sorted(taken, key=lambda t: t[0])

    def _named(self, words: Sequence[_Word], spoken_of: frozenset[str]) -> Iterator[tuple[int, Span, PublicEvent]]:
        for at, word in enumerate(words):
            for size in range(min(self._longest.get(word.plain, 0), len(words) - at), 0, -1):
                name = tuple(w.plain for w in words[at : at + size])
                if name in self._names and (event := self._event(name, words, at, spoken_of)):
                    yield size, Span(word.span.start, words[at + size - 1].span.end), event
                    break

    def _event(
        self, name: tuple[str, ...], words: Sequence[_Word], at: int, spoken_of: frozenset[str]
    ) -> PublicEvent | None:
        named = self._names[name]
        generic = not any(w.capital for w in words[at : at + len(name)])
        loose = name[0] in _ELECTIONS and len(name) == 1
        # "the presidential election" of which country? "the Iowa caucuses" tells itself.
        if generic or len({country for _, _, country in named}) > 1:
            beside = {w.stem[1:] for w in words[max(0, at - _BESIDE) : at] if w.stem and w.stem.startswith("@")}
            own = {n for n in named if n[2] in beside}
            named = own or {n for n in named if n[2] in spoken_of}
        days = _days(frozenset(named))
        return PublicEvent(days, len(days) == 1 and (len(name) > 2 or not generic), loose) if days else None

    def _reworded(self, words: Sequence[_Word]) -> Iterator[tuple[int, Span, PublicEvent]]:
        places: dict[str, list[int]] = defaultdict(list)
        for n, word in enumerate(words):
            if word.stem:
                places[word.stem].append(n)
        for rarest, middles in places.items():
            for stems, event in self._bags.get(rarest, ()):
                if all(stem in places for stem in stems):
                    first, last = min(_around(middle, stems, places) for middle in middles)[1:]
                    if last - first < len(stems) + _BETWEEN:
                        yield len(stems), Span(words[first].span.start, words[last].span.end), event


# So many words before a name that several countries' events bear may say whose it is.
_BESIDE = 2


def _around(middle: int, stems: frozenset[str], places: dict[str, list[int]]) -> tuple[int, int, int]:
    """How far apart the words of `stems` nearest to `middle` stand, the first and the last of them."""
    nearest = [min(places[s], key=lambda p: (abs(p - middle), p)) for s in stems]
    return max(nearest) - min(nearest), min(nearest), max(nearest)


@lru_cache(1 << 10)
def _days(named: frozenset[Day]) -> tuple[Interval, ...]:
    """The days in order; of those that overlap only the fewest, which are one event's."""
    out: list[Interval] = []
    for first, last in sorted({(a, b) for a, b, _ in named}, key=lambda d: (d[1] - d[0], d)):
        if all(last < other.earliest or other.latest < first for other in out):  # type: ignore[operator]
            out.append(Interval(first, last))
    return tuple(sorted(out, key=lambda d: (d.earliest, d.latest)))


def _read_words(text: str, sentence: Span) -> Iterator[_Word]:
    """The words of a sentence in order; what names a country or its people is one word."""
    countries = {m.start(): m for m in _country_pattern().finditer(text, *sentence)}
    at = sentence.start
    while match := _WORD.search(text, at, sentence.end):
        country = countries.get(match.start())
        end = max(match.end(), country.end()) if country else match.end()
        plain, capital = _plain(match.group()), match.group()[0].isupper()
        if country:
            stem = "@" + read_table("country_words")[country.group()]
            yield _Word(Span(match.start(), match.end()), plain, stem, True)
            # The words of a name of several words stay words of their own, by which a name of an event is found.
            for more in _WORD.finditer(text, match.end(), end):
                yield _Word(Span(*more.span()), _plain(more.group()), None, True)
        else:
            yield _Word(Span(*match.span()), plain, None if plain in _SMALL else _stem(plain), capital)
        at = end


@lru_cache(1 << 16)
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
    """What a word stands for: the kind of happening that it names, else its stem: walk and walked have one."""
    kinds = read_table("event_words")
    for plain in (word, bare := _bare(word), bare + "e"):
        if plain in kinds:
            return "_" + kinds[plain]
    return bare.removesuffix("e")


def _bare(word: str) -> str:
    for ending in ("ings", "ing", "ers", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word.removesuffix("e") if len(word) > 4 else word


def find_countries(text: str) -> frozenset[str]:
    """The two-letter codes of the countries of which `text` speaks, by their names, people or seats of government."""
    table = read_table("country_words")
    return frozenset(table[m.group()] for m in _country_pattern().finditer(text))


@cache
def _country_pattern() -> re.Pattern[str]:
    words = read_table("country_words")
    return re.compile(rf"(?<![\w.]){one_of(words)}(?!\w)")
