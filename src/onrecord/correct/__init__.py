"""Corrections by people to corrected analyses and to links."""

from onrecord.correct.amend import correct
from onrecord.correct.choose import NOUNS
from onrecord.correct.days import read_days
from onrecord.correct.idle import find_idle
from onrecord.correct.links import correction_links
from onrecord.correct.log import State, log_states, standing
from onrecord.correct.make import make_corrections, make_undo

__all__ = [
    "NOUNS",
    "State",
    "correct",
    "correction_links",
    "find_idle",
    "log_states",
    "make_corrections",
    "make_undo",
    "read_days",
    "standing",
]
