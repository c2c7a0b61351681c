"""The command: `python -m training.event_classifiers --data FOLDER` fits what `events/classify.py` reads with.

The PLOVER type from the sentences of `training/events/types.jsonl`; whether a predicate tells of an event from the
validated sentences of ECB+'s train split. Prints how both do on parts that were held out: triggers whose first letters
no sentence that was learned from shares, and whole topics.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from onrecord.events.actors import Actors
from onrecord.events.classify import CIRCUMSTANCE, MEANING, NONE, spread
from onrecord.events.features import circumstances, meanings
from onrecord.events.predicates import Predicate, find_predicates
from onrecord.language import Model, Parse, Spans, Tree, Vectors, find_entities, load_model, load_vectors, parse
from onrecord.language.paths import Floats
from onrecord.record import Span

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "events" / "data" / "classifiers.npz"
TYPES = Path(__file__).parent / "events" / "types.jsonl"
# How strongly weights are drawn to nought, by the held-out parts.
TYPE_L2, NEWS_L2 = 8.0, 8.0
FOLDS = 5


class Seen:
    """What both classifiers see of predicates: a row each."""

    def __init__(self) -> None:
        self.meanings: list[Floats] = []
        self.circumstances: list[list[float]] = []
        self.labels: list[str] = []
        self.groups: list[str] = []

    def add(self, meaning: Floats, circumstance: list[float], label: str, group: str) -> None:
        """Adds a predicate; those of one `group` are held out together."""
        self.meanings.append(meaning)
        self.circumstances.append(circumstance)
        self.labels.append(label)
        self.groups.append(group)

    def folds(self) -> np.ndarray:
        """The number of the part in which each row is held out."""
        return np.array([zlib.crc32(g.encode()) % FOLDS for g in self.groups])


def read(text: str, model: Model) -> tuple[Parse, Tree, list[Predicate]]:
    """A text with what may be events in it."""
    parsed = parse(text, model, coreference=False)
    tree = Tree(parsed)
    return parsed, tree, list(find_predicates(parsed, tree, Actors(parsed, tree, find_entities(parsed)), Spans(())))


def words_of_predicate(parsed: Parse, one: Predicate) -> list[Span]:
    """Where its trigger stands."""
    return [parsed.tokens[n].span for n in (one.word, one.light) if n is not None]


def see_types(model: Model, vectors: Vectors) -> Seen:
    """The sentences with a type."""
    seen = Seen()
    for line in TYPES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        place = re.search(rf"\b{re.escape(row['trigger'])}\b", row["text"])
        parsed, tree, predicates = read(row["text"], model)
        found = [
            p
            for p in predicates
            if place and any(a < place.end() and place.start() < b for a, b in words_of_predicate(parsed, p))
        ]
        for one in found[:1]:
            shown = meanings(parsed, tree, [one], vectors.of(parsed.text))[0]
            seen.add(shown, circumstances(parsed, tree, one), row["type"], row["trigger"][:5].casefold())
    return seen


def see_news(folder: Path, model: Model, vectors: Vectors) -> Seen:
    """The predicates of validated sentences: "event" where an event mention is marked, "" elsewhere.

    What tells of reporting is left out: the record keeps it as attributions.
    """
    seen = Seen()
    for report, text, sentences, marked in _marked_reports(folder, "train"):
        parsed, tree, predicates = read(text, model)
        inside = Spans(sentences)
        held = [p for p in predicates if inside.meets(parsed.tokens[p.word].span)]
        for one, shown in zip(held, meanings(parsed, tree, held, vectors.of(parsed.text)) if held else (), strict=True):
            spans = words_of_predicate(parsed, one)
            kinds = [k for (a, b), k in marked if any(a < e and s < b for s, e in spans)]
            if not any("REPORTING" in k for k in kinds):
                seen.add(shown, circumstances(parsed, tree, one), "event" if kinds else "", str(report["topic"]))
    return seen


def _marked_reports(
    folder: Path, split: str
) -> Iterator[tuple[dict[str, Any], str, list[Span], list[tuple[Span, str]]]]:
    mentions: dict[str, list[dict[str, Any]]] = {}
    for mention in _lines(folder / "events.jsonl.gz"):
        mentions.setdefault(mention["doc"], []).append(mention)
    for report in _lines(folder / "reports.jsonl.gz"):
        if report["split"] != split:
            continue
        text, places, sentences = "", {}, []
        for number, words in report["sents"]:
            start = len(text)
            for k, word in enumerate(words.split()):
                at = len(text)
                places[number, k] = Span(at, at + len(word))
                text += word + " "
            text = text.rstrip() + "\n"
            if number in report["validated"]:
                sentences.append(Span(start, len(text)))
        marked = [
            (places[m["sent"], k], str(m["type"]))
            for m in mentions.get(report["doc"], [])
            for k in m["tok"][-1:]
            if (m["sent"], k) in places
        ]
        yield report, text, sentences, marked


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def fit(columns: Floats, labels: np.ndarray, classes: int, l2: float) -> Floats:
    """Multinomial logistic regression: (columns + 1, classes)."""
    rows, width = columns.shape
    wanted = np.eye(classes)[labels]

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(width + 1, classes)
        scores = columns @ weights[:-1] + weights[-1]
        scores -= scores.max(axis=1, keepdims=True)
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        value = -np.log(shares[np.arange(rows), labels] + 1e-12).sum() + l2 / 2 * (weights[:-1] ** 2).sum()
        slope = np.vstack([columns.T @ (shares - wanted) + l2 * weights[:-1], (shares - wanted).sum(axis=0)])
        return float(value), slope.ravel()

    start = np.zeros((width + 1) * classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 120})
    return np.asarray(found.x.reshape(width + 1, classes), dtype=np.float32)


def held_out(columns: Floats, labels: np.ndarray, folds: np.ndarray, classes: int, l2: float) -> Floats:
    """(rows, classes): the scores of each row by weights that were fitted without its part."""
    out = np.zeros((len(columns), classes), dtype=np.float32)
    for fold in range(FOLDS):
        weights = fit(columns[folds != fold], labels[folds != fold], classes, l2)
        out[folds == fold] = columns[folds == fold] @ weights[:-1] + weights[-1]
    return out


def tempered(scores: Floats, labels: np.ndarray) -> float:
    """By what to multiply the scores so that their probabilities are as often right as they say (Guo et al. 2017)."""

    def loss(scale: float) -> float:
        z = scores * scale
        z = z - z.max(axis=1, keepdims=True)
        return float((np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]).mean())

    return float(min(np.linspace(0.2, 2.5, 47), key=loss))


def fit_types(seen: Seen) -> dict[str, Floats]:
    """The weights of the types, and their names."""
    names = sorted({*seen.labels})
    labels = np.array([names.index(x) for x in seen.labels])
    columns, mean, scale = _scaled([(np.array(seen.meanings), MEANING * np.sqrt(3))])
    scores = held_out(columns, labels, seen.folds(), len(names), TYPE_L2)
    typed = labels != names.index(NONE)
    right = scores.argmax(axis=1) == labels
    by = tempered(scores, labels)
    report = {"rows": len(labels), "accuracy": right.mean(), "accuracy_typed": right[typed].mean(), "temper": by}
    print(json.dumps({"types": {k: round(float(v), 3) for k, v in report.items()}}))
    weights = fit(columns, labels, len(names), TYPE_L2) * by
    return {"types": np.array(names), "type_weights": weights, "type_mean": mean, "type_scale": scale}


def fit_news(seen: Seen) -> dict[str, Floats]:
    """The weights of being an event."""
    labels = np.array([int(bool(x)) for x in seen.labels])
    shown = np.array(seen.meanings)
    parts = [(shown[:, : 2 * shown.shape[1] // 3], MEANING * np.sqrt(2)), (np.array(seen.circumstances), CIRCUMSTANCE)]
    columns, mean, scale = _scaled(parts)
    scores = held_out(columns, labels, seen.folds(), 2, NEWS_L2)
    odds = scores[:, 1] - scores[:, 0]
    by = tempered(scores, labels)
    report = {"rows": len(labels), "share": labels.mean(), "temper": by}
    for threshold in (0.3, 0.35, 0.4, 0.5):
        taken = 1 / (1 + np.exp(-odds * by)) >= threshold
        report[f"recall_{threshold}"] = taken[labels == 1].mean()
        report[f"precision_{threshold}"] = labels[taken].mean()
    print(json.dumps({"news": {k: round(float(v), 3) for k, v in report.items()}}))
    weights = fit(columns, labels, 2, NEWS_L2) * by
    return {"news_weights": weights[:, 1:] - weights[:, :1], "news_mean": mean, "news_scale": scale}


def _scaled(parts: Sequence[tuple[Floats, float]]) -> tuple[Floats, Floats, Floats]:
    """The columns of all parts on their scales, with means and scales."""
    columns = np.hstack([p for p, _ in parts])
    found = [spread(p, width) for p, width in parts]
    mean, scale = (np.concatenate([f[k] for f in found]) for k in (0, 1))
    return (columns - mean) / scale, mean, scale


def main() -> None:
    """Reads the words of the command line, fits both and writes them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds ecbplus/")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--only", choices=("types", "news"), help="fit one of the two, keep the other as it stands")
    args = parser.parse_args()
    model, vectors = load_model(), load_vectors()
    found: dict[str, Floats] = {}
    if args.only:
        with np.load(args.out) as held:
            found = {name: held[name] for name in held.files}
    if args.only != "news":
        found |= fit_types(see_types(model, vectors))
    if args.only != "types":
        found |= fit_news(see_news(args.data / "ecbplus", model, vectors))
    small = {k: v if v.dtype.kind == "U" else v.astype(np.float32) for k, v in found.items()}
    np.savez(args.out, allow_pickle=False, **small)


if __name__ == "__main__":
    main()
