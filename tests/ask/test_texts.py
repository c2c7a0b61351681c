from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.ask.texts import compare_texts

WORDS = st.lists(st.sampled_from(["salt", "mine", "40", " ", "\n", "  ", "“no”", "\u0301", "é"]), max_size=30).map(
    "".join
)


def changes(one: str, other: str) -> list[tuple[str, str]]:
    return [(change.kind, change.text) for change in compare_texts(one, other)]


def test_words_are_compared_whole() -> None:
    assert changes("40 miners left", "41 miners left") == [("out", "40"), ("in", "41"), ("same", " miners left")]
    assert changes("reopen", "reopens") == [("out", "reopen"), ("in", "reopens")]


def test_one_text_is_all_the_same() -> None:
    assert changes("The mine\nis shut.", "The mine\nis shut.") == [("same", "The mine\nis shut.")]
    assert changes("", "") == []


def test_of_an_empty_one_all_is_put_in() -> None:
    assert changes("", "The mine") == [("in", "The mine")]
    assert changes("The mine", "") == [("out", "The mine")]


@given(WORDS | st.text(max_size=60), WORDS | st.text(max_size=60))
def test_the_stretches_join_to_both_texts(one: str, other: str) -> None:
    found = compare_texts(one, other)
    assert "".join(c.text for c in found if c.kind != "in") == one
    assert "".join(c.text for c in found if c.kind != "out") == other
    assert all(c.text for c in found)
    assert all(a.kind != b.kind for a, b in pairwise(found))


def test_long_texts_are_compared_by_paragraphs() -> None:
    lines = [f"Paragraph {n} of a long report on salt, with a number of words in it.\n" for n in range(1_000)]
    one = "".join(lines)
    other = one.replace(lines[500], "Another one.\n")
    found = compare_texts(one, other)
    assert "".join(c.text for c in found if c.kind != "in") == one
    assert "".join(c.text for c in found if c.kind != "out") == other
    assert [(c.kind, c.text) for c in found if c.kind != "same"] == [("out", lines[500]), ("in", "Another one.\n")]
