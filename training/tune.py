"""Readings of the dev split to scores and to the leaning that serves them best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from bench.attribution_scores import count_report, figures, right_ones
from bench.data import Example
from onrecord.language.decode import Found, Leaning, Linker, Reading, Scores, calibrated, decode
from onrecord.language.pieces import Pieces, Window

Read = tuple[Example, Pieces, list[Window], list[Scores]]

_STEPS = {
    "least": (0.0, 0.5, 0.6, 0.7, 0.75, 0.8),
    "begin": (0.0, 0.5, 1.0),
    "content": (-0.5, 0.0, 0.5, 1.0),
    "source": (-1.0, -0.5, 0.0, 0.5, 1.0),
    "cue": (-1.0, -0.5, 0.0, 0.5),
    "no_source": (-1.0, -0.5, 0.0, 0.5, 1.0),
}


def char_span(found: Found | None, pieces: Pieces) -> tuple[tuple[int, int], ...]:
    """A found span in characters; nothing for None."""
    if found is None:
        return ()
    return tuple((int(pieces.start[a]), int(pieces.end[b - 1])) for a, b in found.runs)


def char_relations(reading: Reading, pieces: Pieces) -> list[dict[str, tuple[tuple[int, int], ...]]]:
    """A reading's attributions in the scorer's form."""
    return [
        {
            "content": char_span(r.content, pieces),
            "source": char_span(r.source, pieces),
            "cue": char_span(r.cue, pieces),
        }
        for r in reading.relations
    ]


def tune(read: Sequence[Read], linker: Linker) -> Leaning:
    """The leaning with the best link score over `read`, one value changed at a time, twice over."""
    best, top = Leaning(), -1.0
    for _ in range(2):
        for name, values in _STEPS.items():
            for value in values:
                trial = replace(best, **{name: value})
                total = Counter[str]()
                for example, pieces, windows, scores in read:
                    gold = [{"source": a.source, "content": a.content} for a in example.attributions or ()]
                    reading = decode(windows, scores, linker, trial)
                    total += count_report(example.text, char_relations(reading, pieces), gold)
                score = figures(total)["link_dice50"]
                if score > top:
                    best, top = trial, score
    return best


def calibrate(read: Sequence[Read], linker: Linker, leaning: Leaning) -> tuple[Leaning, float]:
    """The leaning with Platt's two numbers fitted on `read`, and the calibration error when fitted on one half only."""
    rows = [_judged(r, linker, leaning) for r in read]
    fitted = [_platt([x for row in part for x in row]) for part in (rows, rows[::2])]
    held = [x for row in rows[1::2] for x in row]
    trial = replace(leaning, slope=fitted[1][0], shift=fitted[1][1])
    error = expected_error([(calibrated(p, trial), hit) for p, hit in held])
    return replace(leaning, slope=fitted[0][0], shift=fitted[0][1]), error


def _judged(read: Read, linker: Linker, leaning: Leaning) -> list[tuple[float, bool]]:
    example, pieces, windows, scores = read
    reading = decode(windows, scores, linker, replace(leaning, slope=1.0, shift=0.0))
    gold = [{"source": a.source, "content": a.content} for a in example.attributions or ()]
    right = right_ones(example.text, char_relations(reading, pieces), gold)
    return [(r.probability, i in right) for i, r in enumerate(reading.relations)]


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


def mention_f1(rows: Iterable[tuple[Example, Pieces, Reading]]) -> dict[str, float]:
    """Exact F1 of names, all kinds together and each."""
    n = Counter[tuple[str, str]]()
    for example, pieces, reading in rows:
        given = {(*char_span(m, pieces)[0], m.label) for m in reading.mentions}
        gold = set(example.mentions or ())
        for kind in ("person", "organisation", "place"):
            g, p = ({x for x in side if x[2] == kind} for side in (gold, given))
            n["hit", kind] += len(g & p)
            n["all", kind] += len(g) + len(p)
    out = {k: 2 * n["hit", k] / n["all", k] if n["all", k] else 0.0 for k in ("person", "organisation", "place")}
    hit, every = (sum(v for (a, _), v in n.items() if a == name) for name in ("hit", "all"))
    return {k: round(v, 4) for k, v in {"f1": 2 * hit / every if every else 0.0, **out}.items()}
