"""A record to one of many times its size: its affairs again in other years, and among people of other names.

Linking 200,000 reports takes a day, and a large archive is many affairs that have nothing to do with one another. A
copy of a record is what a build would make of the same reports with every year moved to one in which the days fall on
the same weekdays, and, beyond so many years, with every name spelled in other letters: names, years and ids are
replaced by others of the same length wherever they stand, so that no span moves; ordinals of days and what reports are
found by move along. The people of a world are in all of its years.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from onrecord.ingest.report import report_id
from onrecord.link import Mark
from onrecord.link.sketches import Sketch
from onrecord.link.traits import Weights
from onrecord.store.columns import pack_entries, pack_statements
from onrecord.store.packed import pack, unpack

# Not numbers of JSON, which stand behind a bracket, comma or colon and hold spans and confidences.
_CHANGED = r"[A-Z][A-Za-z]{2,}|\b(?<!\.)(?:[a-z]-[0-9a-f]{10}|[0-9a-f]{16})\b|(?<![\[,:.\w])(?:19|20)\d\d\b"
_WORD = re.compile(f"({_CHANGED})")
# And the numbers in keys and addresses, which are of no certain length.
_KEYED = re.compile(rf"({_CHANGED}|(?<=[a-z])-\d+-(?=[a-z])|(?<=example)/\d+/)")
_FOLD = re.compile(r"([A-Za-z]{3,})")
_CAPITAL, _LOWER = re.compile(r"[A-Z][A-Za-z]{2,}"), re.compile(r"\b[a-z]{3,}\b")
_LETTERS = ("aeiou", "bcdfghjklmnprstvwz")
# Years of the reports themselves and of what they look back and ahead to.
_ABOUT = 6


class _Given(msgspec.Struct):
    """What a report's id is made of, beside its text."""

    outlet: str | None = None
    url: str | None = None


_TABLES = (
    "texts givens cache reports marks mark_keys entries bundles entity_keys entity_homes passages statements spoken_of"
    " entity_names arrivals"
).split()
_DAYS, _ROWS = ("earliest", "latest"), {("passages", "id"), ("statements", "id"), ("spoken_of", "statement")}
_PACKED = {("cache", "analysis"), ("reports", "told"), ("bundles", "entries")}
_KEYS = {*_PACKED, ("reports", "keys"), ("reports", "merged"), ("givens", "given"), ("entries", "json")}
# What names are folded to before they are compared.
_FOLDED = {("entity_keys", "key"), ("entity_names", "name")}
_ENTRIES = """
    SELECT affair, kind, id, report, earliest, latest, confidence, reading, reports, independent, noun, status, label
    FROM entries WHERE affair IN (SELECT value FROM json_each(?)) ORDER BY affair, kind, position
"""
_STATEMENTS = """
    SELECT affair, 'statements', id, report, attribution, start, outlet, speaker, class, addressee, channel, quote,
        polarity, modality, earliest, latest, confidence, claim, entity, unnamed, reports
    FROM statements WHERE affair IN (SELECT value FROM json_each(?)) ORDER BY affair
"""
_BETWEEN = "\x00"
_GIVEN, _MARKS = msgspec.json.Decoder(_Given), msgspec.msgpack.Decoder(Mark)


class Source:
    """The record that is copied."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        low, high, self.reports = self.rows("SELECT min(earliest), max(latest), count(*) FROM marks WHERE given")[0]
        self.first, last = date.fromordinal(low), date.fromordinal(high)
        self.year = self.first.year
        self.years = [y for y in range(1905, 2095) if y != self.year and _is_alike(self.first, last, y)]
        self.step = 1 + self.rows("SELECT max(id) FROM passages")[0][0]
        self.names = self._find_names()

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query gives."""
        return self._database.execute(query).fetchall()

    @cache  # noqa: B019 - there is one source in a run
    def columns(self, table: str) -> dict[str, Sequence[Any] | Pieces]:
        """The columns of a table; of those with words what can be put together again with others."""
        names = [row[1] for row in self.rows(f"PRAGMA table_info({table})")]
        rows = self.rows(f"SELECT {', '.join(map(_quoted, names))} FROM {table}")  # noqa: S608
        held = zip(*rows, strict=True) if rows else [()] * len(names)
        return {name: _pieces((table, name), values) for name, values in zip(names, held, strict=True)}

    def _find_names(self) -> list[str]:
        """The words that only names hold."""
        called = {name for (name,) in self.rows("SELECT name FROM entity_names")}
        called |= {outlet for (outlet,) in self.rows("SELECT DISTINCT outlet FROM marks WHERE outlet IS NOT NULL")}
        words = {word for name in called for word in _CAPITAL.findall(name)}
        common = {word for (text,) in self.rows("SELECT text FROM texts") for word in _LOWER.findall(text)}
        return sorted(word for word in words if word.lower() not in common)


