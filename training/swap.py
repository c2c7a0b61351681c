"""Examples to like ones with other names, so that a name is known by what stands around it."""

from __future__ import annotations

import random
from dataclasses import replace

from bench.data import Example, Word


def swap_names(example: Example, pool: dict[tuple[str, int], list[tuple[str, ...]]], rng: random.Random) -> Example:
    """`example` with about half of its names in other words of the same kind and number, taken from `pool`."""
    if not example.words or not example.mentions:
        return example
    new: dict[int, str] = {}
    for a, b, kind in example.mentions:
        inside = [n for n, w in enumerate(example.words) if a <= w.start and w.end <= b and w.end > w.start]
        others = pool.get((kind, len(inside)))
        if others and rng.random() < 0.5:
            new.update(zip(inside, rng.choice(others), strict=True))
    text, at, words = "", 0, list[Word]()
    starts, ends = {}, {}
    for n, word in enumerate(example.words):
        if word.start >= at:
            text += example.text[at : word.start]
            at = word.start
        start = len(text) - (at - word.start)
        text += new.get(n, example.text[at : max(at, word.end)])
        at = max(at, word.end)
        words.append(replace(word, start=start, end=len(text)))
        starts[word.start], ends[word.end] = start, len(text)
    text += example.text[at:]
    stretches = (*(example.mentions or ()), *(example.nominals or ()))
    if any(a not in starts or b not in ends for a, b, _ in stretches):
        return example  # a name that begins or ends inside a word
    moved = [tuple((starts[a], ends[b], k) for a, b, k in side or ()) for side in (example.mentions, example.nominals)]
    nominals = moved[1] if example.nominals is not None else None
    # Two names of one thing may have become two names: what is meant is not asked of such a text.
    return replace(example, text=text, mentions=moved[0], words=tuple(words), nominals=nominals, clusters=None)


def name_pool(examples: list[Example]) -> dict[tuple[str, int], list[tuple[str, ...]]]:
    """The names of `examples` by kind and number of words, each as its words, as often as they occur."""
    out: dict[tuple[str, int], list[tuple[str, ...]]] = {}
    for example in examples:
        for a, b, kind in example.mentions or ():
            words = tuple(example.text[w.start : w.end] for w in example.words or () if a <= w.start and w.end <= b)
            if words and all(words):
                out.setdefault((kind, len(words)), []).append(words)
    return out
