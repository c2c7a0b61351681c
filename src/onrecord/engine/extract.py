"""Phase 1: reports to analyses, each alone, on one process or several."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence

from onrecord import pipeline
from onrecord.engine.workers import extract_apart, extract_one
from onrecord.ingest import Notice
from onrecord.knowledge import load_knowledge
from onrecord.record import Analysis, OnrecordError, Report


def extract_reports(
    items: Iterable[Report | Notice], *, model: str | None = None, workers: int = 1, knowledge: Sequence[str] = ()
) -> Iterator[Analysis | Notice]:
    """The analysis of each report, in the order of `items`; notices are passed on.

    A report that cannot be analysed becomes a notice, also where its worker process dies of it. With one worker the
    work is done in this process, with several on as many others. Only a few reports are read ahead of what is given
    out. Closing the iterator, as an interrupt does, ends the processes.

    Raises:
        OnrecordError: `model` cannot be loaded, a file of `knowledge` is not FollowTheMoney's JSON, or `workers` is no
            positive number.
    """
    check_workers(workers)
    if workers == 1:
        return extract_here(items, model, knowledge=knowledge)
    if knowledge:
        load_knowledge(tuple(knowledge))
    return extract_apart(items, model, workers, knowledge)


def extract_here(
    items: Iterable[Report | Notice],
    model: str | None,
    reader: pipeline.Reader | None = None,
    knowledge: Sequence[str] = (),
) -> Generator[Analysis | Notice, None, None]:
    """The analyses of `items` in their order, in this process; by `reader`, if `model` is already loaded as that."""
    reader = reader or pipeline.Reader(model, knowledge)
    for item in items:
        yield item if isinstance(item, Notice) else extract_one(item, reader)


def check_workers(workers: int) -> None:
    """Refuse what is no number of workers."""
    if workers < 1:
        raise OnrecordError(f"{workers} workers: at least one is needed")
