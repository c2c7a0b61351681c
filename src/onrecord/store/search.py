"""Words to the reports and statements of a record that hold them."""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from onrecord.record import Span
from onrecord.store.store import Store

_WORDS = re.compile(r'"([^"]*)"|([^\s"]+)')


class Hit(Struct, frozen=True, kw_only=True):
    """A passage that holds all the words: a whole report, or the content of the attribution `attribution`."""

    report: str
    attribution: str | None
    span: Span
    excerpt: str


def search(path: str | Path, words: str, *, limit: int = 50) -> list[Hit]:
    """The passages of the record at `path` that hold all of `words`, best first.

    Words are found in any inflection and without regard to case or accents, those in double quotes as a phrase.

    Raises:
        OnrecordError: there is no record at `path` that this version can read.
    """
    query = _quote(words)
    with Store.open(path) as store:
        rows = store.search_rows(query, limit) if query else []
    return [
        Hit(report=report, attribution=attribution, span=Span(start, end), excerpt=excerpt)
        for report, attribution, start, end, excerpt in rows
    ]


def _quote(words: str) -> str:
    """`words` as an FTS5 query in which nothing but quotation marks has a meaning.

    >>> _quote('NOT "grain ships" col:on*')
    '"NOT" "grain ships" "col:on*"'
    """
    # A lone surrogate, which no text of a record holds, could not be handed to SQLite.
    written = words.encode(errors="replace").decode().replace("\0", " ")
    phrases = [phrase or word for phrase, word in _WORDS.findall(written)]
    return " ".join(f'"{phrase}"' for phrase in phrases if phrase.strip())
