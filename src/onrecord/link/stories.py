"""Reports to links: those of one affair, by the words that they share and few others use."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from onrecord.link.copies import body_words
from onrecord.record import Analysis, Copy, Link

MAKER = "link.stories"
# Cosine of tf-idf vectors above which two reports are of one affair, and the days that may lie between them.
ALIKE, DAYS = 0.17, 10
LEAST_LETTERS = 4
# Words in more than this share of the reports link nothing, as long as these are many; the strongest words are enough.
COMMON, MANY, STRONGEST = 0.1, 100, 180


def link_stories(analyses: Sequence[Analysis], copies: Sequence[Copy]) -> list[Link]:
    """Links "same" between reports whose words are alike and whose days, where both are known, lie near."""
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
    out = [_same(c.a, c.b, 1.0) for c in copies]
    for n, vector in enumerate(vectors):
        products: dict[int, float] = defaultdict(float)
        for word, value in vector.items():
            for other in holders[word]:
                if other > n:
                    products[other] += value * vectors[other][word]
        out += [
            _same(analyses[n].id, analyses[other].id, round(min(1.0, p), 4))
            for other, p in sorted(products.items())
            if p >= ALIKE and _near(analyses[n], analyses[other])
        ]
    return out


def _near(a: Analysis, b: Analysis) -> bool:
    if a.published.earliest is None or b.published.earliest is None:
        return True
    return abs((a.published.earliest - b.published.earliest).days) <= DAYS


def _same(left: str, right: str, score: float) -> Link:
    return Link(left=left, right=right, relation="same", score=score, evidence=(), by=MAKER)
