"""The record to what does not agree in it: one row a disagreement, both sides in their own words."""

from __future__ import annotations

from msgspec import Struct

from onrecord.record import Disagreement, Record
from onrecord.views.index import Evidence, Index
from onrecord.views.refs import refer

KINDS = {
    "denial": "denied",
    "contradiction": "the two cannot both be so",
    "specificity": "one is more exact than the other",
    "omission": "left out by one",
    "hedge": "a hedge or a source lost in relay",
}
# Said of the second side, where there are no words to show: of an omission, and of what is denied.
MISSING = {"omission": "not in the account as relayed here", "denial": "said by nobody in these reports"}


class DisagreementRow(Struct, frozen=True, kw_only=True):
    """Two sides; `b` is None where the second one says nothing of it."""

    id: str
    ref: str
    kind: str
    kind_words: str
    why: str
    a: Evidence
    b: Evidence | None


def list_disagreements(record: Record, min_confidence: float = 0.0) -> list[DisagreementRow]:
    """Every disagreement, in the order of the record; they carry no probability, so none is held back."""
    index = Index(record)
    return [_row(index, disagreement) for disagreement in record.disagreements]


def _row(index: Index, disagreement: Disagreement) -> DisagreementRow:
    return DisagreementRow(
        id=disagreement.id,
        ref=refer("disagreement", disagreement.id),
        kind=disagreement.kind,
        kind_words=KINDS[disagreement.kind],
        why=disagreement.why,
        a=index.place(disagreement.a),
        b=index.place(disagreement.b) if disagreement.b else None,
    )
