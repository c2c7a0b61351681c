"""The words of `onrecord export` to a file, a folder or standard output, with a manifest beside what is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from onrecord.engine import list_record, read_log
from onrecord.export import FOLDERS, choose_writer, replace_file, replace_folder
from onrecord.export.corrections import write_lessons
from onrecord.export.manifest import NAME, Contents, Options
from onrecord.export.quotations import blank_log, keep_quotations
from onrecord.export.replace import is_device
from onrecord.export.slices import iter_slices
from onrecord.location import Location
from onrecord.record import OnrecordError, Record
from onrecord.store import Store, read_record

Write = Callable[[BinaryIO], object]


def export_record(
    record: Location, format: str, output: Path | None, standard: Callable[[], BinaryIO], quotations_only: bool = False
) -> None:
    """Write the record in `format` to the file or folder `output`, else to what `standard` opens.

    Raises:
        OnrecordError: there is no such format or record, or the format cannot do as it is asked.
    """
    options = Options(quotations_only)
    if format in FOLDERS:
        if output is None:
            raise OnrecordError(f'"{format}" is a folder of files: say where to with -o FOLDER')
        _write_folder(record, format, output, options)
        return
    contents = Contents()
    write = _writer(record, format, options, contents)
    if output is None:
        write(standard())
        return
    with replace_file(output) as out:
        write(out)
    if not is_device(output):
        with Store.open(record) as store, replace_file(output.with_name(f"{output.name}.{NAME}")) as out:
            out.write(contents.manifest(format, options, store.maker(), [output]))


def _write_folder(record: Location, format: str, output: Path, options: Options) -> None:
    contents, keep = Contents(), keep_quotations if options.quotations_only else _whole
    list_record(record)
    with replace_folder(output) as folder, Store.open(record) as store:
        catalogue = store.catalogue()
        with catalogue.steady():
            FOLDERS[format](contents.noting(iter_slices(catalogue, keep)), folder)
        (folder / NAME).write_bytes(contents.manifest(format, options, store.maker(), list(folder.iterdir())))


def _whole(record: Record) -> Record:
    return record


def _writer(record: Location, format: str, options: Options, contents: Contents) -> Write:
    """What writes the format; the record is read now, so that nothing is written where it can't be."""
    if format == "html":
        if options.quotations_only:
            raise OnrecordError("html shows each report in full: it cannot be written with --quotations-only")
        from onrecord.web.file import write_page

        contents.note(read_record(record).analyses)
        return lambda out: write_page(record, out)
    if format == "corrections":
        log = read_log(record)
        contents.note(log.reports.values())
        return lambda out: out.write(write_lessons(blank_log(log) if options.quotations_only else log))
    write, held = choose_writer(format), read_record(record)
    contents.note(held.analyses)
    kept = keep_quotations(held) if options.quotations_only else held
    return lambda out: write(kept, out)
