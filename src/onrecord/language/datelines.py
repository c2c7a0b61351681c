"""A text to where the place and day end that a report begins with."""

from __future__ import annotations

import re

from onrecord.record import Span

# The dash of a dateline, or an agency in brackets and the dash: "PORT ISTER, Sept 4 (Tern) - Norra will …".
_END = re.compile(r"[ \t]*(?:\([^()\n]{1,40}\)[ \t]*)?(?:--?|[–—])\s")


# A place is not named in more characters.
_PLACE = 60


def is_dateline(text: str, span: Span) -> bool:
    """Whether an expression ends the place and day that a report begins with ("PORT SAVA, Friday — Norra will …").

    In "boss Emil Veck rang Senn yesterday - and cut his offer" the dash ends nothing of the kind.
    """
    line = text.rfind("\n", max(0, span.start - _PLACE), span.start) + 1
    place = text[max(line, span.start - _PLACE) : span.start].strip()
    begins = line > 0 or span.start <= _PLACE
    placed = not place or place.isupper() or (place[0].isupper() and place.endswith(","))
    return bool(begins and placed and _END.match(text, span.end))
