from __future__ import annotations

from typing import Any

from onrecord.link import cluster, fact, link_contacts, link_unnamed
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


DAY = days("2031-03-06")


def unnamed(id: str = "r9", when: Interval | None = DAY, kind: str = "call") -> Analysis:
    """A report that says no more of a contact than its kind and, if any, its day."""
    return report(id, when, kind=kind, contact=None, actors=(), recipients=())


def joined(*reports: Analysis, affairs: list[list[str]] | None = None) -> list[tuple[set[str], str]]:
    """The links of contacts without names, where all reports are of one affair unless `affairs` say otherwise."""
    links = link_unnamed(reports, affairs or [[r.id for r in reports]])
    return [({k.left, k.right}, k.relation) for k in links]


def test_a_contact_without_names_is_the_one_of_its_kind_and_day() -> None:
    same = [({"r1/v1", "r9/v1"}, "same")]
    assert joined(report("r1", DAY), unnamed()) == joined(unnamed(), report("r1", DAY)) == same
    assert joined(report("r1", DAY), unnamed(kind="telephone conversation")) == same
    # The other contacts of the affair are of another day, or another kind.
    later = report("r2", days("2031-03-07"), recipients=("Ina Sorel",))
    met = report("r3", DAY, contact="meeting", recipients=("Ina Sorel",))
    assert joined(report("r1", DAY), later, met, unnamed()) == same


def test_two_reports_of_one_contact_are_one_pair_in_either_order() -> None:
    turned = report("r2", DAY, actors=("Omar Teshk",), recipients=("Ilse Varrun",))
    assert [relation for _, relation in joined(report("r1", DAY), turned, unnamed())] == ["same"]


def test_two_pairs_of_one_day_leave_a_contact_without_names_alone() -> None:
    assert joined(report("r1", DAY), report("r2", DAY, recipients=("Ina Sorel",)), unnamed()) == []


def test_a_contact_without_names_of_another_kind_affair_or_day_is_left_alone() -> None:
    first = report("r1", DAY)
    assert joined(first, unnamed(kind="meeting")) == []
    assert joined(first, unnamed(kind="strike")) == []
    assert joined(first, unnamed(), affairs=[["r1"], ["r9"]]) == []
    assert joined(first, unnamed(when=days("2031-03-07"))) == []


def test_a_contact_whose_one_day_is_not_known_is_never_found_by_it() -> None:
    for when in (None, days("2031-03-05", "2031-03-07"), days("2031-03-06", "")):
        assert joined(report("r1", DAY), unnamed(when=when)) == []
        assert joined(report("r1", when), unnamed()) == []
        assert joined(report("r1", when), unnamed(when=when)) == []


def test_what_names_its_parties_and_what_stands_in_one_report_is_not_joined_by_day() -> None:
    assert joined(report("r1", DAY), report("r2", DAY)) == []
    call, bare = report("r1", DAY).events[0], event("v2", TEXT, "spoke", TEXT, kind="call", contact=None, when=DAY)
    assert joined(analysis("r1", "Post", TEXT, given("2031-03-06"), events=(call, bare))) == []
