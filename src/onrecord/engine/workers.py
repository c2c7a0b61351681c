"""Reports to analyses, on processes of their own, of which any may die and cost no more than the report it held."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from onrecord import pipeline
from onrecord.engine.interrupts import hold_interrupts
from onrecord.ingest import Notice
from onrecord.record import Analysis, OnrecordError, Report

# Reports per worker that are read ahead of the one that is to be given out next.
AHEAD = 4


@dataclass(slots=True, eq=False)
class _Job:
    """A place in the order of the input, and what is to be given out for it."""

    item: Report | Notice
    result: Analysis | Notice | None = None


@dataclass(slots=True, eq=False)
class _Worker:
    """A process, our end of the pipe to it, and the job that it is at; it is `ready` once its model is loaded."""

    process: BaseProcess
    pipe: Connection
    job: _Job | None = None
    ready: bool = False


def extract_one(report: Report, reader: pipeline.Reader) -> Analysis | Notice:
    """What `reader` finds in `report`, or the reason why that failed: one bad report must not end a run of many."""
    try:
        return pipeline.extract(report, reader)
    except OnrecordError as error:
        return _left_out(report, str(error))
    except Exception as error:  # any failure whatever of one report
        return _left_out(report, f"could not be analysed ({type(error).__name__}: {error})")


def extract_apart(
    items: Iterable[Report | Notice], model: str | None, workers: int, knowledge: Sequence[str] = ()
) -> Generator[Analysis | Notice, None, None]:
    """The analyses of `items` in their order, by `workers` processes that each load `model`."""
    source = iter(items)
    order: deque[_Job] = deque()
    todo: deque[_Job] = deque()
    crew: list[_Worker] = []
    try:
        while True:
            while len(order) < AHEAD * workers and (item := next(source, None)) is not None:
                order.append(_Job(item, item if isinstance(item, Notice) else None))
                todo.extend([] if order[-1].result else [order[-1]])
            if not order:
                return
            while len(crew) < workers and len(todo) > sum(worker.job is None for worker in crew):
                with hold_interrupts():
                    crew.append(_start(model, knowledge))
            _give_out(todo, crew)
            if result := order[0].result:
                order.popleft()
                yield result
            else:
                _take_in(crew)
    finally:
        for worker in crew:
            _stop(worker)


def _give_out(todo: deque[_Job], crew: list[_Worker]) -> None:
    for worker in crew:
        if todo and worker.ready and worker.job is None:
            # One that was killed while idle is found out by its silence, and has lost nothing.
            with suppress(OSError):
                worker.pipe.send(todo[0].item)
                worker.job = todo.popleft()


def _take_in(crew: list[_Worker]) -> None:
    """Wait until a worker has something to say, and note it; those that have died leave the crew."""
    said = set(wait([worker.pipe for worker in crew]))
    for worker in [worker for worker in crew if worker.pipe in said]:
        try:
            answer: Analysis | Notice | OnrecordError | None = worker.pipe.recv()
        except (EOFError, OSError):
            crew.remove(worker)
            _bury(worker)
            continue
        if isinstance(answer, OnrecordError):
            raise answer
        if worker.job:
            worker.job.result = answer
        worker.job, worker.ready = None, True


def _bury(worker: _Worker) -> None:
    """Give the reason for the one report that is lost with `worker`.

    Raises:
        OnrecordError: it died while it loaded its model, as the next one would.
    """
    worker.process.join(1)
    _stop(worker)
    status = worker.process.exitcode or 0
    how = f"signal {-status}" if status < 0 else f"exit status {status}"
    if not worker.ready:
        raise OnrecordError(f"a worker process ended before it was ready ({how}); try --workers 1")
    if worker.job:
        assert isinstance(worker.job.item, Report)  # noqa: S101
        worker.job.result = _left_out(worker.job.item, f"its worker process ended ({how})")


def _start(model: str | None, knowledge: Sequence[str]) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, model, tuple(knowledge)), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    # It holds nothing that would have to be saved.
    worker.process.kill()
    worker.process.join()


def _work(pipe: Connection, model: str | None, knowledge: tuple[str, ...]) -> None:
    """Say None once the model is loaded, then answer each report; the other end's closing ends it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):
        try:
            reader = pipeline.Reader(model, knowledge)
        except OnrecordError as error:
            pipe.send(error)
            return
        pipe.send(None)
        while True:
            pipe.send(extract_one(pipe.recv(), reader))


def _left_out(report: Report, reason: str) -> Notice:
    return Notice(report.key, None, reason, True)
