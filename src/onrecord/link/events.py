"""The events of all reports to links: the same kind of deed by or to the same, unless day or place speaks against it.

The simplest honest form, until what they mean is compared: contacts have a room of their own (contacts.py).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations

from onrecord.knowledge import read_words
from onrecord.link.clusters import fact
from onrecord.record import Analysis, Copy, Event, Interval, Link

MAKER = "link.events"
# Reports that lie farther apart seldom tell of one event as news.
_FAR = timedelta(days=45)
# A name in more events than this tells nothing.
_MOST = 200


def link_events(analyses: Sequence[Analysis], copies: Sequence[Copy]) -> list[Link]:
    """Links between events that are no contacts, of different reports: "same" with reason, "different" on conflict."""
    copied = {frozenset((c.a, c.b)) for c in copies}
    by_id = {a.id: a for a in analyses}
    groups: dict[tuple[str, str], list[tuple[str, Event]]] = defaultdict(list)
    for analysis in analyses:
        for event in analysis.events:
            if not event.contact:
                for key in _keys(event):
                    groups[key].append((analysis.id, event))
    shared: dict[tuple[tuple[str, str], tuple[str, str]], tuple[Event, Event, set[str]]] = {}
    for (kind, _), group in groups.items():
        if len(group) <= _MOST:
            for (report, event), (other, second) in combinations(group, 2):
                pair = ((report, event.id), (other, second.id))
                shared.setdefault(pair, (event, second, set()))[2].add(kind)
    out = []
    for ((report, a), (other, b)), (event, second, ways) in sorted(shared.items(), key=lambda x: x[0]):
        if report == other or not _near(by_id[report], by_id[other]):
            continue
        relation = "different" if _conflict(event, second) else "same"
        score = 0.9 if frozenset((report, other)) in copied else min(0.5 + 0.1 * len(ways), 0.85)
        out.append(
            Link(left=fact(report, a), right=fact(other, b), relation=relation, score=score, evidence=(), by=MAKER)  # type: ignore[arg-type]
        )
    return out


def _keys(event: Event) -> Iterator[tuple[str, str]]:
    """What an event has in common with others that may be the same: its word or type, with each name in it."""
    words = event.kind.split() or [""]
    head = re.sub(r"(?:ed|ing|es|s|e)$", "", words[-1])
    names = {w for n in (*event.actors, *event.recipients) for w in _words(n)}
    if event.place:
        names |= set(_words(event.place))
    for name in sorted(names):
        yield head, name
    if " " in event.kind and not names:
        yield "kind", " ".join([*words[:-1], head])
    for actor in {w for n in event.actors for w in _words(n)}:
        for recipient in {w for n in event.recipients for w in _words(n)}:
            if event.type:
                yield event.type, f"{actor} {recipient}"


def _words(name: str) -> list[str]:
    common = read_words("offices") | read_words("function_words")
    return [w for w in re.findall(r"\w+", name.casefold()) if len(w) > 2 and w not in common]


def _near(a: Analysis, b: Analysis) -> bool:
    """Whether the two may be of one affair: days that are not known speak against nothing."""
    return not _wide(a).misses(_wide(b))


def _wide(analysis: Analysis) -> Interval:
    first, last = analysis.published.earliest, analysis.published.latest
    return Interval(first - _FAR if first and first > date.min + _FAR else None, last)


def _conflict(a: Event, b: Event) -> bool:
    """Whether the days have none in common, or two places are named that have no word in common."""
    if a.when is not None and b.when is not None and a.when.misses(b.when):
        return True
    if not a.place or not b.place or a.place.casefold() == b.place.casefold():
        return False
    return not set(_words(a.place)) & set(_words(b.place))
