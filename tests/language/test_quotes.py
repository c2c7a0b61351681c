import pytest
from hypothesis import given

from onrecord.language.quotes import LONGEST, find_quotations
from tests.language.odd import texts


def quoted(text: str) -> list[str]:
    return [text[a:b] for a, b in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left.", []),
        ('"Stay," she said, "or go."', ['"Stay,"', '"or go."']),
        ("“Stay,” she said, “or go.”", ["“Stay,”", "“or go.”"]),
        ("She said: «Stay».", ["«Stay»"]),
        ("Sie sagte: „Bleib“ und ging.", ["„Bleib“"]),
        ("Hun sa «stay” twice.", ["«stay”"]),
        ('“Stay," she said.', ['“Stay,"']),
        ("He waited.” Nobody came.", []),
        ("「Stay」 she said.", ["「Stay」"]),
    ],
)
def test_marks_of_print_are_paired(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_a_straight_mark_behind_a_space_closes_no_typographic_one() -> None:
    assert quoted('“The so-called "red" line moved,” she said.') == ['“The so-called "red"']
    assert quoted('“A 5 "inch pipe” leaked.') == ['“A 5 "inch pipe”']


def test_a_long_quotation_is_given_paragraph_by_paragraph() -> None:
    text = "“We began in May.\n\n“We ended in June,” he said."
    assert quoted(text) == ["“We began in May.", "“We ended in June,”"]


def test_a_straight_mark_without_a_partner_ends_with_its_line() -> None:
    assert quoted('"We began in May.\nHe left. "Why?" she asked.') == ['"We began in May.', '"Why?"']


@pytest.mark.parametrize("ending", ["", "\nHe left.", " “So"])
def test_a_quotation_that_never_closes_is_given_up(ending: str) -> None:
    long = "“" + "word " * (LONGEST // 5) + "end"
    assert all(len(q) < LONGEST for q in quoted(long + ending))
    assert quoted("“word" + ending.replace("“", "")) != []


def test_a_mark_alone_is_no_quotation() -> None:
    assert quoted('He said "') == []
    assert quoted('"\n"\n') == []


@given(texts)
def test_quotations_are_in_order_apart_and_on_one_line(text: str) -> None:
    found = find_quotations(text)
    ends = [0, *(b for _, b in found)]
    assert all(before <= a < b <= len(text) for before, (a, b) in zip(ends, found, strict=False))
    assert not any("\n" in text[a:b] for a, b in found)


def test_many_marks_take_no_time() -> None:
    assert len(find_quotations("“a” " * 200_000)) == 200_000
