from __future__ import annotations

import pytest

from onrecord.record import Event
from tests.events.reading import events, words

REPORT = (
    "Norran troops attacked Port Senn on Monday. Two sailors drowned. President Ada Holm telephoned Bela Renko on"
    " Tuesday. The call lasted an hour. Norra will send grain to Senn next month. The troops may leave the valley,"
    " officials said. Rebels burned a granary."
)


def by_word(text: str, word: str) -> Event:
    return next(e for e in events(text) if word in words(text, e.trigger))


@pytest.mark.parametrize(
    "text", [REPORT, "Rebels attacked Port Senn.", "She said so. " * 12 + "Rebels attacked Port Senn on Monday."]
)
def test_the_most_salient_stands_first(text: str) -> None:
    found = events(text)
    assert [e.id for e in found] == [f"v{n}" for n in range(1, len(found) + 1)]
    weights = [e.salience for e in found]
    assert weights
    assert weights == sorted(weights, reverse=True)
    assert all(0 < w <= 1 for w in weights)


def test_the_lead_is_what_a_report_is_about() -> None:
    assert words(REPORT, events(REPORT)[0].trigger) == ["attacked"]
    assert by_word(REPORT, "attacked").salience > by_word(REPORT, "burned").salience


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("Rebels attacked Port Senn.", "It rained. It blew. Rebels attacked Port Senn."),
        ("Rebels attacked Port Senn on Monday.", "Rebels attacked Port Senn."),
        ("Rebels attacked Port Senn.", "Rebels attacked."),
        ("Rebels attacked Port Senn.", "Officials said that rebels attacked Port Senn."),
        ("Rebels attacked Port Senn.", "The rebels, who attacked Port Senn, have left the valley."),
    ],
)
def test_what_counts(more: str, less: str) -> None:
    assert by_word(more, "attacked").salience > by_word(less, "attacked").salience


def test_what_is_told_of_again_counts_more() -> None:
    once = "Rebels carried out a strike in Harn. It rained."
    twice = "Rebels carried out a strike in Harn. The strike killed eleven people."
    assert by_word(twice, "strike").salience > by_word(once, "strike").salience
