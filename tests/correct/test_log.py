from __future__ import annotations

from onrecord.correct import log_states, standing
from onrecord.record import Span, Target
from tests.correct.saying import said

HERE, THERE, ELSEWHERE = Target("r1", (Span(3, 9),)), Target("r1", (Span(20, 24),)), Target("r2", (Span(3, 9),))


def ids(*log: object) -> list[str]:
    return [c.id for c in standing(log)]  # type: ignore[arg-type]


def test_the_later_word_on_the_same_place_replaces_the_earlier() -> None:
    first, second = said(1, "date", "event", HERE, "2031"), said(2, "date", "event", HERE, "2032")
    assert ids(first, second) == ["f-2"]
    assert log_states([first, second], ()) == {"f-1": "replaced", "f-2": "stands"}


def test_other_places_kinds_facts_and_reports_are_other_matters() -> None:
    log = [
        said(1, "date", "event", HERE, "2031"),
        said(2, "date", "event", THERE, "2031"),
        said(3, "reject", "event", HERE),
        said(4, "date", "attribution", HERE, "2031"),
        said(5, "date", "event", ELSEWHERE, "2031"),
    ]
    assert ids(*log) == [c.id for c in log]


def test_same_and_different_are_one_matter_in_either_order_of_the_places() -> None:
    same = said(1, "same", "event", HERE, other=ELSEWHERE)
    assert ids(same, said(2, "different", "event", ELSEWHERE, other=HERE)) == ["f-2"]
    assert ids(same, said(2, "different", "event", HERE, other=THERE)) == ["f-1", "f-2"]


def test_what_is_undone_does_not_stand_and_what_it_replaced_does() -> None:
    log = [said(1, "date", "event", HERE, "2031"), said(2, "date", "event", HERE, "2032"), said(3, "undo", value="f-2")]
    assert ids(*log) == ["f-1"]
    assert log_states(log, ()) == {"f-1": "stands", "f-2": "undone", "f-3": "stands"}


def test_an_undoing_can_be_undone() -> None:
    log = [said(1, "reject", "event", HERE), said(2, "undo", value="f-1"), said(3, "undo", value="f-2")]
    assert ids(*log) == ["f-1"]
    assert log_states(log, ())["f-2"] == "undone"


def test_only_what_stands_can_hold_nothing() -> None:
    log = [said(1, "reject", "event", HERE), said(2, "reject", "event", THERE), said(3, "undo", value="f-2")]
    assert log_states(log, ["f-1", "f-2"]) == {"f-1": "holds nothing now", "f-2": "undone", "f-3": "stands"}


def test_what_stands_stands_however_often_it_is_asked() -> None:
    log = [said(1, "date", "event", HERE, "2031"), said(2, "reject", "event", HERE), said(3, "undo", value="f-2")]
    assert standing(standing(log)) == standing(log)
