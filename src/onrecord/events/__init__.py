"""A parse to events: for now the calls, meetings and visits of named people."""

from onrecord.events.contacts import find_contacts

__all__ = ["find_contacts"]
