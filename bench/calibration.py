"""Probabilities against how often they hold: `python -m bench.calibration --data FOLDER [-o PICTURE.svg]`.

Every fact of `parse` that carries a probability, on raw text, by head. The scales were fitted on one half of the dev
splits and are scored on the other; halves are drawn by the hash of a text's name. `error` is the expected calibration
error over ten bins of equal width (Guo et al. 2017), `bare` the same without the scale. Attributions: polnear; syntax,
predicates, arguments and what happened: EWT, PropBank and UDS; names: EWT and GUM; heads of mentions: GUM; time
expressions: timebank; coreference: the news and interviews of GUM that `bench.coreference` reads.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape
from pathlib import Path

from msgspec.structs import replace as with_card

from bench.attribution_scores import right_ones
from bench.coreference import read_texts
from bench.data import Example, read_polnear
from bench.language import read_set
from bench.language_scores import gold_relations
from bench.timeml import read_timeml
from onrecord.language import Model, Parse, load_model, parse
from onrecord.language.calibration import HEADS

TARGET = 0.04
BINS = 10

# A probability and whether what it was given to is right.
Judged = list[tuple[float, bool]]
Judge = Callable[[Example, Parse], Iterator[tuple[float, bool]]]


def half(name: str) -> int:
    """0 for the texts on which scales are fitted, 1 for those on which they are scored."""
    return hashlib.sha256(name.encode()).digest()[0] % 2


def judge_attributions(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Right where content and source both agree by half with gold's."""
    given = [{"content": r.content, "source": r.source, "cue": r.cue} for r in found.relations]
    right = right_ones(example.text, given, gold_relations(example))
    yield from ((r.probability, n in right) for n, r in enumerate(found.relations))


