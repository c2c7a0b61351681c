"""Links to entries: what stands on record, on whose word, and on how many that are distinct."""

from onrecord.corroborate.claims import build_claims
from onrecord.corroborate.contacts import build_contacts
from onrecord.corroborate.origins import fold_copies, trace_origins
from onrecord.corroborate.reports import build_absent, build_entities, build_reports, build_stories
from onrecord.corroborate.whole import ANCHORS, join_affairs, rank

__all__ = [
    "ANCHORS",
    "build_absent",
    "build_claims",
    "build_contacts",
    "build_entities",
    "build_reports",
    "build_stories",
    "fold_copies",
    "join_affairs",
    "rank",
    "trace_origins",
]
