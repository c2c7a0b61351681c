"""The record to each format in which it is handed on."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from onrecord.export.json import write_analysis, write_json
from onrecord.export.plover import write_plover
from onrecord.export.replace import replace_file
from onrecord.export.schema import export_schema, extract_schema
from onrecord.record import OnrecordError, Record

__all__ = ["FORMATS", "Writer", "choose_writer", "export_schema", "extract_schema", "replace_file", "write_analysis"]

Writer = Callable[[Record, BinaryIO], None]

FORMATS: dict[str, Writer] = {"json": write_json, "plover": write_plover}
PLANNED = ("ftm", "annotations", "jsonl", "csv", "parquet")


def choose_writer(name: str) -> Writer:
    """What writes the format of that name.

    Raises:
        OnrecordError: there is none, or not yet.
    """
    if name in FORMATS:
        return FORMATS[name]
    reason = "is not in this version yet" if name in PLANNED else "is no format"
    raise OnrecordError(f'"{name}" {reason}; there are: {", ".join(FORMATS)}, html')
