"""The lines of a page to those of its main text, as trafilatura judges.

Its judgement is taken and not its words: it collapses paragraphs that are printed twice and changes spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, pairwise
from unicodedata import normalize

import trafilatura
from lxml.html import HtmlElement

from onrecord.ingest.pages.lines import Line

# Of words: what is less stands in too many places.
SHORTEST = 4

_GAPS = re.compile(r"\s+")
_CELLS = re.compile(r"[^|]+")


def choose_lines(tree: HtmlElement, lines: list[Line]) -> list[int]:
    """Which of `lines`, in order, trafilatura keeps by at least half, or folds into a twin that it keeps."""
    body = trafilatura.extract(tree, include_comments=False, include_tables=True) or ""
    chosen = _find_kept([line.text for line in lines], body.splitlines())
    # "Order! Order! Order!", each a paragraph: the first is kept. A twin in another place of the page is another thing.
    for i, (before, line) in enumerate(pairwise(lines), start=1):
        if before.text == line.text and before.block.getparent() is line.block.getparent():
            chosen[i] |= chosen[i - 1]
    return [i for i, keep in enumerate(chosen) if keep]


def _find_kept(texts: list[str], kept: list[str]) -> list[bool]:
    """Which of `texts` hold, for half of their letters or more, what stands in `kept`, both in the page's order."""
    packed = [_pack(text) for text in texts]
    starts = [0, *accumulate(map(len, packed))]
    covered = [0] * len(texts)
    page, whole = "".join(packed), frozenset(packed)
    pieces = [piece for line in kept for cell in _cells(line) for piece in _pieces(cell.split(), page, whole)]
    for start, end in _align(page, pieces):
        for i in range(bisect_right(starts, start) - 1, bisect_left(starts, end)):
            covered[i] += min(end, starts[i + 1]) - max(start, starts[i])
    return [2 * count >= len(text) > 0 for count, text in zip(covered, packed, strict=True)]


def _cells(line: str) -> list[str]:
    """The cells of a row or the item of a list, without the marks that trafilatura sets; else the line."""
    return [cell for cell in _CELLS.findall(line.lstrip().removeprefix("- ")) if cell.strip("- ")]


def _pieces(words: list[str], page: str, whole: frozenset[str]) -> Iterator[str]:
    """`words`, packed, in the fewest halves, quarters … that stand in `page`: something between may be left out."""
    packed = _pack("".join(words))
    # Nearly all are lines of the page as they are; to find the others in it takes longer.
    if packed in whole or packed in page:
        yield packed
    elif len(words) >= 2 * SHORTEST:
        yield from _pieces(words[: len(words) // 2], page, whole)
        yield from _pieces(words[len(words) // 2 :], page, whole)


def _pack(text: str) -> str:
    return _GAPS.sub("", normalize("NFC", text))


def _align(page: str, pieces: list[str]) -> list[tuple[int, int]]:
    """Where in `page` the `pieces` stand, in an order that is theirs; one that stands nowhere is passed over.

    What is long and stands once is placed first, and what is short ("Share") only between its neighbours.
    """
    many = Counter(pieces)
    order = sorted(range(len(pieces)), key=lambda i: (many[pieces[i]] > 1, -len(pieces[i]), i))
    placed: list[int] = []
    spans: dict[int, tuple[int, int]] = {}
    for i in order:
        at = bisect_left(placed, i)
        low = spans[placed[at - 1]][1] if at else 0
        high = spans[placed[at]][0] if at < len(placed) else len(page)
        start = page.find(pieces[i], low, high)
        if start >= 0:
            placed.insert(at, i)
            spans[i] = (start, start + len(pieces[i]))
    return [spans[i] for i in placed]
