import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.ask.texts import compare_texts
from onrecord.record import OnrecordError, Record
from onrecord.web.pages.diff import show_diff
from tests import harbour


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_both_texts_can_be_read_off_a_comparison(one: str, other: str) -> None:
    changes = compare_texts(one, other)
    assert "".join(c.text for c in changes if c.kind != "in") == one
    assert "".join(c.text for c in changes if c.kind != "out") == other


def test_a_text_and_itself_differ_in_nothing() -> None:
    assert [c.kind for c in compare_texts("It stays open.", "It stays open.")] == ["same"]


def test_long_texts_are_compared_by_paragraphs() -> None:
    one = "\n".join("the harbour is shut " * 20 for _ in range(100))
    changes = compare_texts(one, one + "\nIt opened on Monday.")
    assert [c.text for c in changes if c.kind == "in"][-1].strip().endswith("It opened on Monday.")


def test_what_is_no_report_is_not_compared() -> None:
    first = harbour.record().reports[0].id
    with pytest.raises(OnrecordError, match="no report"):
        show_diff(harbour.record(), first, "none")
    with pytest.raises(OnrecordError, match="no report"):
        show_diff(Record(), first, first)
