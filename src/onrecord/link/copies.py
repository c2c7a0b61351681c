"""Reports to the pairs of them of which one takes over the other's words.

Runs of five words after Broder (1997): a copy shares most of the shorter report's. A rewrite keeps sentences of its
model, edited or reworded, and a part of its runs; what shares less is another report on the same matter. Whether two
reports are a pair depends on these two alone, and which pairs are looked at on the keys that each has by itself, so
that a record can grow by one report without comparing the others again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from onrecord.link.addresses import fold_url
from onrecord.link.precedence import order_pair
from onrecord.link.rewrites import Overlap, measure_overlap
from onrecord.link.shingles import Body, Hashes, body_words, read_body
from onrecord.record import Analysis, Copy

__all__ = ["body_words", "copy_keys", "find_copies", "judge_copy"]

# Shares of the shorter report; Overlap says of what.
COPY = 0.7
EDITED = 0.16
BESIDE, ALIKE = 0.18, 0.6
# Where a quotation is shared, less is enough.
QUOTED_BESIDE, QUOTED_ALIKE = 0.05, 0.45
# So many longer quotations, and no others, are not chosen by two reporters each for himself.
QUOTED_TWICE = 2
# 64 bands of 2 find 99 of 100 pairs of a Jaccard of 0.3.
BANDS, ROWS = 64, 2
# Of each so many neighbouring runs one is a key: a passage of 12 words that two reports share gives them one.
WINDOW = 8
# A report is compared with so many of the next reports that have a key too.
NEIGHBOURS = 20

_MIX = np.uint64(0xD6E8FEB86659FD93)


def find_copies(analyses: Sequence[Analysis]) -> tuple[Copy, ...]:
    """The copies and rewrites in the order of `analyses`, in each `a` the likelier model (`order_pair`).

    `share` is of the shorter one's words. Two texts under one address are versions, and no copies. The order of
    `analyses` changes nothing but that of the pairs.
    """
    bodies = [read_body(a) for a in analyses]
    found = (
        (i, j, _judge(analyses[i], analyses[j], bodies[i], bodies[j])) for i, j in sorted(_candidates(analyses, bodies))
    )
    return tuple(copy for _, _, copy in found if copy)


def copy_keys(analysis: Analysis) -> tuple[int, ...]:
    """The keys of which two reports must share one to be compared: numbers of 64 bits, in order, the same everywhere.

    Bands of a MinHash for reports that are alike, runs picked by winnowing (Schleimer and others 2003) for a cut of a
    much longer one, and the longer quotations.
    """
    return _keys(read_body(analysis))


def judge_copy(a: Analysis, b: Analysis) -> Copy | None:
    """What the two reports are to each other, by nothing but themselves; None if neither takes over the other."""
    return _judge(a, b, read_body(a), read_body(b))


def _judge(a: Analysis, b: Analysis, body: Body, other: Body) -> Copy | None:
    if a.url and b.url and fold_url(a.url) == fold_url(b.url):
        return None
    overlap = measure_overlap(body, other)
    if not overlap or not (overlap.runs >= COPY or _is_rewrite(overlap) or _quote_alike(body, other)):
        return None
    model, copy = order_pair(a, b)
    return Copy(model.id, copy.id, "copy" if overlap.runs >= COPY else "rewrite", round(overlap.taken, 4))


def _quote_alike(body: Body, other: Body) -> bool:
    """Whether both quote the same at some length and nothing else, though every other sentence is in other words."""
    return len(body.quotations) >= QUOTED_TWICE and body.quotations == other.quotations


def _is_rewrite(overlap: Overlap) -> bool:
    beside, alike = (QUOTED_BESIDE, QUOTED_ALIKE) if overlap.quotation else (BESIDE, ALIKE)
    return overlap.edited >= EDITED or (overlap.beside >= beside and overlap.beside + overlap.alike >= alike)


def _keys(body: Body) -> tuple[int, ...]:
    if not len(body.runs):
        return ()
    return tuple(sorted({*_bands(body.distinct), *_winnow(body.runs), *body.quotations}))


def _bands(runs: Hashes) -> list[int]:
    sketch = np.array(_sketch(runs), dtype=np.uint64).reshape(BANDS, ROWS)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64) << np.uint64(48)
    for row in sketch.T:
        keys = (keys ^ row) * _MIX
        keys ^= keys >> np.uint64(29)
    out: list[int] = keys.tolist()
    return out


def _sketch(runs: Hashes) -> list[int]:
    """A MinHash of the runs; the only place that knows rensa."""
    from rensa import RMinHash

    rows: list[list[int]] = RMinHash.digest_matrix_from_flat_token_hashes(
        runs, [0, len(runs)], BANDS * ROWS, 1
    ).to_rows()
    return rows[0]


def _winnow(runs: Hashes) -> list[int]:
    """The least of each window of neighbouring runs."""
    windows = np.lib.stride_tricks.sliding_window_view(runs, min(WINDOW, len(runs)))
    out: list[int] = np.unique(windows.min(axis=1)).tolist()
    return out


def _candidates(analyses: Sequence[Analysis], bodies: Sequence[Body]) -> set[tuple[int, int]]:
    """The pairs that share a key and stand near each other among the reports that have it, by day and id."""
    order = sorted(range(len(analyses)), key=lambda n: (_day(analyses[n]), analyses[n].id, n))
    holders: dict[int, list[int]] = defaultdict(list)
    for n in order:
        for key in _keys(bodies[n]):
            holders[key].append(n)
    return {
        (min(one, other), max(one, other))
        for group in holders.values()
        for at, one in enumerate(group)
        for other in group[at + 1 : at + 1 + NEIGHBOURS]
    }


def _day(analysis: Analysis) -> str:
    """By the day given: one that is worked out may change with each report that is added."""
    day = analysis.published.earliest if analysis.published.given else None
    return day.isoformat() if day else ""
