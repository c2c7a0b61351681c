"""The record on disk, in one SQLite file: the only room that speaks SQL."""

from onrecord.store.search import Hit, search
from onrecord.store.store import Store, read_record

__all__ = ["Hit", "Store", "read_record", "search"]
