"""Contacts as news words them beyond "telephoned" and "met with", and words of contact that tell of none."""

from __future__ import annotations

import pytest

from onrecord.record import Interval
from tests.events.reading import contacts, parties, sides
from tests.records import days

HOLM, RENKO, SOREL = "Ada Holm", "Bela Renko", "Ina Sorel"
MONDAY, THURSDAY, TODAY = days("2031-03-03"), days("2031-03-06"), days("2031-03-07")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Foreign Minister Ada Holm received a telephone call today from Bela Renko, the harbour master.", TODAY),
        ("Our chairwoman, Ada Holm, took a telephone call this morning from the president of Senn, Bela Renko.", TODAY),
        ("A call from Bela Renko to Ada Holm on Monday changed little.", MONDAY),
    ],
)
def test_whoever_a_call_is_from_has_called(text: str, day: Interval) -> None:
    (found,) = contacts(text)
    assert (found.contact, sides(found), found.when) == ("call", ({RENKO}, {HOLM}), day)


@pytest.mark.parametrize(
    ("text", "contact", "status", "day"),
    [
        (
            "The foreign minister Ada Holm told yesterday by phone her new colleague of Senn, Bela Renko, that the"
            " harbour is closed.",
            "call",
            "happened",
            THURSDAY,
        ),
        ("Ada Holm and Bela Renko will settle the tariff by video on Monday.", "virtual_meeting", "planned", None),
        ("Ada Holm called on President Bela Renko at the Old Mint on Monday.", "visit", "happened", MONDAY),
        ("General Bela Renko was visited at his headquarters yesterday by Major Ada Holm.", "visit", "happened", None),
        ("Prime Minister Ada Holm is on the phone to Bela Renko.", "call", "happened", None),
        ("Ada Holm has been handed a message from Bela Renko.", "message", "happened", None),
        ("Bela Renko was congratulated by Ada Holm in a phone call on Monday.", "call", "happened", MONDAY),
        ("Minister Ada Holm dialled Bela Renko last night.", "call", "happened", THURSDAY),
        ("Minister Ada Holm shook hands with Bela Renko on Monday.", "meeting", "happened", MONDAY),
        ("Ada Holm saw Bela Renko at a monastery on Saturday.", "meeting", "happened", days("2031-03-01")),
        ("Ada Holm was to hold talks with Bela Renko later on Monday.", "meeting", "planned", None),
        # The dash ends no dateline.
        ("Ada Holm rang Bela Renko yesterday - and cut her offer.", "call", "happened", THURSDAY),
        (
            "Thursday's meeting between Prime Minister Ada Holm and Bela Renko has been called off.",
            "meeting",
            "denied",
            days("2031-03-13"),
        ),
        (
            "Minister Ada Holm telephoned Bela Renko shortly after midnight.",
            "call",
            "happened",
            days("2031-03-07", "2031-03-08"),
        ),
    ],
)
def test_two_in_touch(text: str, contact: str, status: str, day: Interval | None) -> None:
    (found,) = contacts(text)
    assert (found.contact, parties(found), found.status) == (contact, {HOLM, RENKO}, status)
    assert day is None or found.when == day


@pytest.mark.parametrize(
    "text",
    [
        # They are rivals.
        "Ada Holm and Bela Renko will meet in a run-off on Sunday.",
        "Ada Holm and Bela Renko meet in the final on Sunday.",
        "Ada Holm called on Bela Renko to resign.",
        "Ada Holm saw Bela Renko fall on Saturday.",
        "The second drill arrived in Senn on Saturday.",
        # It met itself.
        "The Council of the National Bank has finished its meeting.",
    ],
)
def test_no_contact(text: str) -> None:
    assert contacts(text) == []


def test_a_dateline_takes_no_part() -> None:
    (found,) = contacts("PORT SENN, March 5 (Tern) - Norran Foreign Minister Ada Holm telephoned Bela Renko on Monday.")
    assert sides(found) == ({HOLM}, {RENKO})


