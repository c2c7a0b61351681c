"""The lines below a report's body to other stories, the authors' lives and what else a page prints there."""

from __future__ import annotations

import re

from onrecord.ingest.bylines import find_authors, is_life
from onrecord.ingest.head import TOP
from onrecord.ingest.lines import FINISHED, Line, ends, has_body, is_cut, is_fragment
from onrecord.ingest.marks import Pieces, has, whole
from onrecord.record import NoiseKind

BOTTOM = 12
# Different words of a body; of fewer, too many are new in its last line.
FEWEST_KNOWN = 60

_CONTENT = re.compile(r"\w{4,}")
# What stands below a report and never within.
_BELOW = frozenset(("interface", "copyright", "newsroom_note", "teaser"))


def mark_tail(lines: list[Line], marks: list[Pieces]) -> None:
    """Below the last sentence, whatever has no stop and follows a button, a note or a copyright line."""
    last = max((i for i, line in enumerate(lines) if not marks[i] and ends(FINISHED, line.text)), default=-1)
    if not has_body(lines[: last + 1]):
        return
    begun = False
    for i in range(last + 1, len(lines)):
        begun = begun or ("://" not in lines[i].text and any(kind in _BELOW for _, _, kind in marks[i]))
        if begun and not marks[i] and is_fragment(lines[i].text):
            marks[i] = whole(lines[i], kind_below(lines[i].text))


def kind_below(text: str) -> NoiseKind:
    """Another story's title or, shorter, a topic or a button."""
    return "teaser" if text.count(" ") >= 3 else "interface"


def mark_lives(lines: list[Line], marks: list[Pieces]) -> None:
    """What is said at the end of those who wrote the report: "Oda Brill covers harbours. Write to her at …"."""
    bylines = [line.text for line, pieces in zip(lines[:TOP], marks, strict=False) if has(pieces, "byline")]
    authors = {name for text in bylines for name in find_authors(text)}
    for i in range(max(2, len(lines) - BOTTOM), len(lines)):
        if not marks[i] and is_life(lines[i].text, authors):
            marks[i] = whole(lines[i], "byline")


def mark_teasers(lines: list[Line], marks: list[Pieces]) -> None:
    """Beginnings of other stories, cut off in mid-sentence, below the end of the report."""
    first = len(lines)
    while first > max(0, len(lines) - BOTTOM) and (marks[first - 1] or is_cut(lines[first - 1].text)):
        first -= 1
    body = [line.text for line, pieces in zip(lines[:first], marks, strict=False) if not pieces]
    if first == len(lines) or sum(ends(FINISHED, text) for text in body) < max(3, len(body) // 2):
        return
    known = {word for text in body for word in _CONTENT.findall(text.casefold())}
    cut = [i for i in range(first, len(lines)) if is_cut(lines[i].text)]
    # One line may be the report's last, its stop forgotten or the rest for sale; several are a list of other stories.
    share = 0.4 if len(cut) > 1 else 0.2 if len(known) >= FEWEST_KNOWN else 0
    for i in cut:
        words = set(_CONTENT.findall(lines[i].text.casefold()))
        start = marks[i][-1][1] if marks[i] else 0
        if start < len(lines[i].text) and len(words & known) < share * len(words):
            marks[i] = [*marks[i], (start, len(lines[i].text), "teaser")]
