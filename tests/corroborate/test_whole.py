from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from onrecord.corroborate import join_affairs, rank
from onrecord.record import Analysis, EntityEntry, Link, Place, Record, Span, Story
from tests.records import analysis, given

TEXT = "It rained."


def report(id: str, day: str, outlet: str = "Norvia Post") -> Analysis:
    return analysis(id, outlet, TEXT, given(day))


def entity(id: str, name: str, *reports: str, **fields: Any) -> EntityEntry:
    plain: dict[str, Any] = {"aliases": (), "roles": ()} | fields
    return EntityEntry(id=id, name=name, type="person", mentions=tuple(Place(r, Span(0, 2)) for r in reports), **plain)


def story(report: str) -> Story:
    return Story(id=f"s-{report}", title="Rain", reports=(report,), earliest=None, latest=None)


LATE, EARLY = report("r1", "2031-03-09"), report("r2", "2031-03-04")


def test_all_kinds_stand_in_the_order_of_their_first_reports() -> None:
    link = Link(left="r1/v1", right="r1/v2", relation="different", score=0.9, evidence=(), by="test")
    other = replace(link, left="r2/v1", right="r2/v2")
    parts = [
        Record(analyses=(LATE,), stories=(story("r1"),), links=(link,)),
        Record(analyses=(EARLY,), stories=(story("r2"),), links=(other,)),
    ]
    whole = join_affairs(parts, {})
    assert whole == join_affairs(reversed(parts), {})
    assert whole.analyses == (EARLY, LATE)
    assert whole.stories == (story("r2"), story("r1"))
    assert whole.links == (other, link)
    assert join_affairs([], {}) == Record()


def test_a_date_that_was_worked_out_moves_no_report() -> None:
    worked_out = replace(EARLY, published=replace(EARLY.published, given=False))
    assert rank(worked_out) > rank(LATE) > rank(EARLY)


def test_a_person_of_several_affairs_is_one_under_the_id_of_the_first_and_the_fullest_name() -> None:
    first = entity("e-2", "Holm", "r2", "r2", roles=("Minister",), ids=("own-7",))
    second = entity("e-1", "Ada Holm", "r1", aliases=("A. Holm",), roles=("Foreign Minister of Norvia",))
    parts = [Record(analyses=(LATE,), entities=(second,)), Record(analyses=(EARLY,), entities=(first,))]
    (found,) = join_affairs(parts, {"e-1": "e-1", "e-2": "e-1"}).entities
    assert (found.id, found.name, found.aliases) == ("e-2", "Ada Holm", ("A. Holm", "Holm"))
    assert (found.roles, found.ids) == (("Foreign Minister of Norvia",), ("own-7",))
    assert [m.report for m in found.mentions] == ["r2", "r2", "r1"]
    assert join_affairs(parts, {}).entities == (first, second)
