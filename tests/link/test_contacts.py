from __future__ import annotations

from typing import Any

from onrecord.link import cluster, fact, link_contacts
from onrecord.record import Analysis, Copy, Interval
from tests.records import analysis, days, event, given

TEXT = "They spoke."
COPY = (Copy("r1", "r2", "copy", 0.9),)


def report(id: str, *whens: Interval | None, **fields: Any) -> Analysis:
    events = tuple(event(f"v{n}", TEXT, "spoke", "They spoke.", when=when, **fields) for n, when in enumerate(whens, 1))
    return analysis(id, "Post", TEXT, given("2031-03-04"), events=events)


def grouped(*reports: Analysis, copies: tuple[Copy, ...] = ()) -> list[list[str]]:
    nodes = [fact(r.id, e.id) for r in reports for e in r.events]
    return cluster(nodes, link_contacts(reports, copies))


def test_the_same_day_is_one_contact_and_a_week_later_another() -> None:
    first, second = days("2031-03-06"), days("2031-03-13")
    assert grouped(report("r1", first), report("r2", first, second), report("r3", second)) == [
        ["r1/v1", "r2/v1"],
        ["r2/v2", "r3/v1"],
    ]


def test_two_undated_ones_in_two_reports_stay_two() -> None:
    assert grouped(report("r1", None), report("r2", None)) == [["r1/v1"], ["r2/v1"]]
    assert grouped(report("r1", days("2031-03-06")), report("r2", None)) == [["r1/v1"], ["r2/v1"]]


def test_a_copy_tells_of_the_same_contact_unless_its_day_is_another() -> None:
    assert grouped(report("r1", None), report("r2", None), copies=COPY) == [["r1/v1", "r2/v1"]]
    assert grouped(report("r1", None), report("r2", days("2031-03-06")), copies=COPY) == [["r1/v1", "r2/v1"]]
    apart = report("r1", days("2031-03-06")), report("r2", days("2031-03-07"))
    assert grouped(*apart, copies=COPY) == [["r1/v1"], ["r2/v1"]]


def test_a_day_and_an_interval_that_holds_it_are_not_shown_to_be_one() -> None:
    assert len(grouped(report("r1", days("2031-03-06")), report("r2", days("2031-03-03", "2031-03-09")))) == 2
    assert len(grouped(report("r1", days("2031-03-06", "")), report("r2", days("2031-03-06", "")))) == 2


def test_what_one_report_tells_apart_stays_apart() -> None:
    day = days("2031-03-06")
    assert grouped(report("r1", day, None), report("r2", None), copies=COPY) == [["r1/v1", "r2/v1"], ["r1/v2"]]


def test_other_parties_and_other_kinds_are_other_contacts() -> None:
    day = days("2031-03-06")
    first = report("r1", day)
    assert len(grouped(first, report("r2", day, recipients=("Ina Sorel",)))) == 2
    assert len(grouped(first, report("r2", day, contact="meeting"))) == 2
    assert len(grouped(first, report("r2", day, contact=None))) == 2


def test_parties_are_the_same_in_either_order_and_with_accents() -> None:
    day = days("2031-03-06")
    turned = report("r2", day, actors=("Omár Teshk",), recipients=("Ilse Varrun",))
    assert grouped(report("r1", day), turned) == [["r1/v1", "r2/v1"]]
