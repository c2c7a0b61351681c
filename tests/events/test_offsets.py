"""So much time before or behind another event: the days of the one that has none of its own."""

from __future__ import annotations

import pytest

from onrecord.record import Interval
from tests.events.reading import events
from tests.records import days

# Reports are of Friday, 7 March 2031.


def when(text: str) -> dict[str, Interval | None]:
    """The days of each event by the last word of its trigger."""
    return {text[slice(*e.trigger[-1])]: e.when for e in events(text)}


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Ada Holm resigned on Friday, a day after she met Bela Renko.", "met", days("2031-03-06")),
        (
            "Ada Holm resigned on Friday, less than a day after she met Bela Renko.",
            "met",
            days("2031-03-06", "2031-03-07"),
        ),
        ("Ada Holm resigned today, two days after a meeting with Bela Renko.", "meeting", days("2031-03-05")),
        ("Ada Holm telephoned Bela Renko on Tuesday, the day after the attack.", "attack", days("2031-03-03")),
        (
            "Ada Holm met Bela Renko on 3 February, two weeks before the ferry company collapsed.",
            "collapsed",
            days("2031-02-14", "2031-02-20"),
        ),
        ("A day before the strike began on Monday, Ada Holm met Bela Renko.", "met", days("2031-03-02")),
        ("Ada Holm met Bela Renko hours after the strike on Monday.", "met", days("2031-03-03")),
        ("Ada Holm met Bela Renko hours after the strike on Monday night.", "met", days("2031-03-03", "2031-03-04")),
        (
            "The week before the vote on 12 February, Ada Holm met Bela Renko.",
            "met",
            days("2031-02-05", "2031-02-11"),
        ),
        # To say is no event, but has its day.
        (
            "Ada Holm said on Friday, two days after she called Bela Renko, that it is over.",
            "called",
            days("2031-03-05"),
        ),
        # Its day stands elsewhere.
        (
            "The attack on the harbour on Monday killed two people. Two days after the attack, Ada Holm telephoned Bela"
            " Renko.",
            "telephoned",
            days("2031-03-05"),
        ),
        # The call was when it was settled.
        (
            "The trawler left this morning, less than a day after Ada Holm and Bela Renko settled the terms in a"
            " telephone call.",
            "call",
            days("2031-03-06", "2031-03-07"),
        ),
    ],
)
def test_days_come_from_the_other_event(text: str, trigger: str, day: Interval) -> None:
    assert when(text)[trigger] == day


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        # Nobody knows when.
        ("Ada Holm met Bela Renko a day after the strike.", "met"),
        ("Ada Holm resigned on Friday, more than a month after she met Bela Renko.", "met"),
        ("Ada Holm resigned on Friday, years after she met Bela Renko.", "met"),
        # Three days later than what has no day.
        ("Ada Holm met Bela Renko in Port Senn. Three days later she resigned.", "resigned"),
    ],
)
def test_unknown_days_stay_so(text: str, trigger: str) -> None:
    assert when(text)[trigger] is None


def test_without_a_length_the_day_is_of_both() -> None:
    text = "Ada Holm resigned on Friday after she met Bela Renko."
    assert when(text) == {"met": days("2031-03-07"), "resigned": days("2031-03-07")}


def test_a_day_of_its_own_stands() -> None:
    text = "Ada Holm resigned on Friday, a day after she met Bela Renko on Monday."
    assert when(text) == {"met": days("2031-03-03"), "resigned": days("2031-03-07")}
