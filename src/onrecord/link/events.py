"""The events of all reports to links: which are one, by what is learned of words, meanings, parties, times and places.

Two are compared where their reports are of one story; that their statuses differ is no reason against it, since what
was planned, foretold or denied may be what then happened. Contacts have a room of their own (contacts.py).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from onrecord.link.conflicts import Bounds, conflict, see_bounds
from onrecord.link.contact_words import contact_kind
from onrecord.link.event_rows import EVENT_COLUMNS, Pairs, compare_events
from onrecord.link.linkage import Pair, join_likely, span_clusters
from onrecord.link.pairs import REPORT_COLUMNS, as_rows, compare_reports
from onrecord.link.scorer import Judge, load_scorer, probability, sure
from onrecord.link.sights import EventSight, Numbers, see_events, see_report
from onrecord.record import Analysis, Copy, Event, Link, Place

MAKER = "link.events"
# How probable the pairs of two clusters must be on average, and a pair to be told of as known to be different.
ONE, NEARLY = 0.35, 0.25
# Events of reports with lower log-odds of one affair are never brought together, however alike they are: the same deed
# to somebody else.
OTHER_AFFAIR = -1.5
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
_COLUMN = {name: n for n, name in enumerate(EVENT_COLUMNS)}


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


def compare_undated(analyses: Sequence[Analysis], copies: Sequence[Copy], least: float) -> list[Link]:
    """Links "same", each by itself, between the events of a report without a given date and those of others.

    It may be known from these when the report was written: they are judged as if it were not known, and only those
    that are `least` probable are told of.
    """
    undated = {a.id for a in analyses if not a.published.given}
    if not undated or len(undated) == len(analyses):
        return []
    out = []
    for judged in judge_events(analyses, copies):
        by_key = {s.key: s for s in judged.sights}
        for (a, b), score in judged.scores.items():
            about = _report(a) in undated or _report(b) in undated
            if about and score >= least and (a, b) not in judged.different:
                out.append(_link(by_key[a], by_key[b], "same", score))
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
    given, sights, (left, right) = held.given, held.sights, held.pairs
    bounds = [see_bounds(s.event, given[s.report]) for s in sights]
    raised = np.round(_ONE_DAY * found / (1 + (_ONE_DAY - 1) * found), 4)
    likely = np.where(_on_one_day(sights, held.pairs), raised, found).tolist()
    # What has no bounds, and no other report that was copied, need not be asked.
    asked = _may_conflict(bounds, held.pairs)
    if copied:
        asked |= (rows[:, _COLUMN["word"]] > 0) & (rows[:, _COLUMN["report"]] == 0)
    scores, different = dict(zip(held.named(), likely, strict=True)), set()
    for n in np.flatnonzero(asked).tolist():
        i, j = int(left[n]), int(right[n])
        a, b = sights[i], sights[j]
        pair = _key(a, b)
        if frozenset((given[a.report].id, given[b.report].id)) in copied and a.word == b.word and a.near == b.near:
            scores[pair] = max(scores[pair], _COPIED)
        if conflict(bounds[i], bounds[j]):
            different.add(pair)
    far = np.flatnonzero(rows[:, _COLUMN["affair"]] < OTHER_AFFAIR).tolist()
    apart = {_key(sights[left[n]], sights[right[n]]) for n in far}
    return Judged(sights, scores, frozenset(different), frozenset(apart | different))


def _key(a: EventSight, b: EventSight) -> Pair:
    return (a.key, b.key) if a.key < b.key else (b.key, a.key)


def _may_conflict(bounds: Sequence[Bounds], pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs have bounds of one kind, and of days no common one."""
    i, j = pairs
    first = np.array([b.when.earliest.toordinal() if b.when.earliest else 0 for b in bounds], np.int64)
    last = np.array([b.when.latest.toordinal() if b.when.latest else _FAR for b in bounds], np.int64)
    found: NDArray[np.bool_] = (last[i] < first[j]) | (last[j] < first[i])
    for kind in ("place", "person", "turn", "sides"):
        has = np.fromiter((bool(getattr(b, kind)) for b in bounds), bool, len(bounds))
        found |= has[i] & has[j]
    return found


# Behind all days.
_FAR = 4_000_000


