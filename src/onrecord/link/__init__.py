"""Analyses to links: which reports copy one another, which facts are of one person, contact, claim or affair."""

from onrecord.link.affairs import link_affairs
from onrecord.link.claims import link_claims
from onrecord.link.clusters import cluster, fact
from onrecord.link.contacts import link_contacts, link_unnamed
from onrecord.link.copies import find_copies
from onrecord.link.entities import link_entities
from onrecord.link.events import link_events
from onrecord.link.stories import link_stories

__all__ = [
    "cluster",
    "fact",
    "find_copies",
    "link_affairs",
    "link_claims",
    "link_contacts",
    "link_entities",
    "link_events",
    "link_stories",
    "link_unnamed",
]
