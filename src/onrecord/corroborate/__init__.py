"""Links to entries: what stands on record, on whose word, and on how many that are distinct."""

from onrecord.corroborate.absent import build_absent
from onrecord.corroborate.claims import build_claims
from onrecord.corroborate.contacts import build_contacts
from onrecord.corroborate.disagreements import build_disagreements
from onrecord.corroborate.expectations import build_expectations
from onrecord.corroborate.order import rank
from onrecord.corroborate.origins import fold_copies, trace_origins
from onrecord.corroborate.reports import build_entities, build_reports, build_stories
from onrecord.corroborate.whole import ANCHORS, join_affairs

__all__ = [
    "ANCHORS",
    "build_absent",
    "build_claims",
    "build_contacts",
    "build_disagreements",
    "build_entities",
    "build_expectations",
    "build_reports",
    "build_stories",
    "fold_copies",
    "join_affairs",
    "rank",
    "trace_origins",
]