class Pieces:
    """Strings cut at what a copy has otherwise; None stays None."""

    def __init__(self, values: Sequence[str | None], pattern: re.Pattern[str]) -> None:
        self._none = [value is None for value in values]
        parts = pattern.split(_BETWEEN.join(value or "" for value in values))
        self._between = parts[::2]
        numbers: dict[str, int] = {}
        self._tokens = [numbers.setdefault(token, len(numbers)) for token in parts[1::2]]
        self._known = list(numbers)

    def join(self, change: Callable[[str], str]) -> Iterator[str | None]:
        """The strings with every token changed."""
        others = list(map(change, self._known))
        parts = [""] * (2 * len(self._tokens) + 1)
        parts[::2] = self._between
        parts[1::2] = [others[n] for n in self._tokens]
        words = "".join(parts).split(_BETWEEN)
        return (None if none else word for none, word in zip(self._none, words, strict=True))


class Copy:
    """Copy `number`, from 1 on, of a source."""

    def __init__(self, source: Source, number: int) -> None:
        self._source, self.number = source, number
        # The first world has the years beside that of the source; each other world all of them.
        many = len(source.years) + 1
        self.world, turn = divmod(number, many)
        self.step = source.step
        self.year = [source.year, *source.years][turn]
        self._days = source.first.replace(year=self.year).toordinal() - source.first.toordinal()
        spell = _spelling(self.world)
        self._words = {name: spell(name) for name in source.names} if self.world else {}
        self._words |= {f"{y}": f"{y + self.year - source.year}" for y in _years_about(source.year)}
        self._folded = {name.lower(): word.lower() for name, word in self._words.items()}
        # By what a report holds beside ids.
        self._ids: dict[str, str] = {}
        self._ids = dict(self._find_ids())

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table as the copy has them."""
        columns = self._source.columns(table)
        return zip(*(self._changed((table, name), values) for name, values in columns.items()), strict=True)

    def _find_ids(self) -> Iterator[tuple[str, str]]:
        """The id of each report and what its own text, outlet and address make of it."""
        texts, givens = (self._source.columns(table) for table in ("texts", "givens"))
        changed = dict(zip(_known(texts["report"]), self._changed(("texts", "text"), texts["text"]), strict=True))
        given = self._changed(("givens", "given"), givens["given"])
        for id, told in zip(_known(givens["report"]), map(_GIVEN.decode, given), strict=True):
            yield id, report_id(told.outlet, told.url, changed[id])

    def _changed(self, column: tuple[str, str], values: Sequence[Any] | Pieces) -> Iterable[Any]:
        if isinstance(values, Pieces):
            words = values.join(self._other_folded if column in _FOLDED else self._other)
            return (word and pack(word) for word in words) if column in _PACKED else words
        if column in _ROWS:
            return [id + self.number * self._source.step for id in values]
        if column[1] in _DAYS:
            return [day if day is None else day + self._days for day in values]
        if column == ("mark_keys", "key"):
            return map(self._key, values)
        return map(self._mark, values) if column == ("marks", "mark") else values

    def _other(self, token: str) -> str:
        """A name, a year, an id, or the number in a key, as the copy has it."""
        if token[0] in "-/":
            return f"{token[0]}{self.number}x{token[1:]}"
        if token[0].isupper() or len(token) == 4:
            return self._words.get(token, token)
        if token in self._ids:
            return self._ids[token]
        kind, dash, digits = token.rpartition("-")
        return f"{kind}{dash}{hashlib.md5(f'{self.number}/{token}'.encode()).hexdigest()[: len(digits)]}"  # noqa: S324

    def _other_folded(self, word: str) -> str:
        return self._words.get(word) or self._folded.get(word, word)

    def _key(self, key: int) -> int:
        return (key + 7_368_787 * self.number) & 0x7FFFFFFF

    def _mark(self, packed: bytes) -> bytes:
        mark = _MARKS.decode(packed)
        days = {day: found + self._days for day in _DAYS if (found := getattr(mark.sketch, day)) is not None}
        told, year = tuple(day + self._days for day in mark.sketch.told), mark.sketch.year
        year = year + self.year - self._source.year if year is not None else None
        other = replace(mark.sketch, **days, told=told, year=year)
        return msgspec.msgpack.encode(
            replace(
                mark,
                report=self._other(mark.report),
                outlet=mark.outlet and _CAPITAL.sub(lambda m: self._other(m[0]), mark.outlet),
                **{
                    day: date.fromordinal(found.toordinal() + self._days)
                    for day in _DAYS
                    if (found := getattr(mark, day))
                },
                keys=tuple(sorted(map(self._key, mark.keys))),
                sketch=self._sketch(other),
            )
        )

    def _sketch(self, sketch: Sketch) -> Sketch:
        """The same sketch with names of its world, and words, numbers and a direction that no other copy has."""
        row = np.frombuffer(sketch.row, np.int8)
        turned = np.random.default_rng(self.number).permutation(len(row))
        return replace(
            sketch,
            row=row[turned].tobytes(),
            words=_moved(sketch.words, self.number),
            names=_moved(sketch.names, self.world),
            numbers=_moved(sketch.numbers, self.number),
        )


def _moved(weights: Weights, by: int) -> Weights:
    hashes = np.frombuffer(weights.hashes, "<u4") + np.uint32(2_654_435_769 * by & 0xFFFFFFFF)
    order = np.argsort(hashes)
    return Weights(hashes[order].astype("<u4").tobytes(), np.frombuffer(weights.weights, np.uint8)[order].tobytes())


def put(copy: Copy, target: sqlite3.Connection) -> None:
    """Write a copy into a record that has its source."""
    with target:
        for table in _TABLES:
            rows = copy.rows(table)
            first = next(rows, None)
            if first:
                insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"  # noqa: S608
                target.execute(insert, first)
                target.executemany(insert, rows)
        _list(copy, target)
        # The next build makes them of all that is there.
        target.execute("DELETE FROM entity_blocks")
        target.execute(
            "INSERT INTO search (rowid, words) SELECT id, words FROM passage_words WHERE id >= ? AND id < ?",
            (copy.number * copy.step, (copy.number + 1) * copy.step),
        )


def _list(copy: Copy, target: sqlite3.Connection) -> None:
    """Make the blocks of a copy's lists."""
    affairs = (json.dumps(sorted({affair for affair, *_ in copy.rows("entries")})),)
    for query, fold in ((_ENTRIES, pack_entries), (_STATEMENTS, pack_statements)):
        for (affair, kind), own in groupby(target.execute(query, affairs), key=itemgetter(0, 1)):
            block = fold([row[2:] for row in own])
            target.execute("INSERT INTO lists VALUES (?, ?, ?)", (affair, kind, block))


