from __future__ import annotations

import msgspec

from onrecord.views.timeline import list_moments, word_actors
from tests.records import CALL, RECORD


def test_moments_stand_by_day_and_undated_ones_at_the_end() -> None:
    rows = list_moments(RECORD)
    assert [(str(r.when), r.kind) for r in rows] == [
        ("Tue 4 March 2031", "phone call"),
        ("Tue 4 March 2031", "statement"),
        ("Tue 4 March 2031", "statement"),
        ("Tue 11 March 2031 (worked out)", "phone call"),
        ("11 or 12 March 2031 (worked out)", "statement"),
        ("date not known", "gunfire"),
    ]


def test_claim_of_two_reports_is_one_moment() -> None:
    row = list_moments(RECORD)[1]
    assert row.reports == ("Norvia Post, 4 March 2031", "Kesland Herald, 5 March 2031")
    # The third report of the claim does not date it, and so is not counted here.
    assert row.standing == "2 reports, 2 traced origins"


def test_stance_of_a_statement_is_said() -> None:
    assert [r.status for r in list_moments(RECORD) if r.kind == "statement"] == ["by phone", "", "denied"]


def test_contact_names_its_participants_without_an_arrow() -> None:
    assert list_moments(RECORD)[0].who == "Ilse Varrun and Omar Teshk"


def test_actors_are_worded_with_direction_way_and_place() -> None:
    entry = msgspec.structs.replace(CALL, recipients=("Kesland",), intermediaries=("Sarn",), place="Port Ister")
    assert word_actors(entry) == "Ilse Varrun → Kesland, through Sarn, in Port Ister"
