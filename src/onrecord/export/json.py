"""The record and its analyses to JSON, the same bytes for the same record."""

from __future__ import annotations

from typing import BinaryIO

import msgspec

from onrecord.record import Analysis, Record


def write_json(record: Record, out: BinaryIO) -> None:
    """The whole record as one object and a newline, fields in the order of `record.py`, UTF-8."""
    out.write(msgspec.json.encode(record) + b"\n")


def write_analysis(analysis: Analysis, out: BinaryIO) -> None:
    """One analysis as an object on a line of its own."""
    out.write(msgspec.json.encode(analysis) + b"\n")
