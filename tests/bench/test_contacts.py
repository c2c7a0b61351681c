"""Titles of invented people to gold, and hand-made events against it."""

from __future__ import annotations

from datetime import date

import pytest

from bench.contacts import (
    HAND,
    Gold,
    agrees,
    best,
    count_false,
    day_of,
    describe,
    means,
    names_other_day,
    read_title,
    report_of,
    score,
    why_left_out,
)
from onrecord.record import ContactKind, Event, Interval, Span, Status

DAY = date(2031, 5, 2)
GOLD = Gold("call", (("holm",),), (("rix",),))
PAIR = Gold("meeting", (("holm",),), (("rix",), ("tove", "arn")))
GROUP = Gold("meeting", (("holm",),), ())
OFFICE = Gold("meeting", (), (("rix",),))


def event(
    *names: str, contact: ContactKind | None = "call", status: Status = "happened", when: date | None = DAY
) -> Event:
    return Event(
        id="e",
        type="CONSULT",
        kind="contact",
        trigger=(Span(0, 1),),
        actors=names[:1],
        recipients=names[1:],
        intermediaries=(),
        place=None,
        contact=contact,
        when=Interval(when, when) if when else None,
        status=status,
        within=None,
        evidence=(Span(0, 1),),
        confidence=0.9,
    )


@pytest.mark.parametrize(
    ("title", "kind", "own", "others"),
    [
        ("Secretary Holm’s Call with Norran Foreign Minister Rix", "call", "holm", "rix"),
        (" Secretary Holm's  Meetings with President Rix  ", "meeting", "holm", "rix"),
        ("Secretary Holm Meeting with Norran Prime Minister Al-Rix", "meeting", "holm", "rix"),
        ("Deputy Secretary of State Ada Holm’s Virtual Meeting with King Ríx II", "meeting", "ada holm", "rix"),
        ("Special Envoy for Climate Ada Holm’s Call with President Rix During Talks", "call", "ada holm", "rix"),
        ("Secretary Holm’s Call with Sheikh bin Rix", "call", "holm", "rix"),
        ("Secretary Holm’s Call with Minister for Foreign Affairs and Defense Minister Rix", "call", "holm", "rix"),
        ("Secretary Holm’s Call with Special Envoy on Norra Rix", "call", "holm", "rix"),
        ("Secretary Holm’s Call with the Emir of Norra Sheikh Bo Al-Rix, Jr.", "call", "holm", "bo rix"),
        ("Secretary Holm’s Call with Director-General Rix", "call", "holm", "rix"),
        ("Secretary Holm’s Call with President-Elect Rix", "call", "holm", "rix"),
        ("Secretary Holm’s Call with Bo Tan Rix", "call", "holm", "bo tan rix"),
        ("Secretary Ada J. Holm’s Call with King-Rix", "call", "ada holm", "king rix"),
        ("Secretary Holm’s Call with Envoy for the Lothan Rix", "call", "holm", "rix"),
        ("Secretary Holm and Secretary Lund’s Call with President Rix", "call", "holm, lund", "rix"),
        (
            "Secretary Holm’s Meeting with Secretary for Relations with States Rix and Head of the Harbour Office Arn",
            "meeting",
            "holm",
            "rix, arn",
        ),
        ("Secretary Holm’s Meeting with Foreign Ministers from Norra and Lothan", "meeting", "holm", ""),
        ("Secretary Holm’s Meeting with Port Workers on the Occasion of May Day", "meeting", "holm", ""),
        ("State Department Meetings with Norran Deputy Minister of Defense Bo bin Rix", "meeting", "", "bo rix"),
    ],
)
def test_a_title_of_a_contact_is_read(title: str, kind: str, own: str, others: str) -> None:
    sides = [tuple(tuple(n.split()) for n in side.split(", ") if n) for side in (own, others)]
    assert read_title(title) == Gold(kind, *sides)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Secretary Ada Holm and Norran Foreign Minister Bo Rix Before Their Meeting", "remarks"),
        ("Remarks on Secretary Holm’s Meeting with President Rix", "remarks"),
        ("Secretary Ada Holm At the Lothan Council Meeting", "remarks"),
        ("Notice of Meeting: Harbour Commission", "notice"),
        ("Meeting of the Advisory Committee on Ferries", "notice"),
        ("Deputy Secretary Ada Holm Meetings in Lothan", "no_counterpart"),
        ("Secretary Holm’s Participation in the Friends of Norra Meeting", "conference"),
        ("State Department Meeting with Foreign Ministers", "nobody_named"),
    ],
)
def test_a_title_of_no_contact_is_left_out_with_its_reason(title: str, reason: str) -> None:
    assert read_title(title) is None
    assert why_left_out(title) == reason


