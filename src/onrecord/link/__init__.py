"""Analyses to links: which reports copy one another, which facts are of one person, contact, claim or affair."""

from onrecord.link.across import Party, entry_keys, join_judgements, judge_block, link_across, party, party_keys
from onrecord.link.addresses import fold_url
from onrecord.link.affairs import link_affairs
from onrecord.link.claims import compare_claims, link_claims, shared_clauses
from onrecord.link.clusters import cluster, fact, weigh_clusters
from onrecord.link.contacts import link_contacts
from onrecord.link.contents import see_contents
from onrecord.link.copies import find_copies
from onrecord.link.disagreements import find_disagreements
from onrecord.link.entities import link_entities
from onrecord.link.events import compare_undated, link_events
from onrecord.link.judgements import Judgement
from onrecord.link.marks import Mark, find_bearing, group_reports, mark
from onrecord.link.parties import Parties
from onrecord.link.sketches import DAYS
from onrecord.link.stories import link_stories

__all__ = [
    "DAYS",
    "Judgement",
    "Mark",
    "Parties",
    "Party",
    "cluster",
    "compare_claims",
    "compare_undated",
    "entry_keys",
    "fact",
    "find_bearing",
    "find_copies",
    "find_disagreements",
    "fold_url",
    "group_reports",
    "join_judgements",
    "judge_block",
    "link_across",
    "link_affairs",
    "link_claims",
    "link_contacts",
    "link_entities",
    "link_events",
    "link_stories",
    "mark",
    "party",
    "party_keys",
    "see_contents",
    "shared_clauses",
    "weigh_clusters",
]
