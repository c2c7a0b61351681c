import random
from datetime import date, timedelta
from itertools import combinations
from typing import get_args

import pytest

from onrecord.record import Status
from onrecord.views.timeline import Moment
from onrecord.web.pictures import count_undrawn, draw_legend, draw_timeline
from onrecord.web.pictures.shapes import KINDS
from tests.web.pictures.rows import HOSTILE, SVG, box, day, moment, of_class, overlap, read, titles, words

HIGHEST = 480
STATUSES: tuple[Status, ...] = get_args(Status)


def href(row: Moment) -> str:
    return f"/report/{row.id}?a=1&b=2"


def many(number: int, days: int) -> list[Moment]:
    rng = random.Random(number)
    rows = []
    for _ in range(number):
        first = date(2030, 1, 1) + timedelta(days=rng.randrange(days))
        last = first + timedelta(days=rng.choice((0, 0, 0, 2, 6, 30)))
        rows.append(moment(first, last, rng.choice(STATUSES), rng.choice(("phone call", "statement", "strike"))))
    return rows


@pytest.mark.parametrize(("number", "days"), [(1, 1), (40, 30), (150, 60), (400, 20), (400, 1500)])
def test_no_two_marks_lie_on_each_other(number: int, days: int) -> None:
    root = read(draw_timeline(many(number, days), date(2030, 1, 1), date(2030, 1, 1) + timedelta(days=days), href))
    boxes = [box(rect) for rect in of_class(root, "pic-hit")]
    assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    left = sum(int(w.removeprefix("+")) for w in words(root) if w.startswith("+"))
    assert len(boxes) + left == number
    assert float(root.get("height", "")) <= HIGHEST


def test_a_mark_stands_at_its_day_and_an_interval_has_no_mark_of_a_day() -> None:
    rows = [moment(day(4), day(4)), moment(day(6), day(8)), moment(day(12), None), moment(None, day(18))]
    root = read(draw_timeline(rows, day(1), day(20), href))
    pitch = (1120 - 28) / 20
    known, held, after, before = of_class(root, "pic-entry")
    assert float(of_class(known, "pic-filled")[0].get("cx", "")) == pytest.approx(14 + 3.5 * pitch, abs=0.1)
    assert not of_class(known, "pic-band") + of_class(known, "pic-ring")
    assert of_class(held, "pic-band")[0].get("d", "").startswith(f"M{14 + 5 * pitch:.1f} ")
    assert f"H{14 + 8 * pitch:.1f}" in of_class(held, "pic-band")[0].get("d", "")
    for entry in (held, after, before):
        assert of_class(entry, "pic-ring")
    for entry in (after, before):
        assert of_class(entry, "pic-arrow")
        assert len(of_class(entry, "pic-fade")) > 1


def test_days_beyond_the_picture_end_in_a_point_and_others_are_counted_at_the_edge() -> None:
    rows = [moment(day(1), day(31)), moment(day(1), day(2)), moment(day(28), day(28)), moment(day(30), day(30))]
    root = read(draw_timeline(rows, day(10), day(20), href))
    assert len(of_class(root, "pic-entry")) == 1
    assert of_class(root, "pic-band")[0].get("d", "").count("l") == 3
    assert {"← 1 before", "2 after →"} <= set(words(root))


def test_each_kind_has_a_shape_and_a_colour_of_its_own() -> None:
    rows = [moment(day(4), day(4), status) for status in STATUSES]
    rows.append(moment(day(4), day(4), kind="statement"))
    root = read(draw_timeline(rows, day(4), day(4), href))
    groups = root.findall(f"{SVG}a/{SVG}g")
    assert {g.get("class") for g in groups} == {f"pic-{kind}" for kind in KINDS}
    shapes = {tuple((e.tag, e.get("class"), len(e.get("points", "").split())) for e in group) for group in groups}
    # A triangle has three corners, a diamond four; a circle with a bar is two elements.
    assert len(shapes) == len(KINDS)


def test_a_mark_leads_on_and_says_all_of_its_moment() -> None:
    row = moment(day(4), day(4), "planned", worked_out=True)
    root = read(draw_timeline([row], day(1), day(9), href))
    (entry,) = of_class(root, "pic-entry")
    assert entry.get("href") == href(row)
    (title,) = titles(entry)
    for part in ("4 March 2031 (worked out)", row.kind, row.who, row.status, row.standing, row.words.quote):
        assert part in title
    assert of_class(entry, "pic-worked-out")
    assert words(entry) == [f"{row.kind}: {row.who}"]
    assert root.get("role") == "group"
    assert root.get("aria-label") == "1 entry from 1 March 2031 to 9 March 2031"


def test_a_statement_is_labelled_with_who_said_it() -> None:
    row = moment(day(4), day(4), kind="statement", who="the Norvian ministry ← Ilse Varrun")
    assert "Ilse Varrun: “The grain" in draw_timeline([row], day(1), day(9), href)


def test_moments_without_a_day_are_left_out_and_counted() -> None:
    rows = [moment(None, None), moment(day(4), day(4))]
    assert len(of_class(read(draw_timeline(rows, day(1), day(9), href)), "pic-entry")) == 1
    assert count_undrawn(rows) == 1


def test_too_many_are_counted_in_columns_that_lead_to_their_days() -> None:
    rows = [moment(day(4), day(4))] * 300 + [moment(day(5), day(5))] * 101
    picture = draw_timeline(rows, day(1), day(9), href, href_range=lambda a, b: f"?since={a}&until={b}")
    entries = of_class(read(picture), "pic-entry")
    assert [e.get("href") for e in entries] == [
        "?since=2031-03-04&until=2031-03-04",
        "?since=2031-03-05&until=2031-03-05",
    ]
    assert [words(e) for e in entries] == [["300"], ["101"]]
    assert "pic-density" not in draw_timeline(rows[:400], day(1), day(9), href)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    rows = [moment(day(4), day(4), kind=text, who=text, quote=text), moment(day(5), None, kind="statement", who=text)]
    root = read(draw_timeline(rows, day(1), day(9), lambda _: "/a"))
    assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {
        *("svg", "path", "rect", "text", "a", "g", "title", "circle"),
    }
    assert not [e for e in root.iter() if any(name.startswith(("on", "style")) for name in e.keys())]  # noqa: SIM118


def test_the_same_rows_give_the_same_picture() -> None:
    rows = many(120, 60)
    pictures = {draw_timeline(rows, date(2030, 1, 1), date(2030, 4, 1), href) for _ in range(2)}
    assert len(pictures) == 1


@pytest.mark.parametrize(("first", "last"), [(date.min, date.max), (date.max, date.max), (day(9), day(1))])
def test_the_ends_of_time_can_be_drawn(first: date, last: date) -> None:
    read(draw_timeline([moment(day(4), None), moment(date.max, date.max)], first, last, href))


def test_the_legend_names_every_shape() -> None:
    root = read(draw_legend())
    said = [span.text for span in root.iter("span") if span.text]
    assert said[: len(KINDS)] == list(KINDS.values())
    assert all(of_class(root, f"pic-{kind}") for kind in KINDS)
