"""The record on disk, in one SQLite file or a schema of a PostgreSQL database: the only room that speaks SQL."""

from onrecord.store.affairs import Affairs
from onrecord.store.blocks import Coded
from onrecord.store.catalogue import Catalogue
from onrecord.store.columns import EntryColumns, StatementColumns
from onrecord.store.completion import Completion
from onrecord.store.database import is_there
from onrecord.store.file import describe_sqlite
from onrecord.store.part import named_reports
from onrecord.store.store import Store, read_record
from onrecord.store.words import match_all, split_words

__all__ = [
    "Affairs",
    "Catalogue",
    "Coded",
    "Completion",
    "EntryColumns",
    "StatementColumns",
    "Store",
    "describe_sqlite",
    "is_there",
    "match_all",
    "named_reports",
    "read_record",
    "split_words",
]
