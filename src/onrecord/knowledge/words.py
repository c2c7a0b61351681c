"""Word lists on disk to sets and tables."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_words(name: str, language: str = "en") -> frozenset[str]:
    """The entries of the list `name`, as they are written there. Lines that begin with `#` tell the list's origin."""
    return frozenset(_lines(name, language))


@cache
def read_table(name: str, language: str = "en") -> dict[str, str]:
    """The table `name`: what stands before a line's tab to what stands behind it."""
    return dict(line.split("\t", 1) for line in _lines(name, language))


def _lines(name: str, language: str) -> list[str]:
    path = files("onrecord.knowledge") / "data" / language / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
