"""Reports to the links by which one may date another: shared rare names, and in large records shared rare words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from onrecord.link.names import link_names
from onrecord.link.shingles import body_words
from onrecord.record import Analysis, Link

# So many rare words of names, or so high a cosine of rare words: what is less tells nothing of a date.
NAMES, _WORDS = 2, 0.15
WORDS = "link.words"
LEAST_LETTERS = 4
# Words in more than this share of the reports link nothing, as long as these are many; the strongest words are enough.
COMMON, MANY, STRONGEST = 0.1, 100, 180


def link_affairs(analyses: Sequence[Analysis]) -> list[Link]:
    """Links "same" between reports of one affair, by their words where these suffice, else by names."""
    by_words = link_words(analyses, _WORDS)
    pairs = {(link.left, link.right) for link in by_words}
    return by_words + [link for link in link_names(analyses, NAMES) if (link.left, link.right) not in pairs]


def link_words(analyses: Sequence[Analysis], least: float) -> list[Link]:
    """Links "same" between reports whose words are at least so alike, whatever their days.

    Of few reports it is not known which words are rare: there are none.
    """
    if len(analyses) < MANY:
        return []
    return [
        Link(left=analyses[a].id, right=analyses[b].id, relation="same", score=score, evidence=(), by=WORDS)
        for a, b, score in _alike(analyses)
        if score >= least
    ]


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
