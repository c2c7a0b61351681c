"""How fast each stage of the Spark engine is, and what it shuffles: `python -m bench.spark [--reports N]`.

In local mode, on reports of an invented newsroom (bench/newsroom): the model reads each kind of text once and the
analyses of the others are derived from that; what reading costs is measured on `--read` reports. Then phase 2 is done
on Spark and on one machine, and `same` says whether the two records are, byte for byte. Rates count the whole stage,
with what Spark needs to begin it. Bytes are from Spark's own log of events.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyarrow
from pyarrow import parquet

from bench.newsroom import Analyst, Written, to_report, write
from onrecord import pipeline
from onrecord.cluster.affairs import link_reports
from onrecord.cluster.build import build_on_spark
from onrecord.cluster.folder import Folder
from onrecord.cluster.linking import compare_blocks, mark_reports
from onrecord.cluster.record import write_record
from onrecord.cluster.session import open_session
from onrecord.cluster.shapes import ITEMS, READ, Row, arrow_schema
from onrecord.engine.build import build_record
from onrecord.record import Analysis
from onrecord.store import Store, read_record
from onrecord.store.rows import encode_bare, encode_vectors

SEED = 9


class Clock:
    """The seconds of each stage, in the order in which they were told."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._stage, self._since = "", time.monotonic()

    def __call__(self, stage: str, done: int = 0, total: int | None = None) -> None:
        """As a progress: the stage before this one is over."""
        now = time.monotonic()
        self.seconds[self._stage] += now - self._since
        self._stage, self._since = stage, now

    def rates(self, reports: int) -> dict[str, dict[str, float]]:
        """Seconds of each stage, and reports a second."""
        self("")
        return {
            stage: {"seconds": round(seconds, 1), "reports_a_second": round(reports / seconds, 2)}
            for stage, seconds in self.seconds.items()
            if stage and seconds > 0.01
        }


def write_frames(folder: Path, written: Sequence[Written], analyses: Sequence[Analysis]) -> None:
    """What the stages before phase 2 would have written: `items` and `read`."""
    items, read = [], []
    for one, analysis in zip(written, analyses, strict=True):
        report = to_report(one.report)
        items.append((report.id, encode_bare(report), report.text, None))
        keys = json.dumps([report.key])
        read.append((report.id, keys, report.text, encode_bare(analysis), encode_vectors(analysis), None))
    _write(folder / "items", items, ITEMS)
    _write(folder / "read", read, READ)


