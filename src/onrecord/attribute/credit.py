"""A report's text to the agency whose report it is, by the credit that its head or its end gives."""

from __future__ import annotations

import re
from functools import cache

from onrecord.knowledge import read_words

# "PORT HESPER (AP) —", "ORLENZ, March 3 (Reuters) -": the agency's own dateline opens the text.
_HEAD = 240


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted((re.escape(n) for n in read_words("agencies")), key=len, reverse=True))
    dateline = re.compile(rf"^[^\n]{{0,80}}?\(({names})\)\s*[-–—:.]", re.MULTILINE)
    line = re.compile(rf"^(?:By |Source: |[-–—] ?|\()?(?:The )?({names})\)?[.,]?$", re.MULTILINE)
    # "… the matter was closed. (Reuters)"
    last = re.compile(rf"[.”\"’!?] ?(?:\(|[-–—/]+ ?)(?:The )?({names})\)?[.]?$")
    return dateline, line, last


def find_credit(text: str) -> str | None:
    """The agency named by a dateline near the top, or by a line of its own at the top or the end; else None."""
    dateline, line, last = _patterns()
    head, end = text[:_HEAD], text.rstrip()[-60:].rsplit("\n", 1)
    found = dateline.search(head) or line.search(head) or (line.search(end[1]) if len(end) > 1 else None)
    found = found or last.search(text.rstrip()[-60:])
    return found[1] if found else None
