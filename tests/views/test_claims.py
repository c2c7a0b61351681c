from __future__ import annotations

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
