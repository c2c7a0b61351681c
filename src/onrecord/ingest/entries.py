"""What stands in a file of others to reports, one at a time, with a notice for whatever is left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from onrecord.ingest.frames import Entry, Found, Kind, Page, Remark, Request
from onrecord.ingest.isolation import Worker
from onrecord.ingest.jsonl import with_remarks
from onrecord.ingest.notice import Notice
from onrecord.ingest.pages import PageReader
from onrecord.ingest.report import LONGEST_REPORT, page_report, too_long
from onrecord.record import OnrecordError, Report

# Of a file that may hold more than one report, or pictures: it is held in memory.
LONGEST_FILE = 64 * 2**20

Reading = Iterator[Report | Notice]


class Workers(NamedTuple):
    """The processes that parse: one for pages, and one for files that may hold pages."""

    pages: PageReader
    files: Worker


Reader = Callable[[str, str, str | None, Workers], Reading]


def reader_of(kind: Kind, unit: str = "line") -> Reader:
    """A reader of files that are parsed as `kind` in a process of its own; `unit` is how one report in them is called.

    It takes the file's name, its stem, the date of reports that give none, and the processes.
    """

    def read(name: str, stem: str, published: str | None, workers: Workers) -> Reading:
        try:
            content = os.fsencode(name) if kind == "archive" else read_bounded(name, LONGEST_FILE)
        except OnrecordError as error:
            yield Notice(name, None, str(error), True)
            return
        yield from read_entries(name, stem, workers.files.ask(Request(kind, content)), unit, published, workers.pages)

    return read


def read_entries(
    name: str, stem: str, found: Iterable[Found], unit: str, published: str | None, pages: PageReader
) -> Reading:
    """The reports of the entries that were found in the file `name`, `published` where they give no date."""
    begun = False
    for one in _or_reason(found):
        if isinstance(one, str):
            yield Notice(name, None, f"{one}; the rest is left out" if begun else one, True)
        begun = True
        if isinstance(one, Remark):
            yield Notice(name, one.number, one.reason, one.left_out, unit)
        elif isinstance(one, Entry):
            key = one.key or (stem if one.number is None else f"{stem}-{one.number}")
            yield from _read_entry(name, key, one, unit, published, pages)


def _or_reason(found: Iterable[Found]) -> Iterator[Found]:
    try:
        yield from found
    except OnrecordError as error:
        yield str(error)


def _read_entry(name: str, key: str, entry: Entry, unit: str, published: str | None, pages: PageReader) -> Reading:
    try:
        page = _page(entry, pages)
        given = {
            field: getattr(entry, field) for field in ("url", "outlet", "title", "author", "published", "language")
        }
        report = page_report(page, key=key, given=given, published=published)
    except OnrecordError as error:
        yield Notice(name, entry.number, str(error), True, unit)
        return
    # Said of this date, or of a report that has none.
    if report.published == entry.published:
        report = replace(report, clues=(*entry.clues, *report.clues))
    if page.remark is not None:
        yield Notice(name, entry.number, page.remark, False, unit)
    yield from with_remarks(name, entry.number, report, unit)


def _page(entry: Entry, pages: PageReader) -> Page:
    if entry.text == "":
        raise OnrecordError("neither content nor summary")
    if entry.text is not None:
        return Page(text=entry.text)
    if entry.body is not None:
        return pages.read(entry.body, entry.url, whole=True)
    return pages.read(entry.page, entry.url, charset=entry.charset)


def read_bounded(name: str, longest: int = LONGEST_REPORT) -> bytes:
    """The file `name`.

    Raises:
        OnrecordError: it is longer than `longest` bytes.
    """
    with Path(name).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        raw = file.read(longest + 1) if size <= longest else b""
    if max(size, len(raw)) > longest:
        raise OnrecordError(too_long(max(size, len(raw)), longest))
    return raw
