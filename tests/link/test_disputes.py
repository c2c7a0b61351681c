from __future__ import annotations

import random
from typing import Any

import pytest

from onrecord.link.contents import see_contents, see_sentences
from onrecord.link.disputes import Dispute, find_disputes
from onrecord.record import Analysis, Copy
from tests.link.saying import parties, saying, with_vectors
from tests.records import analysis, given

PERSON: dict[str, Any] = {"class_": "named_person"}
SHOTS = "two warning shots were fired across the bow of the trawler"
HOLM = saying("r1", SHOTS, speaker="Ada Holm", **PERSON)


def disputes(*reports: Analysis) -> list[Dispute]:
    sights = [s for r in reports for s in (*see_contents(r), *see_sentences(r))]
    return find_disputes(sights, {}, reports, parties(*reports))


def test_a_denial_stands_against_what_it_denies() -> None:
    renko = saying(
        "r2",
        "that warning shots were fired across the trawler's bow",
        speaker="Bela Renko",
        polarity="denied",
        **PERSON,
    )
    (found,) = disputes(HOLM, renko)
    assert found.kind == "denial"
    assert (found.a.report, found.b.report if found.b else None) == ("r2", "r1")
    assert found.why.startswith("Bela Renko denied")


def test_a_denial_of_what_nobody_says_stands_alone() -> None:
    renko = saying("r2", "that the harbour master had been paid", speaker="Bela Renko", polarity="denied", **PERSON)
    (found,) = disputes(HOLM, renko)
    assert (found.kind, found.a.report, found.b) == ("denial", "r2", None)
    refused = saying("r2", "the new contract", speaker="Bela Renko", polarity="denied", **PERSON)
    assert disputes(HOLM, refused) == []


def test_another_s_not_is_a_denial_and_the_same_speaker_s_is_none() -> None:
    first = saying("r1", "the ferry will sail to Senn on the last day of winter", speaker="Ada Holm", **PERSON)
    second = "no ferry is going to sail to Senn on that last winter day"
    found = disputes(first, saying("r2", second, speaker="Bela Renko", **PERSON))
    assert all(d.kind == "denial" and d.a.report == "r2" for d in found)
    assert disputes(first, saying("r2", second, speaker="Ada Holm", **PERSON)) == []


def test_who_says_that_there_is_none_denies_what_is_said_of_it() -> None:
    deal = saying("r1", "the harbour deal will be signed on Monday", speaker="two people at the court")
    (found,) = disputes(deal, saying("r2", "there is no harbour deal", speaker="Bela Renko", **PERSON))
    assert (found.kind, found.a.report, found.why) == ("denial", "r2", "Bela Renko said that it is not so")
    assert disputes(deal, saying("r2", "there is no harbour ferry", speaker="Bela Renko", **PERSON)) == []
    assert disputes(deal, saying("r2", "my answer will be no", speaker="Bela Renko", **PERSON)) == []


def test_what_is_denied_speaks_to_the_clause_that_says_the_contrary() -> None:
    words = "the mill had been sent a warning in January but no warning was found in its files"
    board = saying("r1", words, speaker="Ada Holm", **PERSON)
    mill = saying("r2", "that the mill had been sent a warning", speaker="Bela Renko", polarity="denied", **PERSON)
    (found,) = disputes(board, mill)
    assert found.b is not None
    assert found.a.report == "r2"
    assert board.text[found.b.span.start : found.b.span.end].startswith("the mill had been sent")


def test_in_a_rewrite_a_not_is_another_way_to_say_the_same() -> None:
    first = saying("r1", "the basin stays shut to every ship until the rent is paid", speaker="Ada Holm", **PERSON)
    second = saying("r2", "the basin is not opened to any ship until the rent is paid", speaker="Bela Renko", **PERSON)
    sights = [s for r in (first, second) for s in see_contents(r)]
    copies = (Copy("r1", "r2", "rewrite", 0.6),)
    assert find_disputes(sights, {}, (first, second), parties(first, second), copies) == []


def test_two_numbers_of_one_thing_cannot_both_be_so() -> None:
    first = saying("r1", "the owners lodged a bond of 150,000 crowns with the court")
    (found,) = disputes(first, saying("r2", "the owners lodged a bond of 180,000 crowns with the court"))
    assert found.kind == "contradiction"
    assert "150,000" in found.why and "180,000" in found.why and "crown" in found.why


@pytest.mark.parametrize(
    "other",
    [SHOTS, "shots were fired across the trawler's bow", "the harbour at Senn was open again by Friday noon"],
)
def test_what_agrees_or_speaks_of_something_else_is_no_disagreement(other: str) -> None:
    assert disputes(HOLM, saying("r2", other, speaker="Bela Renko", **PERSON)) == []


def test_what_a_report_tells_itself_may_be_contradicted() -> None:
    text = "The ministry said nothing.\nThe owners lodged a bond of 150,000 crowns with the court."
    told = with_vectors(analysis("r1", "Norvia Post", text, given("2031-03-04")))
    said = saying("r2", "the owners lodged a bond of 180,000 crowns with the court")
    assert [d.kind for d in disputes(told, said)] == ["contradiction"]
    assert (
        disputes(told, with_vectors(analysis("r2", "Quay News", text.replace("150", "180"), given("2031-03-04")))) == []
    )


def test_the_order_of_the_reports_changes_nothing_but_who_is_first() -> None:
    reports = [
        HOLM,
        saying("r2", SHOTS, speaker="Bela Renko", polarity="denied", **PERSON),
        saying("r3", "the owners lodged a bond of 150,000 crowns"),
        saying("r4", "the owners lodged a bond of 180,000 crowns"),
    ]
    sights = [s for r in reports for s in see_contents(r)]
    first = find_disputes(sights, {}, reports, parties(*reports))
    random.Random(1).shuffle(sights)
    assert find_disputes(sights, {}, reports, parties(*reports)) == first
