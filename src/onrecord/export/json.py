"""The record and its analyses to JSON, the same bytes for the same record; without vectors, which nobody can read."""

from __future__ import annotations

from typing import BinaryIO

import msgspec
from msgspec.structs import replace

from onrecord.record import Analysis, Record


def write_json(record: Record, out: BinaryIO) -> None:
    """The whole record as one object and a newline, fields in the order of `record.py`, UTF-8."""
    analyses = tuple(replace(a, vectors=None) for a in record.analyses)
    out.write(msgspec.json.encode(replace(record, analyses=analyses)) + b"\n")


def write_analysis(analysis: Analysis, out: BinaryIO) -> None:
    """One analysis as an object on a line of its own."""
    out.write(msgspec.json.encode(replace(analysis, vectors=None)) + b"\n")
