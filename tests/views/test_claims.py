from __future__ import annotations

from msgspec.structs import replace

from onrecord.record import Doubt, Origin
from onrecord.views.claims import list_claims
from tests.records import MINISTRY, RECORD


def test_claim_of_most_reports_stands_first_with_what_is_behind_it() -> None:
    first, second = list_claims(RECORD)
    assert first.standing == "3 reports, 2 traced origins, 1 doesn't say"
    assert first.author == "Ilse Varrun"
    assert first.origins == (MINISTRY, "a Kesland official (unnamed)")
    assert first.untraced == ("r5-key",)
    assert second.standing == "1 report, 1 traced origin"


def test_each_member_is_quoted() -> None:
    assert [e.quote for e in list_claims(RECORD)[0].evidence] == [
        "“The grain road,” … “stays open in every season.”",
        "Varrun promised that the grain road would stay open",
        "The grain road stays open",
    ]


def test_single_member_is_not_grouped_with_anything() -> None:
    assert [row.confidence for row in list_claims(RECORD)] == [0.93, None]


def doubts(*found: Doubt, origins: tuple[Origin, ...] = ()) -> tuple[str, ...]:
    claim = replace(RECORD.claims[1], doubts=found, origins=origins or RECORD.claims[1].origins)
    return list_claims(replace(RECORD, claims=(claim,)))[0].doubts


def test_a_claim_without_doubts_has_none() -> None:
    assert [row.doubts for row in list_claims(RECORD)] == [(), ()]


def test_unnamed_ones_who_could_be_one_are_named_as_they_are() -> None:
    assert doubts(Doubt("unnamed", ("an official", "a senior aide"), 1)) == (
        "an official and a senior aide are not named and could be one: then 1 traced origin",
    )
    assert doubts(Doubt("unnamed", ("an official", "an aide", "an official"), 2)) == (
        "2 called “an official” and an aide are not named and could be one: then 2 traced origins",
    )


def test_outlets_of_one_owner_are_named_by_the_reports_of_the_origins() -> None:
    assert doubts(Doubt("one_owner", (MINISTRY, "a Kesland official"), 1)) == (
        "Norvia Post and Kesland Herald have one owner: then 1 traced origin",
    )
    both = (Origin("Ilse Varrun", "named_person", ("r1",)), Origin("a clerk", "anonymous_official", ("r4",)))
    assert doubts(Doubt("one_owner", ("Ilse Varrun", "a clerk"), 1), origins=both) == (
        "Ilse Varrun and a clerk are known from Norvia Post alone: then 1 traced origin",
    )


def test_whoever_holds_an_office_in_a_body_stands_first() -> None:
    origins = (Origin(MINISTRY, "named_organisation", ("r1",)), Origin("Ilse Varrun", "named_person", ("r2",)))
    assert doubts(Doubt("one_body", (MINISTRY, "Ilse Varrun"), 1), origins=origins) == (
        f"Ilse Varrun holds an office in {MINISTRY}: then 1 traced origin",
    )
