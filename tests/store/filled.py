"""A record file with the reports of `tests.records` on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from onrecord.record import Analysis, Record, Report
from onrecord.store import Store
from tests.records import RECORD

MAKER = "test"


def report_of(analysis: Analysis) -> Report:
    return Report(id=analysis.id, key=analysis.key, outlet=analysis.outlet, text=analysis.text)


def fill(path: Path, record: Record = RECORD, maker: str = MAKER) -> Path:
    """Build `record` at `path`, as if its analyses came from reading."""
    with Store.create_or_open(path) as store:
        stage(store, record.analyses)
        store.plan(maker)
        store.keep(record.analyses, maker)
        store.complete(record, maker)
    return path


def stage(store: Store, analyses: Sequence[Analysis]) -> None:
    store.stage(report_of(analysis) for analysis in analyses)
