from __future__ import annotations

import msgspec

from onrecord.record import AttributionMember, Record
from onrecord.views.calls import list_calls, stand
from tests.records import CALL, MINISTRY, RECORD


def test_two_calls_a_week_apart_are_two_rows_in_order() -> None:
    first, second = list_calls(RECORD)
    assert [str(first.when), str(second.when)] == ["Tue 4 March 2031", "Tue 11 March 2031 (worked out)"]
    assert first.kind == second.kind == "call"
    assert first.status == "reported as having happened"


def test_sheet_holds_parties_tellers_topics_and_words() -> None:
    call = list_calls(RECORD)[0]
    assert [str(p) for p in call.participants] == [
        "Ilse Varrun (Foreign Minister of Norvia)",
        "Omar Teshk (Foreign Minister of Kesland; envoy to the sailors' talks)",
    ]
    assert call.standing == "2 reports, 2 traced origins"
    assert call.origins == (MINISTRY, "a Kesland official (unnamed)")
    assert [(e.outlet, e.quote) for e in call.told_in] == [
        ("Norvia Post", "Ilse Varrun spoke by phone on Tuesday"),
        ("Kesland Herald", "discussed the grain road"),
    ]
    assert call.topics == ("the grain road", "the eleven sailors")


def test_claim_of_two_reports_is_said_once_and_names_the_others() -> None:
    call = list_calls(RECORD)[0]
    assert [(s.speaker, s.words.report) for s in call.statements] == [("Ilse Varrun", "r1"), (MINISTRY, "r1")]
    assert call.statements[0].also == ("Kesland Herald, 5 March 2031", "r5-key")


def test_statement_less_certain_than_asked_for_is_left_out_of_its_call() -> None:
    assert [s.speaker for s in list_calls(RECORD, 0.9)[0].statements] == ["Ilse Varrun"]


def test_relay_does_not_stand_beside_what_it_relays() -> None:
    both = (AttributionMember("r3", "a1"), AttributionMember("r3", "a2"))
    record = msgspec.structs.replace(RECORD, contacts=(msgspec.structs.replace(RECORD.contacts[0], statements=both),))
    assert [s.chain for s in list_calls(record)[0].statements] == ["Radio Sarn ← a Norvian official"]


def test_confidence_of_grouping_needs_two_members() -> None:
    assert [call.confidence for call in list_calls(RECORD)] == [0.96, None]


def test_the_two_parties_are_no_confirmation() -> None:
    names = ("Ilse Varrun", "Omar Teshk")
    parties = tuple(msgspec.structs.replace(o, name=name) for o, name in zip(CALL.origins, names, strict=True))
    assert stand(msgspec.structs.replace(CALL, origins=parties)) == "2 reports, 2 traced origins, both parties to it"


def test_report_that_no_origin_reaches_does_not_say() -> None:
    entry = msgspec.structs.replace(CALL, origins=CALL.origins[:1], independent=1)
    assert stand(entry) == "2 reports, 1 traced origin, 1 doesn't say"


def test_no_contacts_no_rows() -> None:
    assert list_calls(Record()) == []
