from __future__ import annotations

import pytest

from onrecord.record import Event
from tests.events.reading import contacts, parties, sides, words
from tests.records import days

HOLM, RENKO, SOREL = "Ada Holm", "Bela Renko", "Ina Sorel"
MONDAY, WEDNESDAY, THURSDAY = days("2031-03-03"), days("2031-03-05"), days("2031-03-06")


def one(text: str) -> Event:
    (found,) = contacts(text)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm spoke by phone on Monday with her Norran counterpart, Bela Renko. The call lasted an hour.",
        "Foreign Minister Ada Holm telephoned Bela Renko on Monday. The two had tea before the call.",
        "Ada Holm held talks with Bela Renko on Monday. The call lasted an hour.",
    ],
)
def test_the_call_is_the_one_told_before(text: str) -> None:
    found = one(text)
    assert (found.contact, found.kind, parties(found)) == ("call", "phone call", {HOLM, RENKO})
    assert words(text, found.trigger)[-1] == "call"
    assert len(found.evidence) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Foreign Minister Ada Holm spoke by phone on Monday with Foreign Minister Bela Renko."
            " The two ministers spoke again on Wednesday.",
            [("call", "happened", MONDAY), ("call", "happened", WEDNESDAY)],
        ),
        (
            "President Ada Holm met President Bela Renko on Monday. The two presidents met again on Wednesday.",
            [("meeting", "happened", MONDAY), ("meeting", "happened", WEDNESDAY)],
        ),
        (
            "Ada Holm met Bela Renko in Port Senn on Monday. Holm met Renko again in Harn on Wednesday.",
            [("meeting", "happened", MONDAY), ("meeting", "happened", WEDNESDAY)],
        ),
        (
            "Ada Holm met Bela Renko on Monday. Ada Holm will meet Bela Renko again.",
            [("meeting", "happened", MONDAY), ("meeting", "planned", None)],
        ),
        (
            "Ada Holm met Bela Renko on Monday. She will meet Renko again next week.",
            [("meeting", "happened", MONDAY), ("meeting", "planned", days("2031-03-10", "2031-03-16"))],
        ),
        (
            "Ada Holm telephoned Bela Renko on Monday. Later Ada Holm met Bela Renko in Port Senn.",
            [("call", "happened", MONDAY), ("meeting", "happened", None)],
        ),
    ],
)
def test_two_contacts_of_the_same_two(text: str, told: list[tuple[str, str, object]]) -> None:
    found = contacts(text)
    assert [(e.contact, e.status, e.when) for e in found] == told
    assert [parties(e) for e in found] == [{HOLM, RENKO}] * 2


def test_the_call_is_the_later_of_two() -> None:
    text = "Ada Holm telephoned Bela Renko on Monday. Ada Holm telephoned Bela Renko on Thursday. The call was short."
    found = contacts(text)
    assert [words(text, e.trigger) for e in found] == [["telephoned"], ["telephoned", "call"]]


def test_one_day_and_a_day_not_stated_are_one_contact() -> None:
    text = (
        "Ada Holm telephoned Bela Renko. Ada Holm telephoned Bela Renko on Thursday. Renko telephoned Holm on Thursday."
    )
    assert (one(text).when, len(one(text).trigger)) == (THURSDAY, 3)


def test_the_same_two_again_after_another_are_one_contact() -> None:
    text = "Ada Holm met Ina Sorel on Monday. Bela Renko telephoned Ada Holm. Ada Holm met Ina Sorel."
    found = contacts(text)
    assert [(parties(e), len(e.trigger)) for e in found] == [({HOLM, SOREL}, 2), ({HOLM, RENKO}, 1)]


@pytest.mark.parametrize("holders", ["The presidents", "The foreign ministers of Norra and Senn"])
def test_holders_of_offices_are_named_in_the_next_sentences(holders: str) -> None:
    text = f"{holders} spoke by phone on Thursday. Ada Holm told Bela Renko that the port would stay shut."
    found = one(text)
    assert (sides(found), found.when) == (({HOLM}, {RENKO}), THURSDAY)
    assert found.confidence < one("Foreign Minister Ada Holm telephoned Bela Renko on Monday.").confidence


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Dagny Sorel, the head of Ansel Ferries, met Transport Minister Hugh Tolland for the second time on "
            "Thursday. Their first conversation, on 27 February, dealt with payments to the families.",
            ["2031-02-27", "2031-03-06"],
        ),
        (
            "Foreign Minister Ada Holm of Norra telephoned her Sennish counterpart, Bela Renko, on Thursday. It was "
            "their second call in a week. In the first call, on Monday, they had agreed on nothing.",
            ["2031-03-03", "2031-03-06"],
        ),
        (
            "Ada Holm and Bela Renko spoke by telephone on Thursday, the Norran ministry said. The call was their "
            "first since the seizure of the trawler.",
            ["2031-03-06"],
        ),
    ],
)
def test_a_second_meeting_is_not_the_first(text: str, days: list[str]) -> None:
    found = [e.when for e in contacts(text)]
    assert sorted(str(when.earliest) for when in found if when and when.earliest == when.latest) == days
    assert len(found) == len(days)
