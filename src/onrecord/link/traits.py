"""A report to its sketch: what is compared to tell whether another one is of the same story, and no more."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from onrecord.language import unpack
from onrecord.link.rarity import Weighed, body, latest_year, weigh_names, weigh_numbers, weigh_words
from onrecord.record import Analysis, Span

# The strongest are enough, and a sketch stays below 2 KB.
_MOST_WORDS, _MOST_NAMES, _MOST_NUMBERS, _MOST_DAYS = 160, 48, 32, 16
# Each sentence of the lead counts so many times the next. Shorter ones are headings, and so is what ends in a colon.
_LEAD_DECAY, _LEAST_WORDS = math.exp(0.5), 5


class Weights(Struct, frozen=True):
    """Hashes in order, each in four bytes, and the weight of each in one."""

    hashes: bytes
    weights: bytes


class Sketch(Struct, frozen=True, kw_only=True):
    """What is compared of a report. Days are proleptic ordinals; `earliest` and `latest` of publication, None is open.

    `row` is the vector of the lead in signed bytes, empty where sentences have no vectors; `told` are days that the
    text tells of, `year` the latest that it writes.
    """

    earliest: int | None
    latest: int | None
    row: bytes
    words: Weights
    names: Weights
    numbers: Weights
    told: tuple[int, ...]
    year: int | None


def sketch(analysis: Analysis) -> Sketch:
    """The sketch of one report."""
    sentences, published = body(analysis), analysis.published
    return Sketch(
        earliest=published.earliest.toordinal() if published.earliest else None,
        latest=published.latest.toordinal() if published.latest else None,
        row=_lead(analysis, sentences),
        words=_pack(weigh_words(analysis, sentences), _MOST_WORDS),
        names=_pack(weigh_names(analysis, sentences), _MOST_NAMES),
        numbers=_pack(weigh_numbers(analysis, sentences), _MOST_NUMBERS),
        told=_told(analysis),
        year=latest_year(analysis.text),
    )


def _lead(analysis: Analysis, sentences: Sequence[Span]) -> bytes:
    vectors = unpack(analysis.vectors)
    told = [s for s in sentences if s in vectors]
    rows = [vectors[s] for s in told if not _is_heading(analysis.text[s.start : s.end])] or [vectors[s] for s in told]
    if not rows:
        return b""
    mean = np.average(rows, axis=0, weights=[_LEAD_DECAY**-n for n in range(len(rows))])
    row: bytes = np.rint(mean * (127 / max(1e-9, float(np.abs(mean).max())))).astype(np.int8).tobytes()
    return row


def _is_heading(sentence: str) -> bool:
    return len(sentence.split()) < _LEAST_WORDS or sentence.rstrip().endswith(":")


def _told(analysis: Analysis) -> tuple[int, ...]:
    days = {t.earliest.toordinal() for t in analysis.timexes if t.earliest and t.earliest == t.latest}
    return tuple(sorted(days)[-_MOST_DAYS:])


def _pack(weighed: Weighed, most: int) -> Weights:
    strongest = sorted(weighed, key=lambda w: (-weighed[w], w))[:most]
    top = weighed[strongest[0]] if strongest else 1.0
    kept = dict(sorted((zlib.crc32(w.encode()), max(1, round(255 * weighed[w] / top))) for w in strongest))
    return Weights(np.array(list(kept), dtype="<u4").tobytes(), bytes(kept.values()))
