"""JSON Lines to reports, a line at a time."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from onrecord.ingest.articles import as_ours
from onrecord.ingest.languages import ENGLISH, language_name
from onrecord.ingest.notice import Notice
from onrecord.ingest.pages import PageReader
from onrecord.ingest.report import build_report, page_report
from onrecord.record import OnrecordError, Report

LONGEST_LINE = 64 * 2**20
# Text packs ten times, repetitive JSON a hundred; a bomb a thousand.
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 16 * 2**20

FIELDS = ("url", "outlet", "title", "author", "published", "language")


class Lines(Protocol):
    """All that is asked of a stream."""

    def readline(self, size: int, /) -> bytes: ...  # noqa: D102


class Unpacked:
    """The lines of a gzip stream, as far as they are in proportion to what they are packed in."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._unpacked = gzip.GzipFile(fileobj=packed)
        self._read = 0

    def readline(self, size: int, /) -> bytes:
        """The next line, or its first `size` bytes.

        Raises:
            OnrecordError: the stream unpacks to more than `HIGHEST_RATIO` times what was read of it.
        """
        line = self._unpacked.readline(size)
        self._read += len(line)
        if self._read > RATIO_COUNTS_FROM and self._read > HIGHEST_RATIO * self._packed.tell():
            raise OnrecordError(f"unpacks to more than {HIGHEST_RATIO} times its size; the rest is left out")
        return line


def read_jsonl(
    name: str, stem: str, lines: Lines, published: str | None, pages: PageReader
) -> Iterator[Report | Notice]:
    """The reports of `lines`, and a notice for each line that gives none; `published` holds where a line has none."""
    number = 0
    try:
        for number, line in _numbered(lines):
            if line is None:
                yield Notice(name, number, f"longer than {LONGEST_LINE // 2**20} MB", True)
            elif line.strip():
                yield from read_line(name, number, f"{stem}-{number}", line, published, pages)
    except EOFError:
        yield Notice(name, number + 1, "cut off here; the rest is missing", True)
    except (zlib.error, gzip.BadGzipFile):
        # A gzip file is checked where it ends, so the damage may lie before.
        yield Notice(name, number + 1, "damaged, here or before; the rest is left out", True)
    except (OSError, OnrecordError) as error:
        yield Notice(name, number + 1, getattr(error, "strerror", None) or str(error), True)


def with_remarks(name: str, line: int | None, report: Report, unit: str = "line") -> Iterator[Report | Notice]:
    """`report`, and what a user should know about it."""
    yield report
    if report.language is not None and report.language != ENGLISH:
        yield Notice(name, line, f"{language_name(report.language)}, kept but not analysed", False, unit)


def _numbered(lines: Lines) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number from 1; None for one that is too long to be read."""
    number = 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        whole = len(line) <= LONGEST_LINE or line.endswith(b"\n")
        yield number, line if whole else None
        while not whole and line:
            line = lines.readline(2**16)
            whole = line.endswith(b"\n")


def read_line(
    name: str, number: int, key: str, line: bytes, published: str | None, pages: PageReader
) -> Iterator[Report | Notice]:
    """The report of one line, which `number` and `key` call, and what is to be said of it; a notice in place of one."""
    try:
        report = _parse_line(key, line, published, pages)
    except OnrecordError as error:
        yield Notice(name, number, str(error), True)
    else:
        yield from with_remarks(name, number, report)


def _parse_line(key: str, line: bytes, published: str | None, pages: PageReader) -> Report:
    given = parse_json(line)
    if not isinstance(given, dict):
        raise OnrecordError("no JSON object")
    return read_object(key, as_ours(given), published, pages)


def read_object(key: str, given: dict[str, object], published: str | None, pages: PageReader) -> Report:
    """The report of the JSON object `given`, under its own id if it has one; `published` is for one without a date.

    Raises:
        OnrecordError: it holds no text, or a field is not what it must be.
    """
    fields = {field: (_string(given, field) or "").strip() or None for field in FIELDS}
    text, html = _string(given, "text"), _string(given, "html")
    number = given.get("id")
    if isinstance(number, int | float) and not isinstance(number, bool):
        given["id"] = str(number)
    key = (_string(given, "id") or "").strip() or key
    if text is not None and text.strip():
        fields["published"] = fields["published"] or published
        return build_report(key=key, text=text, **fields)
    if html is not None and html.strip():
        return page_report(pages.read(html, fields["url"]), key=key, given=fields, published=published)
    raise OnrecordError('no text; add a "text" or "html" field')


def parse_json(raw: bytes) -> object:
    """What the JSON text `raw` says.

    Raises:
        OnrecordError: it is none.
    """
    try:
        # Python's own exporters write NaN where a value is missing.
        return json.loads(raw.decode("utf-8-sig"), parse_constant=lambda _: None)
    except UnicodeDecodeError:
        raise OnrecordError("not UTF-8") from None
    except (ValueError, RecursionError):
        raise OnrecordError("no JSON") from None


def _string(given: dict[str, object], field: str) -> str | None:
    value = given.get(field)
    if value is None or isinstance(value, str):
        return value
    raise OnrecordError(f'"{field}" must be a string')
