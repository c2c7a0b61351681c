import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Span
from onrecord.terminal.printable import show_controls
from onrecord.web.marks import mark_differing, mark_spans


def bare(marked: str) -> str:
    text = re.sub("</?mark>", "", marked)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def test_the_words_that_differ_are_marked_on_both_sides() -> None:
    one, other = mark_differing("At least 12 ships left the harbour.", "Some 20 ships left the harbour")
    assert one == "<mark>At least 12</mark> ships left the harbour."
    assert other == "<mark>Some 20</mark> ships left the harbour"


def test_case_and_kinds_of_quotation_marks_are_no_difference() -> None:
    assert mark_differing("“We closed it,”", '"we closed it,"')[0] == "“We closed it,”"


def test_text_stays_text() -> None:
    one, _ = mark_differing("<script>alert(1)</script> left", "nobody left")
    assert "<script>" not in one
    assert "\x1b" not in mark_differing("\x1b[31m left", "")[0]


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_is_lost_or_added(one: str, other: str) -> None:
    left, right = mark_differing(one, other)
    assert (bare(left), bare(right)) == (show_controls(one), show_controls(other))


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_spans_are_marked_in_place(text: str, spans: list[tuple[int, int]]) -> None:
    held = [Span(a, b) for a, b in spans if b <= len(text)]
    assert bare(mark_spans(text, held)) == show_controls(text)


def test_of_overlapping_spans_the_first_is_marked() -> None:
    assert mark_spans("grain ships", [Span(0, 5), Span(3, 8)]) == "<mark>grain</mark> ships"
