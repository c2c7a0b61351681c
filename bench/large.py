"""What a record of very many reports weighs, and what it costs to add to it: `python -m bench.large --folder FOLDER`.

The first `--base` reports of an invented newsroom (bench/newsroom) are linked as `onrecord build` does it; the rest are
copies of that record under other names and in other years (bench/clones). At each of `--sizes` one more report of the
newsroom stays on it, after which the blocks of people are there as in a record that grew by builds. Then, on a copy of
the file: one more report, five times, and `--added` more at once, linked with analyses that were made before, each in a
process of its own; and `onrecord export --format jsonl`. The file of the last size is left in the folder as
`large.onrecord`, for `bench.web --record` and `bench.ask --record`; `bench.adding` draws what adding costs.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bench.clones import Copy, Source, put
from bench.incremental import SEED, make_record
from bench.newsroom import Analyst, to_report, write
from onrecord import pipeline
from onrecord.engine.relink import relink
from onrecord.store import Store

ONES = 5


def main() -> None:
    """Reads the command line, prints one JSON object."""
    args = _arguments()
    # As the command does.
    gc.set_threshold(100_000, 50, 100)
    if args.into:
        print(json.dumps(add(args.into, args.folder, args.base, args.first, args.added)))
        return
    args.folder.mkdir(parents=True, exist_ok=True)
    base, large = args.folder / f"{args.base}.onrecord", args.folder / "large.onrecord"
    make_record(base, list(write(args.base, SEED)), Analyst(args.folder))
    shutil.copyfile(base, large)
    source, number, sizes = Source(base), 1, []
    for taken, size in enumerate(args.sizes, 1):
        grown = grow(source, large, number, size // args.base)
        number = max(number, size // args.base)
        _link(large, args, args.base + taken - 1, 1)
        sizes.append({"reports": number * args.base, "grown_seconds": grown, **measure(large, args)})
        print(json.dumps(sizes[-1]), file=sys.stderr, flush=True)
    print(json.dumps({"base": args.base, "sizes": sizes}, indent=1))


def grow(source: Source, record: Path, first: int, last: int) -> float:
    """Add the copies from number `first` on that make it so many times the source, and tell the seconds."""
    started = time.perf_counter()
    target = sqlite3.connect(record, isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -4000000", "foreign_keys = OFF"):
        target.execute(f"PRAGMA {setting}")
    console = Console(stderr=True)
    for number in track(range(first, last), "Copies", console=console, disable=not console.is_terminal):
        put(Copy(source, number), target)
    target.execute("PRAGMA journal_mode = WAL")
    target.close()
    return round(time.perf_counter() - started, 1)


def measure(record: Path, args: argparse.Namespace) -> dict[str, Any]:
    """What the record weighs, what one more report and many cost, and its export."""
    reports, first = _count(record), args.base + len(args.sizes)
    ones = [_add(record, args, first + n, 1) for n in range(ONES)]
    return {
        "kb_a_report": round(record.stat().st_size / 1024 / reports, 1),
        "add_one": {key: statistics.median(one[key] for one in ones) for key in ones[0]},
        "add_many": {"reports": args.added, **_add(record, args, first, args.added)},
        "export": _export(record),
    }


def add(record: Path, folder: Path, base: int, first: int, many: int) -> dict[str, float]:
    """Seconds of linking `many` reports from `first` on, read before, and the most memory of this process."""
    written = list(write(first + many, SEED))[first:]
    analyses = {analysis.id: analysis for analysis in Analyst(folder).analyses(written)}
    with Store.create_or_open(record) as store:
        maker = store.maker() or ""
        started = time.perf_counter()
        store.stage([to_report(one.report) for one in written])
        lacking = store.plan(maker, pipeline.linker())
        planned = time.perf_counter()
        store.keep([analyses[id] for id in lacking if id in analyses], maker)
        kept = time.perf_counter()
        relink(store, maker, workers=2)
        linked = time.perf_counter()
    return {
        "lacking": len(lacking),
        "plan_seconds": round(planned - started, 2),
        "keep_seconds": round(kept - planned, 2),
        "link_seconds": round(linked - kept, 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def _add(record: Path, args: argparse.Namespace, first: int, many: int) -> dict[str, float]:
    copy = record.with_suffix(".added")
    shutil.copyfile(record, copy)
    found = _link(copy, args, first, many)
    for file in record.parent.glob(f"{copy.name}*"):
        file.unlink()
    return found


def _link(record: Path, args: argparse.Namespace, first: int, many: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.large", "--folder", f"{args.folder}", "--base", f"{args.base}"]
    command += ["--into", f"{record}", "--first", f"{first}", "--added", f"{many}"]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    return found


# From a process of its own: a child's peak counts what its parent held when it was started.
_PEAK = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(json.dumps({"seconds": round(time.perf_counter() - started, 1), "peak_mb": round(peak, 1)}))
"""


def _export(record: Path) -> dict[str, float]:
    out = record.with_suffix(".exported")
    command = [
        f"{Path(sys.executable).with_name('onrecord')}",
        "export",
        f"{record}",
        "--format",
        "jsonl",
        "-o",
        f"{out}",
    ]
    found = subprocess.run([sys.executable, "-c", _PEAK, *command], check=True, stdout=subprocess.PIPE)
    size = sum(file.stat().st_size for file in out.iterdir())
    shutil.rmtree(out)
    told: dict[str, float] = json.loads(found.stdout)
    return told | {"mb": round(size / 2**20, 1)}


def _count(record: Path) -> int:
    database = sqlite3.connect(record)
    (reports,) = database.execute("SELECT count(*) FROM reports").fetchone()
    database.close()
    return int(reports)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the records are made and left")
    parser.add_argument("--base", type=int, default=2000, help="how many reports are linked")
    parser.add_argument("--sizes", type=int, nargs="+", default=[2000, 20_000, 200_000])
    parser.add_argument("--added", type=int, default=1000)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
