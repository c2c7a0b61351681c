"""A text with slots, and what fills them, to the text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

_SLOT = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True)
class Mould:
    """Title and text with slots in braces. `day` is the day of its publication, counted from that of the news."""

    title: str
    text: str
    day: int

    @cached_property
    def name(self) -> str:
        """16 hexadecimal digits, the same for the same mould."""
        return hashlib.sha256(f"{self.day}\0{self.title}\0{self.text}".encode()).hexdigest()[:16]

    @cached_property
    def slots(self) -> tuple[str, ...]:
        """The names of the slots in text and title, sorted."""
        return tuple(sorted({*_SLOT.findall(self.text), *_SLOT.findall(self.title)}))


def fill(pattern: str, slots: Mapping[str, str]) -> str:
    """`pattern` with each slot filled."""
    return _SLOT.sub(lambda match: slots[match[1]], pattern)
