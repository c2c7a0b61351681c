"""What one more report costs a small record and a large one: `python -m bench.incremental`.

Both records hold reports of an invented newsroom (bench/newsroom), some forty a day, so that the larger one reaches
further back. The model reads each kind of text once, with names that are all different; the analyses of the others are
derived from that. Then `onrecord build one.jsonl -o RECORD` is timed as a user would run it, on a fresh copy of the
record, for each of the five reports that come next; `empty` is the same for no record at all: what it costs to load
the model and to read one report.

`same_in_any_order` compares the exports of `--ordered` reports, all read by the model: given forwards, backwards, and
with the last five one by one.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench.newsroom import Analyst, Written, to_report, write, write_reports
from onrecord import pipeline
from onrecord.engine.build import build_record
from onrecord.record import OnrecordError
from onrecord.store import Store

SEED, ADDED, BATCH = 9, 5, 500
# From a process of its own: a child's peak counts what its parent held when it was started.
_MEASURE = """
import json, resource, subprocess, sys, time
started = time.perf_counter()
subprocess.run(sys.argv[1:], check=True)
seconds = time.perf_counter() - started
print(json.dumps({"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}))
"""


def measure(size: int, folder: Path, workers: int) -> dict[str, Any]:
    """What the record of so many reports weighs, and what one more of each of the next five reports costs it."""
    written = list(write(size + ADDED, SEED))
    record = folder / f"{size}.onrecord"
    built = make_record(record, written[:size], Analyst(folder, workers))
    added = [add(one, record, folder) for one in written[size:]]
    return {
        "reports": size,
        "days": (written[size - 1].published - written[0].published).days + 1,
        "file_mb": round(record.stat().st_size / 2**20, 1),
        "build": built,
        "add": _medians(added),
        "empty": _medians([add(one, None, folder) for one in written[size:]]),
    }


def make_record(path: Path, written: Sequence[Written], analyst: Analyst) -> dict[str, float] | None:
    """Build the record of these reports, and tell the seconds; None where there is one by the same code already."""
    if _is_current(path, analyst.maker):
        return None
    path.unlink(missing_ok=True)
    reports = [to_report(one.report) for one in written]
    started = time.perf_counter()
    with Store.create_or_open(path) as store:
        store.stage(reports)
        store.plan(analyst.maker, pipeline.linker())
        for batch in _batches(written):
            store.keep(analyst.analyses(batch), analyst.maker)
    read = time.perf_counter()
    build_record(reports, str(path))
    return {"analyse_seconds": round(read - started, 2), "link_seconds": round(time.perf_counter() - read, 2)}


def add(written: Written, record: Path | None, folder: Path) -> dict[str, float]:
    """Seconds and peak memory of `onrecord build` for one more report, on a copy of `record`."""
    with tempfile.TemporaryDirectory(dir=folder) as fresh:
        one, copy = Path(fresh, "one.jsonl"), Path(fresh, "copy.onrecord")
        _write_lines(one, [written.report])
        if record:
            shutil.copyfile(record, copy)
        command = [sys.executable, "-c", _MEASURE, *_command("build", one, "-o", copy, "--quiet")]
        found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def is_same_in_any_order(number: int, folder: Path) -> bool:
    """Whether so many reports make the same record forwards, backwards, and the last five of them one by one."""
    reports = list(write_reports(number, SEED))
    orders = {
        "forwards": [reports],
        "backwards": [reports[::-1]],
        "one by one": [reports[:-ADDED], *([one] for one in reports[-ADDED:])],
    }
    return len({_export(folder / f"{name}.onrecord", parts) for name, parts in orders.items()}) == 1


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", type=int, default=2000)
    parser.add_argument("--large", type=int, default=20000)
    parser.add_argument("--ordered", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--folder", type=Path, help="keep the records here, and use them again while the code is the same"
    )
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        small, large = (measure(size, folder, args.workers) for size in (args.small, args.large))
        out = {
            "small": small,
            "large": large,
            "ratio": round(large["add"]["seconds"] / small["add"]["seconds"], 3),
            "same_in_any_order": is_same_in_any_order(args.ordered, folder) if args.ordered else None,
        }
    print(json.dumps(out, indent=1))


def _export(record: Path, parts: Iterable[Iterable[dict[str, str]]]) -> bytes:
    """The export of the record that these parts make, given one behind the other."""
    record.unlink(missing_ok=True)
    lines = record.with_suffix(".jsonl")
    for part in parts:
        _write_lines(lines, part)
        subprocess.run(_command("build", lines, "-o", record, "--quiet"), check=True)
    return subprocess.run(_command("export", record, "--format", "json"), check=True, capture_output=True).stdout


def _command(*arguments: str | Path) -> list[str]:
    """The installed command, as it stands beside the interpreter."""
    return [str(Path(sys.executable).with_name("onrecord")), *map(str, arguments)]


def _write_lines(path: Path, reports: Iterable[dict[str, str]]) -> None:
    path.write_text("".join(f"{json.dumps(report, ensure_ascii=False)}\n" for report in reports), encoding="utf-8")


def _is_current(path: Path, maker: str) -> bool:
    try:
        with Store.open(path) as store:
            return store.maker() == maker
    except OnrecordError:
        return False


def _batches(written: Sequence[Written]) -> Iterator[list[Written]]:
    left = iter(written)
    while batch := list(islice(left, BATCH)):
        yield batch


def _medians(found: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(one[name] for one in found), 3) for name in found[0]}


if __name__ == "__main__":
    main()
