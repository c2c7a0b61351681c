"""Which statements are one claim, and which disagree: `python -m bench.claims --data FOLDER`.

FOLDER holds `triples/`, 52 events that three outlets each report. `same`: pairs of statements of two reports of one
event, labelled by hand (`bench/claims/test.tsv`; ids and characters only), drawn in strata by how alike they mean;
`precision` and `recall` at the threshold that claims are made by, weighted to all pairs of which a likeness of .35 or
more makes candidates; `cosine` is the same of likeness alone, at the threshold with as many taken. `disagreements`:
what is found in all events, how many of these are labelled (`disputes.tsv`), and how many of these are right.
`reports_per_s` is the whole of phase 2.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bench.claim_pairs import LABELS, Affair, Found, read_affairs, read_labels
from onrecord.link.claims import ONE
from onrecord.link.pairs import as_rows
from onrecord.link.propositions import COLUMNS, compare_contents
from onrecord.link.scorer import load_judges, probability
from onrecord.link.sights import Numbers
from onrecord.pipeline import Reader, build
from onrecord.record import Disagreement, Record, Span

Place = tuple[str, Span]


def judge_same(affairs: dict[str, Affair]) -> dict[str, object]:
    """The figures of the labelled pairs."""
    labels, found = read_labels("test"), Found(affairs)
    rows, right, weights = [], [], []
    for pair in labels:
        a, b = found.sight(*pair.a), found.sight(*pair.b)
        if a and b:
            rows.append(compare_contents(a, b, found.one_speaker(a, b, pair.a[0])))
            right.append(pair.label == "same")
            weights.append(pair.weight)
    columns = as_rows(rows, len(COLUMNS))
    truth, shares = np.array(right), np.array(weights)
    scores = probability(load_judges("claims")["same"].odds(columns))
    likeness = columns[:, COLUMNS.index("meaning")]
    taken = scores >= ONE
    least = np.sort(likeness)[::-1][max(int(taken.sum()) - 1, 0)]
    return {
        "pairs": len(truth),
        "same": int(truth.sum()),
        **_figures(truth, scores, taken, shares),
        "peers": {"cosine": _figures(truth, likeness, likeness >= least, shares)},
    }


def _figures(right: np.ndarray, scores: Numbers, taken: np.ndarray, weights: Numbers) -> dict[str, float]:
    """Of the labelled pairs as they are, and weighted to all."""
    ranked = right[np.argsort(-scores, kind="stable")]
    hits = np.cumsum(ranked) / np.arange(1, len(ranked) + 1)
    both = right & taken
    return {
        "average_precision": round(float(hits[ranked].mean()), 4),
        "precision": round(float(both.sum() / max(taken.sum(), 1)), 4),
        "recall": round(float(both.sum() / right.sum()), 4),
        "weighted_precision": round(float(weights[both].sum() / max(weights[taken].sum(), 1e-9)), 4),
        "weighted_recall": round(float(weights[both].sum() / weights[right].sum()), 4),
    }


def judge_disagreements(records: Sequence[Record]) -> dict[str, object]:
    """How many of those found are labelled, and right."""
    lines = (LABELS / "disputes.tsv").read_text("utf-8").splitlines()
    labels = {tuple(row[:6]): row[6] for row in (li.split("\t") for li in lines if not li.startswith("#"))}
    found, kinds = Counter[str](), Counter[str]()
    for record in records:
        keys = {a.id: a.key for a in record.analyses}
        for one in record.disagreements:
            kinds[one.kind] += 1
            found[labels.get(_ids(one, keys), "unlabelled")] += 1
    judged = found["yes"] + found["no"]
    return {"found": found.total(), **kinds, "labelled": judged, "precision": round(found["yes"] / max(judged, 1), 4)}


def _ids(one: Disagreement, keys: dict[str, str]) -> tuple[str, ...]:
    places = [(keys[p.report], *p.span) if p else ("", 0, 0) for p in (one.a, one.b)]
    return tuple(str(x) for place in places for x in place)


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    folder = parser.parse_args(argv).data
    rows = [json.loads(line) for line in (folder / "triples" / "articles.jsonl").read_text("utf-8").splitlines()]
    affairs = read_affairs(folder / "triples", Reader(), [row["uuid"] for row in rows])
    events = list({id(a): a for a in affairs.values()}.values())
    started = time.perf_counter()
    records = [build(a.analyses, {x.id: (x.key,) for x in a.analyses}) for a in events]
    seconds = time.perf_counter() - started
    counts = Counter(c.independent for r in records for c in r.claims if len({m.report for m in c.members}) > 1)
    print(
        json.dumps(
            {
                "same": judge_same(affairs),
                "claims_of_several_reports": counts.total(),
                "by_independent": {str(n): counts[n] for n in sorted(counts)},
                "disagreements": judge_disagreements(records),
                "reports_per_s": round(len(rows) / seconds, 1),
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
