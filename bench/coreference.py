"""What is meant by each mention, against GUM: `python -m bench.coreference --data FOLDER`.

FOLDER holds `gum/`. The texts are news and interviews that no part of the model was trained on: every fourth of GUM's
train split, which training leaves out, and its dev split. The texts are read raw, so mentions are the model's own; one
counts as gold's where it has the same characters (`spans`), or its head has (`heads`, as CorefUD counts). Clusters of
one mention are left out on both sides. `pronouns` are those of the third person that mean something of a name: right
where most of the names in the pronoun's cluster are of that thing; `he_she` are those of them that mean a person.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from bench.data import Example
from bench.treebank import held_out, read_gum, text_name
from onrecord.language import load_model, parse
from onrecord.language.mentions import Mention

GENRES = ("news", "interview")
TARGETS = {"conll": 0.58, "pronouns": 0.78}
_HE_SHE = frozenset("he him his himself she her hers herself".split())
_THIRD = _HE_SHE | frozenset("it its itself they them their theirs themselves".split())

Key = tuple[int, int]
Clusters = list[set[Key]]


def read_texts(data: Path) -> Iterator[Example]:
    """GUM's news and interviews that the model has not seen."""
    unseen = held_out(data)
    yield from (e for e in read_gum(data / "gum" / "gum-train.conllu.gz", True, GENRES) if text_name(e.name) in unseen)
    yield from read_gum(data / "gum" / "gum-dev.conllu.gz", True, GENRES)


def gold_clusters(example: Example, key: str) -> Clusters:
    """Gold's clusters by the characters of each mention, or of its head."""
    words = example.words or ()
    spans = {"spans": lambda m: (words[m.first].start, words[m.last].end)}
    spans["heads"] = lambda m: (words[m.head].start, words[m.head].end)
    return [set(map(spans[key], cluster)) for cluster in example.clusters or () if len(cluster) > 1]


class Counts:
    """The sums of MUC (Vilain et al. 1995), B3 (Bagga and Baldwin 1998) and CEAF-e (Luo 2005), over texts."""

    def __init__(self) -> None:
        self.sums: defaultdict[str, float] = defaultdict(float)

    def add(self, gold: Clusters, given: Clusters) -> None:
        """Counts one text."""
        of_gold, of_given = ({m: n for n, c in enumerate(side) for m in c} for side in (gold, given))
        for name, side, other in (("r", gold, of_given), ("p", given, of_gold)):
            for cluster in side:
                parts = Counter(other[m] for m in cluster if m in other)
                alone = len(cluster) - sum(parts.values())
                self.sums[f"muc {name} hit"] += len(cluster) - len(parts) - alone
                self.sums[f"muc {name} all"] += len(cluster) - 1
                self.sums[f"b3 {name} hit"] += sum(v * v for v in parts.values()) / len(cluster)
                self.sums[f"b3 {name} all"] += len(cluster)
            self.sums[f"ceafe {name} all"] += len(side)
            self.sums[f"mentions {name} all"] += len(side and set().union(*side))
        if gold and given:
            table = np.array([[2 * len(g & p) / (len(g) + len(p)) for p in given] for g in gold])
            total = float(table[linear_sum_assignment(-table)].sum())
            self.sums["ceafe r hit"] += total
            self.sums["ceafe p hit"] += total
        both = len(of_gold.keys() & of_given.keys())
        self.sums["mentions r hit"] += both
        self.sums["mentions p hit"] += both

    def figures(self) -> dict[str, float]:
        """F1 of each, and their mean `conll` without that of the mentions."""
        out = {}
        for name in ("muc", "b3", "ceafe", "mentions"):
            p, r = (self.sums[f"{name} {s} hit"] / max(1, self.sums[f"{name} {s} all"]) for s in "pr")
            out[name] = round(2 * p * r / (p + r), 4) if p + r else 0.0
        return {"conll": round((out["muc"] + out["b3"] + out["ceafe"]) / 3, 4), **out}


def count_pronouns(example: Example, given: Sequence[tuple[Mention, ...]], heads: Sequence[Key]) -> Counter[str]:
    """How many pronouns stand for a named thing, how many of them are in a cluster with names, with the right one.

    A name is the one of gold where each holds the head of the other, since a title may be taken for the head.
    """
    words, n = example.words or (), Counter[str]()
    named = {
        number: [
            (words[m.first].start, words[m.last].end, words[m.head].start) for m in c if words[m.head].tag == "PROPN"
        ]
        for number, c in enumerate(example.clusters or ())
    }
    mine = {heads[m.head]: [k for k in c if k.form == "name"] for c in given for m in c}

    def means(name: Mention, number: int) -> bool:
        own = name.span
        return any(
            start <= heads[name.head][0] < end and own.start <= head < own.end for start, end, head in named[number]
        )

    for number, cluster in enumerate(example.clusters or ()):
        for mention in cluster if named[number] else ():
            place = words[mention.head].start, words[mention.head].end
            pronoun = example.text[slice(*place)].casefold()
            if pronoun not in _THIRD:
                continue
            names = mine.get(place, [])
            right = sum(means(name, number) for name in names) > len(names) / 2
            kinds = ("", " of persons") if pronoun in _HE_SHE else ("",)
            n.update({f"{what}{kind}": 1 for kind in kinds for what in ("all", *(["answered"] if names else []))})
            n.update({f"right{kind}": 1 for kind in kinds if right})
    return n


Read = Callable[[str], tuple[Sequence[tuple[Mention, ...]], Sequence[Key]]]


def score(read: Read, examples: Sequence[Example]) -> dict[str, object]:
    """Scores of the clusters that `read` finds in texts; it gives them with the characters of all words."""
    counts = {"spans": Counts(), "heads": Counts()}
    pronouns = Counter[str]()
    for example in examples:
        clusters, heads = read(example.text)
        mine = {
            "spans": [{(m.span.start, m.span.end) for m in c} for c in clusters],
            "heads": [{heads[m.head] for m in c} for c in clusters],
        }
        for key, count in counts.items():
            count.add(gold_clusters(example, key), mine[key])
        pronouns += count_pronouns(example, clusters, heads)
    return {
        "texts": len(examples),
        **counts["spans"].figures(),
        "heads": counts["heads"].figures(),
        "pronouns": round(pronouns["right"] / max(1, pronouns["all"]), 4),
        "pronouns_answered": round(pronouns["answered"] / max(1, pronouns["all"]), 4),
        "pronouns_gold": pronouns["all"],
        "he_she": round(pronouns["right of persons"] / max(1, pronouns["all of persons"]), 4),
        "he_she_gold": pronouns["all of persons"],
    }


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", help="a folder with another model")
    args = parser.parse_args()
    model = load_model(args.model)

    def read(text: str) -> tuple[Sequence[tuple[Mention, ...]], Sequence[Key]]:
        found = parse(text, model)
        return found.clusters, [(t.span.start, t.span.end) for t in found.tokens]

    print(json.dumps({"target": TARGETS, **score(read, list(read_texts(args.data)))}, indent=1))


if __name__ == "__main__":
    main()
