"""The days of contacts that name none of their own."""

from __future__ import annotations

import pytest

from onrecord.record import Interval
from tests.events.reading import contacts
from tests.records import days

TUESDAY, THURSDAY = days("2031-03-04"), days("2031-03-06")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "The foreign ministers of Norra and Senn failed on Tuesday to settle their quarrel. Ada Holm and Bela Renko"
            " met for four hours in a hotel.",
            TUESDAY,
        ),
        (
            "HARN, March 7 (Tern) - The ministers of Norra and Senn failed on Tuesday to settle their quarrel. Ada Holm"
            " and Bela Renko met for four hours in a hotel.",
            TUESDAY,
        ),
        (
            "Savers lined up yesterday outside it. The offer came in a telephone call from the governor, Ada Holm,"
            " to Bela Renko, who runs it.",
            THURSDAY,
        ),
    ],
)
def test_what_is_told_next_in_the_plain_past_was_on_that_day(text: str, day: Interval) -> None:
    (found,) = contacts(text)
    assert found.when == day
    assert found.when_by and text[slice(*found.when_by)] in ("Tuesday", "yesterday")


@pytest.mark.parametrize(
    "text",
    [
        # The day is of the statement.
        "Ada Holm said on Tuesday that it was over. She met Bela Renko in Senn.",
        # It had been before.
        "Ada Holm resigned on Tuesday. She had met Bela Renko in Senn.",
        "Ada Holm resigned on Tuesday. She once met Bela Renko in Senn.",
        # It is still to come.
        "Ada Holm resigned on Tuesday. She will meet Bela Renko in Senn.",
        # No sentence before it has a day.
        "Ada Holm resigned on Tuesday. Fog lay over the harbour. She met Bela Renko in Senn.",
        "Ada Holm met Bela Renko in Senn.",
        # A month is not one day.
        "Ada Holm resigned in February. She met Bela Renko in Senn.",
    ],
)
def test_no_other_day_is_handed_on(text: str) -> None:
    assert [found.when for found in contacts(text)] == [None]


def test_the_call_told_of_again_keeps_its_own_day() -> None:
    text = (
        "Foreign Minister Ada Holm telephoned Bela Renko on Thursday. The trawler was seized on Tuesday. In the call"
        " she demanded its release."
    )
    assert [found.when for found in contacts(text)] == [THURSDAY]
