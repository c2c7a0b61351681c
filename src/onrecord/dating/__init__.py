"""Time expressions to days, and a report to the interval in which it was published."""

from onrecord.dating.expressions import find_timexes, resolve
from onrecord.dating.publication import find_publication

__all__ = ["find_publication", "find_timexes", "resolve"]
