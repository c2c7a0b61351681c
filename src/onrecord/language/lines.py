"""Text whose lines were broken at a fixed width, as e-mails and PDF files have it, to text in which they go on."""

from __future__ import annotations

import re

# Wider lines are paragraphs, and narrower ones are lists.
_NARROWEST, _WIDEST = 20, 130
# Of the line breaks within blocks so many must be followed by a small letter, and so large a part: breaks that a writer
# makes seldom are.
_FEWEST, _PART = 2, 0.3
# Where letters differ in width, a line may end so much earlier than the widest though the next word had no room.
_ROOM = 0.85
# A break between two lines with something in them; the words before it and the first one behind it.
_BREAK = re.compile(r"(?<=[^\n])\n(?=[^\n])")
_FIRST = re.compile(r"\s*(\S*)")


def unwrap(text: str) -> str:
    r"""`text` with a space for each line break within a paragraph, if its lines are broken at a fixed width.

    Nothing else is changed, so that every place in the one is the same in the other. A line goes on in the next one
    where that begins with a small letter, or where its first word had no room left.

    >>> unwrap("The envoy met Ruta\nVail in Osk on Monday,\nher office said.\n\nNo more was known.")
    'The envoy met Ruta Vail in Osk on Monday, her office said.\n\nNo more was known.'
    """
    breaks = [m.start() for m in _BREAK.finditer(text)]
    if len(breaks) < _FEWEST:
        return text
    begins = [text.rfind("\n", 0, at) + 1 for at in breaks]
    words = [_first_word(text, at + 1) for at in breaks]
    onward = [n for n, word in enumerate(words) if word[:1].islower()]
    width = max((breaks[n] - begins[n] for n in onward), default=0)
    if len(onward) < max(_FEWEST, _PART * len(breaks)) or not _NARROWEST <= width <= _WIDEST:
        return text
    out, going_on = list(text), set(onward)
    for n, at in enumerate(breaks):
        length = at - begins[n]
        if n in going_on or (words[n] and _ROOM * width < length + 1 + len(words[n]) and length <= width):
            out[at] = " "
            if text[at - 1] == "\r":
                out[at - 1] = " "
    return "".join(out)


def _first_word(text: str, start: int) -> str:
    """The first word of a line; empty where the line is."""
    end = text.find("\n", start)
    found = _FIRST.match(text, start, len(text) if end < 0 else end)
    return found[1] if found else ""
