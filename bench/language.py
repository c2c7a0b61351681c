"""The language model's heads to a table beside their targets: `python -m bench.language --data FOLDER [--split dev]`.

FOLDER holds the corpora `polnear/`, `ud-ewt/`, `uner-ewt/`, `propbank-ewt/`, `factuality-ewt/` and `gum/`. Each head
is scored on windows packed as they come in a text, on sentences alone, and through the whole of `extract` on raw text,
since a head may hold in one form and fail in another. Words and sentences are gold in the first two forms; in raw text
they are the model's own, and a word counts as right when it has gold's characters, too.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from tokenizers import Tokenizer

from bench.attribution import outer, read_example
from bench.attribution_scores import count_report, figures
from bench.data import Attribution, Example, Word, read_polnear
from bench.frames import read_framed
from bench.language_scores import (
    char_names,
    char_relations,
    count_frames,
    count_heads,
    count_names,
    count_nominals,
    count_syntax,
    count_words,
    f1_figures,
    frame_figures,
    gold_relations,
)
from bench.treebank import read_ewt, read_gum
from onrecord.language import parse
from onrecord.language.decode import Leaning, find_spans, link_spans
from onrecord.language.pieces import Pieces, Window, find_windows, split_pieces, split_sentences
from onrecord.language.scores import Scores, Tables
from onrecord.pipeline import Reader

Read = Callable[[Pieces, Window], Scores]
Figures = dict[str, float]

# What is asked of the dev split.
TARGETS = {
    "attribution": {
        "link_dice50": 0.76,
        "source_fragment": 0.82,
        "cue_fragment": 0.75,
        "content_fragment": 0.72,
    },
    "ewt": {
        "names_f1": 0.79,
        "names_organisation": 0.64,
        "upos": 0.97,
        "las": 0.89,
        "predicates_f1": 0.95,
        "arguments_f1": 0.80,
        "arguments_negation": 0.93,
        "arguments_modality": 0.93,
        "factuality_pearson": 0.70,
    },
}


def read_set(data: Path, name: str, split: str, packed: bool) -> Iterator[Example]:
    """The texts of one corpus, or its sentences."""
    if name == "ewt":
        names = data / "uner-ewt" / f"en_ewt-ud-{split}.iob2.gz"
        framed = read_framed(*(data / f"{name}-ewt" / f"{split}.jsonl.gz" for name in ("propbank", "factuality")))
        return read_ewt(data / "ud-ewt" / f"en_ewt-ud-{split}.conllu.gz", names, packed, framed)
    if name == "gum":
        return read_gum(data / "gum" / f"gum-{split}.conllu.gz", packed)
    reports = read_polnear(data / "polnear" / split)
    return reports if packed else (s for r in reports for s in sentences_alone(r))


def sentences_alone(report: Example) -> Iterator[Example]:
    """The sentences of a report as texts of their own, less those that hold a part only of an attribution."""
    for start, end in split_sentences(report.text):
        inside, whole = [], True
        for attribution in report.attributions or ():
            parts = (attribution.source, attribution.cue, attribution.content)
            held = [start <= a and b <= end for part in parts for a, b in part]
            whole &= all(held) or not any(held)
            if all(held):
                moved = [tuple((a - start, b - start) for a, b in part) for part in parts]
                inside.append(Attribution(*moved))
        if whole:
            yield Example(report.name, report.text[start:end], tuple(inside))


def score_windows(
    read: Read, tables: Tables, leaning: Leaning, tokenizer: Tokenizer, examples: Iterable[Example]
) -> Figures:
    """Scores of what is read in the windows of each example."""
    speech, words, frames = Counter[str](), Counter[str](), Counter[str]()
    for example in examples:
        pieces = split_pieces(example.text, tokenizer)
        windows = find_windows(pieces.sentence)
        scores = [read(pieces, w) for w in windows]
        spans, names, _ = find_spans(windows, scores, tables, leaning) if windows else ({}, [], [])
        if example.attributions is not None:
            relations = link_spans(spans, windows, scores, tables, leaning) if windows else []
            speech += count_report(example.text, char_relations(relations, pieces), gold_relations(example))
        if example.mentions is not None:
            words += count_names(example, char_names(names, pieces))
        if example.nominals is not None and windows:
            words += count_nominals(example, pieces, windows, scores)
        if example.words is not None and windows:
            words += count_syntax(example, pieces, windows, scores, tables)
        if example.frames is not None and windows:
            # Sums of factuality may be negative, which += would drop.
            frames.update(count_frames(example, pieces, windows, scores, tables, leaning.argument))
    return (figures(speech) if speech else {}) | f1_figures(words) | frame_figures(frames)


def score_raw(reader: Reader, examples: Iterable[Example]) -> Figures:
    """Scores of what `extract` gives of each text, and of the words of its parse."""
    speech, words = Counter[str](), Counter[str]()
    for example in examples:
        analysis = read_example(example, reader)
        if example.attributions is not None:
            speech += count_report(example.text, outer(analysis), gold_relations(example))
        if example.mentions is not None:
            named = [(e.type, m.span) for e in analysis.entities for m in e.mentions if m.form == "name"]
            kinds = {"outlet": "organisation"}
            words += count_names(example, [(*span, kinds.get(kind, kind)) for kind, span in named])
        if example.words is not None:
            tokens = parse(example.text, reader.model).tokens
            words += count_words(example.words, [Word(*t.span, t.tag, t.head, t.relation) for t in tokens])
            if example.nominals is not None:
                words += count_heads(example, [(*t.span, t.mention) for t in tokens if t.mention])
    return (figures(speech) if speech else {}) | f1_figures(words)


def main() -> None:
    """Reads the command line, prints one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--model", help="a folder with another model")
    args = parser.parse_args()
    reader = Reader(args.model)
    model = reader.model
    out: dict[str, object] = {"split": args.split}
    for name in ("attribution", "ewt", "gum"):
        if name == "attribution" and not (args.data / "polnear" / args.split).is_dir():
            continue
        forms: dict[str, object] = {"target": TARGETS.get(name, {})}
        for form, packed in (("packed", True), ("single", False)):
            examples = read_set(args.data, name, args.split, packed)
            forms[form] = score_windows(model.score, model.tables, model.leaning, model.tokenizer, examples)
        forms["extract"] = score_raw(reader, read_set(args.data, name, args.split, True))
        out[name] = forms
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
