from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from onrecord.link.contents import ContentSight, see_contents, see_sentences
from onrecord.link.disputes import Dispute
from onrecord.link.drift import find_drift
from onrecord.record import Analysis, Copy, Entity, Link, Mention, Modality, Place, Timex
from tests.link.saying import saying, with_attributions, with_vectors
from tests.records import analysis, attribution, days, given, part

LOST = "the ferry lost its rudder before it struck the reef"
MAY_HAVE_LOST = "the ferry may have lost its rudder before it struck the reef"
# A model and its relay, the model's modality, and what is lost.
HEDGES: list[tuple[str, str, Modality, str]] = [
    (MAY_HAVE_LOST, LOST, "hedged", "“may” is lost"),
    ("the navy may release the sailors", "the navy will release the sailors", "hedged", "“may” is lost"),
    ("the yard is expected to repair the ship", "the yard repaired the ship", "predicted", "“expected” is lost"),
    ("the line plans to sell three ferries", "the line sold three ferries", "intended", "“plans to” is lost"),
    ("the line closes the route if tolls rise", "the line closes the route", "conditional", "“if” is lost"),
    ("about 30 crates were taken ashore", "30 crates were taken ashore", "asserted", "“about” is lost"),
    ("at least 40 passengers were hurt", "40 passengers were hurt", "asserted", "“at least” is lost"),
    ("up to 40 passengers were hurt", "40 passengers were hurt", "asserted", "“up to” is lost"),
    ("the fire probably cost about 30 lives", "the fire cost 30 lives", "hedged", "“probably” and “about” are lost"),
]
KEPT: list[tuple[str, str, Modality]] = [
    (MAY_HAVE_LOST, "the ferry possibly lost its rudder before it struck the reef", "hedged"),
    ("a wall may fall, since the rain broke the dam", "the rain broke the dam", "hedged"),
    ("the navy left port in May", "the navy left port", "hedged"),
    ("the line closes the route if tolls rise", "should tolls rise, the line closes the route", "conditional"),
    ("the yard will lay up the ship", "the yard laid up the ship", "predicted"),
    ("about 30 crates were taken ashore", "some 30 crates were taken ashore", "asserted"),
    ("at least 40 passengers were hurt", "43 passengers were hurt", "asserted"),
    ("dozens of passengers were hurt", "12 passengers were burnt at sea", "asserted"),
]
# What is vague, what is more exact, and the words of both.
EXACT = [
    ("several sailors were seized near the reef", "four sailors were seized near the reef", "four", "several"),
    ("dozens of divers searched the hull", "48 divers searched the hull", "48", "dozens"),
    ("three to five lorries were swept away", "four lorries were swept away", "four", "three to five"),
    ("a handful of soldiers stayed at the post", "six soldiers stayed at the post", "six", "a handful of"),
]
NOT_EXACT = [
    ("several sailors were seized near the reef", "400 sailors were seized near the reef"),
    ("several of the sailors were seized", "four sailors were seized"),
    ("several wounded sailors were seized", "four armed sailors were seized"),
    ("several of the four boats were sunk", "two of the four boats were sunk"),
    ("many people fear a flood", "40 people were hurt by the flood"),
    ("at least 40 passengers were hurt", "40 passengers were hurt"),
    ("as many sailors were seized", "40 sailors were seized"),
]


def drift(one: Analysis, other: Analysis, *more: Analysis, copies: tuple[tuple[str, str], ...] = ()) -> list[Dispute]:
    """What is found of the first statements of the reports, each linked with that of the report before."""
    reports = (one, other, *more)
    sights = {s.key: s for r in reports for s in (*see_contents(r), *see_sentences(r))}
    firsts = [next(iter(see_contents(r)), None) for r in reports]
    links = [
        Link(left=a.key, right=b.key, relation="same", score=0.9, evidence=tuple(_clause(s) for s in (a, b)), by="test")
        for a, b in pairwise(firsts)
        if a and b
    ]
    made = [Copy(a, b, "rewrite", 0.5) for a, b in copies]
    return list(find_drift(links, sights, {r.id: r for r in reports}, made))


def _clause(sight: ContentSight) -> Place:
    return Place(sight.report, sight.whole.span)


def told(id: str, text: str, outlet: str = "Quay News") -> Analysis:
    return with_vectors(analysis(id, outlet, text, given("2031-03-05")))


