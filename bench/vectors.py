"""Vectors of sentences and "the same event": `python -m bench.vectors --data FOLDER --base FOLDER [--split dev]`.

FOLDER of the data holds `ecbplus/`, that of the base all-MiniLM-L6-v2 as its package has it (see training/README.md).
Every two sentences of different reports that hold an event mention each are a pair; "the same event" are those that
share a chain of events. `auc` is the chance that such a pair is nearer (cosine) than one that shares none, over all
pairs, and `auc_topic` over those of one topic, whose reports tell of like events. `ours` is read in the running text of
the report, `ours_alone` from the sentence by itself; `base` is the base model in full precision, sentence by sentence.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.language import load_vectors
from onrecord.record import Span

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Story:
    """One report of ECB+: its topic, its text, and the sentences with event mentions: their places and chains."""

    name: str
    topic: int
    text: str
    sentences: tuple[Span, ...]
    chains: tuple[frozenset[str], ...]


def read_ecbplus(folder: Path, split: str) -> list[Story]:
    """The reports of one split, words joined by a space and sentences by a line break."""
    with gzip.open(folder / "reports.jsonl.gz", "rt", encoding="utf-8") as file:
        reports = [r for r in map(json.loads, file) if r["split"] == split]
    chains: dict[tuple[str, int], set[str]] = {}
    with gzip.open(folder / "events.jsonl.gz", "rt", encoding="utf-8") as file:
        for event in map(json.loads, file):
            chains.setdefault((event["doc"], event["sent"]), set()).add(event["chain"])
    out = []
    for report in reports:
        text, held, of = "", list[Span](), list[frozenset[str]]()
        for number, sentence in report["sents"]:
            start = len(text)
            text += sentence + "\n"
            if (report["doc"], number) in chains:
                held.append(Span(start, start + len(sentence)))
                of.append(frozenset(chains[report["doc"], number]))
        out.append(Story(report["doc"], report["topic"], text, tuple(held), tuple(of)))
    return out


def figures(stories: list[Story], vectors: Floats) -> dict[str, float]:
    """Both AUCs of unit `vectors`, a row for each sentence in order."""
    report = np.repeat(np.arange(len(stories)), [len(s.sentences) for s in stories])
    topic = np.array([s.topic for s in stories])[report]
    names = sorted({c for s in stories for chain in s.chains for c in chain})
    number = {c: n for n, c in enumerate(names)}
    holds = np.zeros((len(report), len(names)), dtype=np.float32)
    for row, chain in enumerate(c for s in stories for c in s.chains):
        holds[row, [number[c] for c in chain]] = 1
    first, second = np.triu_indices(len(report), 1)
    apart = report[first] != report[second]
    first, second = first[apart], second[apart]
    near, same = (vectors @ vectors.T)[first, second], (holds @ holds.T)[first, second] > 0
    inside = topic[first] == topic[second]
    return {"auc": _auc(near, same), "auc_topic": _auc(near[inside], same[inside]), "same": int(same.sum())}


def _auc(near: Floats, same: NDArray[np.bool_]) -> float:
    """The chance that one of `same` is nearer than one of the others (Mann and Whitney 1947)."""
    order = np.argsort(near, kind="stable")
    ranks = np.empty(len(near))
    ranks[order] = np.arange(1, len(near) + 1)
    hits = int(same.sum())
    return round(float((ranks[same].sum() - hits * (hits + 1) / 2) / (hits * (len(same) - hits))), 4)


def base_reader(folder: Path) -> Callable[[str], Floats]:
    """The base model in full precision: the mean of its last layer over a sentence with its marks, as a unit vector."""
    import torch

    from onrecord.language.model import load_tokenizer
    from training.network import Network, load_base
    from training.train import check_base

    network = Network(dropout=0.0).eval()
    load_base(network, check_base(folder))
    tokenizer = load_tokenizer(folder)
    seen: list[torch.Tensor] = []
    network.heads.register_forward_pre_hook(lambda _, given: seen.append(given[0][-1]))

    def read(text: str) -> Floats:
        ids = torch.tensor([tokenizer.encode(text).ids[:256]])
        zero = torch.zeros_like(ids)
        with torch.inference_mode():
            network(ids, zero, zero, zero)
        mean = seen.pop()[0].mean(0)
        vector: Floats = (mean / mean.norm()).numpy()
        return vector

    return read


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="the base model's folder, to be measured beside ours")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--model", help="a folder with another model")
    args = parser.parse_args()
    stories = read_ecbplus(args.data / "ecbplus", args.split)
    model = load_vectors(args.model)
    sentences = [s.text[a:b] for s in stories for a, b in s.sentences]
    out: dict[str, object] = {"reports": len(stories), "sentences": len(sentences)}

    def timed(name: str, read: Callable[[], list[Floats]]) -> None:
        started = time.perf_counter()
        vectors = np.concatenate([np.atleast_2d(v) for v in read()])
        seconds = time.perf_counter() - started
        out[name] = {**figures(stories, vectors), "sentences_per_s": round(len(sentences) / seconds, 1)}

    timed("ours", lambda: [model.read(s.text, s.sentences) for s in stories if s.sentences])
    if args.base:
        base = base_reader(args.base)
        timed("base", lambda: [base(t) for t in sentences])
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
