"""Scores of words and names on texts marked by hand."""

from __future__ import annotations

import numpy as np

from bench.data import Attribution, Example, Word
from bench.language import sentences_alone
from bench.language_scores import (
    count_heads,
    count_names,
    count_syntax,
    count_words,
    f1_figures,
    first_pieces,
    sentences_of,
)
from onrecord.language.pieces import Pieces, Window
from onrecord.language.scores import RELATIONS, TAGS
from tests.language.made import HALF, TABLES, made_pieces, made_scores

# "Ada sees Bo" with a word a piece: a letter stands for a word.
WORDS = (Word(0, 1, "PROPN", 1, "nsubj"), Word(1, 2, "VERB", -1, "root"), Word(2, 3, "PROPN", 1, "obj"))
EXAMPLE = Example("one", "abc", words=WORDS)


def scored(pieces: Pieces, words: tuple[Word, ...], wrong_head: bool = False) -> dict[str, float]:
    length = len(pieces)
    arcs = np.zeros((length, length + 1), dtype=np.float32)
    tags = np.zeros((length, len(TAGS)), dtype=np.float32)
    relations = np.zeros((length, 2 * HALF), dtype=np.float32)
    for n, word in enumerate(WORDS):
        arcs[n, word.head + 1] = 9
        tags[n, TAGS.index(word.tag)] = 9
        relations[n, RELATIONS.index(word.relation)] = 9
    if wrong_head:
        arcs[2, 1] = 20
    scores = made_scores(length, arcs=arcs, tags=tags, relations=relations)
    example = Example("one", "abc", words=words)
    return f1_figures(count_syntax(example, pieces, [Window(0, length, 0, length)], [scores], TABLES))


def test_syntax_read_as_it_is_scores_one() -> None:
    assert scored(made_pieces(3), WORDS) == {"upos": 1.0, "uas": 1.0, "las": 1.0}


def test_a_wrong_head_costs_its_arc_and_not_its_tag() -> None:
    found = scored(made_pieces(3), WORDS, wrong_head=True)
    assert found == {"upos": 1.0, "uas": 0.6667, "las": 0.6667}


def test_a_word_that_no_piece_stands_for_is_wrong() -> None:
    # "cannot" is one piece, and its "not" has none.
    words = (*WORDS[:2], WORDS[2], Word(2, 3, "PART", 1, "advmod"))
    assert first_pieces(words, made_pieces(3)) == [0, 1, 2, -1]
    assert scored(made_pieces(3), words) == {"upos": 0.75, "uas": 0.75, "las": 0.75}


def test_a_word_begins_with_the_first_piece_that_begins_in_it() -> None:
    # "don't" is cut into "don", "'", "t", and its words are "do" and "n't".
    zero = np.zeros(3, dtype=np.int64)
    pieces = Pieces(zero, np.array([0, 3, 4]), np.array([3, 4, 5]), zero, zero, zero, zero)
    words = (Word(0, 2, "AUX", -1, "root"), Word(2, 5, "PART", 0, "advmod"))
    assert first_pieces(words, pieces) == [0, 1]


def test_sentences_end_where_no_arc_crosses() -> None:
    heads = [1, -1, 1, -1, 3, 6, -1]
    assert sentences_of([Word(n, n + 1, "X", head, "dep") for n, head in enumerate(heads)]) == [0, 0, 0, 1, 1, 2, 2]


def test_words_of_raw_text_are_right_with_gold_characters_only() -> None:
    assert set(f1_figures(count_words(WORDS, WORDS)).values()) == {1.0}
    other = (WORDS[0], WORDS[1], Word(2, 4, "PROPN", 1, "obj"))
    found = f1_figures(count_words(WORDS, other))
    assert set(found.values()) == {0.6667}
    # The head has other characters, so that its dependents are wrong, too, but not their tags.
    headless = (WORDS[0], Word(1, 3, "VERB", -1, "root"))
    assert f1_figures(count_words(WORDS, headless)) == {"words_f1": 0.4, "upos": 0.4, "uas": 0.0, "las": 0.0}


def test_names_count_when_place_and_kind_agree() -> None:
    example = Example("one", "abc", mentions=((0, 1, "person"), (2, 3, "place")))
    found = f1_figures(count_names(example, [(0, 1, "person"), (2, 3, "organisation")]))
    assert found == {"names_f1": 0.5, "names_person": 1.0, "names_organisation": 0.0, "names_place": 0.0}


def test_heads_of_mentions_count_when_place_and_kind_agree() -> None:
    example = Example("one", "abc", nominals=((0, 1, "person"), (1, 2, "thing")))
    found = f1_figures(count_heads(example, [(0, 1, "person"), (2, 3, "person"), (1, 2, "time")]))
    assert (found["nominals_f1"], found["nominals_person"]) == (0.6667, 0.6667)


def test_a_sentence_with_a_part_of_an_attribution_is_left_out() -> None:
    text = "Ada left. Bo said so. It rained."
    whole = Attribution(((10, 12),), ((13, 17),), ((18, 20),))
    across = Attribution(((0, 3),), (), ((22, 31),))
    alone = list(sentences_alone(Example("one", text, (whole,))))
    assert [(e.text, len(e.attributions or ())) for e in alone] == [
        ("Ada left. ", 0),
        ("Bo said so. ", 1),
        ("It rained.", 0),
    ]
    assert [e.attributions for e in alone] == [(), (Attribution(((0, 2),), ((3, 7),), ((8, 10),)),), ()]
    assert [e.text for e in sentences_alone(Example("one", text, (whole, across)))] == ["Bo said so. "]
