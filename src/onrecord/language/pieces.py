"""Text to wordpieces with offsets, print features and the windows that the model reads."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord.language.lines import unwrap
from onrecord.language.quotes import MARKS, find_quotations

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

Ints = NDArray[np.int64]

# The model sees 256 wordpieces, two of them its own marks.
WINDOW = 254
# Neighbouring windows share about this many, so that no sentence is read without what stands around it.
OVERLAP = 64

# What an uncased vocabulary forgets, one feature a line: case of the word, quotation state, place in the line.
CASES, QUOTES, LINES = 5, 3, 3

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pieces:
    """The wordpieces of one text; all arrays are of one length, offsets are code points.

    `case`: 0 no letters, 1 lower, 2 first letter upper, 3 all upper, 4 mixed. `quote`: 0 outside, 1 inside, 2 a mark.
    `line`: 0 within, 1 first of a line, 2 first of a paragraph. `sentence`: number of the sentence, from 0.
    """

    ids: Ints
    start: Ints
    end: Ints
    case: Ints
    quote: Ints
    line: Ints
    sentence: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces `start` to `end` are read together; those from `core_start` to `core_end` take their answer from here."""

    start: int
    end: int
    core_start: int
    core_end: int


def split_sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of `text` as half-open offsets that cover it, by sentencex.

    A line break ends one, but within a paragraph that was broken at a fixed width (`unwrap`). Space between two
    sentences belongs to the first.
    """
    from sentencex import get_sentence_boundaries

    text = unwrap(text)
    cuts = {0, len(text)}
    at = 0
    for line in text.splitlines(keepends=True):
        # Beyond any sentence of news the rules of a splitter are wasted time: such lines are cut by length.
        if len(line) <= 20_000:
            cuts.update(at + b["start_index"] for b in get_sentence_boundaries("en", _writable(line)))
        else:
            cuts.update(range(at, at + len(line), 5_000))
        at += len(line)
        cuts.add(at)
    ends = sorted(cuts)
    out: list[tuple[int, int]] = []
    for a, b in itertools.pairwise(ends):
        if out and text[a:b].isspace():
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def split_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """The wordpieces of `text`. Lone surrogates give none; offsets stay those of `text`."""
    encoded = tokenizer.encode(_writable(text), add_special_tokens=False)
    ids, start, end = _numbers(encoded)
    sentences = np.array([a for a, _ in split_sentences(text)] or [0], dtype=np.int64)
    return Pieces(
        ids=ids,
        start=start,
        end=end,
        case=_cases(text, start, end, encoded.word_ids),
        quote=_quotes(text, start),
        line=_lines(text, start, end),
        sentence=np.searchsorted(sentences, start, side="right") - 1,
    )


def encode(text: str, tokenizer: Tokenizer) -> tuple[Ints, Ints, Ints]:
    """The numbers of the wordpieces of `text`, and where each begins and ends: `split_pieces` without the print."""
    return _numbers(tokenizer.encode(_writable(text), add_special_tokens=False))


def _numbers(encoded: Encoding) -> tuple[Ints, Ints, Ints]:
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    return np.array(encoded.ids, dtype=np.int64), offsets[:, 0], offsets[:, 1]


def find_windows(sentence: Ints, longest: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    """The windows over pieces whose sentence numbers are `sentence`; the cores cover every piece once, in order.

    Windows begin and end with sentences where these are short enough. Each sentence belongs to the window in which
    it stands farthest from an inner edge, the earlier one on ties.
    """
    count = len(sentence)
    if count == 0:
        return []
    cuts = np.concatenate(([0], np.flatnonzero(np.diff(sentence)) + 1, [count])).tolist()
    bounds: list[int] = []
    for a, b in itertools.pairwise(cuts):
        bounds.extend(range(a, b, longest))
    bounds.append(count)
    spans: list[tuple[int, int]] = []
    first = 0
    while True:
        last = first
        while last + 1 < len(bounds) and bounds[last + 1] - bounds[first] <= longest:
            last += 1
        spans.append((bounds[first], bounds[last]))
        if last == len(bounds) - 1:
            break
        again = last
        while again - 1 > first and bounds[last] - bounds[again - 1] <= overlap:
            again -= 1
        # A window that reached no farther than the one before would be read for nothing.
        while bounds[last + 1] - bounds[again] > longest and again < last:
            again += 1
        first = again
    edges = [0]
    for (_, left_end), (right, _) in itertools.pairwise(spans):
        shared = bounds[bisect_left(bounds, right) : bisect_right(bounds, left_end)]
        edges.append(min(shared, key=lambda b: (abs((left_end - b) - (b - right)), -b)))
    edges.append(count)
    return [Window(a, b, c, d) for (a, b), c, d in zip(spans, edges, edges[1:], strict=False)]


def _writable(text: str) -> str:
    return _SURROGATE.sub("�", text)


def _cases(text: str, start: Ints, end: Ints, words: list[int | None]) -> Ints:
    out = np.zeros(len(start), dtype=np.int64)
    at = 0
    while at < len(words):
        stop = at
        while stop < len(words) and words[stop] == words[at]:
            stop += 1
        out[at:stop] = _case(text[start[at] : end[stop - 1]][:100])
        at = stop
    return out


def _case(word: str) -> int:
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    if word.istitle():
        return 2
    return 4 if any(c.isalpha() for c in word) else 0


def _quotes(text: str, start: Ints) -> Ints:
    state = np.zeros(len(text) + 1, dtype=np.int64)
    for a, b in find_quotations(text):
        state[a:b] = 1
    out = state[start]
    out[[text[a : a + 1] in MARKS for a in start.tolist()]] = 2
    return out


def _lines(text: str, start: Ints, end: Ints) -> Ints:
    out = np.zeros(len(start), dtype=np.int64)
    before = 0
    for i, (a, b) in enumerate(zip(start.tolist(), end.tolist(), strict=True)):
        breaks = text.count("\n", before, a)
        if breaks or i == 0:
            out[i] = 2 if breaks != 1 else 1
        before = b
    return out
