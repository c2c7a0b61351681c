"""The whole grammar of time expressions: importing the files of rules fills it."""

from onrecord.dating import calendar_dates, clock, periods
from onrecord.dating.rules import Match, Meaning, find_matches

FILES = (calendar_dates, clock, periods)
__all__ = ["Match", "Meaning", "find_matches"]
