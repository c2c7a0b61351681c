"""Readings of the dev split to scores and to the leaning that serves them best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from bench.attribution_scores import count_report, figures, right_ones
from bench.data import Example
from bench.language_scores import char_relations, gold_relations
from onrecord.language.decode import Leaning, calibrated, find_spans, link_spans
from onrecord.language.pieces import Pieces, Window
from onrecord.language.scores import ROLES, Scores, Tables

Read = tuple[Example, Pieces, list[Window], list[Scores]]

_STEPS = {
    "least": (0.0, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8),
    "begin": (0.0, 0.5, 1.0),
    "content": (-0.5, 0.0, 0.25, 0.5),
    "source": (-0.5, 0.0, 0.25, 0.5, 1.0),
    "cue": (-0.5, 0.0, 0.25, 0.5),
    "no_source": (-1.0, -0.5, 0.0, 0.5, 1.0),
}


def tune(read: Sequence[Read], tables: Tables) -> Leaning:
    """The leaning with the best link score and exact fragments over `read`, one value changed at a time, twice over.

    The link score alone buys precision with long sources and cues: half a point more of it costs a point of these.
    """
    best, top = Leaning(), -1.0
    for _ in range(2):
        for name, values in _STEPS.items():
            for value in values:
                trial = replace(best, **{name: value})
                total = Counter[str]()
                for example, pieces, windows, scores in read:
                    gold = gold_relations(example)
                    spans, _ = find_spans(windows, scores, tables, trial)
                    relations = link_spans(spans, windows, scores, tables, trial)
                    total += count_report(example.text, char_relations(relations, pieces), gold)
                found = figures(total)
                score = found["link_dice50"] + sum(found[f"{role}_fragment"] for role in ROLES) / len(ROLES)
                if score > top:
                    best, top = trial, score
    return best


def calibrate(read: Sequence[Read], tables: Tables, leaning: Leaning) -> tuple[Leaning, float]:
    """The leaning with Platt's two numbers fitted on `read`, and the calibration error when fitted on one half only."""
    rows = [_judged(r, tables, leaning) for r in read]
    fitted = [_platt([x for row in part for x in row]) for part in (rows, rows[::2])]
    held = [x for row in rows[1::2] for x in row]
    trial = replace(leaning, slope=fitted[1][0], shift=fitted[1][1])
    error = expected_error([(calibrated(p, trial), hit) for p, hit in held])
    return replace(leaning, slope=fitted[0][0], shift=fitted[0][1]), error


def _judged(read: Read, tables: Tables, leaning: Leaning) -> list[tuple[float, bool]]:
    example, pieces, windows, scores = read
    bare = replace(leaning, slope=1.0, shift=0.0)
    relations = link_spans(find_spans(windows, scores, tables, bare)[0], windows, scores, tables, bare)
    right = right_ones(example.text, char_relations(relations, pieces), gold_relations(example))
    return [(r.probability, i in right) for i, r in enumerate(relations)]


def _platt(judged: list[tuple[float, bool]]) -> tuple[float, float]:
    p = np.clip([x for x, _ in judged], 1e-6, 1 - 1e-6)
    odds, hit = np.log(p / (1 - p)), np.array([h for _, h in judged], dtype=float)

    def loss(ab: np.ndarray) -> float:
        z = ab[0] * odds + ab[1]
        return float(np.mean(np.logaddexp(0, z) - hit * z))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    return round(float(found[0]), 4), round(float(found[1]), 4)


def expected_error(judged: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over bins of equal width."""
    total = 0.0
    for n in range(bins):
        inside = [(p, h) for p, h in judged if n / bins <= p < (n + 1) / bins or (p == 1 and n == bins - 1)]
        if inside:
            total += abs(sum(p for p, _ in inside) - sum(h for _, h in inside))
    return round(total / max(1, len(judged)), 4)
