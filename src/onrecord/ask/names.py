"""A name as somebody types it to whom the record calls so."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping

import numpy as np
from msgspec import Struct

from onrecord.ask.columns import Mask, coded_in
from onrecord.ask.shelf import Reading
from onrecord.record import NothingFound
from onrecord.store import Coded
from onrecord.views.index import each_role_once
from onrecord.views.wording import join_words

_ARTICLES = frozenset(("a", "an", "the"))
_NAMED_AT_MOST = 4


class Who(Struct, frozen=True):
    """Those who go by a name: their ids in the record, and all names that each goes by."""

    ids: frozenset[str]
    names: frozenset[str]
    note: str | None = None


class Names:
    """All names of people, bodies and places of one build."""

    def __init__(self, names: Mapping[str, str], people: Collection[str] = ()) -> None:
        self._people = frozenset(people)
        self.ids = dict(names)
        self.words = {name: words_of(name) for name in names}
        self.of: dict[str, list[str]] = {}
        for name, id in names.items():
            self.of.setdefault(id, []).append(name)
        self.called: dict[tuple[str, ...], list[str]] = {}
        for name, words in self.words.items():
            self.called.setdefault(words, []).append(name)

    def find(self, name: str) -> Who:
        """Those of just this name, whatever its case and accents; else those whose names hold all of its words.

        One word is also the surname of whoever's name ends in it.
        """
        words = words_of(name)
        found = list(self.called.get(words, ())) if words else []
        if len(words) == 1:
            found += [n for n, held in self.words.items() if held[-1:] == words and self.ids[n] in self._people]
        if words and not found:
            found = [other for other, held in self.words.items() if set(words) <= set(held)]
        ids = frozenset(self.ids[other] for other in found)
        return Who(ids, frozenset(other for id in ids for other in self.of[id]), self._note(name, found))

    def full(self, id: str) -> str:
        """The fullest name of an entity."""
        return max(self.of[id], key=lambda name: (len(name.split()), len(name)))

    def _note(self, name: str, found: Iterable[str]) -> str | None:
        """Whom the name was taken for, where that is several."""
        full = sorted({self.full(self.ids[other]) for other in found})
        if len(full) < 2:
            return None
        more = f" and {len(full) - _NAMED_AT_MOST:,} more" if len(full) > _NAMED_AT_MOST else ""
        return f'"{name}" may be {join_words(full[:_NAMED_AT_MOST])}{more}: all of them are taken'


def names_of(reading: Reading) -> Names:
    """The names of the record, read once."""
    return reading.lists.once("names", lambda: Names(reading.store.names(), reading.store.people()))


def offices_of(reading: Reading, names: Collection[str]) -> dict[str, tuple[str, ...]]:
    """The offices of who goes by each of `names`, of several of one name those of the first of the record."""
    known: dict[str, tuple[str, ...]] = reading.lists.once("offices", dict)
    if missing := set(names) - known.keys():
        columns, rows, first = reading.entries("entities"), reading.rows("entities"), dict[str, int]()
        for name, home in reading.store.homes_of(missing):
            if home in rows:
                first[name] = min(rows[home], first.get(name, rows[home]))
        known |= {name: each_role_once(columns.roles(row)) for name, row in first.items()}
    return {name: known[name] for name in names if name in known}


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents and article.

    >>> words_of("The Ministry of José Ávila")
    ('ministry', 'of', 'jose', 'avila')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.findall(r"\w+", bare.casefold())
    return tuple(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def holds_words(values: Iterable[str], name: str) -> list[str]:
    """Those of `values` in which all words of `name` stand."""
    words = set(words_of(name))
    return [value for value in values if words and words <= set(words_of(value))]


def called(column: Coded, who: Who, name: str) -> Mask:
    """The rows of a column of names that name `who`; where nobody goes by `name`, those that hold its words."""
    return coded_in(column, who.names if who.ids else holds_words(column.values, name))


def must_be_there(rows: Mask, name: str, noun: str, known: Collection[str]) -> None:
    """Refuses a name that no row has, with the names of `known` that are nearly the same.

    Raises:
        NothingFound: there is none of that name.
    """
    if not np.any(rows):
        raise NothingFound(f'no {noun} "{name}" in this record{did_you_mean(name, known)}')


def did_you_mean(name: str, known: Collection[str]) -> str:
    """The end of a line that says what is called nearly so: '; did you mean "Ada Norra"?'; empty where nothing is."""
    # Whoever is known by that very name and has no row is no answer.
    plain = {" ".join(words_of(other)): other for other in known if words_of(other) != words_of(name)}
    close = difflib.get_close_matches(" ".join(words_of(name)), plain, n=3)
    if not close:
        # One word of several may be the one that is misspelt.
        single = {word: other for other in plain.values() for word in words_of(other) if len(word) > 3}
        tokens = [w for word in words_of(name) for w in difflib.get_close_matches(word, single, n=2, cutoff=0.75)]
        close = list(dict.fromkeys(" ".join(words_of(single[w])) for w in tokens))[:3]
    meant = " or ".join(f'"{plain[other]}"' for other in close)
    return f"; did you mean {meant}?" if meant else ""
