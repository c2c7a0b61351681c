"""PropBank's and UDS's annotation of the English Web Treebank to frames: predicates, arguments, factuality."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.data import Frame

# Heads of the words of a sentence, counted from 0, -1 for the root.
Heads = Sequence[int]


@dataclass(frozen=True, slots=True)
class Framed:
    """What both corpora say of one sentence, by the number of the predicate's word in it.

    `arguments` is None where PropBank lacks the sentence; spans of words are closed.
    """

    arguments: Mapping[int, Sequence[tuple[str, int, int]]] | None
    factuality: Mapping[int, float]


def read_framed(propbank: Path, factuality: Path) -> dict[str, Framed]:
    """Both annotations by the id of the sentence. Labels of less than a third of sure answers are left out."""
    arguments = {
        row["sent_id"]: {p["i"]: [tuple(a) for a in p["args"]] for p in row["preds"]} for row in _rows(propbank)
    }
    facts = {
        row["sent_id"]: {p["i"]: float(p["factual"]) for p in row["preds"] if p["conf"] > 1 / 3}
        for row in _rows(factuality)
    }
    return {name: Framed(arguments.get(name), facts.get(name, {})) for name in {*arguments, *facts}}


def frames_of(framed: Framed, heads: Heads, base: int) -> Iterator[Frame]:
    """The frames of one sentence whose words are counted from `base`."""
    for place in sorted({*(framed.arguments or {}), *framed.factuality}):
        spans = (framed.arguments or {}).get(place)
        found = None if spans is None else tuple((k, base + _head(a, b, heads)) for k, a, b in spans)
        yield Frame(base + place, found, framed.factuality.get(place))


def _head(first: int, last: int, heads: Heads) -> int:
    """The word of the span that depends on none in it, the first where there are several."""
    return next((n for n in range(first, last + 1) if not first <= heads[n] <= last), first)


def _rows(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)
