"""What any reader of news knows: agencies and outlets, words of office, calendars, as data files with a reader."""

from onrecord.knowledge.countries import country_code, find_country_codes
from onrecord.knowledge.events import PublicEvent, find_countries
from onrecord.knowledge.feasts import feast_days
from onrecord.knowledge.offices import fullest_roles
from onrecord.knowledge.own import OwnNames, load_own_names
from onrecord.knowledge.public import Knowledge, Tenure, load_knowledge
from onrecord.knowledge.words import one_of, read_entries, read_lists, read_table, read_words

__all__ = [
    "Knowledge",
    "OwnNames",
    "PublicEvent",
    "Tenure",
    "country_code",
    "feast_days",
    "find_countries",
    "find_country_codes",
    "fullest_roles",
    "load_knowledge",
    "load_own_names",
    "one_of",
    "read_entries",
    "read_lists",
    "read_table",
    "read_words",
]
