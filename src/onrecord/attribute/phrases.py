"""Tables of phrases to what they say of a text."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from onrecord.knowledge import read_table
from onrecord.language import words_of


def longest(table: str, text: str) -> str | None:
    """The value of the longest phrase of the table that stands in `text` as whole words; None without one."""
    words = [w.casefold() for w, _ in words_of(text)]
    low, opening = f" {' '.join(words)} ", _by_first_word(table)
    found = [(len(p), p, v) for word in words if word in opening for p, v in opening[word] if f" {p} " in low]
    return max(found)[2] if found else None


@cache
def _by_first_word(table: str) -> dict[str, list[tuple[str, str]]]:
    """The phrases of a table and their values by the words that they begin with."""
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for phrase, value in read_table(table).items():
        out[phrase.split(" ", 1)[0]].append((phrase, value))
    return dict(out)
