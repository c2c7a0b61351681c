from pathlib import Path

import numpy as np
import pytest

from onrecord.language.vectors import NARROW, WIDTH, Vectors, load_vectors, pack, unpack
from onrecord.record import OnrecordError, Span

TEXT = (
    "A ferry sank off Lower Norra on Thursday. The ship went down near the island, the harbour office said.\n"
    "Parliament passed the grain tax. It was late."
)


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    return load_vectors()


def spans(*quotes: str) -> list[Span]:
    return [Span(TEXT.index(q), TEXT.index(q) + len(q)) for q in quotes]


def test_what_tells_of_one_event_lies_near(vectors: Vectors) -> None:
    sentences = spans(
        "A ferry sank off Lower Norra on Thursday.",
        "The ship went down near the island",
        "Parliament passed the grain tax.",
    )
    near = vectors.read(TEXT, sentences)
    likeness = near @ near.T
    assert likeness[0, 1] > 0.4 > likeness[0, 2]
    triggers = vectors.read(TEXT, spans("sank", "went down", "passed"))
    assert triggers[0] @ triggers[1] > triggers[0] @ triggers[2]


def test_vectors_are_of_length_one(vectors: Vectors) -> None:
    found = vectors.read(TEXT, [*spans("ferry", "Parliament passed the grain tax. It was late."), Span(0, len(TEXT))])
    assert found.shape == (3, WIDTH)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)


def test_a_vector_does_not_depend_on_what_else_is_asked(vectors: Vectors) -> None:
    asked = spans("sank", "The ship went down near the island", "grain tax")
    together = vectors.read(TEXT, asked)
    assert np.array_equal(together, np.concatenate([vectors.read(TEXT, [s]) for s in asked]))
    assert np.array_equal(together, vectors.read(TEXT, asked[::-1])[::-1])


def test_a_sentence_has_the_vector_that_it_has_alone(vectors: Vectors) -> None:
    sentence = "Parliament passed the grain tax."
    assert np.array_equal(vectors.read(TEXT, spans(sentence)), vectors.read(sentence, [Span(0, len(sentence))]))


def test_a_span_without_a_word_has_no_vector(vectors: Vectors) -> None:
    assert not vectors.read("Norra.  ", [Span(6, 8), Span(7, 7)]).any()
    assert not vectors.read("", [Span(0, 0)]).any()
    assert vectors.read(TEXT, []).shape == (0, WIDTH)


def test_a_long_sentence_is_read_around_the_span(vectors: Vectors) -> None:
    text = "rain and snow and " * 300 + "a ferry sank"
    (found, lone) = vectors.read(text, [Span(len(text) - 12, len(text)), Span(0, 4)])
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-5)
    ferry = vectors.read("a ferry sank", [Span(0, 12)])[0]
    assert found @ ferry > lone @ ferry


def test_a_folder_without_vectors_says_so(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match=r"no vectors here \(vectors.onnx is missing\)"):
        load_vectors(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "vectors.onnx").write_bytes(b"no graph")
    with pytest.raises(OnrecordError, match="no vectors here"):
        load_vectors(tmp_path)


def test_what_is_kept_tells_likeness_as_the_whole_does(vectors: Vectors) -> None:
    told = spans("A ferry sank off Lower Norra on Thursday.", "The ship went down near the island", "It was late.")
    whole = vectors.read(TEXT, told)
    kept = unpack(pack(told, whole))
    assert list(kept) == sorted(told)
    rows = np.array([kept[span] for span in told])
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert (rows @ rows.T)[0, 1] > 0.3 > (rows @ rows.T)[0, 2]


def test_a_span_is_kept_once_and_one_without_a_word_as_nothing(vectors: Vectors) -> None:
    told = [Span(0, 7), Span(len(TEXT), len(TEXT)), Span(0, 7)]
    kept = pack(told, vectors.read(TEXT, told))
    assert kept.spans == (Span(0, 7), Span(len(TEXT), len(TEXT)))
    assert len(kept.rows) == 2 * NARROW
    assert not unpack(kept)[told[1]].any()
    assert unpack(None) == {}
