from __future__ import annotations

from typing import Any

import pytest

from onrecord.ask.shelf import Reading
from onrecord.ask.sources import claim_of, claim_with, explain, find_sources
from onrecord.ask.things import Thing, find_thing
from onrecord.record import OnrecordError
from onrecord.views.chains import ClaimTree, ReportBranch
from tests.ask.asking import (
    CALL,
    MARTA_ID,
    MEETING,
    MISSING,
    PHONED,
    REOPENING,
    REOPENS,
    member,
    ref,
    report_ref,
    spelled,
)
from tests.ask.reports import BY_KEY, IDS, MINISTRY, OFFICIAL


def row(reading: Reading, word: str) -> Any:
    (found,) = find_sources(reading, find_thing(reading, word)).rows
    return found


def standing(reading: Reading, word: str) -> str:
    """All that the answer says, of which its number must be a part."""
    answer = find_sources(reading, find_thing(reading, word))
    return " ".join((answer.summary, *(str(r) for r in answer.rows)))


@pytest.mark.parametrize(
    ("word", "says"),
    [
        (MISSING, "3 reports, 2 traced origins, 1 doesn't say"),
        (REOPENS, "2 reports, 1 traced origin"),
        (ref("ost-1", "a1"), "3 reports, 2 traced origins, 1 doesn't say"),
        (ref("mol-1", "a1"), "3 reports, 2 traced origins, 1 doesn't say"),
        (ref("gaz-2", "a2"), "2 reports, 1 traced origin"),
        (CALL, "3 reports, 2 traced origins"),
        (REOPENING, "1 report, no traced origin, 1 doesn't say"),
    ],
)
def test_what_stands_behind_it_in_words(mine: Reading, word: str, says: str) -> None:
    assert says in standing(mine, word)


def test_the_origins_are_named(mine: Reading) -> None:
    said = standing(mine, MISSING)
    assert OFFICIAL in said
    assert "Pell Brenn" in said
    assert "unnamed" in said


def test_a_statement_that_is_relayed_leads_to_its_claim(mine: Reading) -> None:
    assert claim_of(mine, find_thing(mine, ref("gaz-3", "a2"))) == MEETING
    assert claim_of(mine, find_thing(mine, ref("gaz-1", "a2"))) == PHONED
    assert claim_of(mine, Thing("claim", REOPENS)) == REOPENS


def test_the_claim_of_a_member(mine: Reading) -> None:
    found = claim_with(mine, member("mol-1", "a1"))
    assert found is not None
    assert found.id == MISSING
    assert claim_with(mine, member("dis-1", "a1")) is None


@pytest.mark.parametrize("word", [report_ref("dis-1"), MARTA_ID, ref("dis-1", "a1")])
def test_what_has_no_sources_is_refused_in_a_line(mine: Reading, word: str) -> None:
    thing = find_thing(mine, word)
    for ask in (find_sources, explain, claim_of):
        with pytest.raises(OnrecordError) as refusal:
            ask(mine, thing)
        assert "\n" not in str(refusal.value)


def branches(tree: ClaimTree) -> list[ReportBranch]:
    return [*(b for o in tree.origins for b in o.reports), *tree.untraced]


def test_the_tree_leads_from_each_report_to_its_origins(mine: Reading) -> None:
    tree = explain(mine, Thing("claim", MISSING))
    assert [b.report for b in tree.untraced] == [IDS["mol-1"]]
    assert {b.report for b in branches(tree)} == {IDS["dis-1"], IDS["mol-1"], IDS["ost-1"]}
    named = {o.name: o.named for o in tree.origins}
    assert named == {f"{OFFICIAL} (unnamed)": False, "Pell Brenn": True}
    for branch in branches(tree):
        for telling in branch.tellings:
            words = telling.words
            assert words.quote == spelled(BY_KEY[words.key].text, words.spans)
            assert "40 miners" in words.quote


def test_the_tree_of_an_event_has_its_words(mine: Reading) -> None:
    tree = explain(mine, find_thing(mine, CALL))
    assert {b.report for b in branches(tree)} == {IDS["gaz-1"], IDS["gaz-2"], IDS["dis-1"]}
    assert any(MINISTRY[4:] in o.name for o in tree.origins)
