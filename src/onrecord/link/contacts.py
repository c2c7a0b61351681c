"""The contacts of all reports to links: one only where parties, kind and day agree.

Two calls between the same two people are two until something shows that they are one. What shows it is the same day
in both, or that one report copies the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.link.clusters import fact
from onrecord.link.entities import fold_name
from onrecord.record import Analysis, Copy, Event, Link

MAKER = "link.contacts"


def link_contacts(analyses: Sequence[Analysis], copies: Sequence[Copy]) -> list[Link]:
    """Links between contacts of the same parties and kind: "same" with reason, "different" where days conflict."""
    copied = {frozenset((c.a, c.b)) for c in copies}
    groups: dict[tuple[str, frozenset[str]], list[tuple[str, Event]]] = defaultdict(list)
    for analysis in analyses:
        for event in analysis.events:
            if event.contact:
                parties = frozenset(fold_name(n) for n in (*event.actors, *event.recipients))
                groups[event.contact, parties].append((analysis.id, event))
    out = []
    for group in groups.values():
        for i, (report, event) in enumerate(group):
            for other, second in group[i + 1 :]:
                relation = _relation(event, second, report == other, frozenset((report, other)) in copied)
                if relation:
                    names = fact(report, event.id), fact(other, second.id)
                    score = 0.9 if relation == "same" else 0.95
                    out.append(
                        Link(left=names[0], right=names[1], relation=relation, score=score, evidence=(), by=MAKER)  # type: ignore[arg-type]
                    )
    return out


def _relation(a: Event, b: Event, one_report: bool, copied: bool) -> str | None:
    days = [e.when for e in (a, b)]
    if one_report:
        return "different"
    if days[0] and days[1] and days[0].latest and days[1].latest and days[0].earliest and days[1].earliest:
        if days[0].latest < days[1].earliest or days[1].latest < days[0].earliest:
            return "different"
        return "same" if days[0] == days[1] else None
    return "same" if copied else None
