"""A parse to the events that its report tells of, calls and meetings among them."""

from onrecord.events.find import find_events

__all__ = ["find_events"]
