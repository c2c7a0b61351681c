"""Each question of docs/questions.md is answered as the page says; `make docs` writes the answers anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.questions import ask, blocks, make_demo, within

VERBS = ("said", "trace", "sources", "disputes", "events", "contacts", "diff", "cite", "new", "search", "brief")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions")
    make_demo(path)
    return path


def without_shares(answer: str) -> list[str]:
    """The lines without what a probability is rounded to, which differs between types of processors."""
    return [re.sub(r"\d+%", "N%", line).rstrip() for line in answer.strip().splitlines()]


def test_every_verb_is_asked() -> None:
    assert set(VERBS) == {words.split()[0] for words, _ in blocks()}


@pytest.mark.parametrize(("words", "answer"), blocks(), ids=[words for words, _ in blocks()])
def test_the_answer_is_the_one_on_the_page(folder: Path, words: str, answer: str) -> None:
    with within(folder):
        status, found = ask(words)
    assert status == 0
    assert without_shares(found) == without_shares(answer), "`make docs` writes the page anew"
