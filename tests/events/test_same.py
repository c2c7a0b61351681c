"""What one report tells twice, where nobody knows the day of the report."""

from __future__ import annotations

import pytest

from onrecord.record import Publication
from tests.events.reading import contacts, words


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        (
            "Ada Holm resigned today after a meeting with Bela Renko. At their first meeting, eleven days ago, Ada Holm"
            " gave a promise.",
            [["meeting"], ["meeting"]],
        ),
        ("Ada Holm called Bela Renko on Monday. She called Bela Renko again on Thursday.", [["called"], ["called"]]),
        # Monday may be yesterday.
        ("Ada Holm called Bela Renko yesterday. The call on Monday lasted an hour.", [["called", "call"]]),
        ("Ada Holm called Bela Renko on Monday. Monday's call lasted an hour.", [["called", "call"]]),
    ],
)
def test_words_that_mean_two_days_whenever_it_was_written(text: str, triggers: list[list[str]]) -> None:
    found = contacts(text, Publication())
    assert [words(text, e.trigger) for e in found] == triggers
    assert all(e.when is None for e in found)
