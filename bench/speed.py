"""`extract` beside the bare encoder on the same wordpieces: `python -m bench.speed --data FOLDER`.

FOLDER holds PolNeAR's `dev/` (or another `--split`), whose texts are joined and cut to reports of 750 words. The limit
is the shipped graph cut off behind its last encoder layer, run on windows without overlap: nothing that reads these
words with this encoder can be faster. Both run in this process on one thread, in turn, round by round; the share is the
median of the rounds' own. Loading and memory are those of a fresh process that reads the same reports.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
from onnxruntime import InferenceSession, SessionOptions

from bench.data import read_polnear
from onrecord.ingest import report_id
from onrecord.language import Model, load_model
from onrecord.language.decode import decode
from onrecord.language.model import SHIPPED
from onrecord.language.pieces import WINDOW, find_windows, split_pieces
from onrecord.pipeline import Reader, extract
from onrecord.record import Report

WORDS = 750


def make_reports(folder: Path, count: int) -> list[Report]:
    """`count` reports of 750 words each, of the corpus's texts one behind the other, broken into lines as they are."""
    words = [w for e in read_polnear(folder) for line in e.text.splitlines() for w in [*line.split(), "\n"]]
    out: list[Report] = []
    at = 0
    while len(out) < count:
        taken, have = list[str](), 0
        while have < WORDS:
            word = words[at % len(words)]
            at, have = at + 1, have + (word != "\n")
            taken.append(word)
        text = " ".join(taken).replace(" \n ", "\n").strip()
        out.append(Report(id=report_id(None, None, text), key=str(len(out)), language="en", text=text))
    return out


def bare_encoder(graph: Path) -> Callable[[dict[str, np.ndarray]], object]:
    """The shipped graph up to its last encoder layer, on one thread."""
    model = onnx.load(graph)
    last = [n for n in model.graph.node if n.op_type in ("LayerNormalization", "SkipLayerNormalization")][-1]
    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with tempfile.TemporaryDirectory() as temp:
        path = str(Path(temp, "bare.onnx"))
        inputs = [i.name for i in model.graph.input]
        onnx.utils.extract_model(str(graph), path, inputs, [last.output[0]], check_model=False)
        session = InferenceSession(path, options, providers=["CPUExecutionProvider"])
    return lambda given: session.run(None, given)


def fed(model: Model, report: Report) -> list[dict[str, np.ndarray]]:
    """The report's pieces as windows without overlap, ready to be run."""
    pieces = split_pieces(report.text, model.tokenizer)
    windows = find_windows(np.arange(len(pieces)), WINDOW, 0)
    rows = {name: getattr(pieces, name) for name in ("ids", "case", "quote", "line")}
    return [{k: np.pad(v[w.start : w.end], 1)[None] for k, v in rows.items()} for w in windows]


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def stages(model: Model, reports: list[Report]) -> dict[str, float]:
    """Seconds a report of the three steps of the language room; what is left of `extract` is the other rooms' work."""
    cut = [split_pieces(r.text, model.tokenizer) for r in reports]
    windows = [find_windows(p.sentence) for p in cut]
    out = {"pieces": timed(lambda: [split_pieces(r.text, model.tokenizer) for r in reports])}
    scores = [[model.score(p, w) for w in ws] for p, ws in zip(cut, windows, strict=True)]
    out["model"] = timed(lambda: [[model.score(p, w) for w in ws] for p, ws in zip(cut, windows, strict=True)])
    out["decode"] = timed(
        lambda: [decode(p, w, s, model.tables, model.leaning) for p, w, s in zip(cut, windows, scores, strict=True)]
    )
    return {k: round(v / len(reports), 4) for k, v in out.items()}


def fresh(folder: Path, count: int) -> dict[str, float]:
    """Seconds to load the model and peak memory in MB of a new process that reads the reports."""
    command = [sys.executable, "-m", "bench.speed", "--data", str(folder), "--reports", str(count), "--alone"]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return found


def alone(reports: list[Report]) -> dict[str, float]:
    """What `fresh` asks of its process."""
    load = timed(load_model)
    reader = Reader()
    for report in reports:
        extract(report, reader)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"load_seconds": round(load, 3), "peak_mb": round(peak)}


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--reports", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    reports = make_reports(args.data / args.split, args.reports)
    if args.alone:
        print(json.dumps(alone(reports)))
        return
    reader = Reader()
    encoder = bare_encoder(SHIPPED / "model.onnx")
    windows = [w for r in reports for w in fed(reader.model, r)]
    pairs = []
    for _ in range(args.rounds + 1):
        limit = timed(lambda: [encoder(w) for w in windows])
        pairs.append((limit, timed(lambda: [extract(r, reader) for r in reports])))
    limits, ours = zip(*pairs[1:], strict=True)
    out = {
        "reports": len(reports),
        "wordpieces": sum(w["ids"].shape[1] - 2 for w in windows),
        "extract_reports_per_second": round(len(reports) / statistics.median(ours), 2),
        "encoder_reports_per_second": round(len(reports) / statistics.median(limits), 2),
        "share_of_encoder": round(statistics.median(a / b for a, b in pairs[1:]), 3),
        "seconds_a_report": stages(reader.model, reports),
        "file_mb": round(sum(f.stat().st_size for f in SHIPPED.iterdir()) / 2**20, 1),
        **fresh(args.data, args.reports),
    }
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