COPY = (("r1", "r2"),)


@pytest.mark.parametrize(("model", "relay", "modality", "why"), HEDGES)
def test_a_copy_loses_a_hedge_and_the_about_of_a_number(model: str, relay: str, modality: Modality, why: str) -> None:
    one, other = saying("r1", model, modality=modality), saying("r2", relay)
    (found,) = drift(one, other, copies=COPY)
    assert (found.kind, found.a.report, found.b and found.b.report, found.why) == ("hedge", "r1", "r2", why)
    assert drift(one, other) == []
    assert drift(other, one, copies=(("r2", "r1"),)) == []


@pytest.mark.parametrize(("model", "relay", "modality"), KEPT)
def test_what_is_as_careful_or_says_something_else_loses_nothing(model: str, relay: str, modality: Modality) -> None:
    assert drift(saying("r1", model, modality=modality), saying("r2", relay), copies=COPY) == []


def test_the_cue_hedges_what_is_believed() -> None:
    text = f"officials believe {LOST}"
    model = attribution("a1", text, LOST, speaker="officials", class_="anonymous_official", modality="hedged")
    believed = with_attributions("r1", text, replace(model, cue=part(text, "believe")))
    assert [d.why for d in drift(believed, saying("r2", LOST), copies=COPY)] == ["“believe” is lost"]


def test_what_the_relay_hedges_in_another_sentence_is_not_lost() -> None:
    relay = saying("r2", LOST, f"a diver said that {MAY_HAVE_LOST}")
    assert drift(saying("r1", MAY_HAVE_LOST, modality="hedged"), relay, copies=COPY) == []


def test_an_outlet_that_is_cited_is_relayed() -> None:
    model = saying("r1", MAY_HAVE_LOST, modality="hedged")
    relay = saying("r2", LOST, speaker="an envoy", chain=("Outlet r1", "an envoy"))
    assert [d.why for d in drift(model, relay)] == ["“may” is lost"]


def test_a_source_is_lost_behind_the_outlet_that_is_cited() -> None:
    relay = saying("r2", LOST, speaker="Outlet r1", class_="outlet", chain=("Outlet r1",))
    assert [d.why for d in drift(saying("r1", LOST), relay)] == ["the source, an envoy, is lost"]
    text = f"Outlet r1, citing an envoy: {LOST}"
    cited = saying("r2", LOST, text=text, speaker="Outlet r1", class_="outlet", chain=("Outlet r1",))
    assert drift(saying("r1", LOST), cited) == []


def test_a_source_is_lost_where_nobody_is_given() -> None:
    relay = saying("r2", LOST, speaker=None, class_="unspecified")
    (found,) = drift(saying("r1", MAY_HAVE_LOST, modality="hedged"), relay, copies=COPY)
    assert found.why == "“may” and the source, an envoy, are lost"


def test_a_copy_that_tells_a_statement_itself_loses_its_source() -> None:
    (found,) = drift(saying("r1", LOST), told("r2", f"{LOST}."), copies=COPY)
    assert found.why == "the source, an envoy, is lost"
    assert found.b and found.b.report == "r2"
    assert drift(saying("r1", LOST), told("r2", f"{LOST}.")) == []


def test_a_source_that_stands_in_the_next_sentence_is_not_lost() -> None:
    copy = told("r2", f"The envoy spoke at noon.\n{LOST}.")
    assert drift(saying("r1", LOST), copy, copies=COPY) == []


def test_what_the_model_tells_itself_too_has_lost_no_source() -> None:
    model = saying("r1", LOST, text=f"an envoy said on Monday that {LOST}\n{LOST}.")
    assert drift(model, told("r2", LOST), copies=COPY) == []


def test_an_outlet_that_goes_on_with_its_own_report_knows_more() -> None:
    model, later = saying("r1", MAY_HAVE_LOST, modality="hedged"), replace(saying("r2", LOST), outlet="Outlet r1")
    assert drift(model, later, copies=COPY) == []


def test_a_loss_is_told_of_the_first_relay_alone() -> None:
    first, second, third = saying("r1", MAY_HAVE_LOST, modality="hedged"), saying("r2", LOST), saying("r3", LOST)
    copies = (("r1", "r2"), ("r2", "r3"), ("r1", "r3"))
    for reports in ((first, second, third), (second, first, third)):
        assert [(d.a.report, d.b and d.b.report) for d in drift(*reports, copies=copies)] == [("r1", "r2")]


