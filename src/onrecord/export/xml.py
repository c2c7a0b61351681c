"""Text of reports to text that XML can hold."""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def make_writable(text: str) -> str:
    """`text` with one U+FFFD for each character that XML 1.0 has no way to write; all others keep their places."""
    return _UNWRITABLE.sub("\ufffd", text)
