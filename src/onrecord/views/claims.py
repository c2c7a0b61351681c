"""The record to what is claimed: one row a claim, those that most reports hold first."""

from __future__ import annotations

from collections import Counter

from msgspec import Struct

from onrecord.record import Attribution, AttributionMember, Claim, Doubt, Origin, Record
from onrecord.views.index import Evidence, Index
from onrecord.views.refs import refer
from onrecord.views.wording import is_named, join_words, word_count, word_standing


class ClaimRow(Struct, frozen=True, kw_only=True):
    """One claim; `standing` words the reports, origins and untraced ones, `confidence` is None of a single member.

    `doubts` say what would lower the number of origins.
    """

    id: str
    ref: str
    text: str
    author: str
    standing: str
    origins: tuple[str, ...]
    untraced: tuple[str, ...]
    reports: tuple[str, ...]
    independent: int
    evidence: tuple[Evidence, ...]
    confidence: float | None
    doubts: tuple[str, ...]


def list_claims(record: Record, min_confidence: float = 0.0, quoted: bool = True) -> list[ClaimRow]:
    """Every claim, by the number of reports, then of origins; ties in the order of the record.

    Of what is not `quoted` there is no evidence, for which the reports' own facts would be needed.
    """
    index = Index(record)
    rows = []
    for claim in record.claims:
        if claim.confidence < min_confidence:
            continue
        reports = list(dict.fromkeys(m.report for m in claim.members))
        rows.append(
            ClaimRow(
                id=claim.id,
                ref=refer("claim", claim.id),
                text=claim.text,
                author=claim.author,
                standing=word_standing(len(reports), claim.independent, len(claim.untraced)),
                origins=name_origins(claim.origins),
                untraced=index.labels(claim.untraced),
                reports=index.labels(reports),
                independent=claim.independent,
                evidence=_evidence(index, claim) if quoted else (),
                confidence=claim.confidence if len(claim.members) > 1 else None,
                doubts=word_doubts(index, claim),
            )
        )
    return sorted(rows, key=lambda row: (-len(row.reports), -row.independent))


def _evidence(index: Index, claim: Claim) -> tuple[Evidence, ...]:
    return tuple(index.evidence(m.report, x.content) for m, x in _innermost(index, claim))


def _innermost(index: Index, claim: Claim) -> list[tuple[AttributionMember, Attribution]]:
    """The members without those that only hold another: "the official told her that the road was shut"."""
    members = [(m, index.attribution(m)) for m in claim.members]
    holders = {(m.report, x.within) for m, x in members}
    return [(m, x) for m, x in members if (m.report, m.attribution) not in holders]


def name_origins(origins: tuple[Origin, ...]) -> tuple[str, ...]:
    """Each origin by its name, marked where nobody is named: "a US official (unnamed)"."""
    return tuple(origin.name if is_named(origin.class_) else f"{origin.name} (unnamed)" for origin in origins)


def word_doubts(index: Index, claim: Claim) -> tuple[str, ...]:
    """What would lower the number of origins, each in a sentence that says how many would then be left."""
    return tuple(
        f"{_word_doubt(index, claim, d)}: then {word_count(d.independent, 'traced origin', 'traced origins')}"
        for d in claim.doubts
    )


def _word_doubt(index: Index, claim: Claim, doubt: Doubt) -> str:
    if doubt.why == "unnamed":
        return f"{_name_all(doubt.origins)} are not named and could be one"
    if doubt.why == "one_body":
        people = {o.name for o in claim.origins if o.class_ == "named_person"}
        holder, body = sorted(doubt.origins, key=lambda name: name not in people)
        return f"{holder} holds an office in {body}"
    reports = dict.fromkeys(r for o in claim.origins if o.name in doubt.origins for r in o.reports)
    outlets = list(dict.fromkeys(index.analyses[r].outlet or index.analyses[r].key for r in reports))
    if len(outlets) == 1:
        return f"{_name_all(doubt.origins)} are known from {outlets[0]} alone"
    return f"{join_words(outlets)} have one owner"


def _name_all(names: tuple[str, ...]) -> str:
    """Each name once, with the number of those who are called so: "2 called “an official” and an aide"."""
    number = Counter(names)
    return join_words([name if n == 1 else f"{n:,} called “{name}”" for name, n in number.items()])
