from __future__ import annotations

from typing import Any

import pytest

from onrecord.ask.compare import compare
from onrecord.ask.shelf import Reading
from onrecord.ask.things import find_thing
from onrecord.record import OnrecordError
from tests.ask.asking import CALL, MISSING, ref
from tests.ask.reports import BY_KEY, FIRST, LATER


def rows(reading: Reading, a: str, b: str) -> list[Any]:
    return list(compare(reading, find_thing(reading, a), find_thing(reading, b)).rows)


def joined(changes: list[Any], without: str) -> str:
    return "".join(c.text for c in changes if c.kind != without)


def test_versions_of_one_address_are_compared_word_by_word(mine: Reading) -> None:
    found = rows(mine, "gaz-1", "gaz-2")
    assert joined(found, "in") == FIRST
    assert joined(found, "out") == LATER
    assert any(c.kind == "same" and "He telephoned Marta Brenn on Friday" in c.text for c in found)
    assert joined(rows(mine, "gaz-2", "gaz-1"), "in") == LATER


def test_statements_are_compared_word_by_word(mine: Reading) -> None:
    found = rows(mine, ref("gaz-1", "a1"), ref("gaz-2", "a1"))
    assert joined(found, "in") == "that the salt mine at Koril would reopen"
    assert joined(found, "out") == "that the salt mine at Koril would reopen in June"
    assert [c.text.strip() for c in found if c.kind == "in"] == ["in June"]


def told(found: list[Any], *words: str) -> list[Any]:
    """The rows in which one side holds all of `words`."""
    return [row for row in found if any(side and all(w in side for w in words) for side in (row.a, row.b))]


def test_two_accounts_are_compared_by_what_they_say(mine: Reading) -> None:
    found = rows(mine, "gaz-1", "dis-1")
    (pledge,) = told(found, "lose a day's pay")
    assert pledge.a
    assert not pledge.b
    (missing,) = told(found, "40 miners were missing")
    assert missing.b
    assert not missing.a


def test_what_both_hold_stands_side_by_side(mine: Reading) -> None:
    (row,) = told(rows(mine, "dis-1", "ost-1"), "40 miners were missing")
    assert "40 miners were missing" in row.a
    assert "40 miners were missing" in row.b
    assert "Pell Brenn" in row.b
    (row,) = told(rows(mine, "mol-1", "dis-1"), "40 miners")
    assert "40 miners are missing at Koril" in row.a
    assert "that 40 miners were missing" in row.b


def test_what_does_not_agree_stands_once_and_as_such(mine: Reading) -> None:
    """What Ávila says and Brenn denies is no statement that only one report has."""
    found = told(rows(mine, "gaz-1", "dis-1"), "the salt mine at Koril would reopen")
    (row,) = found
    assert row.a
    assert row.b
    assert row.what not in {other.what for other in rows(mine, "gaz-1", "bot-1")}


def test_the_other_way_round_the_sides_change_places(mine: Reading) -> None:
    ahead = {(row.a, row.b) for row in rows(mine, "gaz-1", "dis-1")}
    behind = {(row.b, row.a) for row in rows(mine, "dis-1", "gaz-1")}
    assert ahead == behind


def test_no_statement_is_shown_twice(mine: Reading) -> None:
    for a in BY_KEY:
        for b in ("dis-1", "gaz-3", "ost-1"):
            if a != b and {a, b} != {"gaz-1", "gaz-2"}:
                sides = [(row.a, row.b) for row in rows(mine, a, b)]
                assert len(set(sides)) == len(sides)


def test_a_relay_of_the_same_words_is_not_shown_beside_them(mine: Reading) -> None:
    (row,) = told(rows(mine, "gaz-3", "bot-1"), "met in Port Hask")
    assert "an aide" in row.a


@pytest.mark.parametrize(("a", "b"), [("gaz-1", MISSING), (CALL, CALL), (MISSING, MISSING)])
def test_other_things_cannot_be_compared(mine: Reading, a: str, b: str) -> None:
    with pytest.raises(OnrecordError) as refusal:
        rows(mine, a, b)
    assert "\n" not in str(refusal.value)


def test_a_report_and_a_statement_cannot_be_compared(mine: Reading) -> None:
    with pytest.raises(OnrecordError):
        rows(mine, "gaz-1", ref("dis-1", "a1"))


def test_reports_that_were_read_are_compared(quay: Reading) -> None:
    found = rows(quay, "tern-0913", "mercury-0914")
    assert len({(row.a, row.b) for row in found}) == len(found)
    assert any(row.a and row.b for row in found)
    assert all(row.a or row.b for row in found)
