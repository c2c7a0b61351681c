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

from onrecord.ingest.jsonl import Unpacked, read_jsonl, with_remarks
from onrecord.ingest.notice import Notice
from onrecord.ingest.pages import PageReader
from onrecord.ingest.report import LONGEST_REPORT, build_report, page_report, too_long, valid_published
from onrecord.ingest.text import decode_text
from onrecord.record import OnrecordError, Report

Reading = Iterator[Report | Notice]

NOT_YET = (".warc", ".warc.gz", ".rss", ".atom", ".xml")


def read_reports(
    inputs: Sequence[str], *, published: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Report | Notice]:
    """The reports of `inputs` in their order, those of a folder sorted by path; notices stand where they arose.

    `published` is the date of reports that give none. `-` reads `stdin`, by default the program's own.

    Raises:
        OnrecordError: `published` is no date; raised at once, not at the first report.
    """
    published = None if published is None else valid_published(published)
    return _read_all(inputs, published, stdin)


def _read_all(inputs: Sequence[str], published: str | None, stdin: BinaryIO | None) -> Reading:
    with PageReader() as pages:
        for name in inputs:
            yield from _or_nothing(name, _read_input(name, published, stdin, pages))


def _or_nothing(name: str, reading: Reading) -> Reading:
    """`reading`, or a notice if it is empty: no input goes by without a word."""
    empty = True
    for item in reading:
        empty = False
        yield item
    if empty:
        yield Notice(name, None, "no reports in it", True)


def _read_input(name: str, published: str | None, stdin: BinaryIO | None, pages: PageReader) -> Reading:
    if name == "-":
        return read_jsonl(name, "stdin", stdin or _standard_input(), published, pages)
    if name.lower().startswith(("http://", "https://")):
        return iter([Notice(name, None, "an address; --fetch, which reads these, isn't there yet", True)])
    if os.path.isdir(name):  # noqa: PTH112 - unlike Path("").is_dir() and one that may not be entered
        return _read_folder(name, published, pages)
    return _read_file(name, published, pages)


def _standard_input() -> BinaryIO:
    """The program's own standard input; nothing where it was started without one (`<&-`)."""
    return sys.stdin.buffer if sys.stdin else BytesIO()


def _read_folder(folder: str, published: str | None, pages: PageReader) -> Reading:
    paths, unread = _files_below(folder)
    yield from unread
    for path in sorted(paths):
        name = str(path)
        if _ending(name):
            yield from _or_nothing(name, _read_file(name, published, pages))


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


def _read_file(name: str, published: str | None, pages: PageReader) -> Reading:
    try:
        mode = os.stat(name).st_mode  # noqa: PTH116 - Path("") would be the working folder
    except (OSError, ValueError) as error:
        yield _refusal(name, error)
        return
    ending = _ending(name)
    # Looked at before it is opened: a pipe would never answer, a device never end.
    if not stat.S_ISREG(mode):
        yield Notice(name, None, "not a file, but a device, pipe or socket", True)
    elif ending in NOT_YET:
        yield Notice(name, None, f"{ending} is not read by this version yet", True)
    elif not ending:
        yield Notice(name, None, f"not a kind that is read ({', '.join(READERS)})", True)
    else:
        try:
            yield from READERS[ending](name, Path(name).name[: -len(ending)], published, pages)
        except OSError as error:
            yield _refusal(name, error)


def _refusal(name: str, error: OSError | ValueError) -> Notice:
    """`error` in words; a ValueError is Python's for a path that holds a NUL."""
    if isinstance(error, FileNotFoundError):
        return Notice(name, None, "no such file or folder", True)
    return Notice(name, None, getattr(error, "strerror", None) or "not a path", True)


def _ending(name: str) -> str:
    """The kind of the file `name`, as it stands in `READERS` or `NOT_YET`; empty for any other."""
    base = Path(name).name.lower()
    endings = (ending for ending in (*READERS, *NOT_YET) if base.endswith(ending) and base != ending)
    return next(endings, "")


def _read_text(name: str, stem: str, published: str | None, _: PageReader) -> Reading:
    try:
        text, encoding = decode_text(_read_bounded(name))
        report = build_report(key=stem, text=text, published=published)
    except OnrecordError as error:
        yield Notice(name, None, str(error), True)
        return
    if encoding is not None:
        yield Notice(name, None, f"not UTF-8; read as {encoding}", False)
    yield from with_remarks(name, None, report)


def _read_page(name: str, stem: str, published: str | None, pages: PageReader) -> Reading:
    try:
        page = pages.read(_read_bounded(name))
        report = page_report(page, key=stem, given={}, published=published)
    except OnrecordError as error:
        yield Notice(name, None, str(error), True)
        return
    if page.remark is not None:
        yield Notice(name, None, page.remark, False)
    yield from with_remarks(name, None, report)


def _read_bounded(name: str) -> bytes:
    """The file `name`.

    Raises:
        OnrecordError: it is longer than a report may be.
    """
    with Path(name).open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        raw = file.read(LONGEST_REPORT + 1) if size <= LONGEST_REPORT else b""
    if max(size, len(raw)) > LONGEST_REPORT:
        raise OnrecordError(too_long(max(size, len(raw))))
    return raw


def _read_lines(name: str, stem: str, published: str | None, pages: PageReader) -> Reading:
    with Path(name).open("rb") as file:
        yield from read_jsonl(name, stem, file, published, pages)


def _read_packed_lines(name: str, stem: str, published: str | None, pages: PageReader) -> Reading:
    with Path(name).open("rb") as file:
        yield from read_jsonl(name, stem, Unpacked(file), published, pages)


READERS: dict[str, Callable[[str, str, str | None, PageReader], Reading]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".html": _read_page,
    ".htm": _read_page,
    ".jsonl": _read_lines,
    ".jsonl.gz": _read_packed_lines,
}
