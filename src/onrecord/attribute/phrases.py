"""Tables of phrases to what they say of a text."""

from __future__ import annotations

from onrecord.knowledge import read_table
from onrecord.language import words_of


def longest(table: str, text: str) -> str | None:
    """The value of the longest phrase of the table that stands in `text` as whole words; None without one."""
    low = f" {' '.join(w.casefold() for w, _ in words_of(text))} "
    found = [(len(p), p, v) for p, v in read_table(table).items() if f" {p} " in low]
    return max(found)[2] if found else None
