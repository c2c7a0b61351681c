from __future__ import annotations

import io
from typing import Any

import networkx
import pytest
from msgspec.structs import replace

from onrecord.export import FORMATS
from onrecord.record import Entity, EntityEntry, Mention, Place, Record, Span, Speaker
from tests.records import CALL, CALL_AGAIN, HOSTILE, RECORD, analysis, attribution, contact, entry, given

TEXT = "Omar Teshk told Jon Holm that Ilse Varrun had broken her word. Omar Teshk said Ilse Varrun was wrong."


def graph(record: Record) -> Any:
    out = io.BytesIO()
    FORMATS["graphml"](record, out)
    return networkx.read_graphml(io.BytesIO(out.getvalue()), force_multigraph=True)


def edges(record: Record) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(a, b, told.pop("kind")): told for a, b, told in graph(record).edges(data=True)}


def spoken() -> Record:
    """Omar Teshk says two things of Ilse Varrun, one of them to Jon Holm."""

    def places(name: str) -> tuple[Span, ...]:
        starts = [n for n in range(len(TEXT)) if TEXT.startswith(name, n)]
        return tuple(Span(n, n + len(name)) for n in starts)

    people = {"Omar Teshk": "p2", "Jon Holm": "p3", "Ilse Varrun": "p1"}
    report = analysis(
        "r1",
        "Norvia Post",
        TEXT,
        given("2031-03-04"),
        entities=tuple(
            Entity(f"e{id}", name, "person", (), tuple(Mention(s, "name") for s in places(name)))
            for name, id in people.items()
        ),
        attributions=tuple(
            replace(
                attribution(id, TEXT, words, speaker="Omar Teshk", addressee=to),
                speaker=Speaker("ep2", "Omar Teshk", "named_person", None),
                said=said,
            )
            for id, words, to, said in (
                ("a1", "that Ilse Varrun had broken her word", "Jon Holm", CALL.when),
                ("a2", "Ilse Varrun was wrong", None, CALL_AGAIN.when),
            )
        ),
    )
    entities = tuple(
        EntityEntry(
            id=id,
            name=name,
            type="person",
            aliases=(),
            roles=(),
            mentions=tuple(Place("r1", s) for s in places(name)),
        )
        for name, id in people.items()
    )
    return Record(reports=(entry(report),), analyses=(report,), entities=entities)


def test_two_in_touch_twice_are_joined_by_one_edge() -> None:
    assert edges(RECORD) == {("p1", "p2", "contact"): {"count": 2, "first": "2031-03-04", "last": "2031-03-11"}}
    assert dict(graph(RECORD).nodes["p1"]) == {
        "name": "Ilse Varrun",
        "type": "person",
        "roles": "Foreign Minister of Norvia",
    }


def test_contact_that_was_not_is_none() -> None:
    planned = replace(contact(CALL), status="planned")
    assert edges(replace(RECORD, contacts=(planned,))) == {}


def test_statements_lead_to_whom_they_name_and_to_whom_they_were_told() -> None:
    assert edges(spoken()) == {
        ("p2", "p1", "spoke of"): {"count": 2, "first": "2031-03-04", "last": "2031-03-11"},
        ("p2", "p3", "told"): {"count": 1, "first": "2031-03-04", "last": "2031-03-04"},
    }


@pytest.mark.parametrize("record", [Record(), HOSTILE])
def test_record_of_nobody_is_an_empty_graph(record: Record) -> None:
    assert len(graph(record)) == 0


def test_hostile_name_is_text() -> None:
    name = "<b>&\x00\x1b[31m\ufffe Varrun"
    people = (replace(RECORD.entities[0], name=name), RECORD.entities[1])
    calls = (replace(contact(CALL), participants=(name, "Omar Teshk")),)
    named = graph(replace(RECORD, entities=people, contacts=calls)).nodes["p1"]["name"]
    assert named == "<b>&\\x00\\x1b[31m\ufffd Varrun"


def test_order_of_the_record_changes_no_edge() -> None:
    turned = replace(RECORD, contacts=RECORD.contacts[::-1], entities=RECORD.entities[::-1])
    assert edges(turned) == edges(RECORD)
