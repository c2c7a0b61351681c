"""Clusters of attributions to claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.corroborate.entries import entry_id
from onrecord.corroborate.origins import trace_origins
from onrecord.record import Analysis, Attribution, AttributionMember, Claim

# What is shorter is a statement ("no comment"), but no proposition that others could support.
LEAST_WORDS = 3
# A pair of links joins with this much doubt where nothing better is known.
JOINED = 0.8


def build_claims(
    clusters: Sequence[Sequence[str]],
    facts: Mapping[str, tuple[Analysis, Attribution]],
    roots: Mapping[str, str],
) -> tuple[Claim, ...]:
    """One claim a cluster of attribution keys, in their order; its text is the first content, verbatim."""
    out = []
    for cluster in clusters:
        members = [facts[key] for key in cluster]
        innermost = [(a, x) for a, x in members if not any(y.within == x.id for b, y in members if b is a)]
        origins, untraced = trace_origins(innermost, roots)
        analysis, first = members[0]
        if len(content_text(analysis, first).split()) < LEAST_WORDS:
            continue
        author = next((x.speaker.name for _, x in innermost if x.speaker.name), "not stated")
        out.append(
            Claim(
                id=entry_id("c", analysis.id, first.id),
                text=content_text(analysis, first),
                author=author,
                members=tuple(AttributionMember(a.id, x.id) for a, x in members),
                origins=origins,
                independent=len(origins),
                untraced=untraced,
                confidence=1.0 if len(members) == 1 else JOINED,
            )
        )
    return tuple(out)


def content_text(analysis: Analysis, attribution: Attribution) -> str:
    """The words of a content, pieces joined by an ellipsis."""
    return " … ".join(analysis.text[a:b] for a, b in attribution.content)