def judge_names(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Right where gold has the same characters and kind."""
    gold = set(example.mentions or ())
    if example.mentions is not None:
        yield from ((n.probability, (*n.span, n.kind) in gold) for n in found.names)


def judge_mentions(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Right where a mention of that kind has the word for its head in gold."""
    gold = set(example.nominals or ())
    yield from ((t.mention_probability, (*t.span, t.mention) in gold) for t in found.tokens if t.mention)


def judge_syntax(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Right where gold has the word, its part of speech, its head and its relation."""
    words = example.words or ()
    ends = [(w.start, w.end) for w in words]
    gold = {(*ends[n], w.tag, ends[w.head] if w.head >= 0 else None, w.relation) for n, w in enumerate(words)}
    for t in found.tokens:
        head = tuple(found.tokens[t.head].span) if t.head >= 0 else None
        yield t.probability, (*t.span, t.tag, head, t.relation) in gold


def judge_predicates(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Right where PropBank has a predicate."""
    gold, known = _predicates(example)
    places = [found.tokens[f.node].span[:] for f in found.frames]
    yield from ((f.probability, p in gold) for f, p in zip(found.frames, places, strict=True) if p in known)


def judge_arguments(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Of the predicates that PropBank has: right where it has the argument with that head and label."""
    gold, _ = _predicates(example)
    ends = [(w.start, w.end) for w in example.words or ()]
    parts = {(ends[f.predicate], k, ends[n]) for f in example.frames or () for k, n in f.arguments or ()}
    for frame in found.frames:
        place = found.tokens[frame.node].span[:]
        for a in frame.arguments if place in gold else ():
            yield a.probability, (place, a.label, found.tokens[a.node].span[:]) in parts


def judge_happened(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Of the predicates that readers judged: whether they took it as having happened."""
    words = example.words or ()
    gold = {
        (words[f.predicate].start, words[f.predicate].end): f.factuality > 0
        for f in example.frames or ()
        if f.factuality is not None
    }
    for frame in found.frames:
        if (place := found.tokens[frame.node].span[:]) in gold:
            yield frame.happened, gold[place]


def judge_timexes(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Right where gold has the same characters and type."""
    gold = set(example.timexes or ())
    yield from ((t.probability, (*t.span, t.type) in gold) for t in found.timexes)


def judge_coreference(example: Example, found: Parse) -> Iterator[tuple[float, bool]]:
    """Of the mentions but the first of a cluster: right where one before it in the cluster means the same in gold."""
    words = example.words or ()
    gold = {(words[m.head].start, words[m.head].end): n for n, c in enumerate(example.clusters or ()) for m in c}
    for cluster in found.clusters:
        groups = [gold.get(found.tokens[m.head].span[:]) for m in cluster]
        for n, mention in enumerate(cluster[1:], 1):
            yield mention.probability, groups[n] is not None and groups[n] in groups[:n]


def _predicates(example: Example) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The characters of gold's predicates, and of all words whose sentences PropBank has."""
    ends = [(w.start, w.end) for w in example.words or ()]
    gold = {ends[f.predicate] for f in example.frames or () if f.arguments is not None}
    return gold, {e for n, e in enumerate(ends) if n not in example.unframed}


_ON_EWT: dict[str, Judge] = {
    "names": judge_names,
    "syntax": judge_syntax,
    "predicates": judge_predicates,
    "arguments": judge_arguments,
    "happened": judge_happened,
}


def judge(model: Model, data: Path, part: int) -> dict[str, Judged]:
    """Every fact that `model` finds in one half of the dev splits, by head: its probability and whether it is right."""
    sets: tuple[tuple[Iterator[Example], dict[str, Judge]], ...] = (
        (read_polnear(data / "polnear" / "dev"), {"attribution": judge_attributions}),
        (read_set(data, "ewt", "dev", packed=True), _ON_EWT),
        (read_set(data, "gum", "dev", packed=True), {"names": judge_names, "mentions": judge_mentions}),
        (read_timeml(data / "timebank"), {"timexes": judge_timexes}),
        (read_texts(data), {"coreference": judge_coreference}),
    )
    out: dict[str, Judged] = {head: [] for head in HEADS}
    for examples, judges in sets:
        for example in examples:
            if half(example.name) == part:
                found = parse(example.text, model)
                for head, of in judges.items():
                    out[head] += of(example, found)
    return out


def bins(judged: Judged) -> list[tuple[float, float, int]]:
    """For each bin that holds facts: the mean probability, the share of right ones, and how many they are."""
    out = []
    for n in range(BINS):
        inside = [(p, hit) for p, hit in judged if min(int(p * BINS), BINS - 1) == n]
        if inside:
            size = len(inside)
            out.append((sum(p for p, _ in inside) / size, sum(hit for _, hit in inside) / size, size))
    return out


def expected_error(judged: Judged) -> float:
    """The mean distance of probability and share over the bins, by their sizes."""
    return round(sum(abs(p - share) * size for p, share, size in bins(judged)) / max(1, len(judged)), 4)


_SIZE, _GAP, _COLUMNS = 170, 50, 3


def draw(curves: dict[str, Judged]) -> str:
    """A small picture for each head as SVG: the share of right facts over their probability, and how many there are."""
    parts = []
    for n, (head, judged) in enumerate(curves.items()):
        x, y = 40 + n % _COLUMNS * (_SIZE + _GAP), 30 + n // _COLUMNS * (_SIZE + _GAP)
        points = [(x + _SIZE * p, y + _SIZE * (1 - share), size) for p, share, size in bins(judged)]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b, _ in points)
        most = max((size for *_, size in points), default=1)
        parts.append(
            f'<rect x="{x}" y="{y}" width="{_SIZE}" height="{_SIZE}" fill="none" stroke="#999"/>'
            f'<path d="M{x} {y + _SIZE}L{x + _SIZE} {y}" stroke="#ccc"/>'
            + "".join(
                f'<rect x="{a - 5:.1f}" y="{y + _SIZE - 40 * size / most:.1f}" width="10"'
                f' height="{40 * size / most:.1f}" fill="#d5e0ee"/>'
                for a, _, size in points
            )
            + f'<polyline points="{line}" fill="none" stroke="#1f5fa8" stroke-width="2"/>'
            + "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="#1f5fa8"/>' for a, b, _ in points)
            + f'<text x="{x}" y="{y - 8}">{escape(head)}: error {expected_error(judged):.3f}, {len(judged)} facts'
            f'</text><text x="{x - 4}" y="{y + _SIZE + 14}" fill="#666">0</text>'
            f'<text x="{x + _SIZE - 4}" y="{y + _SIZE + 14}" fill="#666">1</text>'
        )
    rows = -(-len(curves) // _COLUMNS)
    width, height = 40 + _COLUMNS * (_SIZE + _GAP), 30 + rows * (_SIZE + _GAP)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        ' font-family="sans-serif" font-size="11">'
        f'<rect width="{width}" height="{height}" fill="white"/>{"".join(parts)}</svg>\n'
    )


def main() -> None:
    """Reads the command line, prints one JSON object and draws."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", help="a folder with another model")
    parser.add_argument("-o", type=Path, help="where the picture goes")
    args = parser.parse_args()
    model = load_model(args.model)
    found = judge(model, args.data, 1)
    bare = judge(plain(model), args.data, 1)
    if args.o:
        args.o.write_text(draw(found), "utf-8")
    rows = {
        head: {"error": expected_error(found[head]), "bare": expected_error(bare[head]), "facts": len(found[head])}
        for head in found
    }
    print(json.dumps({"target": TARGET, "worst": max(r["error"] for r in rows.values()), **rows}, indent=1))


def plain(model: Model) -> Model:
    """`model` without scales."""
    return replace(model, card=with_card(model.card, calibration={}))


if __name__ == "__main__":
    main()
