from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from msgspec.structs import replace

from onrecord.export import FORMATS
from onrecord.knowledge import load_own_names
from onrecord.record import EntityEntry, EntityType, EventMember, Place, Record, Span
from tests.records import ANALYSES, HOSTILE, RECORD, days, entry, happened


def exported(record: Record) -> list[dict[str, Any]]:
    out = io.BytesIO()
    FORMATS["ftm"](record, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def by_schema(record: Record) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for entity in exported(record):
        found.setdefault(entity["schema"], []).append(entity)
    return found


def named(name: str, type: EntityType) -> Record:
    place = Place("r1", Span(0, 1))
    entity = EntityEntry(id="p9", name=name, type=type, aliases=(), roles=("reporter",), mentions=(place,))
    return replace(RECORD, entities=(entity,), events=(), contacts=())


@pytest.mark.parametrize("record", [Record(), RECORD, HOSTILE])
def test_library_takes_each_entity(record: Record) -> None:
    for entity in exported(record):
        model[entity["schema"]].validate(entity)


@pytest.mark.parametrize("record", [Record(), RECORD])
def test_library_drops_no_value(record: Record) -> None:
    for entity in exported(record):
        cleaned = model.get_proxy(entity, cleaned=False)
        assert {p.name: sorted(cleaned.get(p)) for p in cleaned.iterprops()} == {
            name: sorted(values) for name, values in entity["properties"].items()
        }


def test_what_is_referred_to_is_there_and_of_the_right_schema() -> None:
    held = {e["id"]: model[e["schema"]] for e in exported(RECORD)}
    assert len(held) == len(exported(RECORD))
    for entity in exported(RECORD):
        for name, values in entity["properties"].items():
            range = model[entity["schema"]].get(name).range
            assert range is None or all(held[value].is_a(range) for value in values)


def test_schemas_are_those_of_the_kinds() -> None:
    found = by_schema(RECORD)
    assert {schema: len(entities) for schema, entities in found.items()} == {
        "Article": 5,
        "Person": 2,
        "Mention": 2,
        "Event": 3,
        "Documentation": 4,
    }


def test_event_says_who_was_in_it_and_when() -> None:
    call = next(e for e in by_schema(RECORD)["Event"] if e["id"] == "c1")
    assert call["properties"] == {
        "name": ["phone call: Ilse Varrun, Omar Teshk"],
        "involved": ["p1", "p2"],
        "date": ["2031-03-04"],
        "keywords": ["CONSULT", "happened"],
        "summary": ["Ilse Varrun spoke by phone on Tuesday"],
        "notes": ["reported as having happened", "Tue 4 March 2031"],
    }


@pytest.mark.parametrize(
    ("first", "last", "date"),
    [
        ("2031-03-04", "2031-03-04", ["2031-03-04"]),
        ("2031-03-04", "2031-03-06", ["2031-03"]),
        ("2031-03-04", "2031-11-06", ["2031"]),
        ("2030-12-31", "2031-01-01", None),
        ("2031-03-04", "", None),
    ],
)
def test_day_that_is_not_known_is_no_length_of_time(first: str, last: str, date: list[str] | None) -> None:
    event = happened("x1", EventMember("r1", "v1"), when=days(first, last))
    record = Record(reports=tuple(map(entry, ANALYSES)), analyses=ANALYSES, events=(event,))
    properties = by_schema(record)["Event"][0]["properties"]
    assert properties.get("date") == date
    assert not {"startDate", "endDate"} & properties.keys()


@pytest.mark.parametrize(
    ("name", "type", "schema"),
    [
        ("the Norvian Foreign Ministry", "organisation", "PublicBody"),
        ("Ministry of Grain", "organisation", "PublicBody"),
        ("Varrun Ferries", "organisation", "Organization"),
        ("Court Hotels", "organisation", "Organization"),
        ("Norvia Post", "outlet", "Organization"),
        ("Norvian officials", "group", "LegalEntity"),
        ("Ilse Varrun", "person", "Person"),
    ],
)
def test_schema_is_by_type_and_by_the_noun_of_a_body(name: str, type: EntityType, schema: str) -> None:
    found = by_schema(named(name, type))
    (entity,) = found[schema]
    assert entity["properties"]["name"] == [name]
    assert ("position" in entity["properties"]) == (schema == "Person")


def test_place_is_no_party() -> None:
    assert by_schema(named("Port Ister", "place")).keys() == {"Article"}


def test_ids_stay_when_a_report_is_added() -> None:
    fewer = replace(RECORD, analyses=RECORD.analyses[:4], reports=RECORD.reports[:4], events=RECORD.events[1:])
    more = {e["id"]: e["schema"] for e in exported(RECORD)}
    assert all(more[e["id"]] == e["schema"] for e in exported(fewer))


def test_own_knowledge_is_read_back_from_it(tmp_path: Path) -> None:
    out = io.BytesIO()
    FORMATS["ftm"](RECORD, out)
    (tmp_path / "grain.jsonl").write_bytes(out.getvalue())
    assert load_own_names((str(tmp_path / "grain.jsonl"),)).find_id("Omar Teshk", "person") == "p2"
