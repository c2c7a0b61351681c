"""Two stretches of text to the same with those words marked in which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from markupsafe import Markup, escape

from onrecord.record import Span
from onrecord.terminal.printable import show_controls

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond so many pieces the comparison would take longer than a reader waits.
_MOST = 2000


def mark_differing(one: str, other: str) -> tuple[Markup, Markup]:
    """Both texts, in each the words marked that the other has not, whatever their case and quotation marks.

    >>> mark_differing("12 ships left", "Some ships left")[0]
    Markup('<mark>12</mark> ships left')
    """
    a, b = _PIECES.findall(one), _PIECES.findall(other)
    if len(a) > _MOST or len(b) > _MOST:
        return escape(show_controls(one)), escape(show_controls(other))
    matched = SequenceMatcher(a=_plain(a), b=_plain(b), autojunk=False).get_matching_blocks()
    left = {m.a + n for m in matched for n in range(m.size)}
    right = {m.b + n for m in matched for n in range(m.size)}
    return mark_spans(one, _differing(a, left)), mark_spans(other, _differing(b, right))


def mark_spans(text: str, spans: Iterable[Span]) -> Markup:
    """`text` with each of `spans` marked, which do not overlap; the first of those that do."""
    out, end = list[str](), 0
    for start, stop in sorted(spans):
        if end <= start < stop:
            out += [_text(text[end:start]), "<mark>", _text(text[start:stop]), "</mark>"]
            end = stop
    return Markup("".join([*out, _text(text[end:])]))  # noqa: S704  # every piece of the text is escaped


def _text(text: str) -> str:
    return str(escape(show_controls(text)))


def _plain(pieces: Sequence[str]) -> list[str]:
    return [p.casefold() if p[0].isalnum() else " " if p.isspace() else "'" if p in "\"'“”‘’«»" else p for p in pieces]


def _differing(pieces: Sequence[str], same: set[int]) -> Iterator[Span]:
    """The runs of pieces that are not the `same`, if there is a word among them, without blanks around them."""
    # A blank that both have between words that differ parts no run.
    parted = {n for n, p in enumerate(pieces) if not p[0].isalnum() and not {n - 1, n + 1} & same}
    held = same - parted
    start = 0
    for is_same, run in groupby(range(len(pieces)), key=held.__contains__):
        text = "".join(pieces[n] for n in run)
        if not is_same and any(c.isalnum() for c in text):
            yield Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
        start += len(text)
