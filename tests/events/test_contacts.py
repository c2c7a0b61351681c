from __future__ import annotations

import pytest

from onrecord.record import Event
from tests.events.reading import contacts, parties, sides, words
from tests.records import days

HOLM, RENKO, SOREL, SENN = "Ada Holm", "Bela Renko", "Ina Sorel", "Port Senn"
WEDNESDAY = days("2031-03-05")


def one(text: str) -> Event:
    (found,) = contacts(text)
    return found


@pytest.mark.parametrize(
    ("text", "contact", "kind"),
    [
        ("Ada Holm spoke today with the Norran foreign minister, Bela Renko, about the dispute.", "call", "phone call"),
        ("Ada Holm and Bela Renko spoke by phone on Monday about the closed harbour.", "call", "phone call"),
        ("With Bela Renko, President Ada Holm spoke by phone on Monday.", "call", "phone call"),
        ("In a phone call with Bela Renko on Monday, Ada Holm said the harbour would reopen.", "call", "phone call"),
        ("Ada Holm told Bela Renko by satellite telephone that the convoy was safe.", "call", "phone call"),
        ("Foreign Minister Ada Holm telephoned Bela Renko on Monday.", "call", "phone call"),
        ("Foreign Minister Ada Holm called Bela Renko on Monday to discuss the harbour.", "call", "phone call"),
        ("A call between President Ada Holm and President Bela Renko lasted an hour.", "call", "phone call"),
        ("A phone call took place on Monday between Minister Ada Holm and Bela Renko.", "call", "phone call"),
        ("It was the first call between Ada Holm and Bela Renko since the summer.", "call", "phone call"),
        ("Speaking by phone with Bela Renko, President Ada Holm asked for help.", "call", "phone call"),
        ("Bela Renko was telephoned on Monday by President Ada Holm.", "call", "phone call"),
        ("Bela Renko, with whom President Ada Holm spoke by phone on Monday, is ill.", "call", "phone call"),
        ("Ada Holm met the harbour master, Bela Renko, in Port Senn on Monday.", "meeting", "meeting"),
        ("Ada Holm and Bela Renko met in Port Senn to discuss calls for a truce.", "meeting", "meeting"),
        ("Foreign Minister Ada Holm was received by President Bela Renko in Port Senn.", "meeting", "meeting"),
        ("Bela Renko, who met President Ada Holm in Port Senn on Monday, is ill.", "meeting", "meeting"),
        ("The meeting between President Ada Holm and Bela Renko took place on Monday.", "meeting", "meeting"),
        ("Foreign Minister Ada Holm held talks with Bela Renko in Port Senn on Tuesday.", "meeting", "talks"),
        ("Talks between President Ada Holm and Bela Renko began in Port Senn on Monday.", "meeting", "talks"),
        ("Ada Holm and Bela Renko joined a video call on Monday.", "virtual_meeting", "virtual meeting"),
        ("Ada Holm and Bela Renko held a video conference on Thursday.", "virtual_meeting", "virtual meeting"),
        ("Minister Ada Holm wrote to Prime Minister Bela Renko on Monday about the harbour.", "message", "message"),
        ("Ada Holm sent a letter to Bela Renko on Monday about the closed harbour.", "message", "message"),
    ],
)
def test_two_named_parties_in_touch(text: str, contact: str, kind: str) -> None:
    found = one(text)
    assert (found.contact, found.kind, found.type) == (contact, kind, "CONSULT")
    assert len(found.actors) == len(found.recipients) == 1
    assert parties(found) == {HOLM, RENKO}
    assert (found.status, found.intermediaries) == ("happened", ())
    assert words(text, found.evidence) == [text]


