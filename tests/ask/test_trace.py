from __future__ import annotations

from typing import Any

import pytest

from onrecord.ask.claims import find_claims
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading
from onrecord.ask.things import find_thing
from onrecord.ask.trace import trace
from onrecord.record import OnrecordError
from tests.ask.asking import CALL, MARTA_ID, MEETING, MINE, MISSING, PHONED, REOPENS, SHELLING, ref, report_ref, spelled
from tests.ask.reports import BY_KEY, MINISTRY, OFFICIAL


def rows(reading: Reading, word: str) -> list[Any]:
    return list(trace(reading, find_thing(reading, word)).rows)


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        (REOPENS, ["gaz-1", "gaz-2"]),
        (PHONED, ["gaz-1", "gaz-2"]),
        (MISSING, ["dis-1", "mol-1", "ost-1"]),
        (CALL, ["gaz-1", "gaz-2", "dis-1"]),
        (SHELLING, ["ost-1"]),
        (ref("ost-1", "a1"), ["dis-1", "mol-1", "ost-1"]),
        (ref("dis-1", "a1"), ["dis-1"]),
    ],
)
def test_reports_come_in_the_order_in_which_they_appeared(mine: Reading, word: str, keys: list[str]) -> None:
    assert [row.words.key for row in rows(mine, word)] == keys


def test_only_the_one_that_no_other_can_precede_is_the_first(mine: Reading) -> None:
    """Radio Ostry's report has no day: it may be older than the Dispatch's."""
    assert [row.first for row in rows(mine, REOPENS)] == [True, False]
    assert [row.first for row in rows(mine, CALL)] == [True, False, False]
    assert not any(row.first for row in rows(mine, MISSING))


def test_whose_words_a_report_takes_over(mine: Reading) -> None:
    first, later = rows(mine, REOPENS)
    assert first.takes_over == ""
    assert "Tarvel Gazette, 3 May 2031" in later.takes_over


def test_through_whom_and_to_whom_it_goes_back(mine: Reading) -> None:
    (met,) = rows(mine, MEETING)
    assert "Radio Sill" in met.chain
    assert "an aide" in met.chain
    assert any("an aide" in origin for origin in met.origins)
    official, nobody, mayor = rows(mine, MISSING)
    assert any(OFFICIAL in origin for origin in official.origins)
    assert nobody.origins == ()
    assert mayor.origins == ("Pell Brenn",)
    assert any(MINISTRY[4:] in origin for origin in rows(mine, PHONED)[1].origins)


def test_the_words_are_those_at_their_spans(mine: Reading) -> None:
    for word in (REOPENS, MISSING, CALL, MEETING):
        for row in rows(mine, word):
            assert row.words.quote == spelled(BY_KEY[row.words.key].text, row.words.spans)
            assert row.words.quote


@pytest.mark.parametrize("word", [report_ref("dis-1"), MARTA_ID, MINE])
def test_what_no_report_holds_cannot_be_traced(mine: Reading, word: str) -> None:
    with pytest.raises(OnrecordError):
        trace(mine, find_thing(mine, word))


def test_every_claim_of_a_record_that_was_read_is_traced(quay: Reading) -> None:
    for claim in find_claims(quay, Frame()).rows:
        found = rows(quay, claim.ref)  # type: ignore[attr-defined]
        places = [(row.words.report, row.words.spans) for row in found]
        assert len(set(places)) == len(places) > 0
        days = [row.published.earliest for row in found if row.published.earliest]
        assert days == sorted(days)
        assert len({row.words.report for row in found if row.first}) <= 1
