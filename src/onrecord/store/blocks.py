"""The rows of a list, of one affair at a time, to packed blocks of columns; and all blocks of a list to its columns.

A list is read whole wherever it is asked, row by row in seconds for every ten thousand reports. A block holds its
columns as arrays, and the words of a column once, so that reading it costs what an affair costs, and not a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, chain
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from onrecord.store.packed import pack, unpack

Ints = NDArray[np.int32]
# By their names: the type of the numbers of a column, WORDS of few different ones, or KEYS of which each is its own.
Layout = Mapping[str, str]
WORDS, KEYS = "words", "keys"
# The number of what no row has, not even of none.
_OTHER = -2


class Coded(Struct, frozen=True):
    """A column of few values: a number for each row, -1 for none, into `values`; `numbers` has each value's."""

    codes: Ints
    values: list[str]
    numbers: dict[str, int]

    def at(self, row: int | np.integer[Any]) -> str | None:
        """The value of a row, None if it has none."""
        number = self.codes[row]
        return self.values[number] if number >= 0 else None

    def rows_with(self, value: str) -> NDArray[np.bool_]:
        """The rows that have `value`."""
        rows: NDArray[np.bool_] = self.codes == self.numbers.get(value, _OTHER)
        return rows


class _Block(Struct, frozen=True, array_like=True):
    """The columns of one affair: numbers as bytes, the lowest first; words with the place of each row's, -1 of none."""

    rows: int
    numbers: dict[str, bytes]
    words: dict[str, tuple[list[str], bytes]]
    keys: dict[str, list[str]]


_read = msgspec.msgpack.Decoder(_Block).decode


def pack_block(layout: Layout, rows: Sequence[Sequence[Any]], none: Mapping[str, float] = {}) -> bytes:
    """The block of these rows, whose values stand in the order of `layout`; `none` is what no number is, else 0."""
    columns = dict(zip(layout, zip(*rows, strict=True) if rows else [()] * len(layout), strict=True))
    numbers = {
        name: np.array([none.get(name, 0) if v is None else v for v in columns[name]], kind).tobytes()
        for name, kind in layout.items()
        if kind not in (WORDS, KEYS)
    }
    coded = {name: code(columns[name]) for name, kind in layout.items() if kind == WORDS}
    words = {name: (held.values, held.codes.astype("<i4").tobytes()) for name, held in coded.items()}
    keys = {name: list(columns[name]) for name, kind in layout.items() if kind == KEYS}
    return pack(msgspec.msgpack.encode(_Block(len(rows), numbers, words, keys)))


def read_blocks(layout: Layout, packed: Iterable[bytes]) -> dict[str, Any]:
    """The columns of these blocks, one behind the other: arrays of numbers, `Coded` words, and lists of keys.

    Raises:
        msgspec.MsgspecError: a block is damaged, or its columns are not those of `layout` and of one length.
    """
    blocks = [_read(unpack(block)) for block in packed]
    try:
        columns = {name: _join(blocks, name, kind) for name, kind in layout.items()}
    except (KeyError, ValueError, IndexError) as error:
        raise msgspec.DecodeError("no block of this list") from error
    rows = sum(block.rows for block in blocks)
    if any(len(c.codes if isinstance(c, Coded) else c) != rows for c in columns.values()):
        raise msgspec.DecodeError("columns of different lengths")
    return columns


def code(values: Iterable[str | None]) -> Coded:
    """The column of these values."""
    known: dict[str, int] = {}
    codes = [-1 if v is None else known.setdefault(v, len(known)) for v in values]
    return Coded(np.array(codes, dtype=np.int32), list(known), known)


def recode(column: Coded, called: Iterable[str] | None = None) -> Coded:
    """The same column, its values in the order of the rows; where they are `called` otherwise, under these names."""
    named = code(column.values if called is None else called)
    codes = _through(column.codes, named.codes)
    # Of several rows with a value the last that is written here is the first of them.
    first = np.full(len(named.values), len(codes), np.int64)
    held = codes >= 0
    first[codes[held][::-1]] = np.flatnonzero(held)[::-1]
    order = np.argsort(first, kind="stable")[: int((first < len(codes)).sum())]
    place = np.full(len(named.values), -1, np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    values = [named.values[n] for n in order]
    return Coded(_through(codes, place), values, {value: n for n, value in enumerate(values)})


def _through(codes: Ints, place: Ints) -> Ints:
    """`codes`, each replaced by what stands at its place."""
    # Behind the last stands what -1 leads to.
    found: Ints = np.append(place, np.int32(-1))[codes]
    return found


def _join(blocks: Sequence[_Block], name: str, kind: str) -> Any:
    if kind == KEYS:
        return list(chain.from_iterable(block.keys[name] for block in blocks))
    if kind != WORDS:
        return np.frombuffer(b"".join(block.numbers[name] for block in blocks), kind)
    held = [block.words[name] for block in blocks]
    codes = np.frombuffer(b"".join(own for _, own in held), "<i4")
    sizes = [len(values) for values, _ in held]
    starts = [0, *accumulate(sizes)]
    number = [block.rows for block in blocks]
    start, size = (np.repeat(np.array(held, np.int64), number) for held in (starts[:-1], sizes))
    if not ((codes >= -1) & (codes < size)).all():
        raise IndexError(name)
    every = code(chain.from_iterable(values for values, _ in held))
    return Coded(_through(np.where(codes < 0, -1, codes + start), every.codes), every.values, every.numbers)
