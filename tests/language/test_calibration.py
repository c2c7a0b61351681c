import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.calibration import PLAIN, calibrated


def test_probabilities_are_calibrated_by_slope_and_shift() -> None:
    assert calibrated(0.8, PLAIN) == pytest.approx(0.8)
    assert calibrated(0.8, (2, 0)) == pytest.approx(16 / 17)
    assert calibrated(0.5, (1, -1)) < 0.5
    assert 0 < calibrated(0.0, PLAIN) < calibrated(1.0, PLAIN) < 1


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 5), st.floats(-5, 5))
def test_a_scale_keeps_the_order_of_facts(one: float, other: float, slope: float, shift: float) -> None:
    low, high = sorted((one, other))
    assert calibrated(low, (slope, shift)) <= calibrated(high, (slope, shift))
