"""Two reports annotated by hand against `extract`: `python -m bench.gold --data FOLDER`.

FOLDER holds `gold/NNN.json` (offsets of content, cue and source; fields as in the gold's own README) and the reports
under `seeds/`. Only outer attributions are counted: gold ones that stand in no other's content, ours whose `within` is
null. One is found when content and source both have a Dice of at least one half over words.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from bench.attribution import outer, read_example
from bench.attribution_scores import right_ones
from bench.data import Example
from onrecord.pipeline import Reader

Given = dict[str, Any]


def is_nested(one: Given, all_given: list[Given]) -> bool:
    """Whether the source of `one` stands inside the content of another, as a nested speaker's does."""
    return any(
        other is not one and any(a <= s and e <= b for a, b in other["content"] for s, e in one["source"][:1])
        for other in all_given
    )


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    reader, out, totals = Reader(), {}, {"gold": 0, "predicted": 0, "found": 0}
    for path in sorted((args.data / "gold").glob("*.json")):
        given = json.loads(path.read_text(encoding="utf-8"))
        text = (args.data / "seeds" / given["file"]).read_bytes().decode("utf-8")
        gold = [a for a in given["attributions"] if not is_nested(a, given["attributions"])]
        ours = outer(read_example(Example(path.stem, text), reader))
        row = {"gold": len(gold), "predicted": len(ours), "found": len(right_ones(text, ours, gold))}
        out[path.stem] = row
        totals = {k: totals[k] + row[k] for k in totals}
    recall = totals["found"] / totals["gold"] if totals["gold"] else 0.0
    print(json.dumps({**totals, "recall": round(recall, 4), "reports": out}, indent=1))


if __name__ == "__main__":
    main()
