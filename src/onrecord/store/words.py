"""Words that somebody typed to a query of the search."""

from __future__ import annotations

import re

_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')


def quote_words(words: str) -> str:
    """`words` as an FTS5 query in which nothing but quotation marks has a meaning.

    >>> quote_words('NOT "grain ships" col:on*')
    '"NOT" "grain ships" "col:on*"'
    """
    # A lone surrogate, which no text of a record holds, could not be handed to SQLite.
    written = words.encode(errors="replace").decode().replace("\0", " ")
    phrases = [phrase or word for phrase, word in _WORDS.findall(written)]
    return " ".join(f'"{phrase}"' for phrase in phrases if phrase.strip())
