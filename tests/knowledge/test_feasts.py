from datetime import date, timedelta

import pytest

from onrecord.knowledge import feast_days, read_table


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("yom_kippur", date(2024, 10, 11), date(2024, 10, 12)),
        ("easter", date(2019, 4, 21), date(2019, 4, 21)),
        ("orthodox_easter", date(2021, 5, 2), date(2021, 5, 2)),
        ("lent_3", date(2019, 3, 24), date(2019, 3, 24)),
        ("thanksgiving", date(2016, 11, 24), date(2016, 11, 24)),
        ("memorial_day", date(2016, 5, 30), date(2016, 5, 30)),
        ("advent_4", date(2023, 12, 24), date(2023, 12, 24)),
        ("nowruz", date(2024, 3, 20), date(2024, 3, 21)),
        ("chinese_new_year", date(2024, 2, 10), date(2024, 2, 10)),
    ],
)
def test_a_feast_has_its_days(name: str, first: date, last: date) -> None:
    assert [(d.earliest, d.latest) for d in feast_days(name, first.year)] == [(first, last)]


def test_a_feast_by_sight_of_the_moon_has_a_day_more_on_either_side() -> None:
    (days,) = feast_days("eid_fitr", 2024)
    # Countries began on 9, 10 and 11 April.
    assert days.earliest is not None
    assert days.latest is not None
    assert days.earliest <= date(2024, 4, 9)
    assert days.latest >= date(2024, 4, 12)


def test_the_islamic_year_can_bring_a_feast_twice() -> None:
    assert len(feast_days("eid_fitr", 2000)) == 2


@pytest.mark.parametrize("name", sorted(read_table("feasts", "")))
def test_every_feast_comes_in_every_year(name: str) -> None:
    for year in (1950, 1999, 2024):
        for days in feast_days(name, year):
            assert days.earliest and days.latest
            assert timedelta(0) <= days.latest - days.earliest < timedelta(days=60)
        assert feast_days(name, year) or "hijri" in read_table("feasts", "")[name]


def test_every_name_of_a_feast_is_of_one_that_is_known() -> None:
    assert set(read_table("feasts").values()) <= set(read_table("feasts", ""))
