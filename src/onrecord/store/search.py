"""Words to the reports and statements of a record that hold them."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from onrecord.record import Span
from onrecord.store.store import Store
from onrecord.store.words import quote_words


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
    query = quote_words(words)
    with Store.open(path) as store:
        rows = store.search_rows(query, limit) if query else []
    return [
        Hit(report=report, attribution=attribution, span=Span(start, end), excerpt=excerpt)
        for report, attribution, start, end, excerpt in rows
    ]
