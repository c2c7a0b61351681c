from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.store import search
from tests.records import ANALYSES
from tests.store.filled import RECORD, fill


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("store") / "a.onrecord")


def test_reports_and_statements_that_hold_all_the_words(path: Path) -> None:
    texts = {analysis.id: analysis.text for analysis in ANALYSES}
    hits = search(path, "GRAIN roads")
    assert {hit.report for hit in hits if hit.attribution is None} == {
        report for report, text in texts.items() if "grain road" in text.lower()
    }
    statements = {(hit.report, hit.attribution): hit.span for hit in hits if hit.attribution}
    assert statements == {
        (analysis.id, said.id): (said.content[0].start, said.content[-1].end)
        for analysis in RECORD.analyses
        for said in analysis.attributions
        if "grain road" in analysis.text[said.content[0].start : said.content[-1].end]
    }
    assert statements
    assert all("grain road" in hit.excerpt.lower() for hit in hits)


def test_a_phrase_is_its_words_in_order(path: Path) -> None:
    assert search(path, '"grain road"')
    assert search(path, "road grain")
    assert search(path, '"road grain"') == []


def test_no_words_are_no_hits(path: Path) -> None:
    assert search(path, ' "" ') == []
    assert search(path, "—") == []
    assert search(path, "zyzzyva") == []


def test_no_more_than_asked_for(path: Path) -> None:
    assert len(search(path, "the", limit=2)) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters() | st.sampled_from("\"'()*:^-+{}\0 NOTANDORNEAR"), max_size=20))
def test_no_words_are_a_syntax_error(path: Path, words: str) -> None:
    search(path, words)