@pytest.mark.parametrize(
    ("text", "actor", "recipient"),
    [
        ("Foreign Minister Ada Holm telephoned Bela Renko on Monday.", HOLM, RENKO),
        ("Ina Sorel left Port Senn after Bela Renko telephoned Ada Holm.", RENKO, HOLM),
        ("Bela Renko was telephoned on Monday by President Ada Holm.", HOLM, RENKO),
        ("Foreign Minister Ada Holm was received by President Bela Renko in Port Senn.", RENKO, HOLM),
        ("In a phone call with Bela Renko on Monday, Ada Holm said the harbour would reopen.", HOLM, RENKO),
    ],
)
def test_who_is_in_touch_with_whom(text: str, actor: str, recipient: str) -> None:
    assert sides(one(text)) == ({actor}, {recipient})


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Ada Holm visited Port Senn on Wednesday.",
        "President Ada Holm arrived in Port Senn on Wednesday.",
        "Foreign Minister Ada Holm flew to Port Senn on Wednesday.",
        "President Ada Holm paid a visit to Port Senn on Wednesday.",
    ],
)
def test_a_visit_is_to_a_place(text: str) -> None:
    found = one(text)
    assert (found.contact, found.kind, found.type) == ("visit", "visit", "CONSULT")
    assert (sides(found), found.when) == (({HOLM}, {SENN}), WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "sender", "getter", "bringer"),
    [
        ("Foreign Minister Ada Holm brought a message from Norra to Senn, officials said.", "Norra", "Senn", HOLM),
        ("The message was brought from Norra to Senn by Lothra's minister, Ina Sorel.", "Norra", "Senn", SOREL),
        ("Minister Ada Holm told Senn via the Lothran foreign minister, Ina Sorel, no.", HOLM, "Senn", SOREL),
        (
            "Lothra's envoy carried a message from Norra to Senn last week, two diplomats said.",
            "Norra",
            "Senn",
            "Lothra's envoy",
        ),
        (
            "A letter from President Ada Holm to President Bela Renko was delivered by the ambassador, Ina Sorel.",
            HOLM,
            RENKO,
            SOREL,
        ),
    ],
)
def test_whoever_carries_a_message_stands_between(text: str, sender: str, getter: str, bringer: str) -> None:
    found = one(text)
    assert (found.contact, found.type) == ("message", "CONSULT")
    assert (sides(found), found.intermediaries) == (({sender}, {getter}), (bringer,))


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm met today in Port Senn with Prime Minister Bela Renko and Foreign Minister Ina Sorel.",
        "President Ada Holm met President Bela Renko and Foreign Minister Ina Sorel in Port Senn on Monday.",
        "Ada Holm held talks with Prime Minister Bela Renko and Foreign Minister Ina Sorel.",
    ],
)
def test_each_counterpart_is_a_contact(text: str) -> None:
    found = contacts(text)
    assert [e.actors for e in found] == [(HOLM,), (HOLM,)]
    assert sorted(e.recipients for e in found) == [(RENKO,), (SOREL,)]


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Ada Holm called for restraint after the strike in Port Senn.",
        "Bela Renko rejected calls for a truce from Foreign Minister Ada Holm on Monday.",
        "Foreign Minister Ada Holm called for calm. Bela Renko wept.",
        "Foreign Minister Ada Holm called on Bela Renko to open the port.",
        "Foreign Minister Ada Holm met the demands of Bela Renko on Monday.",
        "President Ada Holm has met every demand of Bela Renko, the rebel leader.",
        "Foreign Minister Ada Holm spoke to reporters in Port Senn on Monday.",
        "Ada Holm said little. Bela Renko spoke by phone with the press.",
        "Ada Holm left the cabinet meeting early on Monday, and Bela Renko stayed.",
        "President Ada Holm opened a cabinet meeting on Monday.",
        "In a call for calm on Monday, President Ada Holm told President Bela Renko to withdraw.",
        "President Ada Holm joined President Bela Renko in a call for a truce.",
        "President Ada Holm made a call for restraint with President Bela Renko.",
        "Foreign Minister Ada Holm spoke by phone with a diplomat on Monday.",
        "The minister called on Monday, and Ada Holm did not answer.",
        "Ada Holm met envoys before Bela Renko left Port Senn.",
        "Ada Holm and Bela Renko are tired of the war.",
        "The ministers spoke by telephone on Monday. One. Two. Three. Four. Five. Ada Holm told Bela Renko no.",
        "She met him in Port Senn on Monday.",
        "",
    ],
)
def test_no_contact_where_two_parties_are_not_in_touch(text: str) -> None:
    assert contacts(text) == []


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("A spokesman for President Ada Holm met Bela Renko in Port Senn on Monday.", RENKO),
        ("An adviser to President Ada Holm met Bela Renko in Port Senn on Monday.", RENKO),
        ("A spokeswoman for Foreign Minister Ada Holm spoke by phone with Bela Renko on Monday.", RENKO),
        ("Bela Renko met a spokesman for President Ada Holm in Port Senn on Monday.", RENKO),
    ],
)
def test_whose_spokesman_it_is_takes_no_part(text: str, other: str) -> None:
    found = one(text)
    assert HOLM not in parties(found)
    assert other in parties(found)
