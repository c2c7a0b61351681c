from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from onrecord.export import FORMATS, export_schema, extract_schema, write_analysis
from onrecord.record import Record
from tests.records import ANALYSES, HOSTILE, RECORD

Change = Callable[[Any], object]


def exported(record: Record) -> Any:
    out = io.BytesIO()
    FORMATS["json"](record, out)
    return json.loads(out.getvalue())


def extracted() -> Any:
    out = io.BytesIO()
    write_analysis(ANALYSES[0], out)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("schema", [extract_schema(), export_schema()])
def test_schema_is_one_and_requires_all(schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    for definition in schema["$defs"].values():
        if "properties" in definition:
            assert definition["required"] == list(definition["properties"])
    assert '"default"' not in json.dumps(schema)


@pytest.mark.parametrize("record", [Record(), RECORD, HOSTILE])
def test_what_is_exported_is_valid(record: Record) -> None:
    Draft202012Validator(export_schema()).validate(exported(record))


def test_what_is_extracted_is_valid() -> None:
    Draft202012Validator(extract_schema()).validate(extracted())


@pytest.mark.parametrize(
    "change",
    [
        lambda a: a.pop("noise"),
        lambda a: a["published"].pop("edtf"),
        lambda a: a["noise"][0].update(span=[1]),
        lambda a: a["noise"][0].update(span=[1, 2, 3]),
        lambda a: a["noise"][0].update(span={"start": 1, "end": 2}),
        lambda a: a["noise"][0].update(kind="weather"),
        lambda a: a["attributions"][0].update(confidence=1.5),
        lambda a: a["attributions"][0]["speaker"].update({"class": "witness"}),
        lambda a: a["attributions"][0].update(chain="the ministry"),
    ],
)
def test_wrong_object_fails(change: Change) -> None:
    analysis = extracted()
    change(analysis)
    assert not Draft202012Validator(extract_schema()).is_valid(analysis)


@pytest.mark.parametrize(
    "change",
    [
        lambda r: r.pop("absent"),
        lambda r: r.update(onrecord=2),
        lambda r: r["claims"][0].pop("untraced"),
        lambda r: r["contacts"][0].update(kind="duel"),
        lambda r: r["disagreements"][0]["a"].update(span=None),
    ],
)
def test_wrong_record_fails(change: Change) -> None:
    record = exported(RECORD)
    change(record)
    assert not Draft202012Validator(export_schema()).is_valid(record)
