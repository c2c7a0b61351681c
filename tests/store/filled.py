"""A record file with the reports of `tests.records` on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any, TypeVar

from onrecord.corroborate import join_affairs
from onrecord.location import Address, Location
from onrecord.record import Analysis, Record, Report
from onrecord.store import Store
from tests import records

Where = TypeVar("Where", bound=Location)

MAKER, LINKER = "test", "linker"
# As it is read again: in canonical order.
RECORD = join_affairs((records.RECORD,), {})


def report_of(analysis: Analysis) -> Report:
    return Report(id=analysis.id, key=analysis.key, outlet=analysis.outlet, text=analysis.text)


def fill(path: Where, record: Record = RECORD, maker: str = MAKER) -> Where:
    """Build `record` at `path`, as if its analyses came from reading."""
    with Store.create_or_open(path) as store:
        stage(store, record.analyses)
        store.plan(maker, LINKER)
        store.keep(record.analyses, maker)
        complete(store, record, maker)
    return path


def complete(store: Store, record: Record, maker: str = MAKER) -> None:
    """Put `record` as if all of it were one affair, in the place of all that is there."""
    with store.completing(maker, LINKER, store.affairs().all()) as completion:
        if record.analyses:
            completion.put(record, {a.id: a for a in record.analyses}, {})


def stage(store: Store, analyses: Sequence[Analysis]) -> None:
    store.stage(report_of(analysis) for analysis in analyses)


def tamper(where: Location, query: str) -> list[tuple[Any, ...]]:
    """What a query finds or does that goes past the store."""
    if isinstance(where, Address):
        import psycopg

        with psycopg.connect(where.connection) as connection:
            schema = where.schema.replace('"', '""')
            connection.execute(f'SET search_path TO "{schema}"'.encode())
            done = connection.execute(query.encode())
            return done.fetchall() if done.description else []
    with closing(sqlite3.connect(str(where))) as file, file:
        return file.execute(query).fetchall()
