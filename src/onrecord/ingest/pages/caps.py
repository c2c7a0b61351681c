"""A page, before it is parsed, to the reason why it should not be."""

from __future__ import annotations

import re

from onrecord.ingest.report import LONGEST_REPORT, too_long

MOST_ATTRIBUTES = 5_000

# Possessive throughout, and an open end is taken to the end: each character is passed once, whatever the page holds.
_ATTRIBUTE = r"""[\s/]*+[^\s/>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>]*+))?+"""
_TAG = re.compile(
    rf"<!--(?:.*?-->|.*+)|<(script|style|textarea|title)\b(?:{_ATTRIBUTE})*+[^>]*+>(?:.*?</\1|.*+)"
    rf"|<[a-z][^\s/>]*+((?:{_ATTRIBUTE})*+)",
    re.IGNORECASE | re.DOTALL,
)
# Not from within a run of blanks, which would be passed once for each of them.
_ATTRIBUTES = re.compile(rf"(?<![\s/]){_ATTRIBUTE}")


def refuse_oversize(html: str) -> str | None:
    """Why `html` is not to be parsed: it is too long, or has a tag with so many attributes that parsers stall."""
    size = len(html.encode("utf-8", "replace"))
    if size > LONGEST_REPORT:
        return too_long(size)
    for found in _TAG.finditer(html):
        attributes = found[2] or ""
        # Each takes two characters at least.
        if len(attributes) > 2 * MOST_ATTRIBUTES and len(_ATTRIBUTES.findall(attributes)) > MOST_ATTRIBUTES:
            return f"a tag has more than {MOST_ATTRIBUTES:,} attributes"
    return None
