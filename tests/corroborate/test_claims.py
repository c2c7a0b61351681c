from __future__ import annotations

from msgspec.structs import replace

from onrecord.corroborate import build_claims
from onrecord.link import fact
from onrecord.record import AttributionMember
from tests.corroborate.telling import WORDS, claim, person, telling, untraced
from tests.records import analysis, attribution, given


def test_a_claim_has_its_first_member_s_words_and_all_members() -> None:
    first, second = telling("r1", "Norvia Post", "an envoy"), person("r2", "Kesland Herald", "Ilse Varrun")
    found = claim(first, second)
    assert (found.text, found.author) == (WORDS, "an envoy")
    assert found.members == (AttributionMember("r1", "a1"), AttributionMember("r2", "a1"))
    assert found.confidence < claim(first).confidence == 1


def test_the_author_is_the_first_who_is_known() -> None:
    assert claim(untraced("r1", "Norvia Post"), person("r2", "Kesland Herald", "Ilse Varrun")).author == "Ilse Varrun"
    assert claim(untraced("r1", "Norvia Post")).author == "not stated"


def test_of_a_citation_the_one_who_is_cited_counts() -> None:
    outer = attribution("a1", WORDS, WORDS, speaker="Radio Sarn", class_="outlet")
    chain = ("Radio Sarn", "an envoy")
    inner = attribution("a2", WORDS, WORDS, speaker=chain[1], class_="anonymous_official", chain=chain, within="a1")
    report = analysis("r1", "Norvia Post", WORDS, given("2031-03-04"), attributions=(outer, inner))
    found = claim(report)
    assert ([o.name for o in found.origins], found.author, found.untraced) == (["an envoy"], "an envoy", ())
    assert len(found.members) == 2


def test_pieces_are_joined_by_an_ellipsis() -> None:
    text = "“The road,” she said, “stays open.”"
    said = attribution("a1", text, "“The road,”", "“stays open.”", speaker="Ilse Varrun")
    assert claim(analysis("r1", "Post", text, given("2031-03-04"), attributions=(said,))).text == (
        "“The road,” … “stays open.”"
    )


def test_the_id_stays_while_later_reports_are_added() -> None:
    first, second = telling("r1", "Norvia Post", "an envoy"), telling("r2", "Kesland Herald", "an aide")
    assert claim(first).id == claim(first, second).id != claim(second).id
    assert claim(first).id.startswith("c-")


def test_one_claim_a_cluster_in_their_order() -> None:
    reports = [telling("r1", "Norvia Post", "an envoy"), telling("r2", "Kesland Herald", "an aide")]
    facts = {fact(r.id, "a1"): (r, r.attributions[0]) for r in reports}
    roots = {r.id: (r.outlet or r.id,) for r in reports}
    found = build_claims([["r2/a1"], ["r1/a1"]], facts, roots, {}, {})
    assert [c.members[0].report for c in found] == ["r2", "r1"]
    assert len({c.id for c in found}) == 2
    renamed = replace(reports[0], key="other")
    assert build_claims([["r1/a1"]], {"r1/a1": (renamed, renamed.attributions[0])}, roots, {}, {})[0] == found[1]
