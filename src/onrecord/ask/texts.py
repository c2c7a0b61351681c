"""Two texts to what stands in one and not in the other."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

# Beyond so many words a comparison is made by paragraphs.
_MOST = 6000
_PIECES = re.compile(r"\s+|\S+")


class Change(Struct, frozen=True):
    """A stretch of text that both have, or only the first (taken out), or only the second (put in)."""

    kind: Literal["same", "out", "in"]
    text: str


def compare_texts(one: str, other: str) -> list[Change]:
    """All of both texts in order, in stretches; "same" and "out" join to `one`, "same" and "in" to `other`.

    >>> [(c.kind, c.text) for c in compare_texts("12 ships left", "20 ships left")]
    [('out', '12'), ('in', '20'), ('same', ' ships left')]
    """
    long = len(one.split()) > _MOST or len(other.split()) > _MOST
    a, b = (_cut(text, long) for text in (one, other))
    out: list[Change] = []
    for tag, i, j, k, m in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if tag == "equal":
            out.append(Change("same", "".join(a[i:j])))
            continue
        out += [Change("out", "".join(a[i:j]))] if i < j else []
        out += [Change("in", "".join(b[k:m]))] if k < m else []
    return out


def _cut(text: str, by_paragraphs: bool) -> list[str]:
    """Words and the blanks between them, or paragraphs; they join to the text."""
    if by_paragraphs:
        return text.splitlines(keepends=True)
    return [piece for piece in _PIECES.findall(text) if piece]
