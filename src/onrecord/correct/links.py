"""Corrections to the links by which people join and part facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from onrecord.correct.facts import find_fact
from onrecord.correct.log import standing
from onrecord.record import Analysis, Correction, FactKind, Link, Place, Target


def correction_links(analyses: Sequence[Analysis], corrections: Iterable[Correction]) -> list[Link]:
    """The links "same" and "different" of the `corrections` that stand, the latest first.

    `analyses` are those that `correct` gives, in any order. The two ends are keys of facts ("r1/v2"), or ids of reports
    where these are said to be of one story or of two. A link whose place holds no fact any more is left out.
    """
    by_id = {a.id: a for a in analyses}
    out = []
    for c in reversed(standing(corrections)):
        if c.kind not in ("same", "different"):
            continue
        if pair := find_pair(by_id, c):
            evidence = tuple(Place(t.report, span) for t in (c.target, c.other) if t for span in t.spans)
            relation: Literal["same", "different"] = "same" if c.kind == "same" else "different"
            out.append(Link(left=pair[0], right=pair[1], relation=relation, score=1.0, evidence=evidence, by=c.by))
    return out


def find_pair(analyses: Mapping[str, Analysis], c: Correction) -> tuple[str, str] | None:
    """The keys of the two facts that a link is about, by report id; None where one is gone, or both are one by now."""
    left, right = (_key(analyses, c.about, target) if target else None for target in (c.target, c.other))
    return (left, right) if left and right and left != right else None


def _key(analyses: Mapping[str, Analysis], about: FactKind, target: Target) -> str | None:
    """As `link.fact` writes it."""
    if target.report not in analyses:
        return None
    if about == "report":
        return target.report
    found = find_fact(analyses[target.report], about, target)
    return f"{target.report}/{found}" if found else None
