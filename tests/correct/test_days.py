from __future__ import annotations

import pytest

from onrecord.correct.days import read_days
from onrecord.record import OnrecordError
from tests.records import days


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2031-05-04", "2031-05-04", "2031-05-04"),
        (" 2031-05-04 ", "2031-05-04", "2031-05-04"),
        ("2032-02", "2032-02-01", "2032-02-29"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-05-04/2031-05-07", "2031-05-04", "2031-05-07"),
        ("2031-05/2031-06", "2031-05-01", "2031-06-30"),
        ("2031-05/..", "2031-05-01", ""),
        ("../2031-05", "", "2031-05-31"),
        ("/2031", "", "2031-12-31"),
    ],
)
def test_days_of_edtf(value: str, first: str, last: str) -> None:
    assert read_days(value) == days(first, last)


@pytest.mark.parametrize(
    "value",
    ["", "..", "../..", "/", "4 May 2031", "2031-13", "2031-02-30", "0000", "2031-5-4", "2031?", "2031-05-04T10"],
)
def test_what_is_no_date_is_refused_with_the_forms_there_are(value: str) -> None:
    with pytest.raises(OnrecordError, match="is no date; write a day"):
        read_days(value)


def test_no_end_before_the_beginning() -> None:
    with pytest.raises(OnrecordError, match="ends before it begins"):
        read_days("2031-05-04/2031-05-03")
