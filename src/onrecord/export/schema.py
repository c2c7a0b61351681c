"""The nouns to the JSON Schema of what `extract` and `export` write."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec
from msgspec import Struct

from onrecord.record import Analysis, Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def extract_schema() -> dict[str, Any]:
    """The schema of one line of `onrecord extract`."""
    return _schema(Analysis, "onrecord extract: one report")


def export_schema() -> dict[str, Any]:
    """The schema of `onrecord export --format json`."""
    return _schema(Record, "onrecord export: the record")


def _schema(of: type[Struct], title: str) -> dict[str, Any]:
    schema = msgspec.json.schema(of)
    for definition in schema["$defs"].values():
        if "description" in definition:
            definition["description"] = cleandoc(definition["description"])
        if "properties" in definition:
            _require_all(definition)
    return {"$schema": DIALECT, "title": title, **schema}


def _require_all(definition: dict[str, Any]) -> None:
    """A default serves those who read an object; every field is written, so that nobody has to know the defaults."""
    definition["required"] = list(definition["properties"])
    for field in definition["properties"].values():
        field.pop("default", None)
