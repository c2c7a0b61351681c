import numpy as np
import pytest

from bench.calibration import Judged, expected_error
from onrecord.language.calibration import PLAIN, calibrated
from training.calibrate import fit_scales


def facts(count: int, slope: float, shift: float) -> Judged:
    """Facts that are right as often as a head says which is too sure of itself by that scale."""
    draw = np.random.default_rng(5)
    said = draw.uniform(0.02, 0.98, count)
    return [(float(p), bool(draw.random() < calibrated(float(p), (slope, shift)))) for p in said]


def test_a_head_that_is_too_sure_is_brought_back() -> None:
    judged = {"names": facts(4000, 0.5, -0.7), "syntax": []}
    scales = fit_scales(judged)
    assert list(scales["names"]) == [pytest.approx(0.5, abs=0.1), pytest.approx(-0.7, abs=0.15)]
    assert scales["syntax"] == PLAIN
    again = [(calibrated(p, scales["names"]), hit) for p, hit in facts(4000, 0.5, -0.7)]
    assert expected_error(again) < 0.03 < expected_error(judged["names"])
