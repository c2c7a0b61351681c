from __future__ import annotations

import pytest

from onrecord.language.lemmas import lemmas


@pytest.mark.parametrize(
    ("word", "plain"),
    [
        ("asks", "ask"),
        ("asked", "ask"),
        ("asking", "ask"),
        ("voted", "vote"),
        ("voting", "vote"),
        ("votes", "vote"),
        ("reaches", "reach"),
        ("agreed", "agree"),
    ],
)
def test_a_regular_ending_goes(word: str, plain: str) -> None:
    assert plain in lemmas(word)


@pytest.mark.parametrize(
    ("word", "plain"), [("broke", "break"), ("bought", "buy"), ("began", "begin"), ("been", "be"), ("are", "be")]
)
def test_an_irregular_verb_is_looked_up(word: str, plain: str) -> None:
    assert plain in lemmas(word)


@pytest.mark.parametrize(("word", "plain"), [("planned", "plan"), ("running", "run"), ("stopped", "stop")])
def test_a_doubled_consonant_may_be_a_single_one(word: str, plain: str) -> None:
    assert plain in lemmas(word)


@pytest.mark.parametrize(("word", "plain"), [("denies", "deny"), ("denied", "deny"), ("carries", "carry")])
def test_an_i_before_the_ending_may_be_a_y(word: str, plain: str) -> None:
    assert plain in lemmas(word)


def test_every_reading_is_given_the_word_itself_first_and_none_twice() -> None:
    assert lemmas("planned")[0] == "planned"
    assert {"plann", "planne", "plan"} <= set(lemmas("planned"))
    # A doubled consonant may also be the verb's own.
    assert "call" in lemmas("called")
    for word in ("planned", "agreed", "passes", "being", "denies"):
        assert len(set(lemmas(word))) == len(lemmas(word))


@pytest.mark.parametrize("word", ["quay", "hand", "us", "red", ""])
def test_a_word_is_first_itself_and_an_ending_never_is_the_most_of_it(word: str) -> None:
    assert lemmas(word)[0] == word
    assert all(len(lemma) > 1 for lemma in lemmas(word)[1:])


def test_what_has_no_ending_is_itself_alone() -> None:
    assert lemmas("quay") == ("quay",)
    assert lemmas("us") == ("us",)
