"""What was given to reports, and reports to analyses: what a task does with its share of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from onrecord import pipeline
from onrecord.cluster.shapes import MERGED, READ, Row, batches_of, rows_of
from onrecord.engine.workers import extract_one
from onrecord.ingest import Notice
from onrecord.record import Report
from onrecord.store.merge import merge_givens
from onrecord.store.rows import encode_bare, encode_vectors

if TYPE_CHECKING:
    from pyarrow import RecordBatch

_read_report = msgspec.json.Decoder(Report).decode


def merge_reports(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
    """Report, all that was given of it and its text, to one report and its keys."""
    return batches_of((_merge(*row) for row in rows_of(batches)), MERGED)


def extract_reports(model: str | None, knowledge: Sequence[str]) -> Callable[..., Iterator[RecordBatch]]:
    """Reads merged reports with one loaded model a process; the files of both were handed out by `SparkContext`."""

    def work(batches: Iterable[RecordBatch]) -> Iterator[RecordBatch]:
        return batches_of((_extract(row, _reader(model, tuple(knowledge))) for row in rows_of(batches)), READ)

    return work


@cache
def _reader(model: str | None, knowledge: tuple[str, ...]) -> pipeline.Reader:
    from pyspark import SparkFiles

    here = [SparkFiles.get(Path(path).name) for path in (*knowledge, *([model] if model else ()))]
    return pipeline.Reader(here.pop() if model else None, here)


def _merge(report: str, givens: Sequence[str], text: str) -> Row:
    merged, keys = merge_givens([_read_report(given) for given in givens])
    return report, msgspec.json.encode(keys).decode(), encode_bare(merged), text


def _extract(row: Row, reader: pipeline.Reader) -> Row:
    report, keys, merged, text = row
    found = extract_one(replace(_read_report(merged), text=text), reader)
    if isinstance(found, Notice):
        return report, keys, text, None, None, msgspec.json.encode(found).decode()
    return report, keys, text, encode_bare(found), encode_vectors(found), None
