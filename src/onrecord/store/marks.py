"""Text in which FTS5 has marked what it found, to the places of that."""

from __future__ import annotations

from onrecord.record import Span

# Around a hit; they are no characters, so that no text has a use for them.
OPEN, CLOSE = "\ufdd0", "\ufdd1"


def find_marks(text: str) -> list[Span]:
    """The places between marks in `text`, counted without these."""
    spans, opened, at = list[Span](), 0, 0
    for n, character in enumerate(text):
        if character == OPEN:
            opened = n - at
            at += 1
        elif character == CLOSE:
            spans.append(Span(opened, n - at))
            at += 1
    return spans
