"""A valid input to one that is damaged in a few places, as a number says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

MOST_CHANGES = 8

_NUMBER = re.compile(rb"\d+")
_NUMBERS = (
    b"0", b"1", b"-1", b"255", b"65536", b"2147483648", b"4294967295", b"9223372036854775808", b"9" * 40, b"1e999",
    b"0x7f", "٣".encode(), b"",
)  # fmt: skip
_SECTION = re.compile(r"\[([a-z]+)\]")
_BYTES = (0, 1, 9, 10, 13, 32, 34, 39, 60, 62, 92, 127, 128, 0xC0, 0xED, 0xF4, 0xFE, 0xFF)
_LONG = (b" " * 300, b"a" * 3_000, b"(" * 300)
_TOKENS = Path(__file__).with_name("tokens.txt")


@cache
def tokens_of(format: str) -> tuple[bytes, ...]:
    """What means something in that format ("feed"), or in none ("odd")."""
    found: dict[str, list[bytes]] = {}
    for line in _TOKENS.read_text(encoding="ascii").splitlines()[1:]:
        if name := _SECTION.fullmatch(line):
            here = found.setdefault(name[1], [])
        else:
            here.append(line.encode().decode("unicode_escape").encode("latin-1"))
    return tuple(found[format])


def mutate(raw: bytes, rng: Random, tokens: Sequence[bytes], other: Callable[[], bytes], longest: int) -> bytes:
    """`raw` with one to eight changes, of which none makes it longer than `longest` bytes.

    `other` gives another valid input, of which parts are taken over.
    """
    for _ in range(min(MOST_CHANGES, 1 + int(rng.expovariate(0.6)))):
        raw = rng.choice(_CHANGES)(raw, rng, (*tokens, *tokens_of("odd"), *_LONG), other)[:longest]
    return raw


def _range(raw: bytes, rng: Random, longest: int = 200) -> tuple[int, int]:
    at = rng.randrange(len(raw) + 1)
    return at, min(len(raw), at + rng.randint(0, longest))


def _flip(raw: bytes, rng: Random, *rest: object) -> bytes:
    found = bytearray(raw)
    for _ in range(rng.randint(1, 6) if raw else 0):
        at = rng.randrange(len(found))
        found[at] = rng.choice(_BYTES) if rng.random() < 0.5 else found[at] ^ 1 << rng.randrange(8)
    return bytes(found)


def _cut(raw: bytes, rng: Random, *rest: object) -> bytes:
    start, end = _range(raw, rng, max(200, len(raw) // 4))
    return raw[:start] + raw[end:]


def _cut_off(raw: bytes, rng: Random, *rest: object) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] if rng.random() < 0.7 else raw[at:]


def _repeat(raw: bytes, rng: Random, *rest: object) -> bytes:
    start, end = _range(raw, rng)
    return raw[:end] + raw[start:end] * rng.choice((1, 2, 9, 99, 999)) + raw[end:]


def _splice(raw: bytes, rng: Random, _: object, other: Callable[[], bytes]) -> bytes:
    more = other()
    start, end = _range(more, rng, len(more))
    here, there = _range(raw, rng)
    return raw[:here] + more[start:end] + raw[there if rng.random() < 0.5 else here :]


def _move(raw: bytes, rng: Random, *rest: object) -> bytes:
    start, end = _range(raw, rng)
    left = raw[:start] + raw[end:]
    at = rng.randrange(len(left) + 1)
    return left[:at] + raw[start:end] + left[at:]


def _insert(raw: bytes, rng: Random, tokens: Sequence[bytes], _: object) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + rng.choice(tokens) * rng.choice((1, 1, 1, 2, 30)) + raw[at:]


def _swap(raw: bytes, rng: Random, tokens: Sequence[bytes], _: object) -> bytes:
    """One word of the format for another."""
    present = [token for token in tokens if token and token in raw]
    return raw.replace(rng.choice(present), rng.choice(tokens), rng.randint(1, 3)) if present else raw


def _renumber(raw: bytes, rng: Random, *rest: object) -> bytes:
    found = list(_NUMBER.finditer(raw))
    if not found:
        return raw
    start, end = rng.choice(found).span()
    return raw[:start] + rng.choice(_NUMBERS) + raw[end:]


def _recode(raw: bytes, rng: Random, *rest: object) -> bytes:
    """The same characters in another encoding, or some of them."""
    start, end = (0, len(raw)) if rng.random() < 0.5 else _range(raw, rng)
    text = raw[start:end].decode("utf-8", "replace")
    encoding = rng.choice(
        ("utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "cp037", "utf-7", "shift_jis", "iso2022_jp")
    )
    return raw[:start] + text.encode(encoding, "replace") + raw[end:]


def _nest(raw: bytes, rng: Random, tokens: Sequence[bytes], _: object) -> bytes:
    """A part within many of one beginning, and perhaps as many of an end."""
    start, end = _range(raw, rng)
    times = rng.choice((3, 60, 600, 6_000))
    opening, closing = rng.choice(tokens)[:40], rng.choice((b"", rng.choice(tokens)[:40]))
    return raw[:start] + opening * times + raw[start:end] + closing * times + raw[end:]


def _end_lines(raw: bytes, rng: Random, *rest: object) -> bytes:
    return raw.replace(b"\n", rng.choice((b"\r\n", b"\r", b"", b"\n\n", b"\x85", b"\0")))


_CHANGES: tuple[Callable[[bytes, Random, Sequence[bytes], Callable[[], bytes]], bytes], ...] = (
    _flip, _flip, _cut, _cut_off, _repeat, _splice, _move, _insert, _insert, _swap, _swap, _renumber, _recode, _nest,
    _end_lines,
)  # fmt: skip
