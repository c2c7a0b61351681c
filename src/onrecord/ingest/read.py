"""Paths and streams to reports, one at a time, with a notice for whatever cannot be read."""

from __future__ import annotations

import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace

from onrecord.ingest.entries import Reader, Reading, Workers, read_bounded, reader_of
from onrecord.ingest.isolation import Worker
from onrecord.ingest.jsonl import Unpacked, read_jsonl, with_remarks
from onrecord.ingest.languages import load_languages
from onrecord.ingest.notice import OTHER_KIND, Notice
from onrecord.ingest.objects import read_json
from onrecord.ingest.pages import PageReader
from onrecord.ingest.report import build_report, page_report, valid_published
from onrecord.ingest.tables import read_csv
from onrecord.ingest.text import decode_text
from onrecord.record import OnrecordError, Report

# Reads the address that it is given, with the date of reports that give none. This room itself calls nobody.
AddressReader = Callable[[str, str | None, Workers], Reading]


def read_reports(
    inputs: Sequence[str],
    *,
    published: str | None = None,
    stdin: BinaryIO | None = None,
    addresses: AddressReader | None = None,
) -> Iterator[Report | Notice]:
    """The reports of `inputs` in their order, those of a folder sorted by path; notices stand where they arose.

    `published` is the date of reports that give none. `-` reads `stdin`, by default the program's own. An address is
    read by `addresses`; without these it is left out with a notice.

    Raises:
        OnrecordError: `published` is no date; raised at once, not at the first report.
    """
    published = None if published is None else valid_published(published)
    return _read_all(inputs, published, stdin, addresses or _refuse_address)


def _read_all(
    inputs: Sequence[str], published: str | None, stdin: BinaryIO | None, addresses: AddressReader
) -> Reading:
    if inputs:
        # Here, since a lack of room for it is no fault of a line of them.
        load_languages()
    with PageReader() as pages, Worker() as files:
        for name in inputs:
            yield from _or_nothing(name, _read_input(name, published, stdin, addresses, Workers(pages, files)))


def _or_nothing(name: str, reading: Reading) -> Reading:
    """`reading`, or a notice if it is empty: no input goes by without a word."""
    empty = True
    for item in reading:
        empty = False
        yield item
    if empty:
        yield Notice(name, None, "no reports in it", True)


def _refuse_address(name: str, _: str | None, __: Workers) -> Reading:
    yield Notice(name, None, "an address; these are read only with --fetch", True)


def _read_input(
    name: str, published: str | None, stdin: BinaryIO | None, addresses: AddressReader, workers: Workers
) -> Reading:
    if name == "-":
        return read_jsonl(name, "stdin", stdin or _standard_input(), published, workers.pages)
    if name.lower().startswith(("http://", "https://")):
        return addresses(name, published, workers)
    if os.path.isdir(name):  # noqa: PTH112 - unlike Path("").is_dir() and one that may not be entered
        return _read_folder(name, published, workers)
    return _read_file(name, published, workers)


def _standard_input() -> BinaryIO:
    """The program's own standard input; nothing where it was started without one (`<&-`)."""
    return sys.stdin.buffer if sys.stdin else BytesIO()


def _read_folder(folder: str, published: str | None, workers: Workers) -> Reading:
    paths, unread = _files_below(folder)
    yield from unread
    for path in sorted(paths):
        name = str(path)
        if _ending(name):
            yield from map(_of_folder, _or_nothing(name, _read_file(name, published, workers)))


def _of_folder(item: Report | Notice) -> Report | Notice:
    """Nobody asked for just this file: one of another kind is told of, and is no input that was left out."""
    if isinstance(item, Notice) and item.line is None and item.reason.startswith(OTHER_KIND):
        return replace(item, left_out=False)
    return item


