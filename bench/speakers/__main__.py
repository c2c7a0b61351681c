"""Our own passages through the whole of `extract` to scores of each field: `python -m bench.speakers [--split NAME]`.

The splits are `dev` and `held_out`; a run on the latter is noted in runs.tsv. Scores: bench/speakers/scores.py.
"""

from __future__ import annotations

import argparse
import datetime
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.speakers.scores import count_passage, figures
from onrecord.ingest import report_id
from onrecord.pipeline import Reader, extract
from onrecord.record import Attribution, Report, Span

HERE = Path(__file__).parent


def read_passages(split: str) -> list[dict[str, Any]]:
    """The passages of a split, pieces of content, cue and source as spans."""
    lines = (HERE / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    passages = [json.loads(line) for line in lines if line]
    for passage in passages:
        for one in passage["attributions"]:
            for role in ("content", "cue", "source"):
                one[role] = [_place(passage["text"], piece) for piece in one[role]]
    return passages


def _place(text: str, piece: str | dict[str, Any]) -> Span:
    """The span of a piece: its first occurrence, or that of its number."""
    words, number = (piece, 1) if isinstance(piece, str) else (piece["text"], piece["nth"])
    at = -len(words)
    for _ in range(number):
        at = text.index(words, at + len(words))
    return Span(at, at + len(words))


def predict(passage: dict[str, Any], reader: Reader) -> tuple[Attribution, ...]:
    """What `extract` finds in a passage."""
    name = report_id(passage["outlet"], None, passage["text"])
    report = Report(id=name, key=passage["id"], language="en", text=passage["text"], outlet=passage["outlet"])
    return extract(report, reader).attributions


def _differences(passage: dict[str, Any], misses: Iterator[tuple[str, str, object, object]]) -> None:
    for field, content, gold, ours in misses:
        print(f"{passage['id']}\t{field}\t{gold!r}\t{ours!r}\t{content[:90]}")


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="not asked for: the passages stand beside this program")
    parser.add_argument("--split", choices=("dev", "held_out"), default="dev")
    parser.add_argument("--model")
    parser.add_argument("--show", action="store_true", help="also print what differs, on the dev split only")
    args = parser.parse_args()
    reader, total = Reader(args.model), Counter[str]()
    for passage in read_passages(args.split):
        counts, misses = count_passage(passage, predict(passage, reader))
        total += counts
        if args.show and args.split == "dev":
            _differences(passage, iter(misses))
    out = figures(total)
    if args.split == "held_out":
        with (HERE / "runs.tsv").open("a", encoding="utf-8") as log:
            log.write(f"{datetime.date.today()}\t{reader.maker}\t{json.dumps(out)}\n")
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
