"""Reports to a record file: what is new is analysed, and what it touches is linked anew."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain, islice
from typing import Protocol

import msgspec
from msgspec import Struct

from onrecord import pipeline
from onrecord.engine.check import blaming
from onrecord.engine.extract import check_workers, extract_here
from onrecord.engine.relink import relink
from onrecord.engine.workers import extract_apart
from onrecord.ingest import Notice
from onrecord.location import Location, locate
from onrecord.record import Analysis, Report
from onrecord.store import Store, is_there

# What an interruption can cost: as many analyses, or as many seconds of them.
BATCH = 50
BATCH_SECONDS = 1.0


class Progress(Protocol):
    """Told of each step of the stages "read", "extract" and "link"; `total` is None while it is not known."""

    def __call__(self, stage: str, done: int, total: int | None) -> None: ...  # noqa: D102


class Summary(Struct, frozen=True, kw_only=True):
    """What was done, and the size of the record after it.

    `given` counts all reports read, each time that one was given; `new` and `known` each report once.
    """

    given: int = 0
    new: int = 0
    known: int = 0
    extracted: int = 0
    removed: int = 0
    notices: tuple[Notice, ...] = ()
    seconds: float = 0.0
    reports: int = 0
    attributions: int = 0
    contacts: int = 0
    claims: int = 0
    stories: int = 0


def build_record(
    items: Iterable[Report | Notice],
    path: str | Location,
    *,
    model: str | None = None,
    knowledge: Sequence[str] = (),
    workers: int = 1,
    progress: Progress | None = None,
) -> Summary:
    """Add the reports among `items` to the record at `path`, made if there is none and a report is given.

    Interrupted at any moment, it leaves the record as it was, and what it had analysed for the next run to use. A
    report that cannot be analysed is left out, with a notice.

    Raises:
        OnrecordError: `path` is no record that can be written, another writer is at work, or `model` or a
            file of `knowledge` cannot be loaded.
    """
    started = time.monotonic()
    check_workers(workers)
    tell = progress or _silent
    intake = _Intake(items, tell)
    reports = iter(intake)
    first = list(islice(reports, 1))
    if not first and not is_there(locate(path)):
        return Summary(notices=tuple(intake.notices), seconds=time.monotonic() - started)
    reader = pipeline.Reader(model, knowledge)
    with Store.create_or_open(path) as store:
        store.stage(chain(first, reports))
        extracted, notices = _extract_lacking(store, reader, model, knowledge, workers, tell)
        with store.alone() as overtaken:
            if overtaken:
                # What others have put on record meanwhile may ask for more: of one report they may have known more.
                more, others = _extract_lacking(store, reader, model, knowledge, workers, tell)
                extracted, notices = extracted + more, notices + others
            if notices:
                # Without what could not be analysed.
                store.plan(reader.maker, pipeline.linker())
            new, known = store.count_staged()
            relink(store, reader.maker, tell, workers=workers)
        done = Summary(
            given=intake.given, new=new, known=known, extracted=extracted, notices=(*intake.notices, *notices)
        )
        return _measured(done, store, started)


def remove_reports(path: str | Location, names: Sequence[str]) -> Summary:
    """Take the reports with these ids or keys out of the record at `path`, with all that rested on them alone.

    What is left is linked anew, without a model; no trace of their text is left in the file.

    Raises:
        OnrecordError: there is no such record, a name calls no report or several, or another writer is at work.
    """
    started = time.monotonic()
    with Store.open(path) as store:
        store.find_reports(names)
    with Store.create_or_open(path) as store, store.alone():
        removed = store.find_reports(names)
        maker = store.maker() or ""
        store.stage(())
        store.plan(maker, pipeline.linker(), without=removed)
        relink(store, maker)
        store.shrink()
        return _measured(Summary(removed=len(removed)), store, started)


def list_record(path: str | Location) -> None:
    """Write the lists of the record at `path` where an older version left it without; it is linked anew for that.

    Raises:
        OnrecordError: there is no such record, or another writer is at work.
    """
    with Store.open(path) as store:
        if store.catalogue().is_listed():
            return
        place = store.place
    with blaming(place), Store.create_or_open(place) as store, store.alone():
        maker = store.maker() or ""
        store.stage(())
        store.plan(maker, pipeline.linker())
        relink(store, maker)


class _Intake:
    """The reports among `items`, counted, while the notices are put by."""

    def __init__(self, items: Iterable[Report | Notice], tell: Progress) -> None:
        self.items = items
        self.tell = tell
        self.given = 0
        self.notices: list[Notice] = []

    def __iter__(self) -> Iterator[Report]:
        for item in self.items:
            if isinstance(item, Notice):
                self.notices.append(item)
            else:
                self.given += 1
                self.tell("read", self.given, None)
                yield item


def _extract_lacking(
    store: Store,
    reader: pipeline.Reader,
    model: str | None,
    knowledge: Sequence[str],
    workers: int,
    tell: Progress,
) -> tuple[int, list[Notice]]:
    """Analyse what has no analysis yet; how many got one, and a notice for each that did not."""
    lacking = store.plan(reader.maker, pipeline.linker())
    reports = (store.report(report) for report in lacking)
    results = (
        extract_here(reports, model, reader) if workers == 1 else extract_apart(reports, model, workers, knowledge)
    )
    notices: list[Notice] = []
    failed = set(lacking)
    with closing(results):
        for batch in _batches(results, len(lacking), tell):
            found = [result for result in batch if isinstance(result, Analysis)]
            store.keep(found, reader.maker)
            failed -= {analysis.id for analysis in found}
            notices += [result for result in batch if isinstance(result, Notice)]
    # One that is on the record from before stays there, as it was.
    store.unstage(failed)
    return len(lacking) - len(failed), notices


def _batches(results: Iterable[Analysis | Notice], total: int, tell: Progress) -> Iterator[Sequence[Analysis | Notice]]:
    batch: list[Analysis | Notice] = []
    since = time.monotonic()
    for done, result in enumerate(results, 1):
        batch.append(result)
        tell("extract", done, total)
        if len(batch) == BATCH or time.monotonic() - since >= BATCH_SECONDS:
            yield batch
            batch, since = [], time.monotonic()
    yield batch


def _measured(done: Summary, store: Store, started: float) -> Summary:
    counts = store.count()
    return msgspec.structs.replace(
        done,
        seconds=time.monotonic() - started,
        reports=counts.get("reports", 0),
        attributions=store.count_attributions(),
        contacts=counts.get("contacts", 0),
        claims=counts.get("claims", 0),
        stories=counts.get("stories", 0),
    )


def _silent(stage: str, done: int, total: int | None) -> None:
    """Tell nobody."""
