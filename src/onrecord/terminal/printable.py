"""Text of reports to text that a terminal shows and does not obey."""

from __future__ import annotations

import re

# Controls and lone surrogates. A right-to-left override makes the words behind it read otherwise than they stand; its
# kin do likewise.
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile("[ \t\r\n\u2028\u2029]+")


def show_controls(text: str) -> str:
    r"""`text` with control, bidirectional-override and lone surrogate characters escaped; line ends and tabs stay.

    >>> show_controls("\x1b[31mred")
    '\\x1b[31mred'
    """
    return _HIDDEN.sub(lambda hidden: hidden[0].encode("unicode_escape").decode(), text)


def on_one_line(text: str) -> str:
    """As `show_controls`, with every run of blanks and line ends as one space."""
    return show_controls(_SPACE.sub(" ", text)).strip()
