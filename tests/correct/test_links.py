from __future__ import annotations

from onrecord.correct import correction_links
from onrecord.link import fact
from onrecord.record import Place, Target
from tests.correct.saying import INNER, OUTER, at, layered, said, target_of

BOTH = [layered(id="r2"), layered(id="r1")]
HERE, THERE = at("r1", "called"), at("r2", "called")


def test_a_word_on_two_places_is_a_link_between_the_facts_there() -> None:
    same = said(1, "same", "event", HERE, other=THERE)
    (link,) = correction_links(BOTH, [same])
    assert (link.left, link.right, link.relation) == (fact("r1", "v2"), fact("r2", "v2"), "same")
    assert (link.score, link.by) == (1.0, "Zbigla Tohrem")
    assert link.evidence == (Place("r1", HERE.spans[0]), Place("r2", THERE.spans[0]))


def test_the_kind_of_fact_is_the_one_that_was_meant() -> None:
    log = [
        said(1, "same", "attribution", target_of(OUTER), other=target_of(INNER, "r2")),
        said(2, "different", "entity", at("r1", "Omar Teshk"), other=at("r2", "Omar Teshk")),
        said(3, "different", "report", other=Target("r2")),
    ]
    assert [(k.left, k.right, k.relation) for k in correction_links(BOTH, log)] == [
        ("r1", "r2", "different"),
        ("r1/e3", "r2/e3", "different"),
        ("r1/a1", "r2/a2", "same"),
    ]


def test_what_is_undone_or_holds_nothing_makes_no_link() -> None:
    log = [
        said(1, "same", "event", HERE, other=THERE),
        said(2, "same", "event", HERE, other=at("r3", "called")),
        said(3, "same", "event", HERE, other=at("r2", "stays")),
        said(4, "undo", "event", HERE, "f-1"),
    ]
    assert correction_links(BOTH, log) == []
    assert correction_links(BOTH, [said(1, "reject", "event", HERE)]) == []
