"""The record to who said what: one row a statement, in the order of the reports."""

from __future__ import annotations

from msgspec import Struct

from onrecord.record import AttributionMember, Record
from onrecord.views.index import Evidence, Index, When
from onrecord.views.refs import refer_statement
from onrecord.views.wording import CHANNELS, word_chain, word_class, word_stance


class Statement(Struct, frozen=True, kw_only=True):
    """One statement of one report; `also` are the other reports that hold the same claim."""

    id: str
    ref: str
    speaker: str
    speaker_class: str
    chain: str
    addressee: str | None
    channel: str
    said: When
    stance: str
    words: Evidence
    also: tuple[str, ...]
    confidence: float

    def __str__(self) -> str:
        return f"{self.speaker}: {self.words}"


def list_statements(record: Record, min_confidence: float = 0.0) -> list[Statement]:
    """Every statement, reports in the order of the record, statements in the order of the text."""
    index = Index(record)
    rows = (state(index, member) for analysis in record.analyses for member in index.statements(analysis))
    return [row for row in rows if row.confidence >= min_confidence]


def state(index: Index, member: AttributionMember) -> Statement:
    """The row of one attribution."""
    attribution = index.attribution(member)
    speaker, claim = attribution.speaker, index.claim(member)
    others = (m.report for m in claim.members if m.report != member.report) if claim else ()
    return Statement(
        id=attribution.id,
        ref=refer_statement(member.report, attribution.id),
        speaker=speaker.name or "source not stated",
        speaker_class=word_class(speaker.class_, speaker.count),
        chain=word_chain(attribution.chain),
        addressee=attribution.addressee,
        channel=CHANNELS[attribution.channel],
        said=index.when(attribution.said, [member.report]),
        stance=word_stance(attribution),
        words=index.evidence(member.report, attribution.content),
        also=index.labels(others),
        confidence=attribution.confidence,
    )
