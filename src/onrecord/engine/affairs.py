"""Affairs to the parts of the record that they make, here or on processes of their own."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from onrecord import pipeline
from onrecord.dating import Habits
from onrecord.record import Analysis, Correction, OnrecordError, Record

# Affairs per process that are handed out ahead of the one that is to be given out next.
_AHEAD = 4


class Affair(NamedTuple):
    """The corrected analyses of one affair, the keys of its reports, and dated reports of its outlets."""

    analyses: Sequence[Analysis]
    keys: Mapping[str, Sequence[str]]
    samples: Sequence[Analysis]


class Built(NamedTuple):
    """What one affair makes of the record, and the keys of its entities."""

    part: Record
    entity_keys: Mapping[str, Sequence[str]]


def build_affairs(affairs: Iterable[Affair], corrections: Sequence[Correction], workers: int) -> Iterator[Built]:
    """Each affair built, in their order; by so many processes where there are several.

    Raises:
        OnrecordError: a process ended that was at work on one.
    """
    if workers == 1:
        yield from (_build(affair, corrections) for affair in affairs)
        return
    # What is forked may hold the locks of threads that are not there.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), signal.signal, _IGNORED)
    waiting: deque[Future[Built]] = deque()
    try:
        for affair in affairs:
            waiting.append(pool.submit(_build, affair, corrections))
            if len(waiting) >= _AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise OnrecordError("a worker process ended while it linked reports; try --workers 1") from error
    finally:
        pool.shutdown(cancel_futures=True)


_IGNORED = (signal.SIGINT, signal.SIG_IGN)


def _build(affair: Affair, corrections: Sequence[Correction]) -> Built:
    part = pipeline.build_affair(affair.analyses, affair.keys, Habits(affair.samples), corrections)
    return Built(part, pipeline.entity_keys(part.entities, corrections))
