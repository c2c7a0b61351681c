"""Examples to batches of windows with labels, as the network is trained on them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from bench.data import Example, Stretch3, Word
from bench.language_scores import first_pieces, sentences_of
from onrecord.language.pieces import WINDOW, Ints, Pieces, find_windows, split_pieces
from onrecord.language.scores import ARGUMENTS, MENTION_LABELS, NOMINALS, RELATIONS, ROLES, TAGS, TIMEX_LABELS

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
    -100 unknown), relation. `predicates` is 1, 0 or -100 (unknown) for the first piece of each word; `pairs` has a row
    for each predicate and word of its sentence: their pieces and the label; `facts` and `referents` begin with a piece.
    """

    pieces: Pieces
    roles: Ints | None = None
    mentions: Ints | None = None
    nominals: Ints | None = None
    syntax: Ints | None = None
    links: tuple[tuple[list[Run], list[Run], list[Run]], ...] = ()
    timexes: Ints | None = None
    predicates: Ints | None = None
    pairs: Ints | None = None  # (pairs, 3)
    facts: tuple[tuple[int, float], ...] = ()
    referents: tuple[tuple[int, int], ...] = ()  # mentions in order: piece of the head, number of what is meant


@dataclass(slots=True)
class Sample:
    """One window; runs of its links are counted from its first piece, after the leading mark.

    Of `syntax` the head is a column of the window, 0 being the leading mark and so the root; all places of frames and
    referents are columns. A mention is not asked for its antecedent where that stands before the window only.
    """

    inputs: Ints  # (4, length): ids, case, quote, line
    roles: Ints | None  # (3, length)
    mentions: Ints | None  # (length,)
    nominals: Ints | None  # (length,)
    syntax: Ints | None  # (4, length)
    links: list[tuple[list[Run], list[Run] | None, list[Run] | None]]
    candidates: tuple[list[list[Run]], list[list[Run]]]
    timexes: Ints | None  # (length,)
    predicates: Ints | None  # (length,)
    pairs: Ints | None  # (pairs, 3): predicate, word, label
    facts: list[tuple[int, float]]
    referents: list[tuple[int, int, bool]]


def mark(example: Example, tokenizer: Tokenizer, dress: random.Random | None = None) -> Marked:
    """The labels of `example` on its pieces; `dress` changes its quotation marks now and then."""
    text = example.text
    if dress and dress.random() < 0.3:
        text = text.translate(dress.choice(_DRESS))
    out = Marked(split_pieces(text, tokenizer))
    if example.attributions is not None:
        _mark_roles(example, out)
    if example.mentions is not None:
        out.mentions = _span_labels(example.mentions, out.pieces, MENTION_LABELS)
    if example.timexes is not None:
        out.timexes = _span_labels(example.timexes, out.pieces, TIMEX_LABELS)
    if example.words is not None:
        places = first_pieces(example.words, out.pieces)
        out.syntax = _syntax(example.words, places, len(out.pieces))
        if example.nominals is not None:
            kinds = {a: NOMINALS.index(kind) for a, _, kind in example.nominals}
            out.nominals = np.full(len(out.pieces), -100, dtype=np.int64)
            for word, place in zip(example.words, places, strict=True):
                if place >= 0:
                    out.nominals[place] = kinds.get(word.start, 0)
        if example.frames is not None:
            _mark_frames(example, places, out)
        heads = sorted((m.head, group) for group, mentions in enumerate(example.clusters or ()) for m in mentions)
        out.referents = tuple((places[n], group) for n, group in heads if places[n] >= 0)
    return out


def _mark_frames(example: Example, places: list[int], out: Marked) -> None:
    out.predicates = np.full(len(out.pieces), -100, dtype=np.int64)
    out.predicates[[p for n, p in enumerate(places) if p >= 0 and n not in example.unframed]] = 0
    sentences = sentences_of(example.words or ())
    members: dict[int, list[int]] = {}
    for n, sentence in enumerate(sentences):
        members.setdefault(sentence, []).append(n)
    pairs, facts = [], []
    for frame in example.frames or ():
        place = places[frame.predicate]
        if place < 0:
            continue
        if frame.factuality is not None:
            facts.append((place, frame.factuality))
        if frame.arguments is not None:
            out.predicates[place] = 1
            labels = {n: ARGUMENTS.index(k) for k, n in reversed(frame.arguments) if k in ARGUMENTS}
            words = (n for n in members[sentences[frame.predicate]] if places[n] >= 0)
            pairs += [(place, places[n], labels.get(n, 0)) for n in words]
    out.pairs, out.facts = np.array(pairs, dtype=np.int64).reshape(-1, 3), tuple(facts)


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


def _span_labels(stretches: Iterable[Stretch3], pieces: Pieces, names: Sequence[str]) -> Ints:
    labels = np.zeros(len(pieces), dtype=np.int64)
    for a, b, kind in stretches:
        for first, last in _runs(((a, b),), pieces):
            labels[first:last] = names.index(f"I-{kind}")
            labels[first] = names.index(f"B-{kind}")
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
    pairs = marked.pairs
    if pairs is not None:
        held = ((pairs[:, :2] >= start) & (pairs[:, :2] < end)).all(axis=1)
        pairs = pairs[held] + np.array([1 - start, 1 - start, 0])
    return Sample(
        inputs=inputs,
        roles=pad(marked.roles),
        mentions=pad(marked.mentions),
        nominals=pad(marked.nominals),
        syntax=syntax,
        links=links,
        candidates=pools,
        timexes=pad(marked.timexes),
        predicates=pad(marked.predicates),
        pairs=pairs,
        facts=[(place - start + 1, value) for place, value in marked.facts if start <= place < end],
        referents=_referents(marked.referents, start, end),
    )


def _referents(mentions: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int, bool]]:
    """The mentions of a window: column, number of what is meant, and whether the window holds what is to be chosen."""
    out: list[tuple[int, int, bool]] = []
    before = {group for place, group in mentions if place < start}
    for place, group in mentions:
        if start <= place < end:
            out.append((place - start + 1, group, group not in before or any(g == group for _, g, _ in out)))
    return out


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
