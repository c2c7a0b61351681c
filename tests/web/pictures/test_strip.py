from datetime import date, timedelta

from onrecord.web.pictures import draw_strip
from tests.web.pictures.rows import HOSTILE, SVG, box, day, of_class, read


def test_a_known_day_is_a_tick_and_an_interval_a_bar() -> None:
    days = [(day(4), day(4)), (day(10), day(20)), (day(25), None), (None, None)]
    root = read(draw_strip(days, day(1), day(30), "March"))
    (tick,) = of_class(root, "pic-day")
    bars = [box(rect) for rect in of_class(root, "pic-span")]
    assert len(bars) == 2
    assert bars[0][2] - bars[0][0] > 80
    assert bars[1][2] > 255
    assert 20 < float(tick.get("x", "")) < 40
    assert (root.get("role"), root.get("aria-label")) == ("img", "March")


def test_more_on_one_day_are_a_taller_tick() -> None:
    root = read(draw_strip([(day(4), day(4)), (day(20), day(20)), (day(20), day(20))], day(1), day(30), "x"))
    one, two = (float(rect.get("height", "")) for rect in of_class(root, "pic-day"))
    assert one < two


def test_however_many_days_it_stays_small() -> None:
    first = date(2000, 1, 1)
    days = [(first + timedelta(n), first + timedelta(n + n % 3)) for n in range(9000)]
    assert len(draw_strip(days, first, first + timedelta(9000), "x")) < 60_000


def test_what_lies_outside_is_left_out() -> None:
    root = read(draw_strip([(day(1), day(2)), (day(28), day(28))], day(10), day(20), "x"))
    assert [e.tag for e in root] == [f"{SVG}path"]


def test_a_hostile_label_stays_a_label() -> None:
    for text in HOSTILE:
        assert len(list(read(draw_strip([], day(1), day(9), text)).iter())) == 2
