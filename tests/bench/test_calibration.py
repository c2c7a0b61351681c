from xml.etree import ElementTree

import pytest

from bench.calibration import bins, draw, expected_error


def test_the_error_is_the_distance_of_probability_and_share() -> None:
    surely = [(0.95, n < 8) for n in range(10)]
    assert expected_error(surely) == pytest.approx(0.15)
    assert expected_error([*surely, *[(0.25, n < 1) for n in range(4)]]) == pytest.approx(0.15 * 10 / 14, abs=1e-4)


def test_certainty_has_the_last_bin() -> None:
    ((probability, share, size),) = bins([(1.0, True), (0.91, False)])
    assert probability == pytest.approx(0.955)
    assert (share, size) == (0.5, 2)


def test_no_facts_have_no_error() -> None:
    assert expected_error([]) == 0


def test_the_picture_is_well_formed_and_holds_every_head() -> None:
    svg = draw({"names": [(0.9, True), (0.4, False)], "a<b": []})
    texts = [t.text or "" for t in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314
    assert any(t.startswith("names: error") for t in texts)
    assert any(t.startswith("a<b") for t in texts)
