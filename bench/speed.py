"""`extract` beside the bare encoder on the same wordpieces: `python -m bench.speed --data FOLDER`.

FOLDER holds PolNeAR's `dev/` (or another `--split`), whose texts are joined and cut to reports of 750 words. There are
two limits: the shipped graph cut off behind its last encoder layer, run on windows without overlap, and the same on all
that `extract` reads: windows that overlap, contents read again, and every sentence by the model of likeness. Nothing
that reads these words so can be faster. With one worker both run in this process on one thread, in turn, round by
round, by seconds of the processor; with two, in as many processes each, by the clock. A share is the median of the
rounds' own. Loading and memory are those of a fresh process that reads the same reports. `--memory N` has one more
process read N short reports; `--peers PYTHON` names an interpreter whose environment has the peers.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.pool import Pool
from pathlib import Path
from typing import Any

import numpy as np
import onnx

from bench.data import read_polnear
from bench.speed_steps import read_steps
from onrecord.engine.workers import extract_apart
from onrecord.ingest import report_id
from onrecord.language import Model, load_model
from onrecord.language.model import SHIPPED, load_session
from onrecord.language.pieces import WINDOW, find_windows, split_pieces
from onrecord.pipeline import Reader, extract
from onrecord.record import Report

WORDS, FEW_WORDS = 750, 100
# The file of a graph, and what is given to it.
Pass = tuple[str, dict[str, np.ndarray]]
MAIN, LIKENESS = "model.onnx", "vectors.onnx"
_PARTS = 10
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def make_reports(folder: Path, count: int, words: int = WORDS) -> list[Report]:
    """`count` reports of so many words, of the corpus's texts one behind the other, broken into lines as they are."""
    all_words = [w for e in read_polnear(folder) for line in e.text.splitlines() for w in [*line.split(), "\n"]]
    out: list[Report] = []
    at = 0
    while len(out) < count:
        taken, have = list[str](), 0
        while have < words:
            word = all_words[at % len(all_words)]
            at, have = at + 1, have + (word != "\n")
            taken.append(word)
        text = " ".join(taken).replace(" \n ", "\n").strip()
        out.append(Report(id=report_id(None, None, text), key=str(len(out)), language="en", text=text))
    return out


# --- the limits


def cut_encoder(graph: Path, to: Path) -> None:
    """Writes the graph up to its last encoder layer."""
    model = onnx.load(graph)
    last = [n for n in model.graph.node if n.op_type in ("LayerNormalization", "SkipLayerNormalization")][-1]
    inputs = [i.name for i in model.graph.input]
    onnx.utils.extract_model(str(graph), str(to), inputs, [last.output[0]], check_model=False)


class Encoders:
    """The two bare encoders in `folder`, each on one thread."""

    def __init__(self, folder: Path) -> None:
        self._sessions = {name: load_session(folder / name) for name in (MAIN, LIKENESS)}

    def run(self, passes: Sequence[Pass]) -> None:
        """Runs all of them."""
        for name, given in passes:
            self._sessions[name].run(None, given)


def bare_passes(model: Model, report: Report) -> list[Pass]:
    """The report's pieces as windows without overlap, ready to be run."""
    pieces = split_pieces(report.text, model.tokenizer)
    rows = {name: getattr(pieces, name) for name in ("ids", "case", "quote", "line")}
    windows = find_windows(np.arange(len(pieces)), WINDOW, 0)
    return [(MAIN, {k: np.pad(v[w.start : w.end], 1)[None] for k, v in rows.items()}) for w in windows]


@dataclass
class _Listener:
    """A session that notes what it is given."""

    session: Any
    name: str
    heard: list[Pass]

    def run(self, names: Sequence[str], given: dict[str, np.ndarray]) -> Any:
        """What the session answers."""
        self.heard.append((self.name, given))
        return self.session.run(names, given)


def every_pass(reader: Reader, report: Report) -> list[Pass]:
    """All that `extract` gives to either model for one report."""
    model, vectors, heard = reader.model, reader.vectors, list[Pass]()
    try:
        reader.model = replace(model, session=_Listener(model.session, MAIN, heard))
        reader.vectors = replace(vectors, session=_Listener(vectors.session, LIKENESS, heard))
        extract(report, reader)
    finally:
        reader.model, reader.vectors = model, vectors
    return heard


# --- the measures


def timed(work: Callable[[], object], now: Callable[[], float] = time.process_time) -> float:
    """Seconds of the processor, or of the clock `now`, that `work` takes."""
    started = now()
    work()
    return now() - started


def rates(reports: int, ours: Sequence[float], bare: Sequence[float], every: Sequence[float]) -> dict[str, float]:
    """Reports a second and shares, of the seconds that each round took for all reports."""
    return {
        "extract_reports_per_second": round(reports / statistics.median(ours), 2),
        "encoder_reports_per_second": round(reports / statistics.median(bare), 2),
        "every_pass_reports_per_second": round(reports / statistics.median(every), 2),
        "share_of_encoder": round(statistics.median(a / b for a, b in zip(bare, ours, strict=True)), 3),
        "share_with_every_pass": round(statistics.median(a / b for a, b in zip(every, ours, strict=True)), 3),
    }


def one_worker(
    reports: Sequence[Report],
    reader: Reader,
    folder: Path,
    bare: list[list[Pass]],
    every: list[list[Pass]],
    rounds: int,
) -> dict[str, float]:
    """`rates` of this process, by seconds of its processor."""
    encoders = Encoders(folder)
    found = []
    for _ in range(rounds):
        limits = [timed(partial(encoders.run, [*itertools.chain(*passes)])) for passes in (bare, every)]
        found.append((timed(lambda: [extract(r, reader) for r in reports]), *limits))
    return rates(len(reports), *zip(*found, strict=True))


