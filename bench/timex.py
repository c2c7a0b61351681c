"""Time expressions and their values against TimeML gold: `python -m bench.timex --data FOLDER`.

FOLDER holds `timebank/` and `wikiwars/`. As TempEval-3 counted (UzZaman et al. 2013): spans that are equal (`strict`)
or share a character (`relaxed`), each with one of the other side, equal ones first; `type` is the share of the relaxed
pairs that agree in it, times relaxed F1. Reports of timebank are in one of two halves by the hash of their names; what
is tuned is tuned on `tune`, so `held` is the figure that counts. Nothing of timebank was trained on. `model` are the
spans that the model reads, `resolved` those that the grammar reads in them, with the day of writing given.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bench.data import Stretch3
from bench.timeml import read_report, unmark
from onrecord.dating import find_timexes
from onrecord.language import Model, load_model, parse
from onrecord.record import Publication

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


Valued = tuple[int, int, str, str]


def read_values(path: Path) -> list[Valued]:
    """The gold expressions of a file with type and value."""
    raw = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    body = re.search(r"<TEXT[^>]*>(.*?)</TEXT>", raw, re.S)
    marks = unmark(body[1] if body else "").marks
    return [
        (a, b, given.get("type", ""), given.get("value", ""))
        for a, b, name, given in marks
        if name == "TIMEX3" and b > a
    ]


def count_values(gold: Sequence[Valued], given: Sequence[Valued]) -> Counter[str]:
    """The counts of one report, those of equal values too."""
    values = {(a, b): v for a, b, _, v in gold}
    found = {(a, b): v for a, b, _, v in given}
    bare_gold, bare = [(a, b, k) for a, b, k, _ in gold], [(a, b, k) for a, b, k, _ in given]
    pairs, n = match(bare_gold, bare), count(bare_gold, bare)
    n["value"] = sum(values[g[:2]] == found[p[:2]] for g, p in pairs)
    return n


def value_figures(n: Counter[str]) -> dict[str, float]:
    """Those of spans and types, and F1 of relaxed matches whose value is right, as TempEval-3 counts it."""
    return {**figures(n), "value_f1": round(2 * n["value"] / max(1, n["gold"] + n["given"]), 4)}


def half(name: str) -> str:
    """The half of timebank that a report is in."""
    return "held" if hashlib.sha256(name.encode()).digest()[0] % 2 else "tune"


def score(model: Model, folder: Path) -> dict[str, object]:
    """What the model reads in the reports of `folder`."""
    counts = {"tune": Counter[str](), "held": Counter[str]()}
    valued = {"tune": Counter[str](), "held": Counter[str]()}
    started, grammar, reports = time.perf_counter(), 0.0, 0
    for path in sorted(folder.rglob("*.tml")):
        example, written = read_report(path)
        parsed = parse(example.text, model, coreference=False)
        counts[half(path.stem)] += count(example.timexes or (), [(*t.span, t.type) for t in parsed.timexes])
        day = date.fromisoformat(written[:10])
        began = time.perf_counter()
        timexes = find_timexes(parsed, Publication(earliest=day, latest=day, given=True))
        grammar += time.perf_counter() - began
        read: list[Valued] = [(t.span.start, t.span.end, t.type, t.value) for t in timexes]
        valued[half(path.stem)] += count_values(read_values(path), read)
        reports += 1
    speed = round(reports / (time.perf_counter() - started), 1)
    whole = counts["tune"] + counts["held"]
    halves = {name: value_figures(n) for name, n in valued.items()}
    return {
        "model": {**figures(whole), "held": figures(counts["held"]), "tune": figures(counts["tune"])},
        "resolved": {**value_figures(valued["tune"] + valued["held"]), **halves},
        "reports_per_s": speed,
        "grammar_reports_per_s": round(reports / grammar, 1),
    }


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