def test_a_title_agrees_with_a_label_word_for_word() -> None:
    assert agrees(Gold("call", (), (("bo", "rix"),)), ("call", ("Bo bin Ríx",)))
    assert not agrees(Gold("call", (), (("minister", "rix"),)), ("call", ("Rix",)))
    assert not agrees(Gold("meeting", (), (("rix",),)), ("call", ("Rix",)))
    assert agrees(None, None)
    assert not agrees(None, ("call", ("Rix",)))
    assert not agrees(GROUP, None)


def test_thirty_rows_were_read_by_hand() -> None:
    assert len(HAND) == 30
    assert {label and label[0] for label in HAND.values()} == {"call", "meeting", None}


HEAD = "Office of the Press\nThe below is attributable to Bo Lund, on Monday:\n"


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (HEAD + "Secretary Ada J. Holm spoke today with President Rix. They spoke of ferries.", False),
        (HEAD + "Secretary Ada J. Holm spoke yesterday with President Rix.", True),
        (HEAD + "Secretary Holm spoke with President Rix on Friday. They spoke of ferries.", False),
        (HEAD + "Secretary Holm spoke with President Rix on Thursday. They spoke of ferries.", True),
        (HEAD + "Secretary Holm spoke with President Rix on May 2, 2031.", False),
        (HEAD + "Secretary Holm spoke with President Rix on May 2, 2030.", True),
        (HEAD + "Secretary Holm spoke with President Rix on 1 May.", True),
        (HEAD + "Secretary Holm met President Rix. They spoke of ferries. He leaves on Sunday.", False),
        ("Ada J. Holm, Bo K. Lund and Eva L. Arn met President Rix on Thursday.", True),
        ("Secretary Holm met President Rix. They had met on April 30.", True),
    ],
)
def test_another_day_counts_in_the_first_two_sentences(text: str, other: bool) -> None:
    assert names_other_day(text, DAY) == other


def test_a_row_is_given_in_local_time_and_without_its_title() -> None:
    report = report_of({"published": "2031-05-03T01:30:00+00:00", "title": "Call", "text": "Holm rang Rix today."})
    assert (report.published, report.title) == ("2031-05-02T21:30:00-04:00", None)
    assert day_of(report) == DAY
    assert day_of(report_of({"published": "2031-05-03T01:30:00+00:00", "text": "They met on Saturday."})) is None


def test_the_contact_that_was_announced_is_right() -> None:
    right = {"kind": 1, "counterpart": 1, "both": 1, "day": 1, "day_where_one_is_named": 1}
    right["false_contacts_per_readout"] = 0
    assert score(GOLD, [event("Ada Holm", "Bo Ríx")], DAY) == right
    assert score(PAIR, [event("Ada Holm", "Rix", "Arn Tove", contact="meeting")], DAY) == right


def test_where_nothing_is_found_all_is_wrong() -> None:
    wrong = {"kind": 0, "counterpart": 0, "both": 0, "day": 0, "day_where_one_is_named": 0}
    wrong["false_contacts_per_readout"] = 0
    assert score(GOLD, [], DAY) == score(GOLD, [event("Ada Holm", "Bo Rix", contact=None)], DAY) == wrong


def test_each_measure_is_wrong_by_itself() -> None:
    assert score(GOLD, [event("Ada Holm", "Bo Rix", contact="message")], DAY)["kind"] == 0
    assert score(GOLD, [event("Ada Holm", "Bo Rix", when=date(2031, 5, 1))], DAY)["day"] == 0
    undated = score(GOLD, [event("Ada Holm", "Bo Rix", when=None)], DAY)
    assert undated["day"] == 0
    assert "day_where_one_is_named" not in undated
    found = score(GOLD, [event("Ada Holm", "Eva Lund"), event("Eva Lund", "Bo Rix")], DAY)
    assert (found["counterpart"], found["both"], found["kind"]) == (1, 0, 1)


