from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language import Token
from onrecord.language.coreference import find_clusters
from onrecord.language.mentions import (
    ALIKE,
    ALONE,
    MENTION,
    NEAR,
    PAIR,
    Scene,
    alone_features,
    candidates,
    find_mentions,
    pair_features,
    set_scene,
)
from onrecord.language.pieces import split_sentences
from onrecord.language.quotes import find_quotations
from onrecord.language.scores import REFERENT_SIZE, Tables
from onrecord.record import Span
from tests.language.made import TABLES
from tests.parses import parsed

# Two mentions are one where their vectors agree; else each stands alone.
WEIGHED = replace(
    TABLES,
    pair_hidden=np.eye(PAIR + 2 * MENTION + 1, 1, dtype=np.float32),
    pair=np.array([1.0, 0.0], dtype=np.float32),
    alone=np.array([0.0, 0.0, 0.5], dtype=np.float32),
)


def told(text: str, *words: tuple[str, str, int, str, str]) -> tuple[Token, ...]:
    """As `parsed`, with the kind of mention that each word heads, "" for none."""
    tokens = parsed(text, *[w[:4] for w in words])
    return tuple(replace(t, mention=w[4] or None) for t, w in zip(tokens, words, strict=True))


def scene(text: str, tokens: tuple[Token, ...], *meant: int) -> Scene:
    """The mentions of `tokens`, each with the vector of the thing that it means."""
    vectors = np.zeros((len(meant), 2 * REFERENT_SIZE), dtype=np.float32)
    for n, thing in enumerate(meant):
        vectors[n, [thing, REFERENT_SIZE + thing]] = 9.0
    return set_scene(
        text,
        tokens,
        [Span(a, b) for a, b in split_sentences(text)],
        [Span(a, b) for a, b in find_quotations(text)],
        vectors,
    )


def clusters(text: str, tokens: tuple[Token, ...], *meant: int, tables: Tables = WEIGHED) -> list[list[str]]:
    found = find_clusters(scene(text, tokens, *meant), tables)
    return [[text[slice(*m.span)] for m in cluster] for cluster in found]


MINISTER = "The minister of trade met Ada Holm. She thanked him."
TOKENS = told(
    MINISTER,
    ("The", "DET", 2, "det", ""),
    ("minister", "NOUN", 5, "nsubj", "person"),
    ("of", "ADP", 4, "case", ""),
    ("trade", "NOUN", 2, "nmod", "thing"),
    ("met", "VERB", 0, "root", ""),
    ("Ada", "PROPN", 5, "obj", "person"),
    ("Holm", "PROPN", 6, "flat", ""),
    (".", "PUNCT", 5, "punct", ""),
    ("She", "PRON", 10, "nsubj", "person"),
    ("thanked", "VERB", 0, "root", ""),
    ("him", "PRON", 10, "obj", "person"),
)


def test_a_mention_is_what_depends_on_its_head() -> None:
    found = find_mentions(TOKENS)
    assert [(MINISTER[slice(*m.span)], m.form) for m in found] == [
        ("The minister of trade", "nominal"),
        ("trade", "nominal"),
        ("Ada Holm", "name"),
        ("She", "pronoun"),
        ("him", "pronoun"),
    ]


def test_what_joins_a_mention_to_others_is_no_part_of_it() -> None:
    text = "In the harbour's office and on the pier, ferries waited."
    tokens = told(
        text,
        ("In", "ADP", 5, "case", ""),
        ("the", "DET", 3, "det", ""),
        ("harbour", "NOUN", 5, "nmod", "place"),
        ("'s", "PART", 3, "case", ""),
        ("office", "NOUN", 12, "obl", "place"),
        ("and", "CCONJ", 9, "cc", ""),
        ("on", "ADP", 9, "case", ""),
        ("the", "DET", 9, "det", ""),
        ("pier", "NOUN", 5, "conj", "place"),
        (",", "PUNCT", 12, "punct", ""),
        ("ferries", "NOUN", 12, "nsubj", "thing"),
        ("waited", "VERB", 0, "root", ""),
        (".", "PUNCT", 12, "punct", ""),
    )
    found = [text[slice(*m.span)] for m in find_mentions(tokens)]
    assert found == ["the harbour's", "the harbour's office", "the pier", "ferries"]


