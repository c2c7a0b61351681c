"""Words that somebody typed to a query of the search."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')


def quote_words(words: str) -> str:
    """`words` as an FTS5 query in which nothing but quotation marks has a meaning.

    >>> quote_words('NOT "grain ships" col:on*')
    '"NOT" "grain ships" "col:on*"'
    """
    return " ".join(_quote(phrase) for phrase in split_words(words))


def split_words(words: str) -> list[str]:
    """The words and quoted phrases of `words`, in their order.

    >>> split_words('"grain ships" Norra')
    ['grain ships', 'Norra']
    """
    # A lone surrogate, which no text of a record holds, could not be handed to SQLite.
    written = words.encode(errors="replace").decode().replace("\0", " ")
    phrases = [phrase or word for phrase, word in _WORDS.findall(written)]
    return [phrase for phrase in phrases if phrase.strip()]


def match_all(groups: Sequence[Sequence[str]]) -> str:
    """The FTS5 query for passages that hold a phrase of each group; empty where no group has a word.

    >>> match_all([["Ada Norra", "Norra"], ["grain"], ["—"]])
    '("Ada Norra" OR "Norra") AND "grain"'
    """
    # Joined by AND, a phrase without a word would leave nothing.
    held = [[_quote(phrase) for phrase in group if any(map(str.isalnum, phrase))] for group in groups]
    return " AND ".join(f"({' OR '.join(group)})" if len(group) > 1 else group[0] for group in held if group)


def _quote(phrase: str) -> str:
    return '"' + phrase.replace('"', " ") + '"'
