"""Word lists on disk to sets and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def read_words(name: str, language: str = "en") -> frozenset[str]:
    """The entries of the list `name`, as they are written there. Lines that begin with `#` tell the list's origin."""
    return frozenset(read_entries("onrecord.knowledge", f"{language}/{name}"))


@cache
def read_table(name: str, language: str = "en") -> dict[str, str]:
    """The table `name`: what stands before a line's tab to what stands behind it; without a language, of none."""
    return dict(line.split("\t", 1) for line in read_entries("onrecord.knowledge", f"{language}/{name}".strip("/")))


@cache
def read_lists(*names: str) -> frozenset[str]:
    """The entries of several lists together."""
    return frozenset().union(*map(read_words, names))


def one_of(words: Iterable[str]) -> str:
    """A pattern for the longest of `words` at a place; their first letters are asked first, of which most have none."""
    longest = sorted(words, key=lambda w: (-len(w), w))
    firsts = "".join(sorted({re.escape(word[0]) for word in longest}))
    return f"(?=[{firsts}])(?:{'|'.join(map(re.escape, longest))})"


def read_entries(room: str, name: str) -> tuple[str, ...]:
    """The lines of `data/<name>.txt` in the package `room`, in order, without empty lines and comments (`#`)."""
    text = (files(room) / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
