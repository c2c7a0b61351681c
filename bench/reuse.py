"""Pairs of reports to how they depend on each other: `python -m bench.reuse --data FOLDER`.

FOLDER holds `reuse` and `ecbplus`. The constructed pairs are labelled wholly (copy, cut, rewrite), partial (sentences
of one set among another's) and none (the same event told independently, another event of the topic). A pair that
`judge_copy` finds is wholly derived where the share taken over is at least WHOLLY, else partially. `kinds` says how
each kind of construction was classed, and which relation it was given.

`natural`: 150 of the 469 pairs of ECB+ that share a tenth of their runs of five words, labelled by reading both texts
before the program was run on them (`reuse_pairs.tsv`): those whose ids, joined by a space, have the least SHA-256.
copy: word for word but for an edit here and there; rewrite: the same text reworded, or more than a third of the
shorter taken over; none: a quotation or the words of a trade in common. `derived` counts copies and rewrites as one.

`candidates` is the share of the derived pairs that have a key in common (`copy_keys`), without which `find_copies`
would not come to judge them.

The texts are tokenised: ECB+ prints a sentence a line, quotation marks as `` and '', and the address as first line. The
marks are restored. The lines of natural texts are joined where a sentence ends, without the address; those of the
constructed ones are left, since they were shuffled, and marks would pair across strange sentences.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from onrecord.ingest import find_noise
from onrecord.link.copies import copy_keys, judge_copy
from onrecord.record import Analysis, Copy, Publication

WHOLLY = 0.85
PAIRS = Path(__file__).with_name("reuse_pairs.tsv")


def restore_marks(text: str) -> str:
    """The text with the quotation marks of print."""
    return text.replace("``", "“").replace("''", "”")


def text_of(lines: Iterable[str]) -> str:
    """The text that tokenised sentences stand for, as far as their comparison needs it."""
    out = ""
    for bare in (restore_marks(line).strip() for line in lines):
        if bare and not bare.startswith("http : / /"):
            out += bare + (" " if re.search(r"[.!?,;:][ \"”’)]*$", bare) else "\n")
    return out.strip()


def report_of(id: str, text: str) -> Analysis:
    """An analysis that holds nothing but the text and its noise, which is all that copies are found by."""
    return Analysis(
        id=id,
        key=id,
        url=None,
        outlet=None,
        author=None,
        title=None,
        language="en",
        text=text,
        noise=find_noise(text, None),
        published=Publication(),
        entities=(),
        timexes=(),
        attributions=(),
        events=(),
    )


def class_of(found: Copy | None) -> str:
    """The label of a constructed pair that a finding stands for."""
    if found is None:
        return "none"
    return "wholly" if found.share >= WHOLLY else "partial"


def score(pairs: Sequence[tuple[str, str]], classes: Sequence[str]) -> dict[str, dict[str, float]]:
    """Precision, recall and F of each class over (gold, found)."""
    out = {}
    for name in classes:
        right = sum(gold == found == name for gold, found in pairs)
        precision = right / max(1, sum(found == name for _, found in pairs))
        recall = right / max(1, sum(gold == name for gold, _ in pairs))
        f = 2 * precision * recall / (precision + recall) if right else 0.0
        out[name] = {"precision": round(precision, 4), "recall": round(recall, 4), "f": round(f, 4)}
    return out


def macro(scores: Mapping[str, Mapping[str, float]]) -> float:
    """The mean of the classes' F."""
    return round(sum(s["f"] for s in scores.values()) / len(scores), 4)


def met(pairs: Sequence[tuple[Analysis, Analysis]]) -> float:
    """The share of pairs that have a key in common."""
    keys: dict[str, frozenset[int]] = {a.id: frozenset(copy_keys(a)) for pair in pairs for a in pair}
    return round(sum(bool(keys[a.id] & keys[b.id]) for a, b in pairs) / max(1, len(pairs)), 4)


def judge_constructed(folder: Path) -> dict[str, object]:
    """The figures on the constructed pairs."""
    with gzip.open(folder / "constructed.jsonl.gz", "rt", encoding="utf-8") as file:
        rows: list[dict[str, str]] = [json.loads(line) for line in file]
    pairs = [
        (report_of(f"{r['id']}-a", restore_marks(r["a"])), report_of(f"{r['id']}-b", restore_marks(r["b"])))
        for r in rows
    ]
    started = time.perf_counter()
    found = [judge_copy(a, b) for a, b in pairs]
    seconds = time.perf_counter() - started
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for row, copy in zip(rows, found, strict=True):
        kinds[row["kind"]][f"{class_of(copy)} {copy.relation}" if copy else "none"] += 1
    classes = score(
        [(r["label"], class_of(c)) for r, c in zip(rows, found, strict=True)], ("wholly", "partial", "none")
    )
    return {
        "pairs": len(rows),
        "macro_f": macro(classes),
        "classes": classes,
        "kinds": kinds,
        "candidates": met([p for p, r in zip(pairs, rows, strict=True) if r["label"] != "none"]),
        "pairs_per_second": round(len(rows) / seconds),
    }


def judge_natural(folder: Path) -> dict[str, object]:
    """The figures on the pairs labelled by hand; `derived` counts copies and rewrites as one."""
    with gzip.open(folder / "reports.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = {row["doc"]: text_of(s for _, s in row["sents"]) for row in map(json.loads, file)}
    labels = [line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()[1:]]
    pairs = [(report_of(a, texts[a]), report_of(b, texts[b])) for a, b, _ in labels]
    found = [judge_copy(a, b) for a, b in pairs]
    both = [(label, copy.relation if copy else "none") for (_, _, label), copy in zip(labels, found, strict=True)]
    derived = [("derived" if g != "none" else g, "derived" if f != "none" else f) for g, f in both]
    classes = score(both, ("copy", "rewrite", "none"))
    return {
        "pairs": len(labels),
        "derived": score(derived, ("derived",))["derived"],
        "macro_f": macro(classes),
        "classes": classes,
        "candidates": met([p for p, (_, _, label) in zip(pairs, labels, strict=True) if label != "none"]),
    }


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    out = {"constructed": judge_constructed(args.data / "reuse"), "natural": judge_natural(args.data / "ecbplus")}
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
