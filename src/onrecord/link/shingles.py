"""An analysis to the words of the report's own body, cut into sentences and runs of words."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.knowledge import read_words
from onrecord.language import split_sentences
from onrecord.language.quotes import find_quotations
from onrecord.record import Analysis

Hashes = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

# The runs of words that are compared (shingles, Broder 1997).
RUN = 5
# The beginning of a word that stands for it ("threaten", "threatened"); numbers are kept whole.
STEM = 6
QUOTED_WORDS = 6

_WORD = re.compile(r"[^\W_]+")
_FACTOR, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class Body:
    """The words outside noise, by number: the sentence of each, whether it is quoted, and its run as a stable hash.

    `runs` has one for each word but the last ones; `distinct`, `said` and `noise` are sorted: all of them, those that
    are quoted, and those of what is left out. `vocabulary` are the sorted hashes of the words that carry meaning,
    `stems` the pairs of a sentence and a place in the vocabulary, each once; `quotations` the hashes of the longer
    quoted contents.
    """

    sentence: Ints
    quoted: Flags
    runs: Hashes
    distinct: Hashes
    said: Hashes
    noise: Hashes
    vocabulary: Hashes
    stems: tuple[Ints, Ints]
    quotations: frozenset[int]


def read_body(analysis: Analysis) -> Body:
    """What the comparison of two reports needs of one."""
    found = list(_words(analysis))
    words = [word.group().casefold() for word in found]
    starts = [start for start, _ in split_sentences(analysis.text)]
    sentence = [bisect_right(starts, word.start()) - 1 for word in found]
    quoted = _quoted(analysis.text)[[word.start() for word in found]] if found else np.zeros(0, dtype=np.bool_)
    runs = _runs(_hashes(words))
    stem = {word: _hash(_stem(word)) for word in set(words) - read_words("function_words")}
    pairs = sorted({(n, stem[word]) for n, word in zip(sentence, words, strict=True) if word in stem})
    vocabulary, places = np.unique(np.array([h for _, h in pairs], dtype=np.uint64), return_inverse=True)
    noise = " ".join(analysis.text[n.span.start : n.span.end] for n in analysis.noise)
    return Body(
        sentence=np.array(sentence, dtype=np.int64),
        quoted=quoted,
        runs=runs,
        distinct=np.unique(runs),
        said=np.unique(runs[_whole(quoted, len(runs))]),
        noise=np.unique(_runs(_hashes(_split(noise)))),
        vocabulary=vocabulary,
        stems=(np.array([n for n, _ in pairs], dtype=np.int64), places),
        quotations=frozenset(_quotations(analysis.text)),
    )


def body_words(analysis: Analysis) -> list[str]:
    """The lower-cased words of a report outside its noise."""
    return [word.group().casefold() for word in _words(analysis)]


def _words(analysis: Analysis) -> Iterator[re.Match[str]]:
    at = 0
    for noise in analysis.noise:
        yield from _WORD.finditer(analysis.text, at, noise.span.start)
        at = noise.span.end
    yield from _WORD.finditer(analysis.text, at)


def _quoted(text: str) -> Flags:
    out = np.zeros(len(text), dtype=np.bool_)
    for start, end in find_quotations(text):
        out[start:end] = True
    return out


def _quotations(text: str) -> Iterator[int]:
    for start, end in find_quotations(text):
        words = _split(text[start:end])
        if len(words) >= QUOTED_WORDS:
            yield int(_runs(_hashes(words), len(words))[0])


def _split(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _stem(word: str) -> str:
    return word if word[0].isdigit() else word[:STEM]


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _hashes(words: list[str]) -> Hashes:
    return np.array([_hash(word) for word in words], dtype=np.uint64)


def _runs(words: Hashes, length: int = RUN) -> Hashes:
    """The hash of each run of so many words, the same in every process."""
    count = max(0, len(words) - length + 1)
    out = np.zeros(count, dtype=np.uint64)
    for n in range(length if count else 0):
        out = out * _FACTOR + words[n : n + count]
    out ^= out >> np.uint64(32)
    out *= _MIX
    return out ^ (out >> np.uint64(32))


def _whole(words: Flags, runs: int) -> Flags:
    """The runs all of whose words are flagged."""
    out = np.ones(runs, dtype=np.bool_)
    for n in range(RUN if runs else 0):
        out &= words[n : n + runs]
    return out
