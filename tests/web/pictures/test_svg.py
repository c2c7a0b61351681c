from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.web.pictures.svg import add, begin, clean, cut, measure, wrap, write
from tests.web.pictures.rows import HOSTILE, SVG

anything = st.text(st.characters(codec=None), max_size=80)


@pytest.mark.parametrize("words", HOSTILE)
def test_words_stay_words_in_text_and_attributes(words: str) -> None:
    root = begin(10, 10, "pic-x", aria_label=words)
    add(root, "text", words)
    read = fromstring(write(root))  # noqa: S314
    assert [e.tag for e in read.iter()] == [f"{SVG}svg", f"{SVG}text"]
    assert read.get("aria-label") == (read[0].text or "") == clean(words)


@given(anything)
def test_any_text_is_well_formed(words: str) -> None:
    root = begin(10, 10, "pic-x", aria_label=words)
    add(root, "text", words, title=words)
    fromstring(write(root))  # noqa: S314


def test_what_xml_forbids_or_turns_others_round_is_dropped() -> None:
    assert clean("a\x00b\x1bc\ufffed\u202ee\ud800f\n g") == "abcdef g"


@given(anything, st.integers(0, 300))
def test_a_cut_text_fits_and_begins_alike(words: str, width: int) -> None:
    short = cut(words, width, 12)
    assert measure(short, 12) <= width
    assert clean(words).startswith(short.removesuffix("…")) or short == clean(words)


def test_a_text_that_fits_is_not_cut() -> None:
    assert cut("grain road", 200, 12) == "grain road"
    assert cut("grain road stays open", 80, 12) == "grain road…"


@given(anything, st.integers(30, 300), st.integers(1, 5))
def test_lines_fit_and_are_not_too_many(words: str, width: int, most: int) -> None:
    lines = wrap(words, width, 12, most)
    assert len(lines) <= most
    assert all(measure(line, 12) <= width for line in lines)


def test_lines_hold_all_words_and_break_what_is_longer_than_a_line() -> None:
    assert " ".join(wrap("the grain road stays open", 80, 12, 5)) == "the grain road stays open"
    assert "".join(wrap("x" * 30, 100, 12, 5)) == "x" * 30
    assert wrap("the grain road stays open", 80, 12, 2)[-1].endswith("…")
