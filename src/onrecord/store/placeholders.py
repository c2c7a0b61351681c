"""A query with SQLite's signs for values to one with PostgreSQL's."""

from __future__ import annotations

import re
from functools import cache
from itertools import count

# A sign for a value, or a string, within which none is.
_SIGNS = re.compile(r"'[^']*'|\?(\d*)")


@cache
def number_placeholders(query: str) -> str:
    """`query`, one of the store's own, with $1 for its first `?`, and for each `?1`.

    >>> number_placeholders("SELECT '?' WHERE a = ? AND b = ?")
    "SELECT '?' WHERE a = $1 AND b = $2"
    """
    numbers = count(1)

    def number(sign: re.Match[str]) -> str:
        return f"${sign[1] or next(numbers)}" if sign[0].startswith("?") else sign[0]

    return _SIGNS.sub(number, query)
