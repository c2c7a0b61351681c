"""The attributions of all reports to links: which give the same proposition, whoever says it and in whatever words.

Two contents are compared by the two clauses that are most alike; a small learned judge (`python -m training.claims`)
weighs meaning, words, names, numbers, days and negation. Average linkage makes claims of what it finds likely, and
numbers or days that exclude one another are never one. The order of the reports changes nothing.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from onrecord.link.contents import ContentSight
from onrecord.link.linkage import Pair, join_likely, span_clusters
from onrecord.link.pairs import as_rows
from onrecord.link.parties import Parties
from onrecord.link.propositions import COLUMNS, cites, closest, compare_contents, near_pairs, one_speaker
from onrecord.link.scorer import load_judges, probability
from onrecord.link.sights import Numbers
from onrecord.record import Analysis, Copy, Link, Place, Span

MAKER = "link.claims"
# How probable the pairs of two clusters must be on average.
ONE = 0.3
# Contents no clauses of which mean more alike than this are not compared.
ALIKE = 0.35
# Set by hand: that one report takes over the other's words, and these mean so much alike, multiplies the odds, and that
# one names the other's outlet as a source.
_COPIED, _TAKEN, _CITED = 8.0, 0.6, 3.0
# Clauses with so many words in common say the opposite where one of them is negated.
_SAME_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class Compared:
    """The contents of all reports of an affair, in the order of their keys, and the pairs worth a closer look."""

    sights: Sequence[ContentSight]
    pairs: Sequence[tuple[ContentSight, ContentSight]]
    rows: Numbers


def link_claims(compared: Compared, analyses: Sequence[Analysis], copies: Sequence[Copy]) -> list[Link]:
    """Links "same" as a tree of each claim; the score is the probability that both say one thing.

    The same words in several reports weigh as one when claims are made: a copy changes nothing between the others.
    """
    scores = score_claims(compared, analyses, copies)
    apart = {(a.key, b.key) for (a, b), row in zip(compared.pairs, compared.rows, strict=True) if _conflict(row)}
    words = _fold_words(compared.sights)
    folded: dict[Pair, float] = {}
    for (a, b), score in scores.items():
        pair = _ordered(words[a], words[b])
        folded[pair] = max(folded.get(pair, 0.0), score)
    beside = _stand_beside(compared.sights, words)
    held = {pair: score for pair, score in folded.items() if pair[0] != pair[1] and pair not in beside}
    kept = {_ordered(words[a], words[b]) for a, b in apart}
    homes = join_likely(sorted(set(words.values())), held, {(a, b) for a, b in kept if a != b}, ONE)
    by_key = {s.key: s for s in compared.sights}
    found = span_clusters(scores, {key: homes[word] for key, word in words.items()})
    return [_link(by_key[a], by_key[b], score) for (a, b), score in sorted(found)]


def _fold_words(sights: Sequence[ContentSight]) -> dict[str, str]:
    """Each content under the first by key of those in other reports that say the same word for word."""
    first: dict[tuple[str, bool, int], str] = {}
    seen = Counter[tuple[str, str, bool]]()
    out = {}
    for sight in sights:
        own = (sight.folded, sight.polarity == "denied")
        number = seen[(sight.report, *own)]
        seen[(sight.report, *own)] += 1
        out[sight.key] = first.setdefault((*own, number), sight.key)
    return out


def _stand_beside(sights: Sequence[ContentSight], words: Mapping[str, str]) -> set[Pair]:
    """The pairs of contents that one report gives beside one another: its reader found that they are two."""
    by_report: dict[str, list[ContentSight]] = defaultdict(list)
    for sight in sights:
        by_report[sight.report].append(sight)
    return {
        _ordered(words[a.key], words[b.key])
        for own in by_report.values()
        for a, b in combinations(own, 2)
        if not _layered(a, b)
    }


def _ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def shared_clauses(links: Sequence[Link]) -> dict[str, Span]:
    """The clause of each content that the best of its links says is told elsewhere too."""
    best: dict[str, tuple[float, Span]] = {}
    for link in links:
        for key, place in zip((link.left, link.right), link.evidence, strict=True):
            best[key] = max(best.get(key, (0.0, place.span)), (link.score, place.span))
    return {key: span for key, (_, span) in best.items()}


def compare_claims(contents: Sequence[ContentSight], parties: Parties) -> Compared:
    """What the reports of an affair say, pair by pair: of two reports, and of two layers of one."""
    sights = sorted(contents, key=lambda s: s.key)
    pairs = list(near_pairs(sights, ALIKE))
    rows = [compare_contents(a, b, one_speaker(a, b, parties)) for a, b in pairs]
    return Compared(sights, pairs, as_rows(rows, len(COLUMNS)))


def score_claims(compared: Compared, analyses: Sequence[Analysis], copies: Sequence[Copy]) -> dict[Pair, float]:
    """The probability that both of each pair of two reports, or of two layers of one, say the same."""
    copied = {frozenset((c.a, c.b)) for c in copies}
    outlets = {a.id: a.outlet for a in analyses}
    odds = load_judges("claims")["same"].odds(compared.rows)
    out: dict[Pair, float] = {}
    meanings = compared.rows[:, COLUMNS.index("meaning")]
    for (a, b), odd, alike in zip(compared.pairs, odds.tolist(), meanings.tolist(), strict=True):
        if a.report == b.report and not _layered(a, b):
            continue
        cited = cites(a, outlets[b.report]) or cites(b, outlets[a.report])
        more = _COPIED if frozenset((a.report, b.report)) in copied and alike >= _TAKEN else _CITED if cited else 1.0
        out[a.key, b.key] = float(probability(np.array(odd + math.log(more))))
    return out


def _layered(a: ContentSight, b: ContentSight) -> bool:
    x, y = a.attribution, b.attribution
    return x is not None and y is not None and (x.within == y.id or y.within == x.id)


def _conflict(row: Numbers) -> bool:
    """Whether the clauses count or date the same thing otherwise, or one says that the other is not so."""
    parity, denied, words = (row[COLUMNS.index(c)] for c in ("parity", "denied", "words"))
    negated = parity and (denied or words >= _SAME_WORDS)
    return bool(row[COLUMNS.index("conflict")] or row[COLUMNS.index("other_day")] or negated)


def _link(a: ContentSight, b: ContentSight, score: float) -> Link:
    p, q = closest(a, b)
    evidence = (Place(a.report, p.span), Place(b.report, q.span))
    return Link(left=a.key, right=b.key, relation="same", score=round(score, 4), evidence=evidence, by=MAKER)