def _pieces(column: tuple[str, str], values: Sequence[Any]) -> Sequence[Any] | Pieces:
    if column in _PACKED:
        values = [value and unpack(value).decode() for value in values]
    if column == ("marks", "mark") or not any(isinstance(value, str) for value in values):
        return values
    return Pieces(values, _FOLD if column in _FOLDED else _KEYED if column in _KEYS else _WORD)


def _known(values: Sequence[Any] | Pieces) -> Iterable[Any]:
    return values.join(str) if isinstance(values, Pieces) else values


def _spelling(world: int) -> Callable[[str], str]:
    """Words to words of the same length, consonants for consonants and vowels for vowels."""
    rng, table = random.Random(world), dict[str, str]()  # noqa: S311
    for letters in _LETTERS:
        others = rng.sample(letters, len(letters))
        table |= dict(zip(letters + letters.upper(), [*others, *map(str.upper, others)], strict=True))
    return lambda word: "".join(table.get(letter, letter) for letter in word)


def _years_about(year: int) -> range:
    return range(year - _ABOUT, year + _ABOUT + 1)


def _is_alike(first: date, last: date, year: int) -> bool:
    """Whether the days from the first to the last are as many in that year, and fall on the same weekdays."""
    moved = year - first.year
    try:
        start, end = first.replace(year=year), last.replace(year=last.year + moved)
    except ValueError:
        return False
    return start.weekday() == first.weekday() and end - start == last - first


def _quoted(column: str) -> str:
    return f'"{column}"'
