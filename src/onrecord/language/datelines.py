"""A text to where the place and day end that a report begins with."""

from __future__ import annotations

import re

# "PORT ISTER, Sept 4 (Tern) - Norra will close the strait".
_END = re.compile(r"[ \t]*(?:\([^()\n]{1,40}\)[ \t]*)?(?:--?|[–—])\s")


def ends_dateline(text: str, at: int) -> bool:
    """Whether the dash of a dateline stands at `at`, or an agency in brackets and the dash."""
    return bool(_END.match(text, at))
