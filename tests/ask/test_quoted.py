from __future__ import annotations

import pytest

from onrecord.ask.quoted import Quoted, quote_thing
from onrecord.ask.shelf import Reading
from onrecord.ask.things import find_thing
from onrecord.record import OnrecordError
from tests.ask.asking import CALL, MARTA_ID, MEETING, MISSING, SHELLING, ref, report_ref, spelled


def quoted(reading: Reading, word: str) -> list[Quoted]:
    return quote_thing(reading, find_thing(reading, word))


def test_a_statement_is_its_own_words(mine: Reading) -> None:
    (found,) = quoted(mine, ref("gaz-1", "a3"))
    assert found.quote == "“No miner,” … “will lose a day's pay.”"
    assert found.quote == spelled(found.report.text, found.spans)
    assert found.speaker == "José Ávila"
    assert "the Tarvel foreign ministry" in found.chain
    assert found.standing == ""
    assert found.arrived is not None


def test_a_statement_of_a_claim_says_what_stands_behind_it(mine: Reading) -> None:
    (found,) = quoted(mine, ref("ost-1", "a1"))
    assert found.standing == "3 reports, 2 traced origins, 1 doesn't say"


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        (MISSING, ["dis-1", "mol-1", "ost-1"]),
        (MEETING, ["gaz-3"]),
        (CALL, ["gaz-1", "gaz-2", "dis-1"]),
        (SHELLING, ["ost-1"]),
    ],
)
def test_each_report_that_holds_it_is_quoted_in_the_order_of_the_record(
    mine: Reading, word: str, keys: list[str]
) -> None:
    found = quoted(mine, word)
    assert [q.report.key for q in found] == keys
    for q in found:
        assert q.spans
        assert q.quote == spelled(q.report.text, q.spans)
        assert "report" in q.standing


def test_a_whole_report_has_no_spans(mine: Reading) -> None:
    (found,) = quoted(mine, report_ref("dis-1"))
    assert found.report.key == "dis-1"
    assert found.spans == ()


def test_what_stands_in_no_words_is_refused(mine: Reading) -> None:
    with pytest.raises(OnrecordError) as refusal:
        quoted(mine, MARTA_ID)
    assert "\n" not in str(refusal.value)
