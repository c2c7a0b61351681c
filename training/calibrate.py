"""The facts of one half of the dev splits to the scale of each head's probability."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from bench.calibration import Judged
from onrecord.language.calibration import PLAIN, Scale


def fit_scales(judged: dict[str, Judged]) -> dict[str, Scale]:
    """For each head the slope and the shift that make its facts likeliest (Platt 1999)."""
    return {head: _fit(facts) if facts else PLAIN for head, facts in judged.items()}


def _fit(judged: Judged) -> Scale:
    p = np.clip([p for p, _ in judged], 1e-6, 1 - 1e-6)
    odds, hit = np.log(p / (1 - p)), np.array([h for _, h in judged], dtype=float)

    def loss(scale: np.ndarray) -> float:
        z = scale[0] * odds + scale[1]
        return float(np.mean(np.logaddexp(0, z) - hit * z))

    found = minimize(loss, np.array(PLAIN), method="Nelder-Mead").x
    return round(float(found[0]), 4), round(float(found[1]), 4)
