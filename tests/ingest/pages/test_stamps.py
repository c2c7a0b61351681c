import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ingest.pages.stamps import find_in_address, find_written, read_stamp
from onrecord.ingest.report import valid_published


@pytest.mark.parametrize(
    ("given_", "stamp"),
    [
        ("2031-05-04", "2031-05-04"),
        (" 2031-05-04\n", "2031-05-04"),
        ("2031-05-04T18:30:00.123Z", "2031-05-04T18:30:00+00:00"),
        ("2031-05-04T18:30:00-0400", "2031-05-04T18:30:00-04:00"),
        ("2031-05-04 18:30 UTC", "2031-05-04T18:30:00+00:00"),
        ("2031-05-04 8:30", "2031-05-04T08:30:00"),
        ("2031-05-04 6:30 PM", "2031-05-04"),
        ("20310504", "2031-05-04"),
        ("20310504T183000Z", "2031-05-04T18:30:00+00:00"),
        ("Sun, 04 May 2031 18:30:00 GMT", "2031-05-04T18:30:00+00:00"),
        ("04 May 2031 18:30 +0200", "2031-05-04T18:30:00+02:00"),
        ("Sun, 04 May 2031 18:30:00 PDT", "2031-05-04T18:30:00-07:00"),
        ("May 4, 2031 8:30 PM EDT", "2031-05-04"),
        ("Sunday 4th May, 2031", "2031-05-04"),
        ("May 4th, 2031", "2031-05-04"),
        ("4 of Sept. 2031", "2031-09-04"),
    ],
)
def test_a_date_is_read_with_its_time_and_offset(given_: str, stamp: str) -> None:
    assert read_stamp(given_) == stamp


@pytest.mark.parametrize(
    "given_",
    ["", "yesterday", "03/04/2031", "2031-13-04", "31 February 2031", "0001-01-01T00:00:00Z", "2031", "12345678901",
     "1970-01-01T00:00:00Z", "٢٠٣١-٠٥-٠٤", "2031-05-04123", "0204-05-04"],
)  # fmt: skip
def test_what_is_no_date_or_two_is_none(given_: str) -> None:
    assert read_stamp(given_) is None


@given(st.one_of(st.text(max_size=90), st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:+Z.-]{0,20}")))
def test_whatever_is_read_may_be_given(text: str) -> None:
    stamp = read_stamp(text)
    assert stamp is None or valid_published(stamp) == stamp


def test_written_dates_are_found_in_their_place() -> None:
    text = "Posted 4 May 2031, changed on June 5th, 2031; in May 2031 and on 31 June 2031 nothing."
    assert [(text[a:b], day) for a, b, day in find_written(text)] == [
        ("4 May 2031", "2031-05-04"),
        ("June 5th, 2031", "2031-06-05"),
    ]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://tamsin.example/2031/05/04/pier", "2031-05-04"),
        ("https://tamsin.example/2031/5/4/pier", "2031-05-04"),
        ("https://tamsin.example/2031/may/04/pier", "2031-05-04"),
        ("https://tamsin.example/news/pier-20310504.html", "2031-05-04"),
        ("https://tamsin.example/news/pier-2031-05-04", "2031-05-04"),
        ("https://tamsin.example/news/20310504123", None),
        ("https://tamsin.example/2031/05/pier", None),
        ("https://tamsin.example/pier?on=/2031/05/04/", None),
        ("https://tamsin.example/2031/13/04/pier", None),
    ],
)
def test_an_address_may_hold_a_day(url: str, day: str | None) -> None:
    assert find_in_address(url) == day
