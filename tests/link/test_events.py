from __future__ import annotations

import zlib
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from onrecord.language import pack, split_sentences
from onrecord.link import cluster, link_events
from onrecord.record import Analysis, Copy, Entity, Event, Link, Mention, Span
from tests.records import analysis, days, event, given

MARCH = "Dockers of the Harbour Union marched on the Tollgate Board in Ister."
DAY = "2031-03-04"


def vector(words: str) -> np.ndarray:
    """A made meaning: the same for the same words, near for texts that share many."""
    rows = [np.random.default_rng(zlib.crc32(w.strip(".,").lower().encode())).normal(size=384) for w in words.split()]
    mean = np.mean(rows, axis=0)
    unit: np.ndarray = mean / np.linalg.norm(mean)
    return unit


def report(id: str, text: str = MARCH, *events: Event, day: str = DAY, names: dict[str, Any] | None = None) -> Analysis:
    spans = [Span(*s) for s in split_sentences(text)] + [s for e in events for s in e.trigger]
    rows = np.array([vector(text[a:b]) for a, b in spans])
    entities = tuple(
        Entity(f"e{n}", name, kind, (), (Mention(Span(text.index(name), text.index(name) + len(name)), "name"),))
        for n, (name, kind) in enumerate((names or {}).items())
    )
    return analysis(id, f"Outlet {id}", text, given(day), events=events, vectors=pack(spans, rows), entities=entities)


def deed(text: str = MARCH, trigger: str = "marched", id: str = "v1", **fields: Any) -> Event:
    """A march of the Harbour Union on the Tollgate Board, unless `fields` say otherwise."""
    plain: dict[str, Any] = {
        "type": "PROTEST",
        "kind": trigger,
        "actors": ("Harbour Union",),
        "recipients": ("Tollgate Board",),
        "contact": None,
    }
    return event(id, text, trigger, text, **plain | fields)


def told(id: str, text: str = MARCH, trigger: str = "marched", **fields: Any) -> Analysis:
    """A report of one deed."""
    names = fields.pop("names", None)
    return report(id, text, deed(text, trigger, **fields), names=names)


def relations(links: list[Link]) -> dict[frozenset[str], str]:
    """The relation of each two events that are linked; no two are linked twice."""
    found = {frozenset((k.left, k.right)): str(k.relation) for k in links}
    assert len(found) == len(links)
    return found


def relation(*reports: Analysis, **more: Any) -> str | None:
    """How the first events of two reports are linked, if they are."""
    return relations(link_events(reports, (), **more)).get(frozenset(f"{r.id}/v1" for r in reports))


def test_one_deed_told_in_two_reports_is_one_event() -> None:
    assert relation(told("r1"), told("r2")) == "same"
    again = "On the Tollgate Board in Ister dockers of the Harbour Union have marched, the board said."
    assert relation(told("r1"), told("r2", again)) == "same"


def test_another_deed_of_others_is_not_linked() -> None:
    feast = "Weavers opened a feast of lanterns far away at Lower Tamsin."
    other = told("r2", feast, "opened", type=None, actors=("Weavers Guild",), recipients=())
    assert relation(told("r1"), other) is None


def test_only_reports_of_one_story_are_compared() -> None:
    pair = told("r1"), told("r2")
    assert relation(*pair, stories=[["r1", "r2"]]) == "same"
    assert link_events(pair, (), [["r1"], ["r2"]]) == []


def test_days_that_miss_each_other_make_two_events_of_them() -> None:
    day, later = days("2031-03-03"), days("2031-03-04")
    assert relation(told("r1", when=day), told("r2", when=later)) == "different"
    assert relation(told("r1", when=later), told("r2", when=day)) == "different"
    assert relation(told("r1", when=day), told("r2", when=days("2031-03-01", "2031-03-09"))) == "same"
    assert relation(told("r1", when=day), told("r2", when=None)) == "same"


def test_two_named_places_make_two_events_of_them_unless_one_lies_in_the_other() -> None:
    text = "Dockers of the Harbour Union marched on the Tollgate Board in {}."
    first, second = text.format("Ister"), text.format("Tamsin")
    who = {"Harbour Union": "organisation", "Tollgate Board": "organisation"}
    one = told("r1", first, place="Ister", names={**who, "Ister": "place"})
    other = told("r2", second, place="Tamsin", names={**who, "Tamsin": "place"})
    assert relation(one, other) == "different"
    assert relation(one, told("r2", second, place="Tamsin", names=who)) == "same"
    both = text.format("Ister, Tamsin")
    assert relation(one, told("r2", both, place="Tamsin", names={**who, "Tamsin": "place"})) == "same"


