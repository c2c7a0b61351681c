"""Reports to links: those of one affair, by the words that they share and few others use."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from onrecord.link.copies import body_words
from onrecord.record import Analysis, Copy, Link

MAKER, WORDS = "link.stories", "link.words"
# Cosine of tf-idf vectors above which two reports are of one affair, and the days that may lie between them.
ALIKE, DAYS = 0.17, 10
LEAST_LETTERS = 4
# Words in more than this share of the reports link nothing, as long as these are many; the strongest words are enough.
COMMON, MANY, STRONGEST = 0.1, 100, 180


def link_stories(analyses: Sequence[Analysis], copies: Sequence[Copy]) -> list[Link]:
    """Links "same" between reports whose words are alike and whose days, where both are known, lie near."""
    out = [_same(c.a, c.b, 1.0) for c in copies]
    for one, other, score in _alike(analyses):
        if score >= ALIKE and _near(analyses[one], analyses[other]):
            out.append(_same(analyses[one].id, analyses[other].id, score))
    return out


def link_words(analyses: Sequence[Analysis], least: float) -> list[Link]:
    """Links "same" between reports whose words are at least so alike, whatever their days.

    Of few reports it is not known which words are rare: there are none.
    """
    if len(analyses) < MANY:
        return []
    return [_same(analyses[a].id, analyses[b].id, score, WORDS) for a, b, score in _alike(analyses) if score >= least]


def _alike(analyses: Sequence[Analysis]) -> Iterator[tuple[int, int, float]]:
    """The pairs of reports that share a word, by their places in order, with the cosine of their tf-idf vectors."""
    counts = [Counter(w for w in body_words(a) if len(w) >= LEAST_LETTERS) for a in analyses]
    spread = Counter(w for c in counts for w in c)
    number = len(analyses)
    vectors = []
    for count in counts:
        weights = {
            w: (1 + math.log(n)) * math.log((number + 1) / spread[w] + 1)
            for w, n in count.items()
            if spread[w] <= max(MANY, COMMON * number)
        }
        strongest = dict(sorted(weights.items(), key=lambda x: (-x[1], x[0]))[:STRONGEST])
        norm = math.sqrt(sum(v * v for v in strongest.values())) or 1.0
        vectors.append({w: v / norm for w, v in sorted(strongest.items())})
    holders: dict[str, list[int]] = defaultdict(list)
    for n, vector in enumerate(vectors):
        for word in vector:
            holders[word].append(n)
    for n, vector in enumerate(vectors):
        products: dict[int, float] = defaultdict(float)
        for word, value in vector.items():
            for other in holders[word]:
                if other > n:
                    products[other] += value * vectors[other][word]
        yield from ((n, other, round(min(1.0, p), 4)) for other, p in sorted(products.items()))


def _near(a: Analysis, b: Analysis) -> bool:
    if a.published.earliest is None or b.published.earliest is None:
        return True
    return abs((a.published.earliest - b.published.earliest).days) <= DAYS


def _same(left: str, right: str, score: float, maker: str = MAKER) -> Link:
    return Link(left=left, right=right, relation="same", score=score, evidence=(), by=maker)
