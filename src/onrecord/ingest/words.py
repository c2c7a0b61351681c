"""Word lists of this room on disk to tuples and patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def read_list(name: str) -> tuple[str, ...]:
    """The entries of `data/<name>.txt` in their order there. Lines that begin with `#` tell the list's origin."""
    text = (files("onrecord.ingest") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def read_set(name: str) -> frozenset[str]:
    """The entries of `data/<name>.txt`."""
    return frozenset(read_list(name))


def any_of(entries: Iterable[str]) -> str:
    """A pattern of `entries` as alternatives, the longest first."""
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda e: (-len(e), e)))
