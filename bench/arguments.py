"""Who did what to whom, on news: `python -m bench.arguments --data FOLDER [--split dev]`.

FOLDER holds `qasrl/`: questions that readers put to each verb of Wikinews and Wikipedia sentences, and their answers
(Roit et al. 2020). The labels are others than ours, so places alone are compared: a question is answered where the
head of one of the verb's arguments stands in one of its answers, and an argument is right where its head stands in an
answer. Auxiliaries and the like (ARGM-MOD, ARGM-NEG, ARGM-DIS, ARGM-ADV, ARGM-LVB, relative pronouns), which nobody
asks for, are left out. Nothing of it was trained on.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import tarfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from onrecord.language import Model, load_model, parse

_UNASKED = ("ARGM-MOD", "ARGM-NEG", "ARGM-DIS", "ARGM-ADV", "ARGM-LVB", "ARGM-CXN", "C-V")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of a sentence: its characters, and for each question asked of it the characters of the answers."""

    text: str
    place: Span
    questions: tuple[tuple[Span, ...], ...]


def read_qasrl(path: Path, domain: str, split: str) -> list[Verb]:
    """The verbs of one domain of the archive; words are joined by a space."""
    with tarfile.open(path) as archive:

        def rows(name: str) -> list[dict[str, str]]:
            file = archive.extractfile(f"./data/{name}.csv")
            assert file is not None
            return list(csv.DictReader(io.StringIO(file.read().decode("utf-8"))))

        sentences = {r["qasrl_id"]: r["tokens"].split() for r in rows(f"sentences/{domain}.{split}.full")}
        asked: dict[tuple[str, int], list[str]] = defaultdict(list)
        for row in rows(f"gold/{domain}.{split}.gold"):
            if row["is_redundant"] != "True" and row["answer_range"]:
                asked[row["qasrl_id"], int(row["verb_idx"])].append(row["answer_range"])
    out = []
    for (name, verb), ranges in asked.items():
        words = sentences[name]
        starts = [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        pairs = [[tuple(map(int, part.split(":"))) for part in r.split("~!~")] for r in ranges]
        answers = tuple(tuple((starts[a], starts[b] - 1) for a, b in answer) for answer in pairs)
        out.append(Verb(" ".join(words), (starts[verb], starts[verb + 1] - 1), answers))
    return out


def score(verbs: list[Verb], model: Model) -> dict[str, float]:
    """Shares of the questions answered, of the arguments that answer one, and of the verbs read as predicates."""
    n = Counter[str]()
    parses = {text: parse(text, model) for text in sorted({v.text for v in verbs})}
    for verb in verbs:
        found = parses[verb.text]
        frames = (f for f in found.frames if verb.place[0] <= found.tokens[f.node].span.start < verb.place[1])
        frame = next(frames, None)
        n["verbs"] += 1
        n["found"] += frame is not None
        given = [a for a in (frame.arguments if frame else ()) if a.label not in _UNASKED and a.label[0] != "R"]
        heads = [found.tokens[a.node].span for a in given]
        n["questions"] += len(verb.questions)
        n["answered"] += sum(any(_inside(h, q) for h in heads) for q in verb.questions)
        n["arguments"] += len(heads)
        n["right"] += sum(any(_inside(h, q) for q in verb.questions) for h in heads)
    recall, precision = n["answered"] / max(1, n["questions"]), n["right"] / max(1, n["arguments"])
    return {
        "f1": round(2 * precision * recall / (precision + recall), 4) if precision + recall else 0.0,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "verbs_found": round(n["found"] / max(1, n["verbs"]), 4),
        "questions": n["questions"],
    }


def _inside(head: tuple[int, int], answers: tuple[Span, ...]) -> bool:
    return any(a <= head[0] and head[1] <= b for a, b in answers)


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--model", help="a folder with another model")
    args = parser.parse_args()
    model = load_model(args.model)
    path = args.data / "qasrl" / "qasrl_gs.tar.gz"
    domains = {d: score(read_qasrl(path, d, args.split), model) for d in ("wikinews", "wikipedia")}
    print(json.dumps({"split": args.split, **domains}, indent=1))


if __name__ == "__main__":
    main()