def several_workers(
    reports: Sequence[Report], folder: Path, bare: list[list[Pass]], every: list[list[Pass]], rounds: int, workers: int
) -> dict[str, float]:
    """`rates` of so many processes that each have loaded what they need, by the clock."""
    found = []
    with multiprocessing.get_context("spawn").Pool(workers, _start, (str(folder),)) as pool:
        for passes in (bare, every):
            _run_all(pool, passes[: 2 * workers])
        for _ in range(rounds):
            limits = [timed(partial(_run_all, pool, passes), time.perf_counter) for passes in (bare, every)]
            found.append((_extract_apart(reports, workers), *limits))
    return rates(len(reports), *zip(*found, strict=True))


_ENCODERS: list[Encoders] = []


def _start(folder: str) -> None:
    _ENCODERS.append(Encoders(Path(folder)))


def _run(passes: Sequence[Pass]) -> None:
    _ENCODERS[0].run(passes)


def _run_all(pool: Pool, passes: Sequence[Sequence[Pass]]) -> None:
    for _ in pool.imap_unordered(_run, passes):
        pass


def _extract_apart(reports: Sequence[Report], workers: int) -> float:
    """Seconds for all reports, from when each of the workers has read one more report ahead of them."""
    results = extract_apart([*reports[:workers], *reports], None, workers)
    for _ in range(workers):
        next(results)
    return timed(lambda: list(results), time.perf_counter)


# --- fresh processes


def fresh(args: argparse.Namespace, task: str) -> Any:
    """What a new process finds that does no more than `task`."""
    given = ["--data", str(args.data), "--split", args.split, "--reports", str(args.reports)]
    command = [sys.executable, "-m", "bench.speed", *given, "--memory", str(args.memory), "--task", task]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def alone(reports: Sequence[Report]) -> dict[str, float]:
    """Seconds to load the model, and the peak of memory in MB while the reports are read."""
    load = timed(load_model, time.perf_counter)
    reader = Reader()
    for report in reports:
        extract(report, reader)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load_seconds": round(load, 3), "peak_mb": round(peak)}


def resident_mb() -> float:
    """The memory that this process holds now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def growth(reports: Sequence[Report], read: Callable[[Report], object]) -> dict[str, object]:
    """The memory held after each tenth of the reports, and the most of it by what was held after the first."""
    held = []
    for part in range(_PARTS):
        for report in reports[part * len(reports) // _PARTS : (part + 1) * len(reports) // _PARTS]:
            read(report)
        held.append(round(resident_mb(), 1))
    return {"reports": len(reports), "resident_mb": held, "largest_over_warm": round(max(held) / held[0], 3)}


def help_seconds() -> float:
    """Seconds of the clock for `onrecord --help`, the least of three."""
    command = [sys.executable, "-m", "onrecord", "--help"]
    run = partial(subprocess.run, command, check=True, capture_output=True)
    return round(min(timed(run, time.perf_counter) for _ in range(3)), 2)


def peers(python: str, reports: Sequence[Report]) -> dict[str, object]:
    """What the peers in the environment of that interpreter reach on the same reports, on one thread."""
    script = Path(__file__).with_name("speed_peers.py")
    texts = json.dumps([r.text for r in reports])
    done = subprocess.run(
        [python, str(script)], input=texts, check=False, capture_output=True, text=True, env=os.environ | _ONE_THREAD
    )
    # A peer that fails costs no other figure.
    found: dict[str, object] = json.loads(done.stdout or "{}")
    return found if done.returncode == 0 else {**found, "failed": done.stderr.strip().splitlines()[-1:]}


def measure(args: argparse.Namespace) -> dict[str, object]:
    """All measures, by the name of each."""
    reports = make_reports(args.data / args.split, args.reports)
    reader = Reader()
    with tempfile.TemporaryDirectory() as temp:
        folder = Path(temp)
        cut_encoder(SHIPPED / MAIN, folder / MAIN)
        (folder / LIKENESS).symlink_to(SHIPPED / LIKENESS)
        bare, every = [bare_passes(reader.model, r) for r in reports], [every_pass(reader, r) for r in reports]
        out: dict[str, object] = {
            "reports": len(reports),
            "wordpieces": _pieces(bare),
            "wordpieces_with_every_pass": _pieces(every),
            "one_worker": one_worker(reports, reader, folder, bare, every, args.rounds),
            "two_workers": several_workers(reports, folder, bare, every, args.rounds, 2),
        }
    out["seconds_a_report"] = read_steps(reports, reader)
    out["file_mb"] = round(sum(f.stat().st_size for f in SHIPPED.iterdir()) / 2**20, 1)
    out |= fresh(args, "alone")
    out["help_seconds"] = help_seconds()
    if args.memory:
        out["memory"] = fresh(args, "memory")
    out["peers"] = peers(args.peers, reports)
    return out


def _pieces(passes: Sequence[Sequence[Pass]]) -> int:
    """How many wordpieces are read, those read twice counted twice, without the marks around each window."""
    return sum(given["ids"].shape[1] - 2 for of_one in passes for _, given in of_one)


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--reports", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", type=int, default=0, metavar="N", help="how many short reports one worker reads")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON", help="an interpreter that has the peers")
    parser.add_argument("--task", choices=("alone", "memory"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.task == "alone":
        found: dict[str, Any] = alone(make_reports(args.data / args.split, args.reports))
    elif args.task == "memory":
        reader = Reader()
        found = growth(make_reports(args.data / args.split, args.memory, FEW_WORDS), lambda r: extract(r, reader))
    else:
        found = measure(args)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
