"""Text to the stretches that stand inside quotation marks."""

from __future__ import annotations

import re

OPENING = {"“": "”", "«": "»", "„": "“”", "‟": "”", "「": "」", "『": "』"}
CLOSING = {"”", "»", "」", "』"}
MARKS = frozenset(OPENING) | CLOSING | {'"'}
# A quotation that never closes is given up after this many characters: no quoted paragraph of news is longer.
LONGEST = 3_000

_MARK = re.compile('["“”«»„‟「」『』\n]')


def find_quotations(text: str) -> list[tuple[int, int]]:
    """The quoted stretches of `text`, marks included, in order and without overlap.

    Straight marks open and close in turn and never cross a line. A typographic quotation may go on in the next
    paragraph when that paragraph begins with an opening mark again, as newspapers print long ones; the pieces are
    given one by one. Any closing form ends any opening form, since translated news mixes them (“…», «…”). A mark
    without a partner ends its quotation at the end of its line.
    """
    found: list[tuple[int, int]] = []
    start, straight = -1, False
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark.group()
        if sign == "\n":
            if start >= 0 and at - start <= LONGEST:
                found.append((start, at))
            start = -1
        elif start < 0:
            # A closing mark alone opens nothing; a straight one opens.
            if sign in OPENING or sign == '"':
                start, straight = at, sign == '"'
        elif (
            sign in CLOSING or (sign == '"' and (straight or _closes(text, at))) or sign in OPENING.get(text[start], "")
        ):
            found.append((start, at + 1))
            start = -1
        if start >= 0 and at - start > LONGEST:
            start = -1
    if start >= 0 and len(text) - start <= LONGEST:
        found.append((start, len(text)))
    return [(a, b) for a, b in found if b - a > 1]


def _closes(text: str, at: int) -> bool:
    """Whether the straight mark at `at` stands behind a word, as a closing one does."""
    return at > 0 and not text[at - 1].isspace()
