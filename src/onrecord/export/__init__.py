"""The record to each format in which it is handed on (docs/formats.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from onrecord.export.annotations import write_annotations
from onrecord.export.flatten import Slice
from onrecord.export.ftm import write_ftm
from onrecord.export.graphml import write_graphml
from onrecord.export.json import write_analysis, write_json
from onrecord.export.markdown import write_markdown
from onrecord.export.plover import write_plover
from onrecord.export.prov import write_prov
from onrecord.export.replace import replace_file, replace_folder
from onrecord.export.schema import export_schema, extract_schema
from onrecord.export.tables import write_csv, write_jsonl, write_parquet, write_xlsx
from onrecord.export.timeml import write_timeml
from onrecord.record import OnrecordError, Record

__all__ = [
    "FOLDERS",
    "FORMATS",
    "FolderWriter",
    "Writer",
    "choose_writer",
    "export_schema",
    "extract_schema",
    "replace_file",
    "replace_folder",
    "write_analysis",
]

Writer = Callable[[Record, BinaryIO], None]
FolderWriter = Callable[[Iterable[Slice], Path], None]

# One file of the whole record.
FORMATS: dict[str, Writer] = {
    "json": write_json,
    "annotations": write_annotations,
    "ftm": write_ftm,
    "graphml": write_graphml,
    "markdown": write_markdown,
    "plover": write_plover,
    "prov": write_prov,
    "xlsx": write_xlsx,
}
# A folder of files, written from one slice after the other.
FOLDERS: dict[str, FolderWriter] = {
    "csv": write_csv,
    "jsonl": write_jsonl,
    "parquet": write_parquet,
    "timeml": write_timeml,
}
# What is written from the record's file and not from what it holds; see `onrecord.cli_out`.
OTHERS = ("corrections", "html")


def choose_writer(name: str) -> Writer:
    """What writes the format of that name, which is one file.

    Raises:
        OnrecordError: there is none.
    """
    if name in FORMATS:
        return FORMATS[name]
    raise OnrecordError(f'"{name}" is no format; there are: {", ".join([*FORMATS, *FOLDERS, *OTHERS])}')
