"""Verbs of contact that tell of none, beside those that do."""

from __future__ import annotations

import pytest

from tests.events.reading import contacts


@pytest.mark.parametrize(
    ("none", "one"),
    [
        ("Ada Holm called Bela Renko a liar on Monday.", "Ada Holm called Bela Renko on Monday."),
        (
            "Ada Holm will meet Bela Renko in the final on Monday.",
            "Ada Holm will meet Bela Renko in the palace on Monday.",
        ),
        (
            "Ada Holm and Bela Renko are talking directly, she said.",
            "Ada Holm and Bela Renko are talking today in Senn.",
        ),
        ("Ada Holm saw Bela Renko as a rival.", "Ada Holm saw Bela Renko at the palace on Monday."),
        ("Ada Holm exchanged shares with Bela Renko.", "Ada Holm exchanged views with Bela Renko on Monday."),
    ],
)
def test_the_sense_is_told_by_what_stands_beside(none: str, one: str) -> None:
    assert not contacts(none)
    assert len(contacts(one)) == 1
