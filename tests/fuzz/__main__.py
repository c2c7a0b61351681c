"""Inputs by the thousand, on several processes: `python -m tests.fuzz [--inputs N] [--from N] [--processes N]`.

Prints one JSON object: for each kind how many were read and refused, the seconds that all and the slowest took, the
most memory of a process, and the failures by kind and number. What failed is left in build/fuzz.
Ends with 1 if any did.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import Progress

from tests.fuzz.inputs import make
from tests.fuzz.run import SHARES, Chunk, chunks, run
from tests.fuzz.survive import ENDINGS, Failure, Tally

FAILED = Path("build") / "fuzz"


def main() -> int:
    """Reads the command line; 1 if an input failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first so many are passed over")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--kind", choices=SHARES, help="of this kind alone")
    args = parser.parse_args()
    todo = [c for c in chunks(args.inputs, args.first) if args.kind in (None, c.kind)]
    tallies = list(_shown(todo, args.processes))
    failures = [failure for tally in tallies for failure in tally.failures]
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(_summary(tallies, failures))) + b"\n")
    return bool(failures)


def _shown(todo: list[Chunk], processes: int) -> Iterator[Tally]:
    """The tallies as they come, with a bar."""
    console = Console(stderr=True)
    with Progress(console=console) as progress:
        bar = progress.add_task("inputs", total=sum(chunk.size for chunk in todo))
        done = 0
        for tally in run(todo, processes):
            done += tally.inputs
            progress.update(bar, completed=done)
            for failure in tally.failures:
                console.print(f"{failure.kind} {failure.number}: {failure.reason}", markup=False, soft_wrap=True)
                _keep(failure)
            if not console.is_terminal:
                console.print(f"{done:,} of {int(progress.tasks[0].total or 0):,}: {tally.kind}, {tally.seconds} s")
            yield tally


def _keep(failure: Failure) -> None:
    FAILED.mkdir(parents=True, exist_ok=True)
    ending = ENDINGS.get(failure.kind, f".{failure.kind}")
    (FAILED / f"{failure.number}{ending}").write_bytes(make(failure.kind, failure.number))


def _summary(tallies: list[Tally], failures: list[Failure]) -> dict[str, object]:
    kinds = {}
    for kind in SHARES:
        of = [tally for tally in tallies if tally.kind == kind]
        if of:
            kinds[kind] = {
                "inputs": sum(t.inputs for t in of),
                "read": sum(t.read for t in of),
                "refused": sum(t.refused for t in of),
                "seconds": round(sum(t.seconds for t in of), 1),
                "slowest": max(t.slowest for t in of),
                "peak_mb": max(t.peak_mb for t in of),
            }
    return {"inputs": sum(t.inputs for t in tallies), "kinds": kinds, "failures": failures}


if __name__ == "__main__":
    sys.exit(main())
