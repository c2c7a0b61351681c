"""`make crash`: a record is disturbed in each way many times, and the counts are printed as JSON.

    python -m tests.crash --seed 7 --trials 25 5 5 3

tries so many of each kind; `--only kill` tries that kind, `--only kill/123` the one of that number again.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path

import msgspec
from rich.console import Console
from rich.progress import track

from tests.crash.disturb import DISTURBANCES, can_mount, write_twice
from tests.crash.process import warm_up
from tests.crash.scenes import Pair, Scene, set_up
from tests.crash.trial import Disturbance, Outcome, Trial

TWO = "two writers"
KINDS = (*DISTURBANCES, TWO)
TRIALS = (500, 50, 50, 20)
SEED = 20310504
# After so many trials a log has a line.
OFTEN = 25


def main() -> None:
    """Run the trials; leave with 1 if one of them found a fault."""
    asked = _arguments()
    since = time.monotonic()
    warm_up()
    with tempfile.TemporaryDirectory(prefix="onrecord-crash-") as folder:
        scenes, pairs = set_up(Path(folder))
        # By turns, so that what was tried when it is stopped is some of all.
        turns = [
            (number / most, kind, number)
            for kind, most in zip(KINDS, asked.trials, strict=True)
            for number in range(most)
        ]
        wanted = [(kind, number) for _, kind, number in sorted(turns)]
        if asked.only:
            kind, _, number = asked.only.partition("/")
            wanted = [(kind, int(number))] if number else [one for one in wanted if one[0] == kind]
        found = _run(wanted, asked.seed, asked.jobs, Path(folder), scenes, pairs)
    print(msgspec.json.format(msgspec.json.encode(_count(found, asked.seed, time.monotonic() - since))).decode())
    sys.exit(any(outcome.faults for outcome in found))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=SEED, help="what all chance hangs on")
    parser.add_argument("--trials", type=int, nargs=len(KINDS), default=TRIALS, help=f"how many of: {', '.join(KINDS)}")
    parser.add_argument("--only", help="one kind, as kill, or one trial, as kill/123")
    parser.add_argument("--jobs", type=int, default=2, help="how many trials at once")
    return parser.parse_args()


def _run(
    wanted: Iterable[tuple[str, int]], seed: int, jobs: int, folder: Path, scenes: list[Scene], pairs: list[Pair]
) -> list[Outcome]:
    """The outcomes, in the order in which they come; of those that were tried until ctrl-c."""
    found = []
    # A process that is forked has all that was imported; a worker must be free to have processes of its own.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        work = [pool.submit(run_trial, *one, seed, folder, scenes, pairs) for one in wanted]
        console = Console(stderr=True)
        bar = track(as_completed(work), "Trials", len(work), console=console, disable=not console.is_terminal)
        try:
            for done in bar:
                found.append(done.result())
                if not console.is_terminal and len(found) % OFTEN == 0:
                    console.print(f"{len(found)} of {len(work)} trials, {sum(bool(o.faults) for o in found)} failed")
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
    return found


def run_trial(kind: str, number: int, seed: int, folder: Path, scenes: list[Scene], pairs: list[Pair]) -> Outcome:
    """One trial, each scene in its turn."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        trial: Trial
        if kind == TWO:
            trial = Trial(kind, number, seed, Path(own))
            work = partial(write_twice, trial, pairs[number % len(pairs)])
        else:
            trial = Disturbance(kind, number, seed, Path(own), scenes[number % len(scenes)])
            work = partial(DISTURBANCES[kind], trial)
        try:
            work()
        except Exception:
            # A trial that fails itself has found something too, and must not end the others.
            trial.faults.append(traceback.format_exc())
        return trial.outcome()


def _count(found: list[Outcome], seed: int, seconds: float) -> dict[str, object]:
    hits = Counter(outcome.kind for outcome in found if outcome.hit)
    return {
        "seed": seed,
        "seconds": round(seconds, 1),
        "own disks": can_mount(),
        "trials": dict(Counter(outcome.kind for outcome in found)),
        "hits": dict(hits),
        "scenes": dict(sorted(Counter(outcome.scene for outcome in found).items())),
        "failures": sorted(
            (outcome for outcome in found if outcome.faults), key=lambda outcome: (outcome.kind, outcome.number)
        ),
    }


if __name__ == "__main__":
    main()
