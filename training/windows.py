"""Examples to batches of windows with labels, as the network is trained on them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from bench.data import Example
from onrecord.language.decode import MENTION_LABELS, ROLES
from onrecord.language.pieces import WINDOW, Ints, Pieces, find_windows, split_pieces

CLS, SEP = 101, 102
# Straight and typographic marks are one thing to a reader; each epoch sees some texts in other dress.
_DRESS = [str.maketrans("“”‘’", "\"\"''"), str.maketrans("“”", "«»"), str.maketrans("“”", "„“")]

Run = tuple[int, int]


@dataclass(slots=True)
class Marked:
    """One text's pieces with their labels; links as (content runs, source runs, cue runs)."""

    pieces: Pieces
    roles: Ints | None
    mentions: Ints | None
    links: list[tuple[list[Run], list[Run], list[Run]]]


@dataclass(slots=True)
class Sample:
    """One window; runs of its links are counted from its first piece, after the leading mark."""

    inputs: Ints  # (4, length): ids, case, quote, line
    roles: Ints | None  # (3, length)
    mentions: Ints | None  # (length,)
    links: list[tuple[list[Run], list[Run] | None, list[Run] | None]]
    candidates: tuple[list[list[Run]], list[list[Run]]]


def mark(example: Example, tokenizer: Tokenizer, dress: random.Random | None = None) -> Marked:
    """The labels of `example` on its pieces; `dress` changes its quotation marks now and then."""
    text = example.text
    if dress and dress.random() < 0.3:
        text = text.translate(dress.choice(_DRESS))
    pieces = split_pieces(text, tokenizer)
    if example.attributions is None:
        return Marked(pieces, None, _mention_labels(example, pieces), [])
    roles = np.zeros((3, len(pieces)), dtype=np.int64)
    links = []
    for attribution in example.attributions:
        runs = [_runs(getattr(attribution, role), pieces) for role in ROLES]
        for n, role_runs in enumerate(runs):
            for k, (a, b) in enumerate(role_runs):
                roles[n, a:b] = 2
                roles[n, a] = 3 if k else 1
        if runs[2]:
            links.append((runs[2], runs[0], runs[1]))
    return Marked(pieces, roles, None, links)


def _runs(stretches: tuple[Run, ...], pieces: Pieces) -> list[Run]:
    out = []
    for a, b in stretches:
        first = int(np.searchsorted(pieces.end, a, side="right"))
        last = int(np.searchsorted(pieces.start, b, side="left"))
        if last > first:
            out.append((first, last))
    return out


def _mention_labels(example: Example, pieces: Pieces) -> Ints:
    labels = np.zeros(len(pieces), dtype=np.int64)
    for a, b, kind in example.mentions or ():
        for first, last in _runs(((a, b),), pieces):
            labels[first:last] = MENTION_LABELS.index(f"I-{kind}")
            labels[first] = MENTION_LABELS.index(f"B-{kind}")
    return labels


def cut(marked: Marked, rng: random.Random) -> Iterator[Sample]:
    """The windows of one text for one epoch, from a random first cut and without overlap."""
    sentence = marked.pieces.sentence
    cuts = [c for c in (np.flatnonzero(np.diff(sentence)) + 1).tolist() if c < WINDOW]
    first = rng.choice([0, *cuts])
    spans = [(0, first)] if first else []
    longest = rng.choice([WINDOW, WINDOW, 192, 128])
    spans += [(first + w.start, first + w.end) for w in find_windows(sentence[first:], longest, 0)]
    for a, b in spans:
        yield _sample(marked, a, b)


def _sample(marked: Marked, start: int, end: int) -> Sample:
    p, n = marked.pieces, end - start
    inputs = np.zeros((4, n + 2), dtype=np.int64)
    for row, values in enumerate((p.ids, p.case, p.quote, p.line)):
        inputs[row, 1:-1] = values[start:end]
    inputs[0, 0], inputs[0, -1] = CLS, SEP

    def inside(runs: list[Run]) -> list[Run]:
        clipped = [(max(a, start) - start, min(b, end) - start) for a, b in runs]
        return [(a, b) for a, b in clipped if b > a]

    def pad(labels: Ints) -> Ints:
        out = np.full((*labels.shape[:-1], n + 2), -100, dtype=np.int64)
        out[..., 1:-1] = labels[..., start:end]
        return out

    links: list[tuple[list[Run], list[Run] | None, list[Run] | None]] = []
    pools: tuple[list[list[Run]], list[list[Run]]] = ([], [])
    for content, source, cue in marked.links:
        parts = [inside(content), inside(source), inside(cue)]
        for pool, part in zip(pools, parts[1:], strict=True):
            if part and part not in pool:
                pool.append(part)
        if parts[0]:
            # A source that stands outside the window cannot be asked for: None leaves the question out.
            known = [part if part or not whole else None for part, whole in zip(parts[1:], (source, cue), strict=True)]
            links.append((parts[0], known[0], known[1]))
    roles = None if marked.roles is None else pad(marked.roles)
    mentions = None if marked.mentions is None else pad(marked.mentions)
    return Sample(inputs, roles, mentions, links, pools)


def collate(samples: list[Sample]) -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs (4, batch, length) and the mask of real pieces (batch, length)."""
    length = max(s.inputs.shape[1] for s in samples)
    inputs = torch.zeros(4, len(samples), length, dtype=torch.long)
    mask = torch.zeros(len(samples), length, dtype=torch.bool)
    for i, s in enumerate(samples):
        n = s.inputs.shape[1]
        inputs[:, i, :n] = torch.from_numpy(s.inputs)
        mask[i, :n] = True
    return inputs, mask
