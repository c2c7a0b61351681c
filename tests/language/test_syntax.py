import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language.paths import Floats
from onrecord.language.pieces import Pieces, Window
from onrecord.language.scores import NOMINALS, RELATIONS, TAGS, Scores
from onrecord.language.syntax import find_heads, find_nodes
from tests.language.made import HALF, TABLES, made_pieces, made_scores


def is_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen, at = set[int](), word
        while at and at not in seen:
            seen.add(at)
            at = heads[at - 1]
        if at:
            return False
    return True


def worth(scores: Floats, heads: tuple[int, ...]) -> float:
    return float(sum(scores[n, head] for n, head in enumerate(heads)))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_the_tree_found_is_the_best_of_all_with_one_root(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 3, (size, size + 1)).astype(np.float32)
    found = tuple(find_heads(scores))
    assert is_tree(found)
    trees = (h for h in itertools.product(range(size + 1), repeat=size) if is_tree(h))
    best = max(worth(scores, h) for h in trees if all(head != n for n, head in enumerate(h, 1)))
    assert worth(scores, found) == pytest.approx(best, abs=1e-3)


@settings(max_examples=20, deadline=None)
@given(st.integers(30, 90), st.integers(0, 2**32 - 1))
def test_long_sentences_have_a_tree_too(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(0, 3, (size, size + 1)).astype(np.float32)
    assert is_tree(tuple(find_heads(scores)))


def test_two_words_that_want_one_another_are_parted_where_it_costs_least() -> None:
    # "strike kills": each is the other's likeliest head.
    assert find_heads(np.array([[0, -99, 5], [4, 5, -99]], dtype=np.float32)) == [2, 0]


def spoken(words: list[tuple[str, int, str]], spread: int = 1) -> Scores:
    """Scores in which each word of `spread` pieces has this tag, head (counted from 1) and relation."""
    length = spread * len(words)
    tags = np.zeros((length, len(TAGS)), dtype=np.float32)
    arcs = np.zeros((length, length + 1), dtype=np.float32)
    relations = np.zeros((length, 2 * HALF), dtype=np.float32)
    tags[:, 0] = 1
    for n, (tag, head, relation) in enumerate(words):
        tags[n * spread, TAGS.index(tag)] = 9
        arcs[n * spread, (head - 1) * spread + 1 if head else 0] = 9
        relations[n * spread, RELATIONS.index(relation)] = 9
    return made_scores(length, tags=tags, arcs=arcs, relations=relations)


SENTENCE = [("NOUN", 2, "nsubj"), ("VERB", 0, "root"), ("NOUN", 2, "obj")]


def nodes(scores: Scores, pieces: Pieces | None = None) -> list[tuple[int, int, str, int, str]]:
    length = len(scores.tags)
    found = find_nodes(pieces or made_pieces(length), Window(0, length, 0, length), scores, TABLES)
    return [(n.start, n.end, TAGS[n.tag], n.head, RELATIONS[n.relation]) for n in found]


def test_words_have_their_pieces_and_their_syntax() -> None:
    assert nodes(spoken(SENTENCE)) == [
        (0, 1, "NOUN", 1, "nsubj"),
        (1, 2, "VERB", -1, "root"),
        (2, 3, "NOUN", 1, "obj"),
    ]
    assert [n[:2] for n in nodes(spoken(SENTENCE, 2))] == [(0, 2), (2, 4), (4, 6)]


def test_a_piece_behind_a_space_begins_a_word_whatever_is_read_in_it() -> None:
    scores = spoken(SENTENCE, 2)
    pieces = made_pieces(6)
    apart = replace(pieces, start=pieces.start + (np.arange(6) > 0), end=pieces.end + (np.arange(6) > 0))
    found = nodes(scores, apart)
    assert [n[:2] for n in found] == [(0, 1), (1, 2), (2, 4), (4, 6)]
    assert found[1][2] != "_"


def test_heads_stay_in_their_sentence_and_count_the_words_of_the_text() -> None:
    scores = spoken([*SENTENCE, ("NOUN", 2, "nsubj"), ("VERB", 0, "root")])
    found = nodes(scores, made_pieces(5, np.array([0, 0, 0, 1, 1])))
    assert [n[3] for n in found] == [1, -1, 1, 4, -1]
    assert found[3][4] == "nsubj"


def test_words_of_several_windows_are_counted_through() -> None:
    pieces = made_pieces(6, np.repeat([0, 1], 3))
    second = spoken([("PUNCT", 0, "root"), *[(t, h and h + 1, r) for t, h, r in SENTENCE]])
    found = find_nodes(pieces, Window(0, 3, 0, 3), spoken(SENTENCE), TABLES)
    found += find_nodes(pieces, Window(2, 6, 3, 6), second, TABLES, len(found))
    assert [(n.start, n.head) for n in found] == [(0, 1), (1, -1), (2, 1), (3, 4), (4, -1), (5, 4)]


def test_the_kind_of_a_mention_stands_at_its_head() -> None:
    scores = spoken(SENTENCE)
    scores.nominals[0, NOMINALS.index("person")] = 5
    (first, *others) = find_nodes(made_pieces(3), Window(0, 3, 0, 3), scores, TABLES)
    assert (NOMINALS[first.kind], [n.kind for n in others]) == ("person", [0, 0])
