"""Two reports annotated by hand, all layers, against `extract`: `python -m bench.gold --data FOLDER`.

FOLDER holds `gold/NNN.json` (offsets of content, cue and source; fields as in the gold's own README) and the reports
under `seeds/`. An attribution is found when content and source both have a Dice of at least one half over words.
`class` and `chain` are shares of those found; a chain is right when its links are the same by their words, in order.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from bench.attribution import read_example
from bench.attribution_scores import Text, dice, match
from bench.data import Example
from bench.speakers.scores import same_name
from onrecord.pipeline import Reader
from onrecord.record import Attribution

Given = dict[str, Any]


def count(text: str, ours: tuple[Attribution, ...], gold: list[Given]) -> Counter[str]:
    """Counts of one report: given, gold, found, and the right classes and chains among those found."""
    words = Text(text)
    left = [[words.words(a.content), words.words(a.source)] for a in ours]
    right = [[words.words(a["content"]), words.words(a["source"])] for a in gold]

    def agree(i: int, j: int) -> float | None:
        values = [dice(a, b) for a, b in zip(left[i], right[j], strict=True)]
        return sum(values) if min(values) >= 0.5 else None

    out = Counter({"gold": len(gold), "predicted": len(ours)})
    for i, j in match(left, right, agree):
        a, g = ours[i], gold[j]
        chain = [*g.get("via", ()), g["speaker"]]
        out["found"] += 1
        out["class"] += a.speaker.class_ == g["source_class"]
        out["chain"] += len(a.chain) == len(chain) and all(map(same_name, a.chain, chain))
    return out


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    reader, total = Reader(), Counter[str]()
    for path in sorted((args.data / "gold").glob("*.json")):
        given = json.loads(path.read_text(encoding="utf-8"))
        text = (args.data / "seeds" / given["file"]).read_bytes().decode("utf-8")
        total += count(text, read_example(Example(path.stem, text), reader).attributions, given["attributions"])
    found = total["found"] or 1
    shares = {k: round(total[k] / found, 4) for k in ("class", "chain")}
    recall = round(total["found"] / total["gold"], 4) if total["gold"] else 0.0
    print(json.dumps({"gold": total["gold"], "predicted": total["predicted"], "recall": recall, **shares}, indent=1))


if __name__ == "__main__":
    main()
