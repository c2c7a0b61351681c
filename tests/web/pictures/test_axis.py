from datetime import date, timedelta
from itertools import pairwise

import pytest

from onrecord.web.pictures.axis import divide, scale_between

FIRST = date(2031, 3, 5)


@pytest.mark.parametrize(
    ("days", "some"),
    [(20, "6"), (60, "10 Mar"), (400, "Apr"), (1500, "Jul"), (4000, "2035"), (40_000, "2100")],
)
def test_ticks_follow_the_length(days: int, some: str) -> None:
    assert some in [p.words for p in divide(scale_between(FIRST, FIRST + timedelta(days), 14, 1106))]


@pytest.mark.parametrize("days", [0, 1, 13, 47, 365, 366, 5000, 200_000])
def test_periods_cover_each_day_once(days: int) -> None:
    scale = scale_between(FIRST, FIRST + timedelta(days), 14, 1106)
    periods = divide(scale)
    assert (periods[0].first, periods[-1].last) == (scale.first, scale.last)
    assert all(a.last + 1 == b.first for a, b in pairwise(periods))


def test_a_day_has_a_width() -> None:
    scale = scale_between(FIRST, FIRST, 10, 110)
    assert (scale.start(scale.first), scale.middle(scale.first), scale.start(scale.last + 1)) == (10, 60, 110)
