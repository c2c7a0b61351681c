"""How many inputs of each kind are read, in which order, and on how many processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import NamedTuple

from tests.fuzz.survive import Tally, survive

# Of a thousand inputs; of what is slow there are fewer.
SHARES = {
    "page": 190, "text": 135, "jsonl": 100, "jsonl.gz": 40, "json": 60, "csv": 80, "rss": 80, "atom": 50, "warc": 70,
    "warc.gz": 60, "mail": 60, "pdf": 30, "record": 25, "analysis": 10, "words": 10,
}  # fmt: skip
# Inputs that go out together: each kind of them is read by processes that have to be started.
ROUND = 5_000


class Chunk(NamedTuple):
    """Inputs of one kind, of numbers that follow on one another."""

    kind: str
    first: int
    size: int


def chunks(inputs: int, first: int = 0) -> list[Chunk]:
    """The inputs from the one after the first `first` to the last of `inputs`, in whole thousands, in rounds."""
    found = []
    for begin in range(first // 1_000, inputs // 1_000, ROUND // 1_000):
        end = min(begin + ROUND // 1_000, inputs // 1_000)
        found += [Chunk(kind, begin * share, (end - begin) * share) for kind, share in SHARES.items()]
    return found


def run(todo: Iterable[Chunk], processes: int) -> Iterator[Tally]:
    """What became of each chunk, in the order in which they are done."""
    # Not by a fork, which would take over threads of the model.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        for done in as_completed([pool.submit(survive, *chunk) for chunk in todo]):
            yield done.result()
