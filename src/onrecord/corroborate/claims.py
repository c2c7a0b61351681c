"""Clusters of attributions to claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.corroborate.doubts import find_doubts
from onrecord.corroborate.entries import entry_id
from onrecord.corroborate.origins import trace_origins
from onrecord.corroborate.voices import Who
from onrecord.record import Analysis, Attribution, AttributionMember, Claim, Span

# What is shorter is a statement ("no comment"), but no proposition that others could support.
LEAST_WORDS = 3


def build_claims(
    clusters: Sequence[Sequence[str]],
    facts: Mapping[str, tuple[Analysis, Attribution]],
    roots: Mapping[str, Sequence[str]],
    sure: Mapping[str, float],
    clauses: Mapping[str, Span],
    who: Who = lambda report, name: None,
) -> tuple[Claim, ...]:
    """One claim a cluster of attribution keys, in their order; its text is what the first says of it, verbatim.

    `roots` gives each report its outlet and those that copying joins to it, `sure` how surely each cluster of several
    belongs together by its first key, `clauses` which clause of a content it is that others share, and `who` whom a
    report means by a name.
    """
    out = []
    for cluster in clusters:
        members = [facts[key] for key in cluster]
        innermost = [(a, x) for a, x in members if not any(y.within == x.id for b, y in members if b is a)]
        traced = trace_origins(innermost, roots, who)
        analysis, first = members[0]
        text = _text(analysis, first, clauses.get(cluster[0]))
        if len(text.split()) < LEAST_WORDS:
            continue
        owners = {a.id: a.owner for a, _ in members if a.owner}
        out.append(
            Claim(
                id=entry_id("c", analysis.id, first.id),
                text=text,
                author=next((x.speaker.name for _, x in innermost if x.speaker.name), "not stated"),
                members=tuple(AttributionMember(a.id, x.id) for a, x in members),
                origins=traced.origins,
                independent=len(traced.ends),
                untraced=traced.untraced,
                confidence=sure.get(cluster[0], 1.0),
                doubts=find_doubts(traced, owners),
            )
        )
    return tuple(out)


def _text(analysis: Analysis, attribution: Attribution, clause: Span | None) -> str:
    """The clause of it, else all of it, without what stands between its pieces ("He," said Ms Norra, "will go.")."""
    start, end = clause or (attribution.content[0].start, attribution.content[-1].end)
    pieces = [analysis.text[max(a, start) : min(b, end)] for a, b in attribution.content]
    return " … ".join(piece for piece in pieces if any(map(str.isalnum, piece))).strip()


def content_text(analysis: Analysis, attribution: Attribution) -> str:
    """The words of a content, pieces joined by an ellipsis."""
    return " … ".join(analysis.text[a:b] for a, b in attribution.content)
