"""Each command that the documentation shows is answered as the page says; `make docs` writes the answers anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.processor import is_as_written
from tests.questions import PAGES, ask, blocks, make_demo, within

VERBS = ("said", "trace", "sources", "disputes", "events", "contacts", "diff", "cite", "new", "search", "brief")
ASKED = [
    pytest.param(words, answer, id=f"{page.parent.name}/{page.stem}: {words}")
    for page in PAGES
    for words, answer in blocks(page)
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("questions")
    make_demo(path)
    return path


def without_shares(answer: str) -> list[str]:
    """The lines without what a probability is rounded to, which differs between types of processors."""
    return [re.sub(r"\d+%|\b[01]\.\d+\b", "N%", line).rstrip() for line in answer.strip().splitlines()]


def test_every_verb_has_its_page() -> None:
    asked = [words for page in PAGES if page.parent.name == "questions" for words, _ in blocks(page)]
    assert set(VERBS) == {words.split()[0] for words in asked}


@pytest.mark.parametrize("page", PAGES, ids=[f"{page.parent.name}/{page.stem}" for page in PAGES])
def test_no_command_is_passed_over(page: Path) -> None:
    assert page.read_text(encoding="utf-8").count("```console") == len(blocks(page))


@pytest.mark.parametrize(("words", "answer"), ASKED)
def test_the_answer_is_the_one_on_the_page(folder: Path, words: str, answer: str) -> None:
    with within(folder):
        status, found = ask(words)
    if not is_as_written():
        # An id on the page may be of a fact that is not read here.
        assert status in (0, 1, 3)
        return
    # 3: what is left out is told on standard error.
    assert status in (0, 3)
    assert without_shares(found) == without_shares(answer), "`make docs` writes the page anew"


def test_a_probability_may_differ_and_a_number_may_not() -> None:
    assert without_shares("read with 71%, 0.7135") == without_shares("read with 70%, 0.7034")
    assert without_shares("2 reports") != without_shares("3 reports")


def test_what_stands_behind_a_pipe_is_picked_by_jq(folder: Path) -> None:
    with within(folder):
        assert ask("export demo.onrecord --format json | jq -r '.reports[0].key'") == (0, "tern-0913")
        assert ask("export demo.onrecord --format json | jq -c '.reports[:2] | map(.key)'")[1].count(",") == 1
