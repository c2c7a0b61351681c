import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dating import find_timexes, resolve
from onrecord.record import Interval, Publication, Span, Timex
from tests.language.odd import texts

# A Wednesday.
DAY = date(2031, 5, 14)
UNKNOWN = Publication()


def on(day: date) -> Publication:
    return Publication(earliest=day, latest=day, edtf=day.isoformat(), given=True)


def days(text: str, published: Publication | None = None) -> list[tuple[str, str]]:
    """Each expression of `text`, with its value."""
    found = find_timexes(text, on(DAY) if published is None else published)
    return [(text[t.span.start : t.span.end], t.value) for t in found]


def day_of(text: str, published: date = DAY) -> str:
    (timex,) = find_timexes(text, on(published))
    assert timex.earliest is not None
    assert timex.earliest == timex.latest
    return timex.earliest.isoformat()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Holm spoke on Thursday.", "2031-05-08"),
        ("Holm spoke on Monday.", "2031-05-12"),
        ("Holm spoke on Wednesday.", "2031-05-14"),
        ("Holm will meet Vorac on Thursday.", "2031-05-15"),
        ("Holm will meet Vorac on Monday.", "2031-05-19"),
        ("The talks are due in Norra on Friday.", "2031-05-16"),
        ("The pier must be mended by Tuesday.", "2031-05-20"),
        ("They met ahead of the Sunday vote.", "2031-05-18"),
        ("The ferry waits until Saturday.", "2031-05-17"),
        ("Holm said he will resign. Vorac spoke on Monday.", "2031-05-12"),
        ("“I will go.” Vorac spoke on Monday.", "2031-05-12"),
    ],
)
def test_a_weekday_lies_behind_unless_the_words_before_it_look_ahead(text: str, day: str) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The council meets next Friday.", "2031-05-16"),
        ("Next Friday the council meets.", "2031-05-16"),
        ("The council meets next Wednesday.", "2031-05-21"),
        ("The council met last Monday.", "2031-05-12"),
        ("Last Monday the council met.", "2031-05-12"),
        ("The council met last Wednesday.", "2031-05-07"),
        ("He will say what was agreed last Monday.", "2031-05-12"),
        ("The council meets this Friday.", "2031-05-16"),
        ("The council met this Monday.", "2031-05-12"),
        ("The council meets this Wednesday.", "2031-05-14"),
    ],
)
def test_last_this_and_next_are_taken_at_their_word(text: str, day: str) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The pier fell on 3 May.", "2031-05-03"),
        ("The pier fell on May 3.", "2031-05-03"),
        ("The pier fell on the 3rd of May.", "2031-05-03"),
        ("The pier fell on May 3rd, 1998.", "1998-05-03"),
        ("The pier fell on 3 May 1998.", "1998-05-03"),
        ("The pier fell on Sept. 21, 2030.", "2030-09-21"),
        ("The pier fell on 29 February 2028.", "2028-02-29"),
        ("The pier fell on 1998-05-03.", "1998-05-03"),
    ],
)
def test_a_date_of_the_calendar(text: str, day: str) -> None:
    assert day_of(text) == day


@pytest.mark.parametrize(
    ("written", "published", "day"),
    [
        ("28 December", date(2031, 1, 3), "2030-12-28"),
        ("4 January", date(2030, 12, 30), "2031-01-04"),
        ("29 February", date(2031, 5, 14), "2032-02-29"),
        ("29 February", date(2029, 1, 1), "2028-02-29"),
        ("29 February", date(1900, 2, 1), "1896-02-29"),
        ("31 December", date(9999, 12, 31), "9999-12-31"),
        ("1 January", date(1000, 1, 1), "1000-01-01"),
    ],
)
def test_a_date_without_a_year_is_the_nearest_one(written: str, published: date, day: str) -> None:
    assert day_of(f"The pier fell on {written}.", published) == day


@pytest.mark.parametrize(
    "text",
    [
        "on 31 February",
        "on February 30, 2031",
        "on 29 February 2031",
        "on 32 May",
        "on 0 May",
        "on 2031-02-29",
        "on 2031-13-01",
        "killed 12 Marines",
        "met 3 Mayors and 5 Junior officers",
        "in March 3,000 people left",
        "at May 10:30",
        "in May 2031",
        "on Mondays",
        "the sunday market",
        "Thursdayland",
    ],
)
def test_what_is_no_day_is_left_alone(text: str) -> None:
    assert days(text) == []