def _files_below(folder: str) -> tuple[list[Path], list[Notice]]:
    """Every file below `folder` that isn't hidden, and a notice for each folder that may not be entered."""
    paths: list[Path] = []
    unread: list[Notice] = []
    # First come, first read: of two ways to a folder the shorter one names its files.
    waiting = deque([Path(folder)])
    seen: set[tuple[int, int]] = set()
    while waiting:
        here = waiting.popleft()
        try:
            at = here.stat()
            entries = sorted(entry for entry in here.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            unread.append(_refusal(str(here), error))
            continue
        # A link to a folder above would be walked for ever.
        if (at.st_dev, at.st_ino) not in seen:
            seen.add((at.st_dev, at.st_ino))
            for entry in entries:
                (waiting if os.path.isdir(entry) else paths).append(entry)  # noqa: PTH112 - as above
    return paths, unread


def _read_file(name: str, published: str | None, workers: Workers) -> Reading:
    try:
        mode = os.stat(name).st_mode  # noqa: PTH116 - Path("") would be the working folder
    except (OSError, ValueError) as error:
        yield _refusal(name, error)
        return
    ending = _ending(name)
    # Looked at before it is opened: a pipe would never answer, a device never end.
    if not stat.S_ISREG(mode):
        yield Notice(name, None, "not a file, but a device, pipe or socket", True)
    elif not ending:
        yield Notice(name, None, f"not a kind that is read ({', '.join(READERS)})", True)
    else:
        try:
            yield from READERS[ending](name, Path(name).name[: -len(ending)], published, workers)
        except OSError as error:
            yield _refusal(name, error)


def _refusal(name: str, error: OSError | ValueError) -> Notice:
    """`error` in words; a ValueError is Python's for a path that holds a NUL."""
    if isinstance(error, FileNotFoundError):
        return Notice(name, None, "no such file or folder", True)
    return Notice(name, None, getattr(error, "strerror", None) or "not a path", True)


def _ending(name: str) -> str:
    """The kind of the file `name`, as it stands in `READERS`; empty for any other."""
    base = Path(name).name.lower()
    endings = (ending for ending in READERS if base.endswith(ending) and base != ending)
    return next(endings, "")


def _read_text(name: str, stem: str, published: str | None, _: Workers) -> Reading:
    try:
        text, encoding = decode_text(read_bounded(name))
        report = build_report(key=stem, text=text, published=published)
    except OnrecordError as error:
        yield Notice(name, None, str(error), True)
        return
    if encoding is not None:
        yield Notice(name, None, f"not UTF-8; read as {encoding}", False)
    yield from with_remarks(name, None, report)


def _read_page(name: str, stem: str, published: str | None, workers: Workers) -> Reading:
    try:
        page = workers.pages.read(read_bounded(name))
        report = page_report(page, key=stem, given={}, published=published)
    except OnrecordError as error:
        yield Notice(name, None, str(error), True)
        return
    if page.remark is not None:
        yield Notice(name, None, page.remark, False)
    yield from with_remarks(name, None, report)


def _read_lines(name: str, stem: str, published: str | None, workers: Workers) -> Reading:
    with Path(name).open("rb") as file:
        yield from read_jsonl(name, stem, file, published, workers.pages)


def _read_packed_lines(name: str, stem: str, published: str | None, workers: Workers) -> Reading:
    with Path(name).open("rb") as file:
        yield from read_jsonl(name, stem, Unpacked(file), published, workers.pages)


_read_feed = reader_of("feed", "entry")
_read_archive = reader_of("archive", "record")

READERS: dict[str, Reader] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".html": _read_page,
    ".htm": _read_page,
    ".jsonl": _read_lines,
    ".jsonl.gz": _read_packed_lines,
    ".json": read_json,
    ".csv": read_csv,
    ".rss": _read_feed,
    ".atom": _read_feed,
    ".xml": _read_feed,
    ".eml": reader_of("mail"),
    ".pdf": reader_of("pdf"),
    ".warc": _read_archive,
    ".warc.gz": _read_archive,
}
