"""The words of `onrecord export` to a file or to standard output."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from onrecord.export import choose_writer, replace_file
from onrecord.store import read_record


def export_record(record: Path, format: str, output: Path | None, standard: Callable[[], BinaryIO]) -> None:
    """Write the record in `format` to the file `output`, else to what `standard` opens."""
    write = _writer(record, format)
    if output is None:
        write(standard())
        return
    with replace_file(output) as out:
        write(out)


def _writer(record: Path, format: str) -> Callable[[BinaryIO], None]:
    """What writes the format; the record is read now, so that nothing is written where it can't be."""
    if format == "html":
        from onrecord.web.file import write_page

        return functools.partial(write_page, record)
    return functools.partial(choose_writer(format), read_record(record))
