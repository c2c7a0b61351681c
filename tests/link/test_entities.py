from __future__ import annotations

import pytest

from onrecord.link import cluster, fact, link_entities
from onrecord.link.entities import fold_name
from onrecord.record import Analysis, Entity, EntityType
from tests.records import analysis, given


def report(id: str, *names: tuple[str, EntityType]) -> Analysis:
    entities = tuple(Entity(f"e{n}", name, type_, (), ()) for n, (name, type_) in enumerate(names, 1))
    return analysis(id, "Post", "", given("2031-03-04"), entities=entities)


def grouped(*reports: Analysis) -> list[list[str]]:
    nodes = [fact(r.id, e.id) for r in reports for e in r.entities]
    return [group for group in cluster(nodes, link_entities(reports)) if len(group) > 1]


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Émil VORÁC", "emil vorac"),
        ("the Pentagon", "pentagon"),
        ("The", "the"),
        ("  Ada \n Holm ", "ada holm"),
        ("", ""),
    ],
)
def test_folded(name: str, folded: str) -> None:
    assert fold_name(name) == folded


def test_one_full_name_is_one_person_however_it_is_accented() -> None:
    reports = report("r1", ("Ada Hólm", "person")), report("r2", ("Ada Holm", "person"), ("Ada Holm", "place"))
    assert grouped(*reports) == [["r1/e1", "r2/e1"]]


def test_a_surname_joins_the_only_person_who_has_it() -> None:
    full, short = report("r1", ("Ada Holm", "person")), report("r2", ("Holm", "person"))
    assert grouped(full, short) == [["r1/e1", "r2/e1"]]
    assert grouped(full, report("r3", ("Bela Holm", "person")), short) == []
    assert grouped(full, report("r2", ("Holm", "place"))) == []


def test_two_of_one_surname_stay_two_though_a_third_report_has_the_surname_alone() -> None:
    reports = [report(f"r{n}", (name, "person")) for n, name in enumerate(("Ada Holm", "Bela Holm", "Holm", "Holm"))]
    assert grouped(*reports) == [["r2/e1", "r3/e1"]]
