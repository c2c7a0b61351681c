from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from onrecord.events import find_contacts
from onrecord.record import Event, Noise, Span, Timex
from tests.parses import Names, make_entities, make_parse, places, words
from tests.records import days

PEOPLE: Names = {"Ada Holm": "person", "Bela Renko": "person", "Ina Sorel": "person", "Senn": "place"}
MONDAY, THURSDAY = days("2031-03-03"), days("2031-03-06")


def contacts(text: str, dated: Mapping[str, str] | None = None, noise: Sequence[Noise] = ()) -> tuple[Event, ...]:
    """The contacts of a text whose words `dated` are those ISO days."""
    timexes = []
    for phrase, day in (dated or {}).items():
        when = days(day)
        timexes += [Timex(span, "DATE", day, when.earliest, when.latest) for span in places(text, phrase)]
    ordered = tuple(sorted(timexes, key=lambda t: t.span))
    return find_contacts(make_parse(text), make_entities(text, PEOPLE), ordered, tuple(noise))


def one(text: str) -> Event:
    (found,) = contacts(text)
    return found


@pytest.mark.parametrize(
    ("text", "contact", "kind"),
    [
        ("Ada Holm spoke by phone with Bela Renko.", "call", "phone call"),
        ("Ada Holm and Bela Renko spoke by phone.", "call", "phone call"),
        ("Ada Holm spoke by phone on Monday with her Sennish counterpart, Bela Renko.", "call", "phone call"),
        ("Ada Holm telephoned Bela Renko.", "call", "phone call"),
        ("Ada Holm told Bela Renko in a telephone call that the port was shut.", "call", "phone call"),
        ("After a call between Ada Holm and Bela Renko the port was shut.", "call", "phone call"),
        ("Ada Holm met Bela Renko in Senn.", "meeting", "meeting"),
        ("Ada Holm met the harbour master, Bela Renko, in Senn.", "meeting", "meeting"),
        ("Ada Holm and Bela Renko met to discuss calls for a truce.", "meeting", "meeting"),
        ("Ada Holm held talks with Bela Renko.", "meeting", "held talks"),
        ("Ada Holm and Bela Renko joined a video call.", "virtual_meeting", "virtual meeting"),
        ("Ada Holm wrote to Bela Renko.", "message", "message"),
        ("Ada Holm arrived in Senn.", "visit", "visit"),
        ("Ada Holm visited Senn.", "visit", "visit"),
    ],
)
def test_what_is_a_contact(text: str, contact: str, kind: str) -> None:
    found = one(text)
    other = "Senn" if contact == "visit" else "Bela Renko"
    assert (found.contact, found.kind, found.type) == (contact, kind, "CONSULT")
    assert (found.actors, found.recipients) == (("Ada Holm",), (other,))
    assert (found.id, found.status, found.when) == ("v1", "happened", None)
    assert words(text, found.evidence) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Holm spoke by phone with a diplomat.",
        "She met him in Senn.",
        "The minister called.",
        "Ada Holm called on Bela Renko to open the port.",
        "Ada Holm called for calm. Bela Renko wept.",
        "Ada Holm met the demands of the dockers, and Bela Renko did not.",
        "Ada Holm said little. Bela Renko spoke by phone with the press.",
        "Ada Holm met envoys before Bela Renko left.",
        "Ada Holm and Bela Renko are tired.",
        "",
    ],
)
def test_no_contact_where_two_parties_are_not_in_touch(text: str) -> None:
    assert contacts(text) == ()


def test_parties_stand_in_the_order_of_the_words() -> None:
    found = one("Ina Sorel left after Bela Renko telephoned Ada Holm.")
    assert (found.actors, found.recipients) == (("Bela Renko",), ("Ada Holm",))


def test_the_contact_named_again_is_the_same() -> None:
    text = "Ada Holm spoke by phone with Bela Renko. The call lasted an hour."
    found = one(text)
    assert words(text, found.trigger) == ["spoke by phone", "call"]
    assert words(text, found.evidence) == ["Ada Holm spoke by phone with Bela Renko.", "The call lasted an hour."]


def test_a_vague_word_is_made_plain_by_the_next_one() -> None:
    found = one("Ada Holm held talks with Bela Renko. The call lasted an hour.")
    assert (found.contact, found.kind) == ("call", "phone call")


def test_a_call_is_not_a_meeting() -> None:
    found = contacts("Ada Holm telephoned Bela Renko. Later Ada Holm met Bela Renko in Senn.")
    assert [e.contact for e in found] == ["call", "meeting"]


