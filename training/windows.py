"""Examples to batches of windows with labels, as the network is trained on them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from bench.data import Example, Word
from bench.language_scores import first_pieces, sentences_of
from onrecord.language.pieces import WINDOW, Ints, Pieces, find_windows, split_pieces
from onrecord.language.scores import MENTION_LABELS, NOMINALS, RELATIONS, ROLES, TAGS

CLS, SEP, MASK = 101, 102, 103
# Straight and typographic marks are one thing to a reader; each epoch sees some texts in other dress.
_DRESS = [str.maketrans("“”‘’", "\"\"''"), str.maketrans("“”", "«»"), str.maketrans("“”", "„“")]
# In half of the windows this share of the pieces is hidden, so that labels rest on more than the words themselves.
HIDE = 0.08

Run = tuple[int, int]


@dataclass(slots=True)
class Marked:
    """One text's pieces with their labels; links as (content runs, source runs, cue runs).

    `syntax` has four rows: tag, number of the sentence (negative where no word begins), piece of the head (-1 the root,
    -100 unknown), relation.
    """

    pieces: Pieces
    roles: Ints | None = None
    mentions: Ints | None = None
    nominals: Ints | None = None
    syntax: Ints | None = None
    links: tuple[tuple[list[Run], list[Run], list[Run]], ...] = ()


@dataclass(slots=True)
class Sample:
    """One window; runs of its links are counted from its first piece, after the leading mark.

    Of `syntax` the head is a column of the window, 0 being the leading mark and so the root.
    """

    inputs: Ints  # (4, length): ids, case, quote, line
    roles: Ints | None  # (3, length)
    mentions: Ints | None  # (length,)
    nominals: Ints | None  # (length,)
    syntax: Ints | None  # (4, length)
    links: list[tuple[list[Run], list[Run] | None, list[Run] | None]]
    candidates: tuple[list[list[Run]], list[list[Run]]]


def mark(example: Example, tokenizer: Tokenizer, dress: random.Random | None = None) -> Marked:
    """The labels of `example` on its pieces; `dress` changes its quotation marks now and then."""
    text = example.text
    if dress and dress.random() < 0.3:
        text = text.translate(dress.choice(_DRESS))
    out = Marked(split_pieces(text, tokenizer))
    if example.attributions is not None:
        _mark_roles(example, out)
    if example.mentions is not None:
        out.mentions = _mention_labels(example, out.pieces)
    if example.words is not None:
        places = first_pieces(example.words, out.pieces)
        out.syntax = _syntax(example.words, places, len(out.pieces))
        if example.nominals is not None:
            kinds = {a: NOMINALS.index(kind) for a, _, kind in example.nominals}
            out.nominals = np.full(len(out.pieces), -100, dtype=np.int64)
            for word, place in zip(example.words, places, strict=True):
                if place >= 0:
                    out.nominals[place] = kinds.get(word.start, 0)
    return out


def _mark_roles(example: Example, out: Marked) -> None:
    out.roles = np.zeros((3, len(out.pieces)), dtype=np.int64)
    links = []
    for attribution in example.attributions or ():
        runs = [_runs(getattr(attribution, role), out.pieces) for role in ROLES]
        for n, role_runs in enumerate(runs):
            for k, (a, b) in enumerate(role_runs):
                out.roles[n, a:b] = 2
                out.roles[n, a] = 3 if k else 1
        if runs[2]:
            links.append((runs[2], runs[0], runs[1]))
    out.links = tuple(links)


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


def _syntax(words: tuple[Word, ...], places: list[int], length: int) -> Ints:
    out = np.full((4, length), -100, dtype=np.int64)
    out[0], out[1] = TAGS.index("_"), -1
    for word, place, sentence in zip(words, places, sentences_of(words), strict=True):
        if place < 0:
            continue
        head = -1 if word.head < 0 else places[word.head] if places[word.head] >= 0 else -100
        out[:, place] = TAGS.index(word.tag), sentence, head, RELATIONS.index(word.relation)
    return out


def cut(marked: Marked, rng: random.Random) -> Iterator[Sample]:
    """The windows of one text for one epoch, from a random first cut and without overlap."""
    sentence = marked.pieces.sentence
    cuts = [c for c in (np.flatnonzero(np.diff(sentence)) + 1).tolist() if c < WINDOW]
    first = rng.choice([0, *cuts])
    spans = [(0, first)] if first else []
    longest = rng.choice([WINDOW, WINDOW, 192, 128])
    spans += [(first + w.start, first + w.end) for w in find_windows(sentence[first:], longest, 0)]
    for a, b in spans:
        yield _sample(marked, a, b, rng)


def _sample(marked: Marked, start: int, end: int, rng: random.Random) -> Sample:
    p, n = marked.pieces, end - start
    inputs = np.zeros((4, n + 2), dtype=np.int64)
    for row, values in enumerate((p.ids, p.case, p.quote, p.line)):
        inputs[row, 1:-1] = values[start:end]
    if rng.random() < 0.5:
        hidden = np.random.default_rng(rng.getrandbits(32)).random(n) < HIDE
        inputs[0, 1:-1][hidden] = MASK
    inputs[0, 0], inputs[0, -1] = CLS, SEP

    def pad(labels: Ints | None) -> Ints | None:
        if labels is None:
            return None
        out = np.full((*labels.shape[:-1], n + 2), -100, dtype=np.int64)
        out[..., 1:-1] = labels[..., start:end]
        return out

    syntax = pad(marked.syntax)
    if syntax is not None:
        head = syntax[2]
        inside = (head >= start) & (head < end)
        syntax[2] = np.where(inside, head - start + 1, np.where(head == -1, 0, -100))
    links, pools = _links(marked, start, end)
    return Sample(inputs, pad(marked.roles), pad(marked.mentions), pad(marked.nominals), syntax, links, pools)


def _links(
    marked: Marked, start: int, end: int
) -> tuple[list[tuple[list[Run], list[Run] | None, list[Run] | None]], tuple[list[list[Run]], list[list[Run]]]]:
    def inside(runs: list[Run]) -> list[Run]:
        clipped = [(max(a, start) - start, min(b, end) - start) for a, b in runs]
        return [(a, b) for a, b in clipped if b > a]

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
    return links, pools


def batches(samples: list[Sample], pieces: int, rng: random.Random) -> list[list[Sample]]:
    """Batches of windows of like length, each of about so many `pieces` with its padding, shuffled."""
    rng.shuffle(samples)
    out: list[list[Sample]] = []
    for _, group in itertools.groupby(
        sorted(samples, key=lambda s: s.inputs.shape[1] // 16), key=lambda s: s.inputs.shape[1] // 16
    ):
        batch: list[Sample] = []
        for sample in group:
            if batch and (len(batch) + 1) * max(s.inputs.shape[1] for s in (*batch, sample)) > pieces:
                out.append(batch)
                batch = []
            batch.append(sample)
        out.append(batch)
    rng.shuffle(out)
    return out


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
