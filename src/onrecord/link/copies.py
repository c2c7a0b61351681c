"""Reports to the pairs of them of which one takes over the other's words.

Word shingles after Broder (1997): a copy shares most of the shorter report's runs of five words. A rewrite keeps the
quotations and numbers of its model and a part of its runs; what shares less is another report on the same matter.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from onrecord.record import Analysis, Copy

RUN = 5
COPY, REWRITE = 0.6, 0.12
# A rewrite that changes nearly every sentence still keeps what was said between quotation marks, and some words beside
# it: two reporters at one news conference have the quotation alone in common.
BESIDE_QUOTATION, QUOTED_WORDS = 0.03, 4
# A run of words that more reports share than this is boilerplate, and tells of no copying.
COMMON = 50


def find_copies(analyses: Sequence[Analysis]) -> tuple[Copy, ...]:
    """The copies and rewrites, `a` before `b` in the order of `analyses`; versions under one address are no copies."""
    shingles = [_shingles(body_words(a)) for a in analyses]
    holders: dict[int, list[int]] = defaultdict(list)
    for n, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(n)
    shared = Counter[tuple[int, int]]()
    for group in holders.values():
        if 1 < len(group) <= COMMON:
            shared.update(combinations(group, 2))
    out = []
    for (i, j), count in sorted(shared.items()):
        size = max(1, min(len(shingles[i]), len(shingles[j])))
        share = count / size
        a, b = analyses[i], analyses[j]
        quotations = _quotations(a) & _quotations(b)
        beside = (shingles[i] & shingles[j]) - {run for q in quotations for run in _shingles(q.split())}
        rewritten = len(beside) / size >= (BESIDE_QUOTATION if quotations else REWRITE)
        if (share >= COPY or rewritten) and not (a.url and a.url == b.url):
            out.append(Copy(a.id, b.id, "copy" if share >= COPY else "rewrite", round(min(1.0, share), 4)))
    return tuple(out)


def _quotations(analysis: Analysis) -> set[str]:
    """The quoted contents of some length, as bare words."""
    pieces = [
        analysis.text[start:end] for a in analysis.attributions if a.quote != "indirect" for start, end in a.content
    ]
    bare = (_bare(p) for p in pieces)
    return {" ".join(words) for words in bare if len(words) >= QUOTED_WORDS}


def body_words(analysis: Analysis) -> list[str]:
    """The lower-cased words of a report outside its noise."""
    at, parts = 0, []
    for noise in analysis.noise:
        parts.append(analysis.text[at : noise.span.start])
        at = noise.span.end
    parts.append(analysis.text[at:])
    return _bare(" ".join(parts))


def _bare(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text.casefold()).split()


def _shingles(words: list[str]) -> set[int]:
    return {zlib.crc32(" ".join(words[i : i + RUN]).encode()) for i in range(len(words) - RUN + 1)}