def _on_one_day(sights: Sequence[EventSight], pairs: Pairs) -> NDArray[np.bool_]:
    """Whether two reports tell of one day."""
    (i, j), whens = pairs, [s.event.when for s in sights]
    days = np.fromiter(
        (w.earliest.toordinal() if w and w.earliest and w.earliest == w.latest else 0 for w in whens), int, len(whens)
    )
    report = np.fromiter((s.report for s in sights), int, len(sights))
    same: NDArray[np.bool_] = (days[i] > 0) & (days[i] == days[j]) & (report[i] != report[j])
    return same


@dataclass(frozen=True, slots=True)
class Candidates:
    """The reports of one story, their events, and the places among these of the pairs worth a closer look, sorted."""

    given: Sequence[Analysis]
    sights: Sequence[EventSight]
    pairs: Pairs

    def named(self) -> list[Pair]:
        """The keys of the events of each pair, the first by name before the other."""
        left, right = (side.tolist() for side in self.pairs)
        return [_key(self.sights[i], self.sights[j]) for i, j in zip(left, right, strict=True)]

    def rows(self, of_reports: Judge) -> Numbers:
        """(pairs, EVENT_COLUMNS), with what `of_reports` thinks of their reports."""
        report = np.fromiter((s.report for s in self.sights), np.int64, len(self.sights))
        seen = {n: see_report(self.given[n]) for n in sorted({*report.tolist()})}
        both = np.unique(np.stack([report[side] for side in self.pairs], axis=1), axis=0).tolist()
        beside = [(i, j) for i, j in both if i != j]
        compared = as_rows([compare_reports(seen[i], seen[j]) for i, j in beside], len(REPORT_COLUMNS))
        affairs = dict(zip(beside, sure(of_reports.odds(compared)).tolist(), strict=True))
        return compare_events(self.sights, self.pairs, seen, affairs)


def candidates(given: Sequence[Analysis], within: bool) -> Candidates:
    """The events of `given`, in order, and the pairs of them that are compared; those of one report if `within`."""
    sights = [s for n, a in enumerate(given) for s in see_events(a, n)]
    left, right = pairs = _near(sights)
    if within:
        return Candidates(given, sights, pairs)
    report = np.fromiter((s.report for s in sights), np.int64, len(sights))
    sure_ = np.fromiter((s.event.confidence >= _SURE for s in sights), bool, len(sights))
    talks = np.fromiter((_is_talk(given[s.report], s.event) for s in sights), bool, len(sights))
    # Two that are alike are so all the more if none of them is an event at all.
    kept = (report[left] != report[right]) & (sure_[left] | sure_[right])
    kept &= _on_one_day(sights, pairs) | ~(talks[left] | talks[right])
    return Candidates(given, sights, (left[kept], right[kept]))


def _is_talk(analysis: Analysis, event: Event) -> bool:
    """Whether "the conversation" or "the talks" may be one of the contacts that the report tells of."""
    return any(e.contact for e in analysis.events) and contact_kind(analysis, event) is not None


def _near(sights: Sequence[EventSight]) -> Pairs:
    """The pairs worth a closer look, the earlier first."""
    left, right = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    rows = np.array([s.vector.row for s in sights])
    norms = np.array([s.vector.norm for s in sights])
    stems: dict[str, int] = {}
    codes = np.array([stems.setdefault(s.stem, len(stems)) for s in sights])
    holders: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(sights):
        for word in sorted(one.parties):
            holders[word].append(n)
    for n, one in enumerate(sights):
        behind = slice(n + 1, n + 1 + _NEXT)
        near = (rows[behind] @ one.vector.row) / norms[behind] / one.vector.norm >= _ALIKE
        near |= codes[behind] == codes[n]
        for word in one.parties:
            own = holders[word]
            near[[k - n - 1 for k in own[bisect_right(own, n) : bisect_right(own, n + _NEXT)]]] = True
        found = np.flatnonzero(near) + n + 1
        left.append(np.full(len(found), n))
        right.append(found)
    return np.concatenate(left), np.concatenate(right)


def _report(key: str) -> str:
    return key.rpartition("/")[0]


def _link(a: EventSight, b: EventSight, relation: str, score: float) -> Link:
    evidence = tuple(Place(_report(s.key), s.event.evidence[0]) for s in (a, b))
    return Link(left=a.key, right=b.key, relation=relation, score=round(score, 4), evidence=evidence, by=MAKER)  # type: ignore[arg-type]