def test_three_who_met_had_one_meeting() -> None:
    (found,) = contacts("Ada Holm, Bela Renko and Ina Sorel met in Port Senn on Monday.")
    assert parties(found) == {HOLM, RENKO, SOREL}


def test_she_who_opens_a_sentence_is_its_paragraphs_subject() -> None:
    found = contacts("Foreign Minister Ada Holm flew to Norra. She is due to be received by President Bela Renko.")
    assert [(e.contact, e.status) for e in found] == [("visit", "happened"), ("meeting", "planned")]
    assert parties(found[1]) == {HOLM, RENKO}


def test_the_two_are_those_named_before() -> None:
    (found,) = contacts(
        "President Ada Holm told Foreign Minister Bela Renko to wait as the two huddled at the end of a conference."
    )
    assert (found.contact, parties(found)) == ("meeting", {HOLM, RENKO})


def test_a_day_that_owns_the_call_is_that_of_the_call_told_before() -> None:
    (found,) = contacts(
        "Minister Ada Holm has spoken to Bela Renko. In Monday's phone conversation she offered two tugs."
    )
    assert (found.contact, found.when) == ("call", MONDAY)


def test_the_day_of_another_verb_is_not_that_of_what_is_still_to_come() -> None:
    (found,) = contacts(
        "The ministers failed on Tuesday to settle the quarrel, but Ada Holm agreed to meet Bela Renko again."
    )
    assert (found.status, found.when) == ("planned", None)


@pytest.mark.parametrize(
    ("text", "kind", "who", "whom"),
    [
        ("The head of the harbour agency, Ina Sorel, called Ada Holm on Monday.", "call", "Ina Sorel", HOLM),
        ("Ada Holm called the head of the harbour agency, Ina Sorel, on Monday.", "call", HOLM, "Ina Sorel"),
        ("Foreign Minister Ada Holm called the mayor of Senn, Bela Renko, on Monday.", "call", HOLM, RENKO),
        (
            "The president of Norra, Ada Holm, called the president of Sennia, Bela Renko, on Monday.",
            "call",
            HOLM,
            RENKO,
        ),
        (
            "Ada Holm telephoned a foreman at the company's Marl Road warehouse, Josef Orlan, on Monday.",
            "call",
            HOLM,
            "Josef Orlan",
        ),
        ("Foreign Minister Ada Holm said Bela Renko had called her on Monday.", "call", RENKO, HOLM),
    ],
)
def test_a_name_behind_whose_servant_somebody_is(text: str, kind: str, who: str, whom: str) -> None:
    (found,) = contacts(text)
    assert (found.contact, sides(found), found.when) == (kind, ({who}, {whom}), MONDAY)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Ada Holm spoke to Bela Renko on Monday and again on Thursday.", [MONDAY, THURSDAY]),
        ("Ada Holm met Bela Renko in Senn on Monday and in Narva on Thursday.", [MONDAY, THURSDAY]),
        (
            "Ada Holm and Bela Renko have met three times: on 3 February, on 9 February and on 3 March.",
            [days("2031-02-03"), days("2031-02-09"), MONDAY],
        ),
        # Both days are over, as one of them is.
        (
            "Ada Holm telephoned Bela Renko on Sept. 3 and again on Sept. 9.",
            [days("2030-09-03"), days("2030-09-09")],
        ),
        # One that goes on for two days is one.
        ("Ada Holm met Bela Renko in Senn on Monday and Tuesday.", [MONDAY]),
    ],
)
def test_each_further_day_is_another_contact(text: str, when: list[Interval]) -> None:
    found = sorted(contacts(text), key=lambda e: str(e.when))
    assert [e.when for e in found] == when
    assert all(parties(e) == {HOLM, RENKO} for e in found)
    assert len({e.trigger for e in found}) == len(found)
