"""Word lists of this room on disk to tuples and patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from onrecord.knowledge import read_entries


@cache
def read_list(name: str) -> tuple[str, ...]:
    """The entries of `data/<name>.txt` in their order there. Lines that begin with `#` tell the list's origin."""
    return read_entries("onrecord.ingest", name)


@cache
def read_set(name: str) -> frozenset[str]:
    """The entries of `data/<name>.txt`."""
    return frozenset(read_list(name))


def any_of(entries: Iterable[str]) -> str:
    """A pattern of `entries` as alternatives, the longest first."""
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda e: (-len(e), e)))