def test_an_impossible_date_hides_no_other() -> None:
    assert days("Neither 31 February nor 1 March") == [("1 March", "2031-03-01")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("today", "2031-05-14"),
        ("Yesterday", "2031-05-13"),
        ("tomorrow", "2031-05-15"),
        ("tonight", "2031-05-14TNI"),
        ("Tonight", "2031-05-14TNI"),
        ("last night", "2031-05-13TNI"),
        ("this morning", "2031-05-14TMO"),
        ("This afternoon", "2031-05-14TAF"),
        ("this evening", "2031-05-14TEV"),
        ("Monday evening", "2031-05-12TEV"),
        ("last Monday night", "2031-05-12TNI"),
    ],
)
def test_parts_of_the_day_are_times(text: str, value: str) -> None:
    assert days(f"It rained {text}, Holm said.") == [(text, value)]
    (timex,) = find_timexes(text, on(DAY))
    assert timex.type == ("TIME" if "T" in value else "DATE")


PLACELESS = (
    "Holm spoke on Thursday, yesterday, on 3 May and tonight, and will speak on Friday night, not on 1998-05-03."
)


@pytest.mark.parametrize("published", [UNKNOWN, Publication(earliest=DAY, latest=DAY + timedelta(days=6))])
def test_without_one_day_of_publication_nothing_is_resolved(published: Publication) -> None:
    assert [v for _, v in days(PLACELESS, published)] == [
        "XXXX-WXX-4",
        "XXXX-XX-XX",
        "XXXX-05-03",
        "XXXX-XX-XXTNI",
        "XXXX-WXX-5TNI",
        "1998-05-03",
    ]
    *others, full = find_timexes(PLACELESS, published)
    assert all(t.earliest is None and t.latest is None for t in others)
    assert full.earliest == full.latest == date(1998, 5, 3)


def test_days_beyond_the_calendar_stay_open() -> None:
    last = date(9999, 12, 31)
    assert days("tomorrow", on(last)) == [("tomorrow", "XXXX-XX-XX")]
    assert find_timexes("next Monday", on(last)) == (Timex(Span(0, 11), "DATE", "XXXX-WXX-1"),)
    assert resolve("XXXX-WXX-1", 1, on(last)) == Interval()


def test_expressions_are_given_in_order_and_apart() -> None:
    text = "On Monday, 12 May 2031, and on 2031-05-13, then yesterday."
    assert [written for written, _ in days(text)] == ["Monday", "12 May 2031", "2031-05-13", "yesterday"]


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FRAMES = ("met on {}", "will meet on {}", "meets next {}", "met last {}", "meets this {} night", "waits until {}")
published_days = st.dates(date(1950, 1, 1), date(2150, 1, 1))


@given(published_days, st.integers(-500, 500), st.sampled_from(WEEKDAYS), st.sampled_from(FRAMES))
def test_whole_weeks_of_publication_shift_a_weekday_by_as_much(day: date, weeks: int, name: str, frame: str) -> None:
    text, shift = f"The council {frame.format(name)}.", timedelta(weeks=weeks)
    here, there = find_timexes(text, on(day))[0].earliest, find_timexes(text, on(day + shift))[0].earliest
    assert here is not None
    assert there == here + shift
    assert WEEKDAYS[here.weekday()] == name
    assert abs((here - day).days) <= 7


@given(published_days, st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_a_date_with_its_year_needs_no_anchor(published: date, written: date) -> None:
    months = "Jan. Feb. March April May June July Aug. Sept. Oct. Nov. Dec.".split()
    text = f"on {months[written.month - 1]} {written.day}, {written.year}"
    assert day_of(text, published) == written.isoformat()


@given(texts, st.one_of(st.just(UNKNOWN), st.dates(date(1000, 1, 1)).map(on)))
def test_any_text_gives_expressions_that_are_apart_and_well_formed(text: str, published: Publication) -> None:
    text = text.replace("Holm", "next Monday 3 May tomorrow")
    found = find_timexes(text, published)
    edges = [edge for t in found for edge in t.span]
    assert edges == sorted(edges)
    assert all(re.fullmatch(r"(\d{4}|XXXX)-(\d\d-\d\d|WXX-\d|XX-XX)(T(MO|AF|EV|NI))?", t.value, re.A) for t in found)


def test_many_expressions_take_no_time() -> None:
    assert len(find_timexes("Monday\n" * 50_000, on(DAY))) == 50_000
