"""Text of reports to text that a terminal shows and does not obey."""

from __future__ import annotations

import re
import unicodedata

# A right-to-left override makes the words behind it read otherwise than they stand; its kin do likewise.
_BIDI = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_SPACE = re.compile("[ \t\r\n\u2028\u2029]+")


def show_controls(text: str) -> str:
    r"""`text` with control, bidirectional-override and lone surrogate characters escaped; line ends and tabs stay.

    >>> show_controls("\x1b[31mred")
    '\\x1b[31mred'
    """
    return "".join(_show(character) if _is_hidden(character) else character for character in text)


def on_one_line(text: str) -> str:
    """As `show_controls`, with every run of blanks and line ends as one space."""
    return show_controls(_SPACE.sub(" ", text)).strip()


def _is_hidden(character: str) -> bool:
    if character in "\n\r\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs") or unicodedata.bidirectional(character) in _BIDI


def _show(character: str) -> str:
    return character.encode("unicode_escape").decode()
