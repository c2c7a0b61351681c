"""Two stretches of text to the same with those words marked in which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

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
    return _marked(a, left), _marked(b, right)


def mark_spans(text: str, spans: Iterable[Span]) -> Markup:
    """`text` with each of `spans` marked, which do not overlap; the first of those that do."""
    out, end = Markup(), 0
    for start, stop in sorted(spans):
        if start < end or stop <= start:
            continue
        marked = Markup("<mark>{}</mark>").format(show_controls(text[start:stop]))
        out += escape(show_controls(text[end:start])) + marked
        end = stop
    return out + escape(show_controls(text[end:]))


def _plain(pieces: Sequence[str]) -> list[str]:
    return [p.casefold() if p[0].isalnum() else " " if p.isspace() else "'" if p in "\"'“”‘’«»" else p for p in pieces]


def _marked(pieces: Sequence[str], same: set[int]) -> Markup:
    """The pieces with runs of those marked that are not the `same`, if there is a word among them."""
    out, run = Markup(), list[str]()
    # A blank that both have between words that differ parts no run.
    parted = {n for n, p in enumerate(pieces) if not p[0].isalnum() and not {n - 1, n + 1} & same}

    def close() -> Markup:
        text = show_controls("".join(run))
        run.clear()
        core = text.strip()
        if not any(c.isalnum() for c in core):
            return escape(text)
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return escape(before) + Markup("<mark>{}</mark>").format(core) + escape(after)

    for n, piece in enumerate(pieces):
        if n not in same or n in parted:
            run.append(piece)
            continue
        out += close() + escape(show_controls(piece))
    return out + close()
