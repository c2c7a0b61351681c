"""Time expressions to days, and a report to the interval in which it was published."""

from onrecord.dating.clues import find_hints
from onrecord.dating.habits import SAMPLE, Habits, find_habits
from onrecord.dating.publication import find_publication
from onrecord.dating.readings import resolve
from onrecord.dating.redate import hang, redate, with_date
from onrecord.dating.timexes import find_timexes, read_words, resolve_timexes
from onrecord.dating.told import TOLD

__all__ = [
    "SAMPLE",
    "TOLD",
    "Habits",
    "find_habits",
    "find_hints",
    "find_publication",
    "find_timexes",
    "hang",
    "read_words",
    "redate",
    "resolve",
    "resolve_timexes",
    "with_date",
]
