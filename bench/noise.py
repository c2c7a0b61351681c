"""Scraped texts with their noise marked by hand against `find_noise`: `python -m bench.noise --data FOLDER`.

FOLDER holds `reports.jsonl`, a text a line with the quotes that are noise, each of one line (`nth` where it occurs
several times), and the kind of each. Letters and digits are counted, so spaces and marks weigh nothing. A text belongs
to one of two splits by a hash of its id. Rules were tuned on `tune` alone, but the texts and the rules have one author.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any, get_args

from onrecord.ingest import find_noise
from onrecord.record import NoiseKind

Kinds = dict[int, str]
SPLITS = ("tune", "held-out")
OURS = Path(__file__).parent / "noise"


def split_of(name: str) -> str:
    """The split of the text with the id `name`."""
    return SPLITS[int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2]


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=OURS)
    parser.add_argument("--split", choices=SPLITS)
    args = parser.parse_args()
    print(json.dumps(measure(args.data, args.split), indent=1))


def measure(data: Path = OURS, split: str | None = None) -> dict[str, Any]:
    """The scores of `find_noise` on the texts of `data`, or of one split of them."""
    lines = (data / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    reports = [r for r in map(json.loads, lines) if split in (None, split_of(r["id"]))]
    started = time.process_time()
    found = [find_noise(r["text"], r.get("title")) for r in reports]
    seconds = time.process_time() - started
    total = Counter[str]()
    for report, noise in zip(reports, found, strict=True):
        ours = _kinds(report["text"], [(*n.span, n.kind) for n in noise])
        total += _count(ours, _kinds(report["text"], _wanted(report)))
    speed = round(len(reports) / seconds) if seconds else 0
    return {"reports": len(reports), **_figures(total), "reports_a_second": speed}


def _wanted(report: dict[str, Any]) -> list[tuple[int, int, str]]:
    """The quotes of `report` as start, end and kind."""
    spans = []
    for noise in report["noise"]:
        start = -1
        for _ in range(noise.get("nth", 1)):
            start = report["text"].index(noise["quote"], start + 1)
        spans.append((start, start + len(noise["quote"]), noise["kind"]))
    return spans


def _kinds(text: str, spans: list[tuple[int, int, str]]) -> Kinds:
    """The kind at each letter and digit that lies in one of `spans`."""
    return {i: kind for start, end, kind in spans for i in range(start, end) if text[i].isalnum()}


def _count(ours: Kinds, gold: Kinds) -> Counter[str]:
    count = Counter(ours=len(ours), gold=len(gold), both=len(ours.keys() & gold.keys()))
    count["kind"] = sum(gold.get(i) == kind for i, kind in ours.items())
    for i, kind in gold.items():
        count.update([f"gold {kind}", *([f"recalled {kind}"] if i in ours else [])])
    for i, kind in ours.items():
        count.update([f"ours {kind}", *([f"right {kind}"] if i in gold else [])])
    return count


def _figures(total: Counter[str]) -> dict[str, Any]:
    """Precision and recall of noise of any kind; `kind_accuracy` is the share of what is rightly noise."""
    return {
        "precision": _share(total, "both", "ours"),
        "recall": _share(total, "both", "gold"),
        "kind_accuracy": _share(total, "kind", "both"),
        "by_kind": {
            kind: {
                "precision": _share(total, f"right {kind}", f"ours {kind}"),
                "recall": _share(total, f"recalled {kind}", f"gold {kind}"),
                "characters": total[f"gold {kind}"],
            }
            for kind in get_args(NoiseKind)
        },
    }


def _share(total: Counter[str], part: str, whole: str) -> float | None:
    return round(total[part] / total[whole], 4) if total[whole] else None


if __name__ == "__main__":
    main()
