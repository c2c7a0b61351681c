from __future__ import annotations

import msgspec
import pytest

from onrecord.record import Record
from onrecord.views import VIEWS, summarise
from tests.records import HOSTILE, RECORD


@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("calls", "2 calls in these 5 reports"),
        ("timeline", "3 events and 3 statements in these 5 reports"),
        ("statements", "7 statements in these 5 reports"),
        ("claims", "2 claims in these 5 reports"),
        ("sources", "4 traced origins in these 5 reports"),
        ("disagreements", "2 disagreements in these 5 reports"),
        ("expectations", "2 expectations in these 5 reports"),
        ("absent", "2 absent sources in these 5 reports"),
    ],
)
def test_each_view_sums_itself_up(name: str, summary: str) -> None:
    view = VIEWS[name]
    rows = view.rows(RECORD, 0.0)
    assert summarise(view, rows, len(RECORD.reports)) == summary
    assert {type(row) for row in rows} == {view.row}


@pytest.mark.parametrize("name", VIEWS)
def test_empty_view_says_so(name: str) -> None:
    view = VIEWS[name]
    assert view.rows(Record(), 0.0) == []
    assert summarise(view, [], 8) == f"No {view.noun[1]} found in these 8 reports."
    assert summarise(view, [], 8, 0.9).endswith("in these 8 reports with a confidence of 90% or more.")
    assert summarise(view, [], 0) == "No reports in this record."


def test_contacts_are_counted_by_their_kind() -> None:
    view = VIEWS["calls"]
    meeting = msgspec.structs.replace(RECORD.contacts[0], kind="meeting")
    rows = view.rows(msgspec.structs.replace(RECORD, contacts=(meeting, *RECORD.contacts)), 0.0)
    assert summarise(view, rows, 5) == "2 calls and 1 meeting in these 5 reports"


def test_one_report_is_this_report() -> None:
    view = VIEWS["statements"]
    assert summarise(view, view.rows(HOSTILE, 0.0), 1) == "1 statement in this report"


@pytest.mark.parametrize(
    ("name", "bound", "left"),
    [("calls", 0.9, 1), ("timeline", 0.9, 3), ("statements", 0.9, 5), ("claims", 0.95, 1), ("expectations", 0.95, 0)],
)
def test_what_is_less_certain_is_left_out(name: str, bound: float, left: int) -> None:
    rows = VIEWS[name].rows(RECORD, bound)
    assert len(rows) == left
    assert len(rows) < len(VIEWS[name].rows(RECORD, 0.0))
