from hypothesis import given
from hypothesis import strategies as st

from onrecord.language import Spans, beginning
from onrecord.record import Span

spans = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda p: Span(p[0], p[0] + p[1])), max_size=12)


def test_no_spans_meet_nothing() -> None:
    assert not Spans(()).meets(Span(0, 9))
    assert Spans(()).met_by(Span(0, 9)) == []


@given(spans, st.integers(0, 40), st.integers(0, 12))
def test_those_that_share_a_character_are_found_and_no_others(given: list[Span], start: int, length: int) -> None:
    asked = Span(start, start + length)
    met = sorted({s for s in given if s.start < asked.end and asked.start < s.end})
    assert Spans(given).met_by(asked) == met
    assert Spans(given).meets(asked) == bool(met)


@given(spans, st.integers(0, 40), st.integers(0, 40))
def test_those_that_begin_between_two_offsets_are_found(given: list[Span], start: int, end: int) -> None:
    placed = [(s, n) for n, s in enumerate(sorted(given))]
    assert beginning(placed, start, end) == [(s, n) for s, n in placed if start <= s.start < end]
