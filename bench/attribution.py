"""PolNeAR reports through the whole of `extract` to attribution scores: `python -m bench.attribution --data FOLDER`.

FOLDER holds `dev/` (or another `--split`) with PolNeAR's text/ and attributions/; each report is scored against the
lexicographically first of its annotators, outer layer only, as the corpus has it. Scores: bench/attribution_scores.py.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from bench.attribution_scores import Part, count_report, figures
from bench.data import Example, read_polnear
from bench.language_scores import gold_relations
from onrecord.ingest import report_id
from onrecord.pipeline import Reader, extract
from onrecord.record import Analysis, Report


def read_example(example: Example, reader: Reader) -> Analysis:
    """What `extract` gives of an example's text."""
    name = report_id(None, None, example.text)
    return extract(Report(id=name, key=example.name, language="en", text=example.text), reader)


def outer(analysis: Analysis) -> list[dict[str, Part]]:
    """The outer attributions in the scorer's form."""
    return [{"content": a.content, "cue": a.cue, "source": a.source} for a in analysis.attributions if a.within is None]


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--model")
    parser.add_argument("--save", type=Path, help="also write the predictions, one JSON line a report")
    args = parser.parse_args()
    reader, total, seconds, lines = Reader(args.model), Counter[str](), 0.0, []
    examples = list(read_polnear(args.data / args.split))
    for example in examples:
        started = time.perf_counter()
        predicted = outer(read_example(example, reader))
        seconds += time.perf_counter() - started
        total += count_report(example.text, predicted, gold_relations(example))
        lines.append(json.dumps({"id": example.name, "attributions": predicted}))
    if args.save:
        args.save.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = {"reports": len(examples), **figures(total), "reports_per_second": round(len(examples) / seconds, 1)}
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
