"""Two reports to what stands in one and not in the other."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any, Literal

from msgspec import Struct

from onrecord.record import OnrecordError, Record
from onrecord.views.index import Index

# Beyond so many words a comparison is made by paragraphs.
_MOST = 6000
_PIECES = re.compile(r"\s+|\S+")


class Change(Struct, frozen=True):
    """A stretch of text that both have, or only the first (taken out), or only the second (put in)."""

    kind: Literal["same", "out", "in"]
    text: str


def show_diff(record: Record, a: str, b: str) -> dict[str, Any]:
    """What the page of a comparison shows.

    Raises:
        OnrecordError: one of the two is no report of the record.
    """
    index = Index(record)
    for id in (a, b):
        if id not in index.analyses:
            raise OnrecordError(f'there is no report "{id}" in this record')
    one, other = index.analyses[a], index.analyses[b]
    return {
        "title": f"{index.label(a)} and {index.label(b)}",
        "one": (a, index.label(a)),
        "other": (b, index.label(b)),
        "changes": compare_texts(one.text, other.text),
    }


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
