from __future__ import annotations

import random
from typing import Any

import pytest

from onrecord.link import cluster, compare_claims, fact, link_claims, see_contents, shared_clauses
from onrecord.record import Analysis, Copy, Link
from tests.link.saying import parties, saying, with_attributions
from tests.records import attribution

WORDS = "the grain road to Senn will stay shut all winter"
PERSON: dict[str, Any] = {"class_": "named_person"}


def links(*reports: Analysis, copies: tuple[Copy, ...] = ()) -> list[Link]:
    compared = compare_claims([s for r in reports for s in see_contents(r)], parties(*reports))
    return link_claims(compared, reports, copies)


def joined(*reports: Analysis, copies: tuple[Copy, ...] = ()) -> bool:
    nodes = [fact(r.id, a.id) for r in reports for a in r.attributions]
    return len(cluster(nodes, links(*reports, copies=copies))) < len(nodes)


@pytest.mark.parametrize(
    "other",
    [
        WORDS.upper() + "!",
        "that the grain road to Senn will remain closed for the whole winter",
        "the road by which grain goes to Senn stays closed until spring, all winter long",
    ],
)
def test_what_says_the_same_is_one_claim(other: str) -> None:
    assert joined(saying("r1", WORDS), saying("r2", other))


@pytest.mark.parametrize(
    "other",
    [
        "the harbour at Senn was open again by Friday noon",
        "the grain road to Senn will not stay shut all winter",
        "eleven sailors were taken to the prison at Port Ister",
    ],
)
def test_what_says_something_else_is_another(other: str) -> None:
    assert not joined(saying("r1", WORDS), saying("r2", other))


def test_numbers_that_exclude_one_another_are_never_one() -> None:
    first = saying("r1", "the owners lodged a bond of 150,000 crowns with the court in Senn")
    assert joined(first, saying("r2", "the owners lodged a bond of 150,000 crowns with the Senn court"))
    assert not joined(first, saying("r2", "the owners lodged a bond of 180,000 crowns with the court in Senn"))


def test_too_few_words_say_nothing() -> None:
    assert not joined(saying("r1", "to comment"), saying("r2", "to comment"))


def test_what_is_denied_is_not_what_is_affirmed() -> None:
    assert not joined(saying("r1", WORDS), saying("r2", WORDS, polarity="denied"))
    assert joined(saying("r1", WORDS, polarity="denied"), saying("r2", WORDS, polarity="denied"))


def test_two_people_may_say_one_thing() -> None:
    holm = saying("r1", WORDS, speaker="Ada Holm", **PERSON)
    assert joined(holm, saying("r2", WORDS, speaker="Bela Renko", **PERSON))
    assert joined(holm, saying("r2", WORDS, speaker=None, class_="unspecified"))


def test_in_one_report_only_a_citation_and_what_it_stands_in() -> None:
    text = f"{WORDS}. {WORDS}"
    first = attribution("a1", text, WORDS, speaker="Kesland Radio", class_="outlet")
    cited = attribution("a2", text, WORDS, speaker="an envoy", class_="anonymous_official", within="a1")
    beside = attribution("a2", text, WORDS, speaker="an envoy", class_="anonymous_official")
    assert joined(with_attributions("r1", text, first, cited))
    assert not joined(with_attributions("r1", text, first, beside))


def test_a_copy_and_who_cites_the_outlet_are_believed_sooner() -> None:
    first, near = saying("r1", WORDS), saying("r2", "the grain route will not be cleared of snow this winter")
    cites = saying("r2", "the grain route will not be cleared of snow this winter", chain=("Outlet r1", "an envoy"))
    plain = {k.score for k in links(first, near)}
    assert all(k.score not in plain for k in links(first, cites))


def test_the_evidence_is_the_clause_that_both_share() -> None:
    long = f"the minister had slept badly, and {WORDS}"
    reports = saying("r1", WORDS), saying("r2", long)
    for link in links(*reports):
        for place, report in zip(link.evidence, sorted(reports, key=lambda r: r.id), strict=True):
            assert report.text[slice(*place.span)].strip()
    found = shared_clauses(links(*reports))
    assert set(found) <= {"r1/a1", "r2/a1"}


def test_the_order_of_the_reports_changes_nothing() -> None:
    reports = [saying(f"r{n}", line) for n, line in enumerate((WORDS, WORDS + " long", "the road stays shut", "no"), 1)]
    first = links(*reports)
    for seed in range(5):
        random.Random(seed).shuffle(reports)
        assert links(*reports) == first
