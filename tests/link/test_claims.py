from __future__ import annotations

from typing import Any

from onrecord.link import cluster, fact, link_claims
from onrecord.link.claims import content_words
from onrecord.record import Analysis, Attribution, Copy
from tests.records import analysis, attribution, given

WORDS = "the grain road to Senn will stay shut all winter"
NEAR = "the grain road will stay shut all winter long, envoys warned"
COPY = (Copy("r1", "r2", "rewrite", 0.3),)


def report(id: str, text: str = WORDS, speaker: str | None = "an envoy", **fields: Any) -> Analysis:
    plain: dict[str, Any] = {"class_": "anonymous_official"}
    return with_attributions(id, text, attribution("a1", text, text, speaker=speaker, **plain | fields))


def with_attributions(id: str, text: str, *attributions: Attribution) -> Analysis:
    return analysis(id, f"Outlet {id}", text, given("2031-03-04"), attributions=attributions)


def joined(*reports: Analysis, copies: tuple[Copy, ...] = ()) -> bool:
    nodes = [fact(r.id, a.id) for r in reports for a in r.attributions]
    return len(cluster(nodes, link_claims(reports, copies))) < len(nodes)


def test_the_same_words_are_one_claim_and_other_words_another() -> None:
    assert joined(report("r1"), report("r2", WORDS.upper() + "!"))
    assert not joined(report("r1"), report("r2", "the harbour at Senn was open again by Friday noon"))


def test_words_that_are_merely_near_are_one_claim_between_copies_only() -> None:
    assert not joined(report("r1"), report("r2", NEAR))
    assert joined(report("r1"), report("r2", NEAR), copies=COPY)


def test_too_few_words_say_nothing() -> None:
    assert not joined(report("r1", "to comment"), report("r2", "to comment"))


def test_what_is_denied_is_not_what_is_affirmed() -> None:
    assert not joined(report("r1"), report("r2", polarity="denied"))
    assert joined(report("r1", polarity="denied"), report("r2", polarity="denied"))


def test_two_named_people_make_two_claims() -> None:
    person: dict[str, Any] = {"class_": "named_person"}
    holm = report("r1", speaker="Ada Holm", **person)
    assert not joined(holm, report("r2", speaker="Bela Renko", **person))
    assert joined(holm, report("r2", speaker="Hólm", **person))
    assert joined(holm, report("r2"))
    assert joined(holm, report("r2", speaker=None, class_="unspecified"))


def test_in_one_report_only_a_citation_and_what_it_stands_in() -> None:
    text = f"{WORDS}. {WORDS}"
    first = attribution("a1", text, WORDS, speaker="Kesland Radio", class_="outlet")
    cited = attribution("a2", text, WORDS, speaker="an envoy", class_="anonymous_official", within="a1")
    beside = attribution("a2", text, WORDS, speaker="an envoy", class_="anonymous_official")
    assert joined(with_attributions("r1", text, first, cited))
    assert not joined(with_attributions("r1", text, first, beside))


def test_words_of_a_content_in_pieces() -> None:
    text = "“The Road,” she said, “stays open.”"
    broken = attribution("a1", text, "“The Road,”", "“stays open.”", speaker="Ada Holm")
    assert content_words(with_attributions("r1", text, broken), broken) == {"the", "road", "stays", "open"}
