"""The events of all reports to links: which are one, by what is learned of words, meanings, parties, times and places.

Two are compared where their reports are of one story; that their statuses differ is no reason against it, since what
was planned, foretold or denied may be what then happened. Contacts have a room of their own (contacts.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from onrecord.link.conflicts import conflict
from onrecord.link.contact_words import contact_kind
from onrecord.link.linkage import Pair, join_likely, span_clusters
from onrecord.link.pairs import EVENT_COLUMNS, REPORT_COLUMNS, as_rows, compare_events, compare_reports
from onrecord.link.scorer import Judge, load_scorer, probability, sure
from onrecord.link.sights import EventSight, Numbers, see_events, see_report
from onrecord.record import Analysis, Copy, Event, Link, Place

MAKER = "link.events"
# How probable the pairs of two clusters must be on average, and a pair to be told of as known to be different.
ONE, NEARLY = 0.4, 0.25
# Events of reports with lower log-odds of one affair are never brought together, however alike they are: the same deed
# to somebody else.
OTHER_AFFAIR = -1.0
# Each event is compared with so many that come next by day, report and place.
_NEXT = 400
# Triggers that mean less alike than this are compared only where they are one word or those who act are the same.
_ALIKE = 0.12
# Two words that are both less likely to tell of an event than this are compared with nothing.
_SURE = 0.2
# What a copy tells in the same words is the same.
_COPIED = 0.9
# ECB+ hardly dates its events, so this is set by hand: that two are told to have been on one day, and on no other,
# multiplies the odds that they are one so many times.
_ONE_DAY = 7


@dataclass(frozen=True, slots=True)
class Judged:
    """The events of one story, and what is thought of the pairs of them that were compared, by their keys.

    `different` contradict each other; `apart` may not come together for that or another reason.
    """

    sights: Sequence[EventSight]
    scores: Mapping[Pair, float]
    different: frozenset[Pair]
    apart: frozenset[Pair]


def link_events(
    analyses: Sequence[Analysis],
    copies: Sequence[Copy],
    stories: Sequence[Sequence[str]] | None = None,
    within: bool = False,
) -> list[Link]:
    """Links between events of one story that are no contacts: "same" as a tree of each cluster, and "different".

    `stories` are the ids of the reports of each, by default all of one. Events of one report are different, since its
    reader has found that they are not one; with `within` they are compared like others. The score of a link is the
    probability that both are one, whatever else is on record. The order of what is given changes nothing.
    """
    out = []
    for judged in judge_events(analyses, copies, stories, within):
        by_key = {s.key: s for s in judged.sights}
        homes = join_likely(list(by_key), judged.scores, judged.apart, ONE)
        for (a, b), score in span_clusters(judged.scores, homes):
            out.append(_link(by_key[a], by_key[b], "same", score))
        out += [
            _link(by_key[a], by_key[b], "different", 1 - judged.scores[a, b])
            for a, b in sorted(judged.different)
            if judged.scores[a, b] >= NEARLY
        ]
    return sorted(out, key=lambda k: (k.left, k.right))


def judge_events(
    analyses: Sequence[Analysis],
    copies: Sequence[Copy],
    stories: Sequence[Sequence[str]] | None = None,
    within: bool = False,
) -> Iterator[Judged]:
    """What is thought of the events of each story."""
    by_id = {a.id: a for a in analyses}
    copied = {frozenset((c.a, c.b)) for c in copies}
    for story in [sorted(by_id)] if stories is None else stories:
        given = sorted((by_id[r] for r in story), key=lambda a: (a.published.earliest or date.max, a.id))
        yield _judge(given, copied, within)


def _judge(given: Sequence[Analysis], copied: set[frozenset[str]], within: bool) -> Judged:
    held = candidates(given, within)
    scorer = load_scorer()
    rows = held.rows(scorer.of_reports)
    judged = judge(held, rows, probability(scorer.of_events.odds(rows)), copied)
    if within:
        return judged
    apart = set(judged.apart)
    for n in range(len(given)):
        keys = sorted(s.key for s in held.sights if s.report == n)
        apart |= {(a, b) for k, a in enumerate(keys) for b in keys[k + 1 :]}
    return replace(judged, apart=frozenset(apart))


def judge(held: Candidates, rows: Numbers, found: Numbers, copied: Set[frozenset[str]] = frozenset()) -> Judged:
    """The pairs by their `rows` and the probabilities `found`; `copied` are the ids of each copy and its model."""
    affairs = rows[:, EVENT_COLUMNS.index("affair")].tolist()
    scores, different, apart = {}, set(), set()
    for (a, b), score, affair in zip(held.pairs, found.tolist(), affairs, strict=True):
        pair = (a.key, b.key) if a.key < b.key else (b.key, a.key)
        one, other = held.given[a.report], held.given[b.report]
        taken_over = frozenset((one.id, other.id)) in copied and a.word == b.word and a.near == b.near
        raised = round(_ONE_DAY * score / (1 + (_ONE_DAY - 1) * score), 4) if _on_one_day(a, b) else score
        scores[pair] = max(raised, _COPIED) if taken_over else raised
        if conflict(a.event, b.event, one, other):
            different.add(pair)
        elif affair < OTHER_AFFAIR:
            apart.add(pair)
    return Judged(held.sights, scores, frozenset(different), frozenset(apart | different))


def _on_one_day(a: EventSight, b: EventSight) -> bool:
    """Whether two reports tell of one day."""
    days = a.event.when
    one = days is not None and days.earliest is not None and days.earliest == days.latest and days == b.event.when
    return one and a.report != b.report


@dataclass(frozen=True, slots=True)
class Candidates:
    """The reports of one story, their events, and the pairs of these worth a closer look."""

    given: Sequence[Analysis]
    sights: Sequence[EventSight]
    pairs: Sequence[tuple[EventSight, EventSight]]

    def rows(self, of_reports: Judge) -> Numbers:
        """(pairs, EVENT_COLUMNS), with what `of_reports` thinks of their reports."""
        seen = {n: see_report(self.given[n]) for n in sorted({s.report for pair in self.pairs for s in pair})}
        beside = sorted({(a.report, b.report) for a, b in self.pairs if a.report != b.report})
        compared = as_rows([compare_reports(seen[i], seen[j]) for i, j in beside], len(REPORT_COLUMNS))
        affairs = dict(zip(beside, sure(of_reports.odds(compared)).tolist(), strict=True))
        rows = [
            compare_events(a, b, seen[a.report], seen[b.report], affairs.get((a.report, b.report), 0.0))
            for a, b in self.pairs
        ]
        return as_rows(rows, len(EVENT_COLUMNS))


def candidates(given: Sequence[Analysis], within: bool) -> Candidates:
    """The events of `given`, in order, and the pairs of them that are compared; those of one report if `within`."""
    sights = [s for n, a in enumerate(given) for s in see_events(a, n)]
    if within:
        return Candidates(given, sights, list(_near(sights)))
    talks = {s.key for s in sights if _is_talk(given[s.report], s.event)}
    pairs = [
        (a, b)
        for a, b in _near(sights)
        if a.report != b.report and _is_sure(a, b) and (_on_one_day(a, b) or talks.isdisjoint((a.key, b.key)))
    ]
    return Candidates(given, sights, pairs)


def _is_talk(analysis: Analysis, event: Event) -> bool:
    """Whether "the conversation" or "the talks" may be one of the contacts that the report tells of."""
    return any(e.contact for e in analysis.events) and contact_kind(analysis, event) is not None


def _is_sure(a: EventSight, b: EventSight) -> bool:
    """Whether one of the two is likely to be an event at all: two that are alike are so all the more if none is."""
    return max(a.event.confidence, b.event.confidence) >= _SURE


def _near(sights: Sequence[EventSight]) -> Iterator[tuple[EventSight, EventSight]]:
    """The pairs worth a closer look, the earlier first."""
    if not sights:
        return
    rows = np.array([s.vector.row for s in sights])
    norms = np.array([s.vector.norm for s in sights])
    for n, one in enumerate(sights):
        last = n + 1 + _NEXT
        near = (rows[n + 1 : last] @ one.vector.row) / norms[n + 1 : last] / one.vector.norm
        for other, alike in zip(sights[n + 1 : last], near.tolist(), strict=True):
            if alike >= _ALIKE or one.stem == other.stem or one.parties & other.parties:
                yield one, other


def _report(key: str) -> str:
    return key.rpartition("/")[0]


def _link(a: EventSight, b: EventSight, relation: str, score: float) -> Link:
    evidence = tuple(Place(_report(s.key), s.event.evidence[0]) for s in (a, b))
    return Link(left=a.key, right=b.key, relation=relation, score=round(score, 4), evidence=evidence, by=MAKER)  # type: ignore[arg-type]
