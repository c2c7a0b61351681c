"""Lines, files and tables to reports and notices: what a task does with its share of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec.structs import replace

from onrecord.cluster.shapes import ITEMS, Row, batches_of, rows_of
from onrecord.ingest import Notice, read_reports
from onrecord.ingest.jsonl import LONGEST_LINE, read_line
from onrecord.ingest.pages import PageReader
from onrecord.record import Report
from onrecord.store.rows import encode_bare

if TYPE_CHECKING:
    from pyarrow import RecordBatch

Work = Callable[[Iterable["RecordBatch"]], Iterator["RecordBatch"]]


def read_lines(published: str | None) -> Work:
    """Reads JSON objects: of each the file, the number of the first line of its part of the file, and its bytes.

    The lines of a part stand in their order.
    """

    def work(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        with PageReader() as pages:
            yield from batches_of(_item_rows(_read_lines(rows_of(batches), published, pages)), ITEMS)

    return work


def read_files(published: str | None) -> Work:
    """Reads whole files: of each its address and, where it is not on a disk of this machine, its bytes."""

    def work(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        yield from batches_of(_item_rows(_read_files(rows_of(batches), published)), ITEMS)

    return work


def notice_rows(notices: Iterable[Notice]) -> Iterator[Row]:
    """The rows of `notices`."""
    return _item_rows(notices)


def local_path(address: str) -> str:
    """The path of a file's address, as Spark writes them in its columns (file:/…)."""
    return unquote(urlsplit(address).path) if "%" in address else address.removeprefix("file:").replace("///", "/", 1)


def _read_lines(rows: Iterable[Row], published: str | None, pages: PageReader) -> Iterator[Report | Notice]:
    part, number = None, 0
    for address, first, line in rows:
        number = number + 1 if part == (address, first) else first
        part = address, first
        name = unquote(address)
        stem = name.rpartition("/")[2].rpartition(".")[0]
        if len(line) > LONGEST_LINE:
            yield Notice(name, number, f"longer than {LONGEST_LINE // 2**20} MB", True)
        elif line.strip():
            yield from read_line(name, number, f"{stem}-{number}", line, published, pages)


def _read_files(rows: Iterable[Row], published: str | None) -> Iterator[Report | Notice]:
    for address, content in rows:
        if content is None:
            yield from read_reports([local_path(address)], published=published)
            continue
        with tempfile.TemporaryDirectory() as folder:
            # Under its own name, after which its reports are called.
            copy = Path(folder, address.rpartition("/")[2])
            copy.write_bytes(content)
            for item in read_reports([str(copy)], published=published):
                yield replace(item, input=address) if isinstance(item, Notice) else item


def _item_rows(items: Iterable[Report | Notice]) -> Iterator[Row]:
    for item in items:
        if isinstance(item, Notice):
            yield None, None, None, msgspec.json.encode(item).decode()
        else:
            yield item.id, encode_bare(item), item.text, None
