from datetime import date

from onrecord.web.pictures import draw_density
from tests.web.pictures.rows import box, day, of_class, read, titles, words


def ordinals(*days: date) -> list[int]:
    return [d.toordinal() for d in days]


def test_an_interval_over_several_periods_is_counted_apart_in_each() -> None:
    root = read(draw_density(ordinals(day(4), day(4), day(4)), ordinals(day(4), day(4), day(6)), day(1), day(9)))
    assert titles(root) == [
        "Tue 4 March 2031: 2 entries, and 1 that may fall into these days",
        "Wed 5 March 2031: 0 entries, and 1 that may fall into these days",
        "Thu 6 March 2031: 0 entries, and 1 that may fall into these days",
    ]
    assert [words(e) for e in of_class(root, "pic-entry")] == [["2"], ["(1)"], ["(1)"]]


def test_what_lies_outside_is_not_counted_and_what_reaches_in_is() -> None:
    root = read(draw_density(ordinals(day(1), day(1), day(9)), ordinals(day(5), day(2), day(31)), day(4), day(9)))
    assert [title.split(":")[0] for title in titles(root)] == [
        "Tue 4 March 2031",
        "Wed 5 March 2031",
        "Sun 9 March 2031",
    ]


def test_nothing_gives_an_empty_axis() -> None:
    assert not of_class(read(draw_density([], [], day(1), day(9))), "pic-entry")


def test_columns_are_as_tall_as_their_counts() -> None:
    root = read(draw_density(ordinals(*[day(4)] * 4, day(5)), ordinals(*[day(4)] * 4, day(5)), day(1), day(9)))
    tall, low = (float(rect.get("height", "")) for rect in of_class(root, "pic-column"))
    assert abs(tall - 4 * low) < 0.5


def test_what_may_fall_into_a_period_stands_on_what_does() -> None:
    root = read(draw_density(ordinals(day(4), day(4)), ordinals(day(4), day(6)), day(1), day(9)))
    sure, may = (box(rect) for rect in of_class(of_class(root, "pic-entry")[0], "pic-column"))
    assert may[3] == sure[1] < sure[3]
