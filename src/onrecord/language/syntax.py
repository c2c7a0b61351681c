"""Scores of tags and arcs to words, each with its part of speech, its head and its relation to that."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.language.paths import Floats, softmax
from onrecord.language.pieces import Ints, Pieces, Window
from onrecord.language.scores import RELATIONS, Scores, Tables

# A sentence has one root: where the best tree has two, arcs from the root are made dearer than any gain by a second.
_ONE_ROOT = 1e6
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class Node:
    """A word over wordpieces `start` to `end`; `head` counts the nodes of the text, -1 for the root of a sentence.

    `tag`, `relation` and `kind` are numbers of labels: part of speech, relation to the head, what a mention is of.
    `sure` is the joint probability of tag, head and relation, `sure_kind` that of the kind.
    """

    start: int
    end: int
    tag: int
    head: int
    relation: int
    kind: int
    sure: float = 1.0
    sure_kind: float = 1.0


@dataclass(frozen=True, slots=True)
class Tree:
    """The syntax of the words of one sentence, an item a word: `heads` count them from 1, 0 is the root.

    `sure` and `sure_kinds` are probabilities as those of `Node`.
    """

    tags: list[int]
    heads: list[int]
    relations: list[int]
    kinds: list[int]
    sure: list[float]
    sure_kinds: list[float]


def find_nodes(pieces: Pieces, window: Window, score: Scores, tables: Tables, before: int = 0) -> list[Node]:
    """The words in the core of `window` with their syntax; `before` words of the text stand ahead of them.

    A word begins where the model reads one, and always behind a space. A sentence that windows part has a tree in each.
    """
    out: list[Node] = []
    first_piece, last_piece = window.core_start, window.core_end
    shift = first_piece - window.start
    begins = score.tags[shift : last_piece - window.start].argmax(axis=1) > 0
    begins[1:] |= pieces.start[first_piece + 1 : last_piece] > pieces.end[first_piece : last_piece - 1]
    for first, last in _stretches(pieces.sentence[first_piece:last_piece]):
        begins[first] = True
        starts = np.flatnonzero(begins[first:last]) + first
        tree = read_tree(score, starts + shift, tables)
        places = [*(starts + first_piece).tolist(), last + first_piece]
        base = before + len(out)
        for n, (a, b) in enumerate(itertools.pairwise(places)):
            head = base + tree.heads[n] - 1 if tree.heads[n] else -1
            kind, sure, sure_kind = tree.kinds[n], tree.sure[n], tree.sure_kinds[n]
            out.append(Node(a, b, tree.tags[n], head, tree.relations[n], kind, sure, sure_kind))
    return out


def read_tree(score: Scores, at: Ints, tables: Tables) -> Tree:
    """The syntax of the sentence whose words are those that begin with the pieces `at` of the window."""
    arcs = score.arcs[at][:, np.concatenate(([0], at + 1))]
    heads = np.array(find_heads(arcs))
    half = score.relations.shape[1] // 2
    governors = np.where(heads > 0, at[heads - 1], at)
    hidden = np.maximum(score.relations[at, :half] + score.relations[governors, half:], 0)
    table = hidden @ tables.relation[:-1] + tables.relation[-1]
    root = RELATIONS.index("root")
    table[heads > 0, root] = _NEVER
    table[heads == 0] = np.where(np.arange(len(RELATIONS)) == root, 0, _NEVER)
    tags, relations, kinds = softmax(score.tags[at, 1:]), softmax(table), softmax(score.nominals[at])
    chosen = softmax(without_self(arcs))[np.arange(len(at)), heads]
    return Tree(
        tags=(tags.argmax(axis=1) + 1).tolist(),
        heads=heads.tolist(),
        relations=relations.argmax(axis=1).tolist(),
        kinds=kinds.argmax(axis=1).tolist(),
        sure=(tags.max(axis=1) * chosen * relations.max(axis=1)).tolist(),
        sure_kinds=kinds.max(axis=1).tolist(),
    )


def without_self(arcs: Floats) -> Floats:
    """`arcs` (n, n + 1), the root first, with none from a word to itself."""
    out = arcs.copy()
    np.fill_diagonal(out[:, 1:], _NEVER)
    return out


def _stretches(sentence: Ints) -> Iterator[tuple[int, int]]:
    """First and last piece of each run of pieces of one sentence."""
    cuts = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist(), len(sentence)]
    yield from ((a, b) for a, b in itertools.pairwise(cuts) if b > a)


def find_heads(scores: Floats) -> list[int]:
    """The heads of the best tree over n words, counted from 1, 0 for the root.

    `scores` (n, n + 1) has a row a dependent and a column a head, the first of them the root. The likeliest head
    of each word where these make a tree, else the maximum spanning tree with one root (Chu and Liu 1965, Edmonds 1967).
    """
    size = len(scores)
    square = np.full((size + 1, size + 1), _NEVER)
    square[1:] = scores
    np.fill_diagonal(square, _NEVER)
    heads = _tree(square)[1:]
    if heads.count(0) > 1:
        square[1:, 0] -= _ONE_ROOT
        heads = _tree(square)[1:]
    return heads


def _tree(scores: NDArray[np.float64]) -> list[int]:
    """The heads of the maximum tree: a cycle of best heads is made one word, and opened where that costs least."""
    heads: list[int] = scores.argmax(axis=1).tolist()
    heads[0] = 0
    cycle = np.array(_cycle(heads), dtype=np.int64)
    if not len(cycle):
        return heads
    outside = np.ones(len(scores), dtype=bool)
    outside[cycle] = False
    rest = np.flatnonzero(outside)
    # The cycle is the last word of the smaller problem: who it may depend on, and who may depend on it.
    into = scores[cycle][:, rest] - scores[cycle, np.array(heads)[cycle]][:, None]
    out_of = scores[rest][:, cycle]
    smaller = np.full((len(rest) + 1, len(rest) + 1), _NEVER)
    smaller[:-1, :-1] = scores[rest][:, rest]
    smaller[:-1, -1] = out_of.max(axis=1)
    smaller[-1, :-1] = into.max(axis=0)
    found = _tree(smaller)
    for n, head in enumerate(found[:-1]):
        heads[rest[n]] = int(cycle[out_of[n].argmax()] if head == len(rest) else rest[head])
    heads[cycle[into[:, found[-1]].argmax()]] = int(rest[found[-1]])
    heads[0] = 0
    return heads


def _cycle(heads: Sequence[int]) -> list[int]:
    """The words of a cycle of `heads`, whose first is the root; none if there is no cycle."""
    state = [0] * len(heads)
    state[0] = 2
    for first in range(1, len(heads)):
        trail, at = [], first
        while state[at] == 0:
            state[at] = 1
            trail.append(at)
            at = heads[at]
        if state[at] == 1:
            return trail[trail.index(at) :]
        for word in trail:
            state[word] = 2
    return []
