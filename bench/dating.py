"""Reports whose date is hidden to the intervals that we find: `python -m bench.dating --data FOLDER`.

FOLDER holds `polnear/`, `timebank/`, `gum/`, `triples/` and `readouts-2021/`; of the pool that they make (see
dating_pool.py) no year holds more than a fifth. Three conditions: the text alone with calendars (`text`), with what is
known of the world (`knowledge`), and with the other reports of the pool, their dates shown (`others`). Lags are counted
on one half of the pool by name hash and used on the other, so no report is dated by itself.

`within_N` is the share of all reports whose true day lies in an interval of at most N days; `contained` the share of
those answered; `median` the median width in days. Peers: the interval of N days that holds the most reports
(`constant`), the date of the most alike report by tf-idf and the densest week of the ten most alike (both with N days
around), and the whole of the latest year named.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import numpy as np
from scipy.sparse import csr_matrix

from bench.dating_lags import count_lags, read_analyses, read_others
from bench.dating_pool import Dated, read_pool
from onrecord.dating.publication import MOST_DAYS, SHARE
from onrecord.dating.weigh import narrowest, weigh
from onrecord.knowledge import Knowledge, load_knowledge
from onrecord.language import load_model
from onrecord.record import Hint

WIDTHS = (1, 7, 31, 366)
Answer = tuple[date, date] | None
_OF_THE_WORLD = (
    "event",
    "known",
    "office",
    "person",
    "since",
    "until",
    "age",
    "bound.once",
    "bound.again",
    "bound.loose",
    "bound.words",
)


def half(name: str) -> int:
    """The half of the pool that a report is in."""
    return hashlib.sha256(b"dating " + name.encode()).digest()[0] % 2


def answer(
    pool: Sequence[Dated],
    hints: Sequence[Sequence[Hint]],
    knowledge: Knowledge,
    counted: Sequence[Sequence[Hint]] | None = None,
) -> list[Answer]:
    """The interval of each report by `hints`, with lags counted on the other half, from `counted` where it differs."""
    known = [(h, one.day, half(one.name)) for h, one in zip(counted or hints, pool, strict=True)]
    lags = [count_lags(((h, day) for h, day, own in known if own != side), knowledge) for side in (0, 1)]
    out: list[Answer] = []
    for one, own in zip(pool, hints, strict=True):
        first, last = narrowest(weigh(own, lags[half(one.name)]), SHARE)
        out.append((first, last) if (last - first).days < MOST_DAYS else None)
    return out


def figures(pool: Sequence[Dated], answers: Sequence[Answer]) -> dict[str, float]:
    """The shares that the module describes."""
    found = [(one.day, a) for one, a in zip(pool, answers, strict=True) if a]
    right = [(last - first).days + 1 for day, (first, last) in found if first <= day <= last]
    out = {f"within_{n}": round(sum(w <= n for w in right) / len(pool), 4) for n in WIDTHS}
    widths = [(last - first).days + 1 for _, (first, last) in found]
    contained = {"answered": round(len(found) / len(pool), 4), "contained": round(len(right) / max(1, len(found)), 4)}
    return {**out, **contained, "median": median(widths) if widths else 0}


def around(day: date, width: int) -> tuple[date, date]:
    """`width` days with `day` in the middle."""
    first = day - timedelta(days=(width - 1) // 2)
    return first, first + timedelta(days=width - 1)


def find_alike(pool: Sequence[Dated]) -> dict[str, list[str]]:
    """For each report the ten most alike by the cosine of tf-idf over words, the most alike first."""
    words = [re.findall(r"[a-z]{3,}", one.text.casefold()) for one in pool]
    index = {w: n for n, w in enumerate(sorted({w for own in words for w in own}))}
    rows = [n for n, own in enumerate(words) for _ in own]
    counts = csr_matrix((np.ones(len(rows)), (rows, [index[w] for own in words for w in own])))
    counts.data = 1 + np.log(counts.data)
    spread = np.asarray((counts > 0).sum(axis=0)).ravel()
    weights = counts.multiply(np.log(len(pool) / spread)).tocsr()
    norms = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel()) + 1e-9
    alike = (weights @ weights.T).toarray() / norms[:, None] / norms[None, :]
    np.fill_diagonal(alike, -1)
    return {one.name: [pool[k].name for k in np.argsort(-alike[n])[:10]] for n, one in enumerate(pool)}


def peers(pool: Sequence[Dated], alike: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    """The share of reports that each peer's interval of a width holds."""
    days = sorted(one.day for one in pool)
    day_of = {one.name: one.day for one in pool}
    out: dict[str, dict[str, float]] = {"constant": {}, "nearest": {}, "densest_week": {}, "latest_year": {}}
    for n in WIDTHS:
        most = max(sum(d <= x < d + timedelta(days=n) for x in days) for d in set(days))
        out["constant"][f"within_{n}"] = most / len(pool)
        nearest = densest = 0
        for one in pool:
            near = [day_of[o] for o in alike.get(one.name, ())][:10]
            if near:
                first, last = around(near[0], n)
                nearest += first <= one.day <= last
                best = max(near, key=lambda d: (sum(abs((d - x).days) <= 3 for x in near), -near.index(d)))
                first, last = around(best, n)
                densest += first <= one.day <= last
        out["nearest"][f"within_{n}"] = nearest / len(pool)
        out["densest_week"][f"within_{n}"] = densest / len(pool)
    named = [max(map(int, re.findall(r"\b(?:19|20)\d\d\b", one.text)), default=0) for one in pool]
    right = sum(year == one.day.year for year, one in zip(named, pool, strict=True)) / len(pool)
    out["latest_year"] = {f"within_{n}": right if n >= 366 else 0.0 for n in WIDTHS}
    return {k: {n: round(x, 4) for n, x in v.items()} for k, v in out.items()}


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", help="a folder with another model")
    args = parser.parse_args()
    pool, knowledge = read_pool(args.data), load_knowledge()
    started = time.perf_counter()
    hidden, shown = read_analyses(load_model(args.model), knowledge, pool)
    speed = round(len(pool) / (time.perf_counter() - started), 1)
    known = [a.hints for a in hidden]
    alone = [tuple(h for h in own if not h.kind.startswith(_OF_THE_WORLD)) for own in known]
    used, counted = read_others(hidden, shown)
    every, lags = ([(*a.hints, *others[a.id]) for a in hidden] for others in (used, counted))
    out = {
        "reports": len(pool),
        "text": figures(pool, answer(pool, alone, knowledge)),
        "knowledge": figures(pool, answer(pool, known, knowledge)),
        "others": figures(pool, answer(pool, every, knowledge, lags)),
        "peers": peers(pool, find_alike(pool)),
        "reports_per_s": speed,
    }
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
