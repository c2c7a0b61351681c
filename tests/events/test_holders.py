from __future__ import annotations

import pytest

from onrecord.events.holders import name_holders
from onrecord.record import Entity
from tests.records import event

TEXT = "They spoke."


def person(id: str, name: str, *roles: str) -> Entity:
    return Entity(id, name, "person", roles, ())


PEOPLE = (
    person("e1", "Karel Oss", "Trade Minister"),
    person("e2", "Giorgo Lant", "Minister of the Economy of Corsia"),
    person("e3", "Ina Sorel", "Foreign Minister of Norvia"),
    person("e4", "Omar Teshk", "Foreign Minister"),
)


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Minister of the Economy", "Giorgo Lant"),
        ("minister of the economy of Corsia", "Giorgo Lant"),
        ("Foreign Minister of Norvia", "Ina Sorel"),
        ("Foreign Minister", "Foreign Minister"),  # two of them
        ("Minister", "Minister"),
        ("Minister of Justice", "Minister of Justice"),
        ("Trade Minister", "Trade Minister"),  # who spoke himself
        ("Omar Teshk", "Omar Teshk"),
    ],
)
def test_an_office_that_one_person_of_the_report_holds_is_that_person(called: str, name: str) -> None:
    told = event("v1", TEXT, "spoke", TEXT, actors=("Karel Oss",), recipients=(called,))
    found = name_holders(told, PEOPLE)
    assert (found.actors, found.recipients) == (("Karel Oss",), (name,))
