"""The contacts of all reports to links: one only where parties, kind and day agree.

Two calls between the same two people are two until something shows that they are one. What shows it is the same day
in both, or that one report copies the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from onrecord.knowledge import read_table
from onrecord.link.clusters import fact
from onrecord.link.entities import fold_name
from onrecord.record import Analysis, Copy, Event, Link

MAKER = "link.contacts"


def link_unnamed(analyses: Sequence[Analysis], affairs: Sequence[Sequence[str]]) -> list[Link]:
    """Links "same" between contacts without names and the one of that kind and day in the same affair.

    A report may say no more than "the call of 23 October". `affairs` are the ids of the reports of each affair.
    """
    by_id = {a.id: a for a in analyses}
    out = []
    for affair in affairs:
        named = [(r, e) for r in affair for e in by_id[r].events if e.contact and _day(e)]
        for report in affair:
            for event in by_id[report].events:
                unnamed = not (event.contact or event.actors or event.recipients)
                kind = read_table("contact_nouns").get(event.kind) if unnamed else None
                if kind is None or not _day(event):
                    continue
                fitting = [(r, e) for r, e in named if r != report and e.contact == kind and _day(e) == _day(event)]
                parties = {frozenset(fold_name(n) for n in (*e.actors, *e.recipients)) for _, e in fitting}
                if len(parties) == 1:
                    other, known = fitting[0]
                    left, right = fact(other, known.id), fact(report, event.id)
                    out.append(Link(left=left, right=right, relation="same", score=0.7, evidence=(), by=MAKER))
    return out


def _day(event: Event) -> date | None:
    """The one day on which an event is told to have been, if it is one."""
    when = event.when
    return when.earliest if when and when.earliest and when.earliest == when.latest else None


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
        if days[0].misses(days[1]):
            return "different"
        return "same" if days[0] == days[1] else None
    return "same" if copied else None
