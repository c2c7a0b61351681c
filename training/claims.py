"""The command: `python -m training.claims --data FOLDER` fits what `link/claims.py` judges pairs of contents by.

FOLDER holds `triples/`. Whether two statements say the same is learned from labelled pairs of real reports
(`bench/claims/train.tsv`) and from the claims of the cases that were read while tuning (`bench/cases/own`). Prints how
pairs are judged by weights that never saw their affair (eight parts, of whole affairs), and the pairs of the matters in
`bench/claims/matters`, in which likeness of words was made to mislead; from these nothing is learned.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.claim_pairs import Affair, Found, read_affairs, read_labels, read_matters_pairs, see_affair
from onrecord.ingest import read_reports
from onrecord.link.contents import ContentSight, see_contents
from onrecord.link.pairs import as_rows
from onrecord.link.propositions import COLUMNS, compare_contents, near_pairs, one_speaker
from onrecord.link.scorer import Judge, probability
from onrecord.link.sights import Numbers
from onrecord.pipeline import Reader, extract
from onrecord.record import Report, Span
from training.event_links import fit

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "link" / "data" / "claims.npz"
CASES = Path(__file__).parents[1] / "bench" / "cases" / "own"
FOLDS = 8
# How strongly weights are drawn to nought, and what is weighed: what tells disagreements is left to rules.
L2 = 10.0
LEFT = frozenset(("plain", "denied", "other_speaker"))
# A statement holds what the gold of a case quotes if so much of the shorter is in both.
_HELD = 0.6


class Row(NamedTuple):
    """Two statements of one affair, as columns, and whether they are what is learned."""

    affair: str
    columns: list[float]
    right: bool


def read_natural(folder: Path, reader: Reader, name: str) -> Iterator[Row]:
    """The labelled pairs of real reports."""
    labels = read_labels(name)
    found = Found(read_affairs(folder / "triples", reader, [k.a[0] for k in labels]))
    for pair in labels:
        a, b = found.sight(*pair.a), found.sight(*pair.b)
        if a and b:
            columns = compare_contents(a, b, found.one_speaker(a, b, pair.a[0]))
            yield Row(pair.a[0], columns, pair.label == "same")


def read_cases(folder: Path, reader: Reader) -> Iterator[Row]:
    """The pairs of statements of two reports of a case of which one at least is a claim's: right if they share one."""
    for case in sorted(p.parent for p in folder.glob("*/gold.json")):
        affair = read_case(case, reader)
        gold = json.loads((case / "gold.json").read_text("utf-8"))
        sights = [s for a in affair.analyses for s in see_contents(a)]
        homes = {s.key: claims_of(s, affair, gold) for s in sights}
        for a, b in near_pairs(sights, 0.0):
            one, other = homes[a.key], homes[b.key]
            if a.report != b.report and (one or other):
                yield Row(case.name, compare_contents(a, b, one_speaker(a, b, affair.parties)), bool(one & other))


def read_case(case: Path, reader: Reader) -> Affair:
    """The reports of a case, read."""
    reports = [r for r in read_reports([str(case / "reports.jsonl")]) if isinstance(r, Report)]
    return see_affair([extract(r, reader) for r in reports])


def claims_of(sight: ContentSight, affair: Affair, gold: dict[str, Any]) -> set[int]:
    """The numbers of the gold claims of which the statement is a member."""
    analysis = next(a for a in affair.analyses if a.id == sight.report)
    return {
        n
        for n, claim in enumerate(gold["claims"])
        for m in claim["members"]
        if m["report"] == analysis.key and _holds(sight, _find(analysis.text, m["quote"], m.get("nth") or 1))
    }


def _find(text: str, quote: str, nth: int) -> Span:
    at = -1
    for _ in range(nth):
        at = text.index(quote, at + 1)
    return Span(at, at + len(quote))


def _holds(sight: ContentSight, quote: Span) -> bool:
    content = sight.attribution.content if sight.attribution else ()
    common = sum(max(0, min(s.end, quote.end) - max(s.start, quote.start)) for s in content)
    return common >= _HELD * min(sum(s.end - s.start for s in content), quote.end - quote.start)


def read_matters(reader: Reader) -> Iterator[Row]:
    """The pairs of the sentences of each invented matter."""
    for name, a, b, says in read_matters_pairs(reader):
        yield Row(name, compare_contents(a, b, None), says == "same")


def cross_validate(rows: Sequence[Row]) -> Numbers:
    """(rows,): the probability of each by weights that never saw its affair."""
    parts = np.array([zlib.crc32(r.affair.encode()) % FOLDS for r in rows])
    found = np.zeros(len(rows))
    for part in range(FOLDS):
        judge = learn([r for r, p in zip(rows, parts.tolist(), strict=True) if p != part])
        mine = np.flatnonzero(parts == part).tolist()
        found[mine] = probability(judge.odds(as_rows([rows[n].columns for n in mine], len(COLUMNS))))
    return found


def learn(rows: Sequence[Row]) -> Judge:
    """The judge under which what is right is likeliest."""
    used = np.array([c not in LEFT for c in COLUMNS])
    columns = np.where(used, as_rows([r.columns for r in rows], len(COLUMNS)), 0.0)
    return fit(columns, np.array([r.right for r in rows]), np.ones(len(rows)), 0, L2)


def figures(rows: Sequence[Row], found: Numbers) -> dict[str, float]:
    """Precision and recall at some thresholds, and the average precision."""
    right = np.array([r.right for r in rows])
    ranked = right[np.argsort(-found, kind="stable")]
    precision = np.cumsum(ranked) / np.arange(1, len(right) + 1)
    out = {"pairs": len(right), "right": int(right.sum()), "average_precision": float(precision[ranked].mean())}
    for least in (0.2, 0.3, 0.5):
        taken = found >= least
        out[f"precision_{least}"] = float(right[taken].mean()) if taken.any() else 0.0
        out[f"recall_{least}"] = float(taken[right].mean())
    return {k: round(v, 4) for k, v in out.items()}


def save(judges: dict[str, Judge]) -> None:
    """Write the weights that are shipped."""
    held = {f"{name}_{f}": np.asarray(getattr(j, f)) for name, j in judges.items() for f in Judge.__slots__}
    np.savez(OUT, allow_pickle=False, **{k: v.astype(np.float32) for k, v in held.items()})


def main(argv: Sequence[str] | None = None) -> None:
    """Fit, say how well, and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    folder = parser.parse_args(argv).data
    reader = Reader()
    sets = {"reports": list(read_natural(folder, reader, "train")), "cases": list(read_cases(CASES, reader))}
    rows = [row for own in sets.values() for row in own]
    found, judge = cross_validate(rows), learn(rows)
    save({"same": judge})
    at, shown = 0, {}
    for name, own in sets.items():
        shown[name] = figures(own, found[at : at + len(own)])
        at += len(own)
    hard = list(read_matters(reader))
    columns = as_rows([r.columns for r in hard], len(COLUMNS))
    print(json.dumps(shown | {"matters": figures(hard, probability(judge.odds(columns)))}, indent=1))


if __name__ == "__main__":
    main()
