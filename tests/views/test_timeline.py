from __future__ import annotations

import msgspec

from onrecord.record import Record
from onrecord.views.timeline import SURE, list_moments, word_actors
from tests.records import CALL, CALL_AGAIN, RECORD, SHOTS


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


def read_with(**confidences: float) -> Record:
    """The record where the events of these reports were read with these confidences."""
    analyses = tuple(
        msgspec.structs.replace(
            a,
            events=tuple(msgspec.structs.replace(e, confidence=confidences.get(a.id, e.confidence)) for e in a.events),
        )
        for a in RECORD.analyses
    )
    return msgspec.structs.replace(RECORD, analyses=analyses)


def ids(record: Record) -> set[str]:
    """The events on the timeline."""
    return {row.id for row in list_moments(record) if row.kind != "statement"}


def test_an_event_that_no_report_tells_surely_is_left_out() -> None:
    assert ids(RECORD) == {CALL.id, CALL_AGAIN.id, SHOTS.id}
    less = SURE - 0.01
    assert ids(read_with(r5=less)) == {CALL.id, CALL_AGAIN.id}
    assert ids(read_with(r1=less, r2=less, r4=less)) == {SHOTS.id}
    # Statements stay.
    unsure = read_with(r1=0.0, r2=0.0, r4=0.0, r5=0.0)
    assert [row.kind for row in list_moments(unsure)] == ["statement"] * 3


def test_one_report_that_tells_an_event_surely_keeps_it() -> None:
    assert CALL.id in ids(read_with(r1=0.1, r2=SURE))
    assert CALL.id in ids(read_with(r1=SURE, r2=0.1))
    assert SHOTS.id in ids(read_with(r5=SURE))
