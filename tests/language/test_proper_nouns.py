import pytest

from onrecord.language import Spans
from onrecord.language.proper_nouns import find_joined
from onrecord.record import Span
from tests.parses import parsed

SAID = "President Ada van Holm said so."
WORDS = (
    ("President", "PROPN", 2, "nmod"),
    ("Ada", "PROPN", 5, "nsubj"),
    ("van", "PROPN", 2, "flat"),
    ("Holm", "PROPN", 2, "flat"),
    ("said", "VERB", 0, "root"),
    ("so", "ADV", 5, "advmod"),
    (".", "PUNCT", 5, "punct"),
)


def test_words_that_the_tree_joins_are_a_name() -> None:
    (span,) = find_joined(SAID, parsed(SAID, *WORDS), Spans([]))
    assert SAID[slice(*span)] == "Ada van Holm"


def test_what_was_read_is_not_read_again() -> None:
    assert not list(find_joined(SAID, parsed(SAID, *WORDS), Spans([Span(14, 22)])))


def test_no_words_no_names() -> None:
    assert not list(find_joined("", (), Spans([])))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # The tree joins a place's name otherwise.
        ("New Senn", [("New", "PROPN", 2, "compound"), ("Senn", "PROPN", 0, "root")]),
        ("the board", [("the", "PROPN", 0, "root"), ("board", "PROPN", 1, "flat")]),
        ("@ada_holm Holm", [("@ada_holm", "PROPN", 0, "root"), ("Holm", "PROPN", 1, "flat")]),
        ("May 4", [("May", "PROPN", 0, "root"), ("4", "NUM", 1, "flat")]),
    ],
)
def test_other_words_are_none(text: str, words: list[tuple[str, str, int, str]]) -> None:
    assert not list(find_joined(text, parsed(text, *words), Spans([])))