def link_on_spark(work: Path, record: Path, maker: str, master: str | None) -> dict[str, Any]:
    """Phase 2 and the record of the frames in `work`."""
    clock = Clock()
    with open_session(master) as session:
        steps = Folder(session, str(work))
        items, read = (session.read.parquet(str(work / name)) for name in ("items", "read"))
        reports = read.count()
        session.conf.set("spark.sql.shuffle.partitions", str(max(2, reports // 500)))

        def tell(stage: str) -> None:
            session.sparkContext.setJobDescription(stage)
            clock(stage)

        linked = link_reports(read, steps, tell)
        tell("record")
        write_record(record, items, read, linked, maker)
        rates = clock.rates(reports)
        sizes = {
            name: round(sum(f.stat().st_size for f in (work / name).rglob("*.parquet")) / reports)
            for name in ("items", "read", "marks", "near", "built", "joined")
        }
    return {"reports": reports, "stages": rates, "bytes_a_report_kept": sizes}


def count_shuffled(log: Path, reports: int) -> dict[str, int]:
    """Bytes that each stage wrote for others to read, a report."""
    names: dict[int, str] = {}
    found: dict[str, int] = defaultdict(int)
    for file in sorted(p for p in log.rglob("*") if p.is_file() and not p.name.endswith(".crc")):
        for line in file.read_text(encoding="utf-8").splitlines():
            event = json.loads(line)
            if event["Event"] == "SparkListenerJobStart":
                name = event.get("Properties", {}).get("spark.job.description", "")
                names.update(dict.fromkeys(event["Stage IDs"], name))
            elif event["Event"] == "SparkListenerStageCompleted":
                info = event["Stage Info"]
                for value in info["Accumulables"]:
                    if value["Name"] == "internal.metrics.shuffle.write.bytesWritten":
                        found[names.get(info["Stage ID"], "")] += int(value["Value"])
    return {name: round(size / reports) for name, size in found.items()}


def link_here(path: Path, written: Sequence[Written], analyst: Analyst) -> dict[str, float]:
    """The record of the same reports by one machine; seconds of phase 2."""
    reports = [to_report(one.report) for one in written]
    with Store.create_or_open(path) as store:
        store.stage(reports)
        store.plan(analyst.maker, pipeline.linker())
        store.keep(analyst.analyses(written), analyst.maker)
    wall, cpu = time.monotonic(), time.process_time()
    build_record(reports, path)
    seconds = time.process_time() - cpu
    return {"seconds": round(time.monotonic() - wall, 1), "cpu_seconds_a_report": round(seconds / len(reports), 4)}


def count_cpu(read: Path, reports: int) -> dict[str, float]:
    """The processor's seconds a report of what tasks do with marks, by the functions themselves, and of each pair."""
    table = parquet.read_table(read / "part.parquet", columns=["report", "keys", "text", "analysis", "vectors"])
    started = time.process_time()
    marks = pyarrow.Table.from_batches(list(mark_reports(table.to_batches(200))))
    marked = time.process_time()
    compare_blocks(marks.append_column("side", pyarrow.array([0] * reports)))
    compared = time.process_time()
    return {
        "marks": round((marked - started) / reports, 5),
        "pairs": round((compared - marked) / reports, 5),
        "microseconds_a_pair": round(2e6 * (compared - marked) / reports**2, 2),
    }


def read_on_spark(written: Sequence[Written], folder: Path, master: str | None) -> dict[str, Any]:
    """All of the work, from lines to a record, with the model."""
    lines = folder / "lines.jsonl"
    lines.write_text("".join(json.dumps(one.report) + "\n" for one in written), encoding="utf-8")
    clock = Clock()
    build_on_spark([str(lines)], folder / "read.onrecord", master=master, progress=clock)
    return {"reports": len(written), "stages": clock.rates(len(written))}


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--read", type=int, default=40, help="so many are read by the model on Spark; 0 for none")
    parser.add_argument("--master", default="local[2,4]")
    parser.add_argument("--folder", type=Path, help="keep here what the model read, for the next run")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, log = Path(temporary), Path(temporary, "log")
        log.mkdir()
        os.environ["PYSPARK_SUBMIT_ARGS"] = _log_events(log)
        cache = args.folder or folder
        cache.mkdir(parents=True, exist_ok=True)
        written = list(write(args.reports, SEED))
        analyst = Analyst(cache, workers=2)
        write_frames(folder / "work", written, list(analyst.analyses(written)))
        out = link_on_spark(folder / "work", folder / "spark.onrecord", analyst.maker, args.master)
        out["bytes_a_report_shuffled"] = count_shuffled(log, args.reports)
        out["cpu_seconds_a_report"] = count_cpu(folder / "work" / "read", args.reports)
        out["one_machine_link"] = link_here(folder / "here.onrecord", written, analyst)
        records = {msgspec.json.encode(read_record(folder / f"{name}.onrecord")) for name in ("spark", "here")}
        out["same"] = len(records) == 1
        if args.read:
            out["read"] = read_on_spark(written[: args.read], folder, args.master)
    print(json.dumps(out, indent=1))


def _log_events(log: Path) -> str:
    settings = {"enabled": "true", "dir": log.as_uri(), "compress": "false"}
    return f"{' '.join(f'--conf spark.eventLog.{name}={value}' for name, value in settings.items())} pyspark-shell"


def _write(folder: Path, rows: Sequence[Row], shape: str) -> None:
    folder.mkdir(parents=True)
    schema = arrow_schema(shape)
    columns: Iterator[Any] = zip(*rows, strict=True)
    arrays = [pyarrow.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    parquet.write_table(pyarrow.Table.from_arrays(arrays, schema=schema), folder / "part.parquet")


if __name__ == "__main__":
    main()
