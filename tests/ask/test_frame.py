from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ask.frame import frame_days, read_when
from onrecord.record import OnrecordError
from tests.records import days

TODAY = date(2031, 5, 14)  # a Wednesday
DAYS = st.dates(date(1700, 1, 1), date(2300, 12, 31))


@pytest.mark.parametrize(
    ("words", "earliest", "latest"),
    [
        ("2031-05-04", "2031-05-04", "2031-05-04"),
        ("2031-05", "2031-05-01", "2031-05-31"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-05-04/..", "2031-05-04", ""),
        ("../2031-05-04", "", "2031-05-04"),
        ("2031-05-04/2031-05-07", "2031-05-04", "2031-05-07"),
        ("2031-04/2031-05", "2031-04-01", "2031-05-31"),
        ("today", "2031-05-14", "2031-05-14"),
        ("yesterday", "2031-05-13", "2031-05-13"),
        ("Yesterday", "2031-05-13", "2031-05-13"),
        ("  yesterday ", "2031-05-13", "2031-05-13"),
        ("last week", "2031-05-05", "2031-05-11"),
        ("3 days ago", "2031-05-11", "2031-05-11"),
        ("last month", "2031-04-01", "2031-04-30"),
        ("4 May", "2031-05-04", "2031-05-04"),
        ("May 4, 2030", "2030-05-04", "2030-05-04"),
        ("24 December", "2030-12-24", "2030-12-24"),
        ("Friday", "2031-05-09", "2031-05-09"),
        ("last Friday", "2031-05-09", "2031-05-09"),
    ],
)
def test_days_are_read_as_edtf_or_as_words(words: str, earliest: str, latest: str) -> None:
    assert read_when(words, TODAY) == days(earliest, latest)


@pytest.mark.parametrize(
    "words",
    ["", " ", "soon", "the salt mine", "2031-13", "2031-02-30", "2031-05-07/2031-05-04", "../..", "/", "yesterday's"],
)
def test_words_that_name_no_days_are_refused_in_a_line_that_shows_them(words: str) -> None:
    with pytest.raises(OnrecordError) as refusal:
        read_when(words, TODAY)
    assert "\n" not in str(refusal.value)
    assert words.strip() in str(refusal.value)


@given(st.text(max_size=30), DAYS)
def test_any_words_name_days_in_order_or_are_refused(words: str, today: date) -> None:
    try:
        found = read_when(words, today)
    except OnrecordError:
        return
    assert found.earliest or found.latest
    assert not (found.earliest and found.latest) or found.earliest <= found.latest


@given(DAYS, DAYS, DAYS)
def test_a_day_in_digits_is_that_day_whatever_today_is(a: date, b: date, today: date) -> None:
    first, last = sorted((a, b))
    assert read_when(f"{first}/{last}", today) == days(first.isoformat(), last.isoformat())


@given(st.integers(1, 400), DAYS)
def test_so_many_days_ago_are_counted_back(number: int, today: date) -> None:
    there = today - timedelta(number)
    found = read_when(f"{number} days ago", today)
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest <= there <= found.latest


@pytest.mark.parametrize(
    ("since", "until", "when", "first", "last"),
    [
        (None, None, None, None, None),
        ("2031-05", None, None, date(2031, 5, 1), None),
        (None, "2031-05", None, None, date(2031, 5, 31)),
        ("2031-05", "2031-05", None, date(2031, 5, 1), date(2031, 5, 31)),
        ("last week", "yesterday", None, date(2031, 5, 5), date(2031, 5, 13)),
        ("2031-05-04/..", None, None, date(2031, 5, 4), None),
        (None, None, "2031-05", date(2031, 5, 1), date(2031, 5, 31)),
        (None, None, "../2031-05-04", None, date(2031, 5, 4)),
    ],
)
def test_a_question_goes_from_the_first_day_to_the_last(
    since: str | None, until: str | None, when: str | None, first: date | None, last: date | None
) -> None:
    assert frame_days(since, until, when, TODAY) == (first, last)


def test_days_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(OnrecordError):
        frame_days("2031-05-04", "2031-05-03", None, TODAY)
    with pytest.raises(OnrecordError):
        frame_days("never", None, None, TODAY)
