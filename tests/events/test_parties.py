"""Parties of a contact behind offices, commas and what is told of one of them in between."""

from __future__ import annotations

import pytest

from tests.events.reading import contacts, parties

HOLM, RENKO = "Ada Holm", "Bela Renko"


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm, the foreign minister of Senn, and Bela Renko were on the phone on Thursday.",
        "Ada Holm, who is 61, and Bela Renko met in Senn on Thursday.",
        "Ada Holm, the foreign minister of Senn, and her Norran counterpart, Bela Renko, met on Thursday.",
    ],
)
def test_the_other_one_stands_behind_a_comma(text: str) -> None:
    assert [parties(e) for e in contacts(text)] == [{HOLM, RENKO}]


def test_whoever_stands_beyond_the_verb_is_not_of_the_same_side() -> None:
    text = "Secretary of State Ada Holm spoke today with Norran Vice President and Foreign Minister Bela Renko."
    (found,) = contacts(text)
    assert (found.actors, found.recipients) == ((HOLM,), (RENKO,))


def test_two_ministers_need_no_more_than_their_surnames() -> None:
    (found,) = contacts("A day later the two defence ministers, Halvik and Oruel, were on the telephone.")
    assert parties(found) == {"Halvik", "Oruel"}
