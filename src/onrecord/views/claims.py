"""The record to what is claimed: one row a claim, those that most reports hold first."""

from __future__ import annotations

from msgspec import Struct

from onrecord.record import Origin, Record
from onrecord.views.index import Evidence, Index
from onrecord.views.wording import is_named, word_standing


class ClaimRow(Struct, frozen=True, kw_only=True):
    """One claim; `standing` words the reports, origins and untraced ones, `confidence` is None of a single member."""

    id: str
    text: str
    author: str
    standing: str
    origins: tuple[str, ...]
    untraced: tuple[str, ...]
    reports: tuple[str, ...]
    independent: int
    evidence: tuple[Evidence, ...]
    confidence: float | None


def list_claims(record: Record, min_confidence: float = 0.0) -> list[ClaimRow]:
    """Every claim, by the number of reports, then of origins; ties in the order of the record."""
    index = Index(record)
    rows = []
    for claim in record.claims:
        if claim.confidence < min_confidence:
            continue
        reports = list(dict.fromkeys(m.report for m in claim.members))
        rows.append(
            ClaimRow(
                id=claim.id,
                text=claim.text,
                author=claim.author,
                standing=word_standing(len(reports), claim.independent, len(claim.untraced)),
                origins=name_origins(claim.origins),
                untraced=index.labels(claim.untraced),
                reports=index.labels(reports),
                independent=claim.independent,
                evidence=tuple(index.evidence(m.report, index.attribution(m).content) for m in claim.members),
                confidence=claim.confidence if len(claim.members) > 1 else None,
            )
        )
    return sorted(rows, key=lambda row: (-len(row.reports), -row.independent))


def name_origins(origins: tuple[Origin, ...]) -> tuple[str, ...]:
    """Each origin by its name, marked where nobody is named: "a US official (unnamed)"."""
    return tuple(origin.name if is_named(origin.class_) else f"{origin.name} (unnamed)" for origin in origins)
