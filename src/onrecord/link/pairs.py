"""Two reports to numbers: what speaks for and against their being of one affair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from onrecord.link.sights import Bag, Numbers, ReportSight, Vector, Words

# Reports whose days are so far apart seldom tell of one affair as news.
_FAR = 7

REPORT_COLUMNS = ("sentences", "lead", "whole", "words", "names", "people", "first_names", "numbers", "years", "apart")


def compare_reports(a: ReportSight, b: ReportSight) -> list[float]:
    """The REPORT_COLUMNS of two reports."""
    near = (a.sentences @ b.sentences.T) / a.norms[:, None] / b.norms
    apart = a.days is not None and b.days is not None and _gap(a, b) > _FAR
    return [
        float(near.max(axis=0).mean() + near.max(axis=1).mean()) / 2,
        cosine(a.lead, b.lead),
        cosine(a.whole, b.whole),
        shared(a.words, b.words),
        shared(a.names, b.names),
        shared(a.people, b.people),
        _part(a.first_names, b.first_names),
        _part(a.numbers, b.numbers),
        _part(a.years, b.years),
        float(apart),
    ]


def _gap(a: ReportSight, b: ReportSight) -> int:
    """The days between the two days of publication."""
    first, last = sorted((a.days, b.days), key=lambda d: (d.earliest, d.latest))  # type: ignore[union-attr]
    return (last.earliest - first.latest).days  # type: ignore[union-attr, operator]


def cosine(a: Vector, b: Vector) -> float:
    """Of whole numbers, and so exact."""
    return float(a.row @ b.row) / (a.norm * b.norm)


def shared(a: Bag, b: Bag) -> float:
    """The cosine of two bags of words."""
    if len(a) > len(b):
        a, b = b, a
    return sum(v * b[w] for w, v in a.items() if w in b)


def _part(a: Words, b: Words) -> float:
    """The part of the words of both that both have."""
    common = len(a & b)
    return common / (len(a) + len(b) - common) if common else 0.0


def as_rows(values: Sequence[Sequence[float]], columns: int) -> Numbers:
    """(pairs, columns), also of no pair."""
    return np.asarray(values, dtype=np.float64).reshape(-1, columns)
