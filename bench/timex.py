"""Time expressions against TimeML gold: `python -m bench.timex --data FOLDER`.

FOLDER holds `timebank/` and `wikiwars/`. As TempEval-3 counted (UzZaman et al. 2013): spans that are equal (`strict`)
or share a character (`relaxed`), each with one of the other side, equal ones first; `type` is the share of the relaxed
pairs that agree in it, times relaxed F1. Reports of timebank are in one of two halves by the hash of their names; what
is tuned is tuned on `tune`, so `held` is the figure that counts. Nothing of timebank was trained on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bench.data import Stretch3
from bench.timeml import read_report
from onrecord.language import Model, load_model, parse

TARGETS = {"relaxed_f1": 0.92}


def match(gold: Sequence[Stretch3], given: Sequence[Stretch3]) -> list[tuple[Stretch3, Stretch3]]:
    """Pairs of a gold and a given span, each used once: equal ones, then those that share most, then the leftmost."""
    shared = sorted(
        ((g[:2] != p[:2], -(min(g[1], p[1]) - max(g[0], p[0])), g, p))
        for g in gold
        for p in given
        if min(g[1], p[1]) > max(g[0], p[0])
    )
    out, used = [], set()
    for _, _, g, p in shared:
        if ("g", g) not in used and ("p", p) not in used:
            used |= {("g", g), ("p", p)}
            out.append((g, p))
    return out


def count(gold: Sequence[Stretch3], given: Sequence[Stretch3]) -> Counter[str]:
    """The counts of one report."""
    pairs = match(gold, given)
    return Counter(
        gold=len(gold),
        given=len(given),
        relaxed=len(pairs),
        strict=sum(g[:2] == p[:2] for g, p in pairs),
        type=sum(g[2] == p[2] for g, p in pairs),
    )


def figures(n: Counter[str]) -> dict[str, float]:
    """F1, precision and recall of relaxed matches; F1 of strict ones, and of those whose type is right."""
    both = max(1, n["gold"] + n["given"])
    return {
        "relaxed_f1": round(2 * n["relaxed"] / both, 4),
        "relaxed_precision": round(n["relaxed"] / max(1, n["given"]), 4),
        "relaxed_recall": round(n["relaxed"] / max(1, n["gold"]), 4),
        "strict_f1": round(2 * n["strict"] / both, 4),
        "type_f1": round(2 * n["type"] / both, 4),
        "gold": n["gold"],
    }


def half(name: str) -> str:
    """The half of timebank that a report is in."""
    return "held" if hashlib.sha256(name.encode()).digest()[0] % 2 else "tune"


def score(model: Model, folder: Path) -> dict[str, object]:
    """What the model reads in the reports of `folder`."""
    counts = {"tune": Counter[str](), "held": Counter[str]()}
    started = time.perf_counter()
    reports = 0
    for path in sorted(folder.rglob("*.tml")):
        example, _ = read_report(path)
        found = [(*t.span, t.type) for t in parse(example.text, model).timexes]
        counts[half(path.stem)] += count(example.timexes or (), found)
        reports += 1
    speed = round(reports / (time.perf_counter() - started), 1)
    whole = counts["tune"] + counts["held"]
    return {**figures(whole), "held": figures(counts["held"]), "tune": figures(counts["tune"]), "reports_per_s": speed}


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", help="a folder with another model")
    args = parser.parse_args()
    model = load_model(args.model)
    out: dict[str, object] = {"timebank": {"target": TARGETS, **score(model, args.data / "timebank")}}
    out["wikiwars"] = {"trained_on": True, **score(model, args.data / "wikiwars" / "tml_train")}
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
