"""What any reader of news knows: agencies and outlets, words of office, calendars, as data files with a reader."""

from onrecord.knowledge.offices import fullest_roles
from onrecord.knowledge.words import read_entries, read_table, read_words

__all__ = ["fullest_roles", "read_entries", "read_table", "read_words"]
