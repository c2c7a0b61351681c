"""Two contents to numbers: what speaks for and against their saying one thing, or their contradicting each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from onrecord.link.contents import ContentSight, Piece
from onrecord.link.pairs import cosine
from onrecord.link.parties import Parties
from onrecord.link.quantities import agree, conflict
from onrecord.link.sights import Bag, Words, name_words

COLUMNS = (
    "meaning whole sentence words held plain no_names other_names conflict other_day parity denied one_speaker"
    " other_speaker run"
).split()
# A run of so many of the shorter content's words says that both quote the same.
_MOST_WORDS = 40


def compare_contents(a: ContentSight, b: ContentSight, one_speaker: bool | None) -> list[float]:
    """The COLUMNS of two contents, by the two clauses of theirs that are most alike.

    `one_speaker` is whether one person or body says both, None where that is not known.
    """
    return compare_clauses(a, b, closest(a, b), one_speaker)


def compare_clauses(
    a: ContentSight, b: ContentSight, clauses: tuple[Piece, Piece], one_speaker: bool | None
) -> list[float]:
    """The COLUMNS of two contents, by a clause of each."""
    p, q = clauses
    return [
        cosine(p.vector, q.vector),
        cosine(a.whole.vector, b.whole.vector),
        cosine(a.sentence, b.sentence),
        dice(p.words, q.words),
        held_part(p.words, q.words),
        dice(p.plain, q.plain),
        float(bool(p.names and q.names) and not p.names & q.names),
        float(bool(p.names - q.names) and bool(q.names - p.names)),
        float(_counts_otherwise(p, q)),
        float(_dates_otherwise(p, q)),
        float(p.negated != q.negated),
        float((a.polarity == "denied") != (b.polarity == "denied")),
        float(one_speaker is True),
        float(one_speaker is False),
        _run(a, b),
    ]


def near_pairs(sights: Sequence[ContentSight], least: float) -> Iterator[tuple[ContentSight, ContentSight]]:
    """The pairs with clauses that mean at least so much alike, in the order of `sights`."""
    if not sights:
        return
    pieces = [p for s in sights for p in s.pieces]
    rows = np.array([p.vector.row for p in pieces])
    norms = np.array([p.vector.norm for p in pieces])
    starts = np.cumsum([0, *(len(s.pieces) for s in sights)])
    for n, one in enumerate(sights[:-1]):
        first = starts[n + 1]
        own = slice(starts[n], first)
        near = (rows[own] @ rows[first:].T) / norms[own, None] / norms[first:]
        best = np.maximum.reduceat(near.max(axis=0), starts[n + 1 : -1] - first)
        for m in np.flatnonzero(best >= least).tolist():
            yield one, sights[n + 1 + m]


def cites(sight: ContentSight, outlet: str | None) -> bool:
    """Whether the chain of a statement names that outlet."""
    words = set(name_words(outlet)) if outlet else set()
    chain = sight.attribution.chain if sight.attribution else ()
    named = (set(name_words(link.split(" (", maxsplit=1)[0])) for link in chain)
    return any(link and words and (link <= words or words <= link) for link in named)


def one_speaker(a: ContentSight, b: ContentSight, parties: Parties) -> bool | None:
    """Whether both are of one speaker; None where that is not known, or where a report tells it itself."""
    one, other = (s.attribution.speaker.name if s.attribution else None for s in (a, b))
    return parties.are_one(a.report, one, b.report, other) if one and other else None


def closest(a: ContentSight, b: ContentSight) -> tuple[Piece, Piece]:
    """The two clauses that are most alike in words and meaning, the earlier of equals."""
    return max(product(a.pieces, b.pieces), key=lambda pq: likeness(*pq))


def closest_clauses(a: ContentSight, b: ContentSight) -> tuple[Piece, Piece]:
    """As `closest`, of clauses alone."""
    return max(product(a.clauses, b.clauses), key=lambda pq: likeness(*pq))


def likeness(p: Piece, q: Piece) -> float:
    """How alike two clauses are in meaning and words, from -1 to 2."""
    return cosine(p.vector, q.vector) + dice(p.words, q.words)


def share_words(p: Piece, q: Piece) -> float:
    """The weight of the words that both have in that of all."""
    return dice(p.words, q.words)


def dice(a: Bag, b: Bag) -> float:
    """The weight of the words that both have in that of all."""
    both = sum(v for w, v in a.items() if w in b)
    return 2 * both / (sum(a.values()) + sum(b.values())) if both else 0.0


def held_part(a: Bag, b: Bag) -> float:
    """The weight of the words that both have in that of the lighter."""
    both = sum(v for w, v in a.items() if w in b)
    return both / min(sum(a.values()), sum(b.values())) if both else 0.0


def held_words(words: Words, of: Bag) -> float:
    """The part of `words` that are among those of a clause."""
    return len(words & of.keys()) / len(words) if words else 0.0


def _counts_otherwise(p: Piece, q: Piece) -> bool:
    """Whether of what both count nothing agrees, and something cannot be one number."""
    pairs = list(product(p.quantities, q.quantities))
    return not any(agree(x, y) for x, y in pairs) and any(conflict(x, y) for x, y in pairs)


def _dates_otherwise(p: Piece, q: Piece) -> bool:
    """Whether both have days, and no day of one may be one of the other's."""
    pairs = list(product(p.days, q.days))
    return bool(pairs) and all(x.misses(y) for x, y in pairs)


def _run(a: ContentSight, b: ContentSight) -> float:
    """The longest run of words of both, as a part of the shorter."""
    one, other = sorted((a.folded.split()[:_MOST_WORDS], b.folded.split()[:_MOST_WORDS]), key=len)
    places: dict[str, list[int]] = {}
    for n, word in enumerate(other):
        places.setdefault(word, []).append(n)
    best, ending = 0, dict[int, int]()
    for word in one:
        ending = {n: ending.get(n - 1, 0) + 1 for n in places.get(word, ())}
        best = max(best, *ending.values()) if ending else best
    return best / len(one)