def test_different_days_are_two_contacts() -> None:
    text = "Ada Holm telephoned Bela Renko on Monday. Ada Holm telephoned Bela Renko on Thursday. The call was short."
    found = contacts(text, {"Monday": "2031-03-03", "Thursday": "2031-03-06"})
    assert [(e.id, e.when) for e in found] == [("v1", MONDAY), ("v2", THURSDAY)]
    assert words(text, found[1].trigger) == ["telephoned", "call"]


def test_one_day_and_a_day_not_stated_are_one_contact() -> None:
    text = (
        "Ada Holm telephoned Bela Renko. Ada Holm telephoned Bela Renko on Thursday. Renko telephoned Holm on Thursday."
    )
    found = contacts(text, {"Thursday": "2031-03-06"})
    assert [(e.id, e.when) for e in found] == [("v1", THURSDAY)]


def test_the_day_is_the_one_nearest_to_the_word_of_contact() -> None:
    text = "On Monday the port was shut, and Ada Holm telephoned Bela Renko on Thursday."
    assert contacts(text, {"Monday": "2031-03-03", "Thursday": "2031-03-06"})[0].when == THURSDAY


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ada Holm will meet Bela Renko in Senn.", "planned"),
        ("Ada Holm is due to meet Bela Renko.", "planned"),
        ("Ada Holm plans to meet Bela Renko.", "planned"),
        ("Ada Holm agreed to meet Bela Renko.", "planned"),
        ("Ada Holm hopes to sit down with Bela Renko.", "planned"),
        ("Ada Holm did not meet Bela Renko.", "denied"),
        ("Ada Holm refused to meet Bela Renko.", "denied"),
        ("Ada Holm denied having met Bela Renko.", "denied"),
        ("Ada Holm denied that she had met Bela Renko.", "denied"),
        ("Ada Holm did not say that she had met Bela Renko.", "happened"),
        ("Ada Holm offered to pay rent when she met Bela Renko.", "happened"),
        ("Ada Holm has not yet met Bela Renko.", "not_yet"),
        ("Ada Holm said no, and Sorel will go. Ada Holm met Bela Renko.", "happened"),
        ("Ada Holm will go, and has met Bela Renko.", "happened"),
        ("Ada Holm spoke to Bela Renko.", "happened"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert one(text).status == status


def test_the_next_meeting_is_not_the_last() -> None:
    found = contacts(
        "Ada Holm met Bela Renko on Monday. Ada Holm will meet Bela Renko again.", {"Monday": "2031-03-03"}
    )
    assert [(e.status, e.when) for e in found] == [("happened", MONDAY), ("planned", None)]


def test_holders_of_two_offices_are_named_in_the_next_sentences() -> None:
    text = (
        "The foreign ministers of Lothan and Senn spoke by telephone on Thursday. It was their first contact."
        " The ministry said that Ada Holm had told Bela Renko that the port would stay shut."
    )
    (found,) = contacts(text, {"Thursday": "2031-03-06"})
    assert (found.actors, found.recipients, found.when) == (("Ada Holm",), ("Bela Renko",), THURSDAY)
    assert words(text, found.trigger) == ["spoke by telephone"]
    assert found.confidence < one("Ada Holm telephoned Bela Renko.").confidence


def test_holders_who_are_named_too_late_are_not_taken() -> None:
    late = "The ministers spoke by telephone. One. Two. Three. Four. Five. Ada Holm told Bela Renko no."
    assert contacts(late) == ()
    again = "The ministers spoke by telephone. One. Two. Three. Four. The envoys met. Ada Holm told Bela Renko no."
    assert [e.contact for e in contacts(again)] == ["meeting"]


def test_a_contact_in_noise_is_none() -> None:
    text = "Ada Holm meets Bela Renko\nIt rained."
    assert len(contacts(text)) == 1
    assert contacts(text, noise=[Noise(Span(0, 25), "headline")]) == ()


def test_contacts_stand_in_order_of_their_first_mention() -> None:
    text = "Ada Holm met Ina Sorel. Bela Renko telephoned Ada Holm. Ada Holm met Ina Sorel."
    found = contacts(text)
    assert [e.id for e in found] == ["v1", "v2"]
    assert [e.trigger[0] for e in found] == sorted(e.trigger[0] for e in found)
    assert len(found[0].trigger) == 2