def test_what_is_done_to_two_people_is_two_events() -> None:
    text = "Officers of the Harbour Union attacked {} in Ister."
    one, other = (
        told(id, text.format(name), "attacked", type="ASSAULT", recipients=(name,), names={name: "person"})
        for id, name in (("r1", "Ada Holm"), ("r2", "Ivo Rask"))
    )
    assert relation(one, other) == "different"
    same = told("r2", text.format("Holm"), "attacked", type="ASSAULT", recipients=("Holm",), names={"Holm": "person"})
    assert relation(one, same) == "same"


def test_the_second_strike_is_not_the_first() -> None:
    text = "The Harbour Union called a {} strike at the Tollgate Board in Ister."
    first, second = (told(id, text.format(n), "strike") for id, n in (("r1", "first"), ("r2", "second")))
    assert relation(first, second) == "different"
    assert relation(first, told("r2", text.format("first"), "strike")) == "same"


def test_to_seal_and_to_reopen_are_two() -> None:
    sealed = told("r1", "Harbour police sealed the East Basin of Ister.", "sealed")
    shut = told("r2", "Harbour police shut the East Basin of Ister.", "shut")
    opened = told("r3", "Harbour police reopened the East Basin of Ister.", "reopened")
    found = relations(link_events([sealed, shut, opened], ()))
    for pair in (("r1/v1", "r3/v1"), ("r2/v1", "r3/v1")):
        assert found.get(frozenset(pair)) != "same"
    assert cluster(["r1/v1", "r3/v1"], link_events([sealed, opened], ())) == [["r1/v1"], ["r3/v1"]]


@pytest.mark.parametrize("status", ["planned", "predicted", "denied", "not_yet"])
def test_another_status_parts_nothing(status: str) -> None:
    assert relation(told("r1"), told("r2", status=status)) == "same"


def test_what_one_report_tells_as_two_stays_two() -> None:
    twice = report("r1", MARCH, deed(id="v1"), deed(id="v2"))
    assert link_events((twice,), ()) == []
    links = link_events((twice, told("r2")), ())
    nodes = ["r1/v1", "r1/v2", "r2/v1"]
    assert sorted(map(len, cluster(nodes, links))) == [1, 2]


def test_contacts_are_left_out() -> None:
    call = {"contact": "call", "kind": "phone call", "type": "CONSULT"}
    assert link_events((told("r1", **call), told("r2", **call)), ()) == []
    assert link_events((told("r1", **call), told("r2")), ()) == []


def test_a_copy_makes_it_surer() -> None:
    pair = told("r1", type=None, actors=(), recipients=()), told("r2", type=None, actors=(), recipients=())
    ((plain,), (copied,)) = (link_events(pair, copies) for copies in ((), (Copy("r1", "r2", "copy", 0.9),)))
    assert copied.score >= max(plain.score, 0.9)


def test_a_cluster_is_held_by_one_link_less_than_it_has_events() -> None:
    reports = [told(f"r{n}") for n in range(4)]
    links = link_events(reports, ())
    assert [k.relation for k in links] == ["same"] * 3
    assert len(cluster([f"r{n}/v1" for n in range(4)], links)) == 1
    assert all(k.evidence and 0 <= k.score <= 1 for k in links)


def test_the_order_of_the_analyses_changes_nothing() -> None:
    reports = (
        report("r1", MARCH, deed(id="v1", when=days("2031-03-03")), deed(id="v2", kind="rally")),
        told("r2", place="Ister"),
        told("r3", when=days("2031-03-04")),
    )
    expected = link_events(reports, ())
    assert {k.relation for k in expected} == {"same", "different"}
    assert all(link_events(order, ()) == expected for order in permutations(reports))


def test_a_pair_is_judged_alike_in_any_company() -> None:
    pair = told("r1"), told("r2")
    (alone,) = link_events(pair, ())
    third = told("r3", "Weavers opened a feast of lanterns at Lower Tamsin.", "opened", type=None, recipients=())
    assert alone in link_events((*pair, third), ())


def test_without_vectors_nothing_fails() -> None:
    bare = [analysis(id, None, MARCH, given(DAY), events=(deed(),)) for id in ("r1", "r2")]
    assert len(link_events(bare, ())) <= 1
