from datetime import date

import pytest

from onrecord.record import OnrecordError, Span
from onrecord.web.query import read_part, read_query


def test_an_address_says_the_same_as_its_query() -> None:
    given = {"q": " grain ships ", "since": "2031-05-01", "least": "0.8", "speaker": "Ada Holm", "page": "3"}
    query = read_query(given, ("speaker",))
    assert (query.words, query.since, query.least, query.page) == ("grain ships", date(2031, 5, 1), 0.8, 3)
    params = query.params()
    assert "page" not in params
    again = read_query({name: str(value) for name, value in params.items()}, ("speaker",))
    assert again.params() == params


def test_a_change_of_filters_leaves_the_others() -> None:
    query = read_query({"speaker": "Ada Holm", "outlet": "The Tern"}, ("speaker", "outlet"))
    assert query.params(speaker=None, page=2) == {"outlet": "The Tern", "page": 2}


def test_what_is_no_filter_is_passed_over() -> None:
    assert read_query({"colour": "red", "q": ""}).params() == {}


@pytest.mark.parametrize(
    "given",
    [
        {"since": "Thursday"},
        {"until": "2031-02-30"},
        {"least": "much"},
        {"least": "1.1"},
        {"least": "nan"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "1e9"},
        {"page": "9" * 9},
        {"q": "x" * 301},
    ],
)
def test_what_cannot_be_meant_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(OnrecordError):
        read_query(given)


def test_characters_of_a_text() -> None:
    assert read_part("200,210;120,188") == (Span(120, 188), Span(200, 210))
    assert read_part("") == ()


@pytest.mark.parametrize("words", ["x", "1", "1,2,3", "5,2", "-1,4", "1,2;;x", "1.5,2"])
def test_what_are_no_characters_is_refused(words: str) -> None:
    with pytest.raises(OnrecordError, match="no stretch"):
        read_part(words)
