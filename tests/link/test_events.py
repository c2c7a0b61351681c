from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from onrecord.link import link_events
from onrecord.record import Analysis, Copy, Event
from tests.records import analysis, days, event, given

TEXT = "Dockers marched."


def deed(id: str = "v1", **fields: Any) -> Event:
    """A march of the Harbour Union on the Tollgate Board, unless `fields` say otherwise."""
    plain: dict[str, Any] = {
        "type": "PROTEST",
        "kind": "march",
        "actors": ("Harbour Union",),
        "recipients": ("Tollgate Board",),
        "contact": None,
    }
    return event(id, TEXT, "marched", TEXT, **plain | fields)


def report(id: str, *events: Event, day: str = "2031-03-04") -> Analysis:
    return analysis(id, f"Outlet {id}", TEXT, given(day), events=events or (deed(),))


def linked(*reports: Analysis, copies: tuple[Copy, ...] = ()) -> dict[frozenset[str], str]:
    """The relation of each two events that are linked; no two are linked twice."""
    links = link_events(reports, copies)
    found = {frozenset((k.left, k.right)): k.relation for k in links}
    assert len(found) == len(links)
    return {pair: str(relation) for pair, relation in found.items()}


def relation(*reports: Analysis) -> str | None:
    """How the first events of two reports are linked, if they are."""
    return linked(*reports).get(frozenset(f"{r.id}/v1" for r in reports))


def test_the_same_word_with_a_name_in_common_is_one_event() -> None:
    alone = deed(type=None, recipients=())
    assert relation(report("r1", alone), report("r2", alone)) == "same"
    assert relation(report("r1", alone), report("r2", deed(type=None, actors=("dockers of the Union",)))) == "same"


def test_another_word_or_no_name_in_common_links_nothing() -> None:
    plain: dict[str, Any] = {"type": None, "recipients": ()}
    first = report("r1", deed(**plain))
    assert linked(first, report("r2", deed(kind="feast", **plain))) == {}
    assert linked(first, report("r2", deed(**plain | {"actors": ("Weavers Guild",)}))) == {}


def test_the_same_type_between_the_same_two_is_one_event_whatever_its_word() -> None:
    first = report("r1")
    assert relation(first, report("r2", deed(kind="rally"))) == "same"
    assert linked(first, report("r2", deed(kind="rally", type="ASSAULT"))) == {}
    assert linked(first, report("r2", deed(kind="rally", recipients=("Salt Court",)))) == {}


def test_a_word_of_office_is_no_name_in_common() -> None:
    one, other = (deed(type=None, actors=(f"President {n}",), recipients=()) for n in ("Holm", "Vorac"))
    assert linked(report("r1", one), report("r2", other)) == {}


def test_another_day_or_another_place_makes_two_events_of_them() -> None:
    day, later = days("2031-03-03"), days("2031-03-04")
    assert relation(report("r1", deed(when=day)), report("r2", deed(when=later))) == "different"
    assert relation(report("r1", deed(when=later)), report("r2", deed(when=day))) == "different"
    assert relation(report("r1", deed(when=day)), report("r2", deed(when=days("2031-03-01", "2031-03-09")))) == "same"
    assert relation(report("r1", deed(when=day)), report("r2", deed(when=None))) == "same"
    here, there = (report(r, deed(place=p)) for r, p in (("r1", "Port Ister"), ("r2", "Lower Tamsin")))
    assert relation(here, there) == "different"
    assert relation(here, report("r2", deed(place="Ister"))) == "same"
    assert relation(here, report("r2", deed(place=None))) == "same"


def test_what_one_report_tells_twice_is_not_linked() -> None:
    assert linked(report("r1", deed("v1"), deed("v2"))) == {}
    twice = linked(report("r1", deed("v1"), deed("v2")), report("r2"))
    assert set(twice) == {frozenset(("r1/v1", "r2/v1")), frozenset(("r1/v2", "r2/v1"))}


def test_contacts_are_left_out() -> None:
    call = deed(contact="call", kind="phone call", type="CONSULT")
    assert linked(report("r1", call), report("r2", call)) == {}
    assert linked(report("r1", call), report("r2", deed(kind="phone call", type="CONSULT"))) == {}


def test_a_kind_of_several_words_links_without_names() -> None:
    vote = deed(kind="municipal elections", type=None, actors=(), recipients=())
    assert relation(report("r1", vote), report("r2", vote)) == "same"
    other = deed(kind="provincial elections", type=None, actors=(), recipients=())
    assert linked(report("r1", vote), report("r2", other)) == {}
    single = deed(kind="elections", type=None, actors=(), recipients=())
    assert linked(report("r1", single), report("r2", single)) == {}


@pytest.mark.parametrize(("day", "found"), [("2031-04-18", "same"), ("2031-04-19", None), ("2032-03-04", None)])
def test_reports_that_lie_far_apart_tell_of_two_events(day: str, found: str | None) -> None:
    early, late = report("r1"), report("r2", day=day)
    assert relation(early, late) == relation(late, early) == found


def test_a_copy_and_more_in_common_make_it_surer() -> None:
    def score(second: Event, copies: tuple[Copy, ...] = ()) -> float:
        (link,) = link_events((report("r1"), report("r2", second)), copies)
        return link.score

    little, more = score(deed(type=None, recipients=())), score(deed())
    assert little < more < score(deed(type=None, recipients=()), (Copy("r2", "r1", "copy", 0.9),))


def test_the_order_of_the_analyses_changes_nothing() -> None:
    reports = (
        report("r1", deed("v1", when=days("2031-03-03")), deed("v2", kind="rally")),
        report("r2", deed("v1", place="Port Ister")),
        report("r3", deed("v1", place="Lower Tamsin", when=days("2031-03-04")), day="2031-03-06"),
    )
    expected = linked(*reports)
    assert {"same", "different"} <= set(expected.values())
    assert all(linked(*order) == expected for order in permutations(reports))


@pytest.mark.parametrize(("one", "other"), [("strike", "strikes"), ("blockade", "blockades"), ("attack", "attacked")])
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert relation(report("r1", deed(kind=one, type=None)), report("r2", deed(kind=other, type=None))) == "same"


def test_a_place_of_two_letters_is_that_place() -> None:
    assert relation(report("r1", deed(place="UK")), report("r2", deed(place="UK"))) == "same"
