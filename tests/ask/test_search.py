from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.ask.frame import Frame
from onrecord.ask.search import search_like, search_words
from onrecord.ask.shelf import Reading
from onrecord.ask.things import find_thing
from onrecord.record import OnrecordError
from onrecord.store import read_record
from tests.ask.asking import ref, spelled
from tests.ask.reports import BY_KEY


def hits(reading: Reading, words: str, frame: Frame = Frame()) -> list[Any]:  # noqa: B008
    return list(search_words(reading, frame, words).rows)


def keys(reading: Reading, words: str, frame: Frame = Frame()) -> set[str]:  # noqa: B008
    return {hit.words.key for hit in hits(reading, words, frame)}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("miners", {"dis-1", "mol-1", "ost-1", "gaz-1"}),
        ("missing miners", {"dis-1", "mol-1", "ost-1"}),
        ("MISSING", {"dis-1", "mol-1", "ost-1"}),
        ("reopened", {"gaz-1", "gaz-2", "dis-1"}),
        ('"miners were missing"', {"dis-1", "ost-1"}),
        ('"missing miners"', set()),
        ("shelled", {"ost-1"}),
        ("Bergwerk", set()),
        ("Mine bleibt", {"bot-1"}),
        ("Marta Brenn", {"gaz-1", "gaz-2", "dis-1", "bot-1", "gaz-3"}),
        ("qwxzj", set()),
    ],
)
def test_passages_hold_all_the_words_in_any_inflection(mine: Reading, words: str, found: set[str]) -> None:
    assert keys(mine, words) == found


@pytest.mark.parametrize("name", ["José Ávila", "jose avila", "Ávila", "AVILA"])
def test_a_name_stands_for_all_that_its_bearer_goes_by(mine: Reading, name: str) -> None:
    """The Dispatch writes only “Ávila”."""
    assert keys(mine, name) == {"gaz-1", "gaz-2", "dis-1"}


def test_a_name_beside_words(mine: Reading) -> None:
    assert keys(mine, "José Ávila telephone") >= {"dis-1"}
    assert keys(mine, "José Ávila missing") <= {"dis-1"}


def test_the_words_are_those_at_their_spans(mine: Reading) -> None:
    for words in ("miners", "reopen", "Marta Brenn", "“No miner,”", "Koril", "lose pay"):
        for hit in hits(mine, words):
            assert hit.words.quote == spelled(BY_KEY[hit.words.key].text, hit.words.spans)
            assert hit.words.quote


def test_what_was_found_stands_in_brackets(mine: Reading) -> None:
    found = hits(mine, "shelled")
    assert len(found) == 1
    assert "[shelled]" in found[0].excerpt
    assert found[0].score is None


def test_a_statement_is_given_with_its_speaker_and_a_passage_only_once(mine: Reading) -> None:
    found = hits(mine, "missing")
    by_ref = {hit.ref: hit.speaker for hit in found}
    assert by_ref[ref("ost-1", "a1")] == "Pell Brenn"
    assert by_ref[ref("dis-1", "a3")] == "a Quenland official"
    assert len(by_ref) == len(found)
    places = {(hit.words.report, hit.words.spans) for hit in found}
    assert len(places) == len(found)


def test_a_report_is_no_passage_beside_its_statement_of_the_same_words(mine: Reading) -> None:
    """“Miners were missing” is said in the statement; the rest of the report says it nowhere."""
    found = {hit.ref for hit in hits(mine, "missing")}
    assert found == {ref("dis-1", "a3"), ref("mol-1", "a1"), ref("ost-1", "a1")}


def test_two_layers_of_the_same_words_are_one_passage(mine: Reading) -> None:
    """Radio Sill relays the very words of the aide."""
    refs = [hit.ref for hit in hits(mine, "met")]
    assert refs.count(ref("gaz-3", "a2")) == 1
    assert ref("gaz-3", "a1") not in refs


def test_a_stretch_of_the_report_is_found_beside_statements(mine: Reading) -> None:
    """“Koril counts its dead.” is in nobody's statement."""
    (hit,) = hits(mine, "counts dead")
    assert hit.words.key == "mol-1"
    assert hit.speaker is None
    assert find_thing(mine, hit.ref).kind == "report"


def test_ids_lead_back(mine: Reading) -> None:
    for hit in hits(mine, "miners"):
        thing = find_thing(mine, hit.ref)
        report = thing.member.report if thing.member else thing.id
        assert report == hit.words.report


def test_the_frame_bounds_the_question(mine: Reading) -> None:
    assert keys(mine, "Brenn", Frame(language="de")) == {"bot-1"}
    assert keys(mine, "missing", Frame(since=date(2031, 5, 5), until=date(2031, 5, 5))) == {"dis-1"}
    assert len(hits(mine, "miners", Frame(limit=2))) == 2


SIGNS = st.text(alphabet="\"*()-^:+{}[]\\'“”AND ORNEAR/,0éÁ\n\0", max_size=20)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=30) | SIGNS)
@example("")
@example('"')
@example('"""')
@example("AND")
@example("NEAR(mine salt)")
@example("words:mine")
@example("mine*")
@example("-mine")
@example('"salt mine')
@example("'; DROP TABLE texts; --")
def test_no_words_can_break_a_search(mine: Reading, words: str) -> None:
    try:
        found = hits(mine, words)
    except OnrecordError:
        return
    for hit in found:
        assert hit.words.quote == spelled(BY_KEY[hit.words.key].text, hit.words.spans)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(sorted(BY_KEY)), st.integers(0, 12), st.integers(1, 3))
def test_a_report_is_found_by_any_of_its_own_words(mine: Reading, key: str, first: int, number: int) -> None:
    words = BY_KEY[key].text.split()[first : first + number]
    if words and any(c.isalnum() for c in "".join(words)):
        assert key in keys(mine, " ".join(words), Frame(limit=500))


def test_words_of_like_meaning_are_found(quay: Reading, harbour_path: Path) -> None:
    texts = {a.key: a.text for a in read_record(harbour_path).analyses}
    found = list(search_like(quay, Frame(limit=6), "the vessels were set free").rows)
    assert found
    assert len(found) <= 6
    scores = [hit.score for hit in found]  # type: ignore[attr-defined]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert any("ships" in hit.words.quote for hit in found[:3])  # type: ignore[attr-defined]
    for hit in found:
        words = hit.words  # type: ignore[attr-defined]
        assert words.quote == spelled(texts[words.key], words.spans)


def test_how_many_are_looked_through_at_once_changes_nothing(quay: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [Frame(limit=limit) for limit in (1, 3, 50)]
    whole = [search_like(quay, frame, "money for the harbour").rows for frame in frames]
    assert len(whole[2]) > len(whole[1]) == 3
    monkeypatch.setattr("onrecord.ask.search._BATCH", 1)
    assert [search_like(quay, frame, "money for the harbour").rows for frame in frames] == whole


def test_of_each_report_at_most_two_are_alike_and_none_twice(quay: Reading) -> None:
    found: list[Any] = list(search_like(quay, Frame(limit=100), "money for the harbour").rows)
    reports = [hit.words.report for hit in found]
    assert all(reports.count(report) <= 2 for report in reports)
    assert len({(hit.words.report, hit.words.spans) for hit in found}) == len(found)


def test_nothing_is_alike_in_a_record_without_vectors_or_to_no_words(mine: Reading, quay: Reading) -> None:
    for reading, words in ((mine, "money for the miners"), (quay, ""), (quay, "   ")):
        try:
            assert not search_like(reading, Frame(), words).rows
        except OnrecordError as refusal:
            assert "\n" not in str(refusal)
