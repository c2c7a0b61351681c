from __future__ import annotations

import random
from typing import Any

from onrecord.link import find_bearing, group_reports, mark
from onrecord.record import Analysis
from tests.records import analysis, days, event, given

QUAY = "The Ostrene tanker Merrivale burned at Quay Four in Port Ister. Captain Zbigla Tohrem jumped into the harbour."
AGAIN = "Captain Zbigla Tohrem of the burned tanker Merrivale spoke at Port Ister, where Quay Four is closed to ships."
OTHER = "Parliament in Senn passed the grain tax by nine votes. Ada Holm wept in the gallery, and Omar Teshk cheered."


def report(id: str, text: str, day: str = "2031-03-04", **fields: Any) -> Analysis:
    return analysis(id, f"Outlet {id}", text, given(day), **fields)


def grouped(*reports: Analysis, pairs: tuple[tuple[str, str], ...] = ()) -> list[list[str]]:
    return group_reports([mark(r) for r in reports], pairs)


def test_reports_on_one_thing_are_of_one_affair_and_others_are_not() -> None:
    assert grouped(report("r1", QUAY), report("r2", OTHER), report("r3", QUAY)) == [["r1", "r3"], ["r2"]]


def test_the_order_changes_nothing() -> None:
    marks = [mark(report(f"r{n}", text)) for n, text in enumerate((QUAY, OTHER, AGAIN, QUAY, OTHER))]
    expected = group_reports(marks)
    for seed in range(5):
        assert group_reports(random.Random(seed).sample(marks, len(marks))) == expected


def test_one_address_is_one_affair_however_it_is_written() -> None:
    first = report("r1", QUAY, url="https://news.example/a/")
    second = report("r2", OTHER, url="http://news.example/a?utm_source=mail")
    assert grouped(first, second) == [["r1", "r2"]]
    assert mark(first).keys == mark(second).keys != ()


def test_a_contact_of_one_day_is_one_affair_and_of_another_day_another() -> None:
    def told(id: str, text: str, day: str) -> Analysis:
        return report(id, text, events=(event("v1", text, text.split(maxsplit=1)[0], text, when=days(day)),))

    assert grouped(told("r1", QUAY, "2031-03-01"), told("r2", OTHER, "2031-03-01")) == [["r1", "r2"]]
    assert grouped(told("r1", QUAY, "2031-03-01"), told("r2", OTHER, "2031-03-02")) == [["r1"], ["r2"]]


def test_what_a_person_joins_is_one_affair() -> None:
    apart = report("r1", QUAY), report("r2", OTHER)
    assert grouped(*apart, pairs=(("r2", "r1"),)) == [["r1", "r2"]]
    assert grouped(*apart, pairs=(("r2", "gone"),)) == [["r1"], ["r2"]]


def test_the_reports_that_one_bears_on_are_found_again() -> None:
    known = [mark(report("r1", OTHER)), mark(report("r2", QUAY)), mark(report("r3", QUAY, "2031-09-04"))]
    assert find_bearing([mark(report("r4", QUAY))], known) == ["r2"]
    assert find_bearing([], known) == find_bearing(known, []) == []
