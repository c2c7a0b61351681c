from __future__ import annotations

from msgspec.structs import replace

from onrecord.record import Analysis, Doubt
from tests.corroborate.telling import claim, person, relay, telling
from tests.corroborate.test_origins import holding

POST = telling("r1", "Norvia Post", "an official")
HERALD = telling("r2", "Kesland Herald", "a senior official in Senn")


def owned(report: Analysis, owner: str) -> Analysis:
    return replace(report, owner=owner)


def test_two_unnamed_ones_could_be_one() -> None:
    assert claim(POST, HERALD).doubts == (Doubt("unnamed", ("a senior official in Senn", "an official"), 1),) or claim(
        POST, HERALD
    ).doubts == (Doubt("unnamed", ("an official", "a senior official in Senn"), 1),)


def test_two_who_are_told_apart_could_not() -> None:
    assert claim(telling("r1", "Norvia Post", "a judge of the port court"), HERALD).doubts == ()
    assert claim(POST, person("r2", "Kesland Herald", "Omar Teshk")).doubts == ()
    assert claim(POST).doubts == ()


def test_outlets_of_one_owner_could_be_one_voice() -> None:
    sarn, lamp = relay("r1", "Norvia Post", "Radio Sarn"), person("r2", "Kesland Herald", "Omar Teshk")
    (doubt,) = claim(owned(sarn, "Varrun Holding"), owned(lamp, "Varrun Holding")).doubts
    assert (doubt.why, set(doubt.origins), doubt.independent) == ("one_owner", {"Radio Sarn", "Omar Teshk"}, 1)
    assert claim(owned(sarn, "Varrun Holding"), owned(lamp, "Teshk and Sons")).doubts == ()
    assert claim(sarn, lamp).doubts == ()


def test_a_body_and_who_holds_an_office_in_it_could_be_one_voice() -> None:
    body = telling("r1", "Norvia Post", "Norvian foreign ministry", class_="named_organisation")
    minister = holding("r2", "Ada Holm", "Norvia's minister at the foreign ministry")
    found = claim(body, minister)
    assert found.independent == 2
    assert [(d.why, d.independent) for d in found.doubts] == [("one_body", 1)]


def test_a_doubt_never_changes_the_number() -> None:
    assert claim(POST, HERALD).independent == 2
