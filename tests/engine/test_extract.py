from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from onrecord.engine import extract_reports
from onrecord.ingest import Notice
from onrecord.record import OnrecordError, Report
from tests.engine.conftest import FAILS, REFUSED, Readings
from tests.engine.reports import make_reports

REPORTS = make_reports(4)


def test_in_the_order_of_the_input_with_notices_passed_on(readings: Readings) -> None:
    notice = Notice("a.txt", None, "empty", True)
    items: list[Report | Notice] = [REPORTS[2], notice, REPORTS[0], REPORTS[0], REPORTS[1]]
    found = list(extract_reports(items))
    assert [one if isinstance(one, Notice) else one.id for one in found] == [
        one if isinstance(one, Notice) else one.id for one in items
    ]


def test_no_report_is_read_ahead(readings: Readings) -> None:
    taken: list[str] = []

    def given() -> Iterator[Report]:
        for report in REPORTS:
            taken.append(report.id)
            yield report

    found = extract_reports(given())
    next(found)
    assert taken == [REPORTS[0].id]


def test_a_report_that_fails_is_left_out_and_the_next_is_read(readings: Readings) -> None:
    bad = [replace(REPORTS[0], author=FAILS), replace(REPORTS[1], author=REFUSED)]
    first, second, third = extract_reports([*bad, REPORTS[2]])
    assert first == Notice(REPORTS[0].key, None, "could not be analysed (ZeroDivisionError: no such thing)", True)
    assert second == Notice(REPORTS[1].key, None, "not today", True)
    assert not isinstance(third, Notice)


def test_no_such_model_and_no_workers(readings: Readings) -> None:
    with pytest.raises(OnrecordError, match="no model here"):
        list(extract_reports(REPORTS, model="none"))
    with pytest.raises(OnrecordError, match="at least one"):
        extract_reports(REPORTS, workers=0)
