"""The record to the sources that its reports cite and that it does not hold."""

from __future__ import annotations

from msgspec import Struct

from onrecord.record import Record
from onrecord.views.index import Index, When
from onrecord.views.wording import word_class


class AbsentRow(Struct, frozen=True, kw_only=True):
    """One source to look for, and the reports that cite it."""

    name: str
    class_words: str
    when: When
    cited_by_count: int
    cited_by: tuple[str, ...]


def list_absent(record: Record, min_confidence: float = 0.0) -> list[AbsentRow]:
    """Every absent source, by the number of reports that cite it, then by name; they carry no probability."""
    index = Index(record)
    rows = [
        AbsentRow(
            name=absent.name,
            class_words=word_class(absent.class_),
            when=index.when(absent.when, absent.cited_by),
            cited_by_count=len(absent.cited_by),
            cited_by=index.labels(absent.cited_by),
        )
        for absent in record.absent
    ]
    return sorted(rows, key=lambda row: (-row.cited_by_count, row.name))
