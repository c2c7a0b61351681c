from __future__ import annotations

from datetime import date

from onrecord.corroborate import build_entities, build_reports, build_stories
from onrecord.record import Analysis, Entity, Mention, Place, Publication, Span
from tests.records import analysis, given


def report(id: str, text: str = "It rained.", day: str | None = None, **fields: str) -> Analysis:
    return analysis(id, "Post", text, given(day) if day else Publication(), **fields)


def test_texts_under_one_address_are_versions_of_one_another() -> None:
    url = "https://news.example/a"
    reports = [report("r1", url=url), report("r2"), report("r3", url=url), report("r4", url=f"{url}/b"), report("r5")]
    found = build_reports(reports, {"r1": ("b", "a"), "r2": ("c",)})
    assert [r.versions for r in found] == [("r1", "r3"), (), ("r1", "r3"), (), ()]
    assert [r.keys for r in found] == [("a", "b"), ("c",), ("r3-key",), ("r4-key",), ("r5-key",)]


def test_a_story_has_the_title_of_its_first_report_and_the_days_of_all() -> None:
    reports = {
        "r1": report("r1", "\n  Rain in Senn \nIt rained.", "2031-03-05"),
        "r2": report("r2", day="2031-03-04", title="Wet"),
        "r3": report("r3"),
        "r4": report("r4", " \n"),
    }
    first, second, third = build_stories([["r1", "r2", "r3"], ["r4"], ["r2"]], reports)
    assert (first.title, first.reports) == ("Rain in Senn", ("r1", "r2", "r3"))
    assert (first.earliest, first.latest) == (date(2031, 3, 4), date(2031, 3, 5))
    assert (second.title, second.earliest, third.title) == ("r4-key", None, "Wet")
    assert len({first.id, second.id, third.id}) == 3


def test_an_entity_has_its_fullest_name_and_the_others_beside_it() -> None:
    where = Mention(Span(0, 4), "name")
    reports = [report(f"r{n}") for n in range(4)]
    names = [("Holm", ("minister",)), ("Ada Holm", ()), ("Ada Hólm", ("Foreign Minister",)), ("Ada Holm", ())]
    facts = {
        f"{r.id}/e1": (r, Entity("e1", name, "person", roles, (where,)))
        for r, (name, roles) in zip(reports, names, strict=True)
    }
    (found,) = build_entities([list(facts)], facts)
    assert (found.name, found.aliases, found.roles) == ("Ada Holm", ("Ada Hólm", "Holm"), ("Foreign Minister",))
    assert found.mentions == tuple(Place(r.id, where.span) for r in reports)
