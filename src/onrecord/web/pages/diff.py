"""Two reports to the page that compares their texts."""

from __future__ import annotations

from typing import Any

from onrecord.ask.texts import compare_texts
from onrecord.record import OnrecordError, Record
from onrecord.views.index import Index


def show_diff(record: Record, a: str, b: str) -> dict[str, Any]:
    """What the page of a comparison shows.

    Raises:
        OnrecordError: one of the two is no report of the record.
    """
    index = Index(record)
    for id in (a, b):
        if id not in index.analyses:
            raise OnrecordError(f'there is no report "{id}" in this record')
    one, other = index.analyses[a], index.analyses[b]
    return {
        "title": f"{index.label(a)} and {index.label(b)}",
        "one": (a, index.label(a)),
        "other": (b, index.label(b)),
        "changes": compare_texts(one.text, other.text),
    }