@pytest.mark.parametrize(
    ("contact", "right"), [("meeting", 1), ("virtual_meeting", 1), ("visit", 1), ("call", 0), ("message", 0)]
)
def test_a_visit_and_a_virtual_meeting_are_meetings(contact: ContactKind, right: int) -> None:
    assert score(PAIR, [event("Holm", "Rix", contact=contact)], DAY)["kind"] == right


def test_of_several_counterparts_those_found_count_over_all_contacts() -> None:
    one, other = event("Holm", "Rix", contact="meeting"), event("Holm", "Tove Arn", contact="meeting")
    assert score(PAIR, [one], DAY)["counterpart"] == 0.5
    assert score(PAIR, [one, other], DAY)["counterpart"] == 1


def test_what_gold_does_not_name_is_not_scored() -> None:
    found = score(GROUP, [event("Holm", "Eva Lund", contact="meeting")], None)
    assert found == {"kind": 1, "false_contacts_per_readout": 0}
    assert "both" not in score(OFFICE, [], DAY)


def test_the_best_contact_has_most_parties_and_is_the_first_of_equals() -> None:
    alone, both, again = event("Holm", "Lund"), event("Holm", "Rix"), event("Rix", "Holm")
    assert best(GOLD, [alone, both, again]) is both
    assert best(GOLD, [event("Lund", "Arn")]) is None
    assert best(GOLD, []) is None


def test_a_name_is_known_by_whole_words_and_own_parties_by_the_surname() -> None:
    own = Gold("call", (("ada", "holm"),), (("bo", "rix"),))
    assert score(own, [event("Eva Holm", "Bo Tan")], DAY)["both"] == 1
    assert score(own, [event("Ada Lund", "Bo Tan")], DAY)["both"] == 0
    assert score(own, [event("Ada Holm", "Rixen")], DAY)["both"] == 0


@pytest.mark.parametrize(
    ("gold", "events", "false"),
    [
        (GOLD, [event("Holm", "Rix")], 0),
        (GOLD, [event("Holm", "Rix"), event("Rix", "Holm")], 1),
        (GOLD, [event("Holm", "Rix"), event("Holm", "Rix", contact="meeting")], 0),
        (GOLD, [event("Holm", "Lund"), event("Lund", "Rix"), event("Lund", "Arn")], 3),
        (GOLD, [event("Lund", "Arn", status="planned"), event("Lund", "Arn", status="denied")], 0),
        (PAIR, [event("Holm", "Rix", contact="meeting"), event("Holm", "Arn", contact="visit")], 0),
        (PAIR, [event("Holm", "Rix", "Arn", contact="visit"), event("Holm", "Arn", contact="meeting")], 1),
        (OFFICE, [event("Holm", "Rix"), event("Lund", "Rix"), event("Bo Rix"), event("Holm", "Lund")], 2),
        (GROUP, [event("Holm", "Lund"), event("Holm", "Arn"), event("Arn", "Lund")], 1),
    ],
)
def test_false_contacts_are_those_without_a_party_of_each_side_or_told_twice(
    gold: Gold, events: list[Event], false: int
) -> None:
    assert count_false(gold, events) == false


def test_means_are_over_the_readouts_that_have_the_measure() -> None:
    assert means([{"kind": 1, "day": 1}, {"kind": 0}, {"kind": 0}]) == {"kind": 0.3333, "day": 1.0}


def test_a_miss_says_what_was_wrong_and_what_was_found() -> None:
    events, row = [event("Holm", "Lund", when=None)], {"published": "2031-05-02"}
    line = describe(row, {"kind": 1, "both": 0, "false_contacts_per_readout": 1}, events)
    assert line == "2031-05-02 both, false_contacts_per_readout: call happened Holm + Lund None"
    assert describe(row, {"kind": 1, "false_contacts_per_readout": 0}, events) is None
