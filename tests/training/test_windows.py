"""Labels on wordpieces, as the network is trained on them; torch is there where weights are trained."""

from __future__ import annotations

import random

import numpy as np
import pytest
from tokenizers import Tokenizer

pytest.importorskip("torch")

from bench.data import Attribution, Example, Frame, Mention, Word
from onrecord.language import load_model
from onrecord.language.scores import ARGUMENTS, RELATIONS, TAGS, TIMEX_LABELS
from training.windows import batches, cut, mark

TEXT = "“We sail,” Ada Holm said, “on Monday.” It rained. Nobody sailed."
SPOKEN = Attribution(source=((11, 19),), cue=((20, 24),), content=((0, 10), (26, 38)))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_model().tokenizer


def words_of(text: str) -> tuple[Word, ...]:
    """Each word of `text` depends on the one before it, the first is the root."""
    out: list[Word] = []
    at = 0
    for word in text.split():
        at = text.index(word, at)
        out.append(Word(at, at + len(word), "NOUN", len(out) - 1, "dep" if out else "root"))
        at += len(word)
    return tuple(out)


def test_roles_stand_on_the_pieces_that_carry_them(tokenizer: Tokenizer) -> None:
    marked = mark(Example("one", TEXT, (SPOKEN,)), tokenizer)
    assert marked.roles is not None
    pieces = [TEXT[a:b] for a, b in zip(marked.pieces.start, marked.pieces.end, strict=True)]
    content = dict(zip(range(len(pieces)), marked.roles[2].tolist(), strict=True))
    assert [pieces[n] for n, label in content.items() if label in (1, 3)] == ["“", "“"]
    assert [label for label in content.values() if label in (1, 3)] == [1, 3]
    assert [p for p, label in zip(pieces, marked.roles[0].tolist(), strict=True) if label] == ["Ada", "Holm"]
    assert len(marked.links) == 1


def test_windows_hold_every_piece_once_and_links_where_they_stand(tokenizer: Tokenizer) -> None:
    marked = mark(Example("one", " ".join([TEXT] * 40), (SPOKEN,)), tokenizer)
    samples = list(cut(marked, random.Random(2)))
    assert sum(s.inputs.shape[1] - 2 for s in samples) == len(marked.pieces)
    assert sum(len(s.links) for s in samples) >= 1
    for sample in samples:
        assert sample.roles is not None
        assert sample.inputs.shape[1] == sample.roles.shape[1]
        assert (sample.roles[:, [0, -1]] == -100).all()


def test_heads_are_columns_of_the_window(tokenizer: Tokenizer) -> None:
    text = "Ada saw Bo. "
    words = words_of(text)
    (sample,) = cut(mark(Example("one", text, words=words), tokenizer), random.Random(0))
    assert sample.syntax is not None
    tags, sentences, heads, relations = sample.syntax
    assert [TAGS[t] for t in tags[1:-1]] == ["NOUN", "NOUN", "NOUN", "_"]
    assert sentences.tolist() == [-100, 0, 0, 0, -1, -100]
    assert heads.tolist() == [-100, 0, 1, 2, -100, -100]
    assert RELATIONS[relations[1]] == "root"


def test_batches_keep_to_their_size(tokenizer: Tokenizer) -> None:
    examples = [Example(str(n), " ".join(["sail"] * n), mentions=()) for n in (1, 3, 40, 41, 90, 200)]
    samples = [s for e in examples for s in cut(mark(e, tokenizer), random.Random(1))]
    found = batches(samples, 100, random.Random(1))
    assert sum(len(batch) for batch in found) == len(samples)
    assert all(len(b) == 1 or len(b) * max(s.inputs.shape[1] for s in b) <= 100 for b in found)


FRAMED = Example(
    "one",
    "Ada saw Bo. She left him.",
    words=words_of("Ada saw Bo. ")
    + tuple(Word(a, b, "X", head, "dep") for a, b, head in ((12, 15, 4), (16, 20, -1), (21, 24, 4))),
    frames=(
        Frame(1, (("ARG0", 0), ("ARG1", 2)), 2.5),
        Frame(4, None, -1.0),
    ),
    unframed=frozenset((3, 4, 5)),
    clusters=((Mention(0, 0, 0), Mention(3, 3, 3)), (Mention(2, 2, 2), Mention(5, 5, 5))),
)


def test_frames_are_asked_of_the_words_of_their_own_sentence(tokenizer: Tokenizer) -> None:
    marked = mark(FRAMED, tokenizer)
    assert marked.predicates is not None and marked.pairs is not None
    shown = [FRAMED.text[a:b] for a, b in zip(marked.pieces.start, marked.pieces.end, strict=True)]
    assert [shown[n] for n in np.flatnonzero(marked.predicates == 1)] == ["saw"]
    # The second sentence was not annotated, and the stop is no word of its own here.
    assert [shown[n] for n in np.flatnonzero(marked.predicates == 0)] == ["Ada", "Bo"]
    pairs = [(shown[p], shown[w], ARGUMENTS[label]) for p, w, label in marked.pairs.tolist()]
    assert pairs == [("saw", "Ada", "ARG0"), ("saw", "saw", "O"), ("saw", "Bo", "ARG1")]
    assert [(shown[place], value) for place, value in marked.facts] == [("saw", 2.5), ("left", -1.0)]


def test_a_mention_is_not_asked_for_what_its_window_lacks(tokenizer: Tokenizer) -> None:
    marked = mark(FRAMED, tokenizer)
    assert len(marked.referents) == 4
    every = [s for n in range(30) for s in cut(marked, random.Random(n))]
    asked = {tuple((group, known) for _, group, known in s.referents) for s in every}
    assert ((0, True), (1, True), (0, True), (1, True)) in asked
    # Where a window begins with the second sentence, the first mentions lie before it.
    assert ((0, False), (1, False)) in asked


def test_time_expressions_stand_on_their_pieces(tokenizer: Tokenizer) -> None:
    text = "On Monday morning it rained for two days."
    marked = mark(Example("one", text, timexes=((3, 17, "TIME"), (32, 40, "DURATION"))), tokenizer)
    assert marked.timexes is not None
    labels = [TIMEX_LABELS[n] for n in marked.timexes.tolist()]
    assert labels[1:3] == ["B-TIME", "I-TIME"]
    assert labels[-3:] == ["B-DURATION", "I-DURATION", "O"]
