"""Reports to stories: `python -m bench.stories --data FOLDER`.

FOLDER holds `triples/` and `ecbplus/`. A report of triples is given with its title, outlet and day; its story is its
triplet, of which one half, by hash of the triplet's id, was looked at while tuning, and the other is reported. A report
of ECB+ is given as bare text; its story is the subtopic; train was looked at while tuning, dev is reported.

`b3`, `precision` and `recall` are BCubed (Bagga and Baldwin 1998; each the mean over reports, `b3` their harmonic
mean); `clusters` are those found, `gold` those there. `reports_per_s` is the time to sketch and to cluster reports that
have been read. `tfidf` is the peer: average linkage over the cosine of tf-idf vectors of words, cut where it was best
on the tuning half or on train; it knows no days.

`candidates` asks what one more report costs: so many sketches of one window of days are compared with a new one.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from onrecord.ingest import report_id
from onrecord.link import cluster, link_stories
from onrecord.link.sketches import near_pairs, sketch
from onrecord.pipeline import Reader, extract
from onrecord.record import Analysis, Report

WINDOW = 1000
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Told:
    """A report and the name of its story."""

    report: Report
    story: str


def read_triples(folder: Path, half: int) -> Iterator[Told]:
    """The reports of the triplets in one half, 0 or 1."""
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if half_of(row["triplet-uuid"]) == half:
            text = "\n\n".join(p for group in row["body-paragraphs"] for p in group)
            report = Report(
                id=report_id(None, None, text),
                key=row["uuid"],
                language="en",
                outlet=row["source"],
                title=row["title"],
                published=row["date"],
                text=text,
            )
            yield Told(report, row["triplet-uuid"])


def half_of(triplet: str) -> int:
    """0 for the triplets that were tuned on, 1 for those that are reported."""
    return hashlib.sha256(b"stories " + triplet.encode()).digest()[0] % 2


def read_ecbplus(folder: Path, split: str) -> Iterator[Told]:
    """The reports of one split, words joined by a space and sentences by a line break."""
    with gzip.open(folder / "reports.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["split"] == split:
                text = "\n".join(sentence for _, sentence in row["sents"])
                yield Told(
                    Report(id=report_id(None, None, text), key=row["doc"], language="en", text=text), row["subtopic"]
                )


def bcubed(found: Sequence[object], gold: Sequence[object]) -> dict[str, float]:
    """The three measures for the labels of each thing."""
    one, other = (np.unique(np.array([str(x) for x in labels]), return_inverse=True)[1] for labels in (found, gold))
    together, right = one[:, None] == one, other[:, None] == other
    both = (together & right).sum(axis=1)
    precision, recall = float((both / together.sum(axis=1)).mean()), float((both / right.sum(axis=1)).mean())
    b3 = 2 * precision * recall / (precision + recall)
    return {"b3": round(b3, 4), "precision": round(precision, 4), "recall": round(recall, 4)}


def stories_of(analyses: Sequence[Analysis]) -> list[int]:
    """The number of the story of each report."""
    groups = cluster([a.id for a in analyses], link_stories(analyses, ()))
    number = {report: n for n, group in enumerate(groups) for report in group}
    return [number[a.id] for a in analyses]


def tfidf(texts: Sequence[str]) -> Floats:
    """The cosine of each two texts by the words of both, rarer ones first."""
    counts = [Counter(re.findall(r"[^\W\d_]{3,}", text.casefold())) for text in texts]
    spread = Counter(word for own in counts for word in own)
    index = {word: n for n, word in enumerate(sorted(spread))}
    rows = np.zeros((len(texts), len(index)))
    for row, own in zip(rows, counts, strict=True):
        for word, n in own.items():
            row[index[word]] = (1 + math.log(n)) * math.log(len(texts) / spread[word])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    cosines: Floats = rows @ rows.T
    return cosines


def average_link(likeness: Floats, cut: float) -> list[int]:
    """The number of the cluster of each thing."""
    apart = np.clip(1 - (likeness + likeness.T) / 2, 0, None)
    np.fill_diagonal(apart, 0)
    tree = linkage(squareform(apart, checks=False), "average")
    numbers: list[int] = fcluster(tree, 1 - cut, "distance").tolist()
    return numbers


def peer(tuned: Sequence[Told], reported: Sequence[Told]) -> dict[str, float]:
    """How well tf-idf does on what is reported, cut where it did best on what was tuned on."""

    def found(told: Sequence[Told]) -> Callable[[float], dict[str, float]]:
        likeness, gold = tfidf([f"{t.report.title or ''}\n{t.report.text}" for t in told]), [t.story for t in told]
        return lambda cut: bcubed(average_link(likeness, cut), gold)

    before, after = found(tuned), found(reported)
    cut = max((n / 100 for n in range(1, 100)), key=lambda n: (before(n)["b3"], -n))
    return {**after(cut), "cut": cut, "best_cut_there": max(after(n / 100)["b3"] for n in range(1, 100))}


def measure(told: Sequence[Told], analyses: Mapping[str, Analysis]) -> dict[str, float]:
    """Our figures for what has been read."""
    given = [analyses[t.report.id] for t in told]
    started = time.perf_counter()
    found = stories_of(given)
    seconds = time.perf_counter() - started
    gold = [t.story for t in told]
    counts = {"clusters": len(set(found)), "gold": len(set(gold)), "reports_per_s": round(len(told) / seconds)}
    return {**bcubed(found, gold), **counts}


def candidates(analyses: Sequence[Analysis]) -> dict[str, float]:
    """The median milliseconds in which a report is compared with a window of others, these without days."""
    known = [sketch(replace(a, published=analyses[0].published)) for a in analyses]
    window = [known[n % len(known)] for n in range(WINDOW)]
    took = []
    for new in known[:20]:
        started = time.perf_counter()
        found = len(list(near_pairs([new], window)))
        took.append(time.perf_counter() - started)
        assert found
    return {"window": WINDOW, "ms": round(1000 * sorted(took)[len(took) // 2], 1)}


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tuning", action="store_true", help="our figures on what was tuned on as well")
    args = parser.parse_args()
    triples = [list(read_triples(args.data / "triples", half)) for half in (0, 1)]
    ecbplus = [list(read_ecbplus(args.data / "ecbplus", split)) for split in ("train", "dev")]
    pairs = {"triples": triples, "ecbplus_dev": ecbplus}
    reader = Reader()
    asked = [t for tuned, reported in pairs.values() for t in ([*tuned, *reported] if args.tuning else reported)]
    analyses = {t.report.id: extract(t.report, reader) for t in asked}
    out: dict[str, object] = {}
    for name, (tuned, reported) in pairs.items():
        own = {"tuned_on": measure(tuned, analyses)} if args.tuning else {}
        out[name] = {**measure(reported, analyses), **own, "tfidf": peer(tuned, reported)}
    out["candidates"] = candidates(list(analyses.values()))
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