def test_mentions_that_mean_one_thing_are_a_cluster() -> None:
    assert clusters(MINISTER, TOKENS, 0, 1, 2, 2, 0) == [["The minister of trade", "him"], ["Ada Holm", "She"]]


def test_a_thing_that_is_mentioned_once_is_no_cluster() -> None:
    assert clusters(MINISTER, TOKENS, 0, 1, 2, 3, 4) == []


def test_no_mentions_give_no_clusters() -> None:
    assert clusters("It rained.", (), tables=WEIGHED) == []


def test_nobody_is_both_he_and_she() -> None:
    """However alike: "She thanked him" speaks of two."""
    assert clusters(MINISTER, TOKENS, 2, 1, 2, 2, 2) == [["The minister of trade", "Ada Holm", "She"]]


def test_two_names_without_a_common_word_are_two_persons() -> None:
    text = "Emil Vorac called Ada Holm."
    tokens = told(
        text,
        ("Emil", "PROPN", 3, "nsubj", "person"),
        ("Vorac", "PROPN", 1, "flat", ""),
        ("called", "VERB", 0, "root", ""),
        ("Ada", "PROPN", 3, "obj", "person"),
        ("Holm", "PROPN", 4, "flat", ""),
    )
    assert clusters(text, tokens, 5, 5) == []


def test_a_mention_takes_the_next_best_where_something_speaks_against_the_best() -> None:
    tables = replace(WEIGHED, alone=np.array([0.0, 0.0, -1.0], dtype=np.float32))
    found = clusters(MINISTER, TOKENS, 0, 1, 2, 2, 2, tables=tables)
    assert ["Ada Holm", "She"] not in found
    assert not any("She" in c and "him" in c for c in found)


def test_the_probability_of_a_mention_is_that_of_its_place() -> None:
    (first, second) = find_clusters(scene(MINISTER, TOKENS, 0, 1, 2, 2, 0), WEIGHED)
    assert [m.probability for m in (first[0], second[0])] == [1.0, 1.0]
    assert all(0.5 < m.probability < 1 for m in (first[1], second[1]))


def test_a_mention_looks_back_a_little_and_at_the_last_ones_alike() -> None:
    count = 3 * NEAR
    text = " ".join(["pier"] * count)
    tokens = told(text, *[("pier", "NOUN", 0, "root", "place")] * count)
    later, earlier = candidates(scene(text, tokens, *[0] * count))
    mine = earlier[later == count - 1]
    assert len(mine) == NEAR + ALIKE
    assert len(later) <= count * (NEAR + ALIKE)
    assert (earlier < later).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_every_mention_is_in_one_cluster_at_most_and_all_are_in_order(meant: list[int]) -> None:
    found = find_clusters(scene(MINISTER, TOKENS, *meant), WEIGHED)
    heads = [m.head for cluster in found for m in cluster]
    assert len(heads) == len(set(heads))
    assert all([m.head for m in c] == sorted(m.head for m in c) and len(c) > 1 for c in found)


def test_features_are_as_wide_as_the_tables() -> None:
    made = scene(MINISTER, TOKENS, 0, 1, 2, 2, 0)
    assert alone_features(made, TABLES.first).shape == (5, ALONE)
    assert pair_features(made, *candidates(made)).shape == (10, PAIR)


@pytest.mark.parametrize(("word", "same"), [("Holm", True), ("Vorac", False)])
def test_a_common_word_shows(word: str, same: bool) -> None:
    text = f"Ada Holm waited. {word} left."
    tokens = told(
        text,
        ("Ada", "PROPN", 3, "nsubj", "person"),
        ("Holm", "PROPN", 1, "flat", ""),
        ("waited", "VERB", 0, "root", ""),
        (".", "PUNCT", 3, "punct", ""),
        (word, "PROPN", 6, "nsubj", "person"),
        ("left", "VERB", 0, "root", ""),
    )
    made = scene(text, tokens, 0, 1)
    shown = pair_features(made, *candidates(made))[0]
    assert bool(shown[3]) is same