def test_layers_of_one_content_lose_it_once() -> None:
    model = saying("r1", MAY_HAVE_LOST, modality="hedged")
    outer = attribution("a1", LOST, LOST, speaker="Radio Sarn", class_="named_organisation")
    inner = attribution("a2", LOST, LOST, speaker="an envoy", class_="anonymous_official", within="a1")
    relay = with_attributions("r2", LOST, outer, inner)
    sights = {s.key: s for r in (model, relay) for s in see_contents(r)}
    whole = tuple(Place(r.id, see_contents(r)[0].whole.span) for r in (model, relay))
    links = [
        Link(left="r1/a1", right=key, relation="same", score=0.9, evidence=whole, by="test")
        for key in ("r2/a1", "r2/a2")
    ]
    found = find_drift(links, sights, {"r1": model, "r2": relay}, [Copy("r1", "r2", "copy", 0.9)])
    assert [d.why for d in found] == ["“may” is lost"]


@pytest.mark.parametrize(("vague", "exact", "number", "word"), EXACT)
def test_a_number_is_more_exact_than_a_vague_word(vague: str, exact: str, number: str, word: str) -> None:
    (found,) = drift(saying("r1", vague), saying("r2", exact))
    assert (found.kind, found.a.report, found.b and found.b.report) == ("specificity", "r2", "r1")
    assert found.why == f"one says “{number}”, the other “{word}”"


@pytest.mark.parametrize(("vague", "exact"), NOT_EXACT)
def test_what_counts_something_else_is_not_more_exact(vague: str, exact: str) -> None:
    assert drift(saying("r1", vague), saying("r2", exact)) == []


def dated(id: str, line: str, word: str, value: str, *interval: str) -> Analysis:
    at = days(*interval) if interval else days(None)
    timex = Timex(part(line, word)[0], "DATE", value, at.earliest, at.latest)
    return replace(saying(id, line), timexes=(timex,), published=given("2031-03-20"))


DAY = dated("r1", "the court jailed the banker on 14 March", "14 March", "2031-03-14", "2031-03-14")


@pytest.mark.parametrize(
    ("vague", "found"),
    [
        (dated("r2", "the court jailed the banker in March", "March", "2031-03", "2031-03-01", "2031-03-31"), "March"),
        (dated("r2", "the court recently jailed the banker", "recently", "PAST_REF"), "recently"),
        (dated("r2", "the court soon jailed the banker", "soon", "FUTURE_REF"), None),
        (dated("r2", "the court jailed the banker in May", "May", "2031-05", "2031-05-01", "2031-05-31"), None),
        (dated("r2", "the court jailed the banker by March", "March", "2031-03", "2031-03-01", "2031-03-31"), None),
        (dated("r2", "the court jailed the banker Friday", "Friday", "XXXX-WXX-5", "2031-03-01", "2031-03-31"), None),
    ],
)
def test_a_day_is_more_exact_than_its_month(vague: Analysis, found: str | None) -> None:
    expected = [f"one says “14 March”, the other “{found}”"] if found else []
    assert [d.why for d in drift(DAY, vague)] == expected


def test_a_name_is_more_exact_than_an_office() -> None:
    line = "Deputy Minister Omar Teshk was flown home for talks"
    teshk = Entity("e1", "Omar Teshk", "person", ("Deputy Minister",), (Mention(part(line, "Omar Teshk")[0], "name"),))
    named = replace(saying("r1", line), entities=(teshk,))
    unnamed = saying("r2", "a deputy minister was flown home for talks")
    assert [d.why for d in drift(named, unnamed)] == ["one says “Omar Teshk”, the other “a deputy minister”"]
    known = saying("r2", "a deputy minister was flown home for talks", "Teshk landed at noon")
    assert drift(named, known) == []


def test_a_copy_is_not_more_exact_once_more() -> None:
    vague, exact, _, _ = EXACT[0]
    reports = saying("r1", vague), saying("r2", exact), saying("r3", vague)
    assert [d.b and d.b.report for d in drift(*reports, copies=(("r1", "r3"),))] == ["r1"]
