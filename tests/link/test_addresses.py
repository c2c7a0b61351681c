from __future__ import annotations

import pytest

from onrecord.link.addresses import fold_url


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/port/strike",
        "http://news.example/port/strike",
        "https://www.News.example/port/strike/",
        "https://news.example:443/port/strike#comments",
        "https://news.example/port/strike?utm_source=letter&utm_medium=mail",
        " https://news.example/port/strike?fbclid=x7 ",
    ],
)
def test_spellings_of_one_address_are_one(other: str) -> None:
    assert fold_url(other) == "news.example/port/strike"


@pytest.mark.parametrize(
    "other",
    [
        "https://news.example/port/Strike",
        "https://news.example/port",
        "https://news.example/port/strike?page=2",
        "https://live.news.example/port/strike",
        "https://news.example:8080/port/strike",
    ],
)
def test_other_addresses_stay_apart(other: str) -> None:
    assert fold_url(other) != fold_url("https://news.example/port/strike")


def test_what_is_no_address_is_left() -> None:
    for text in ("strike-7", "", "https://[broken", "https://news.example:port/a"):
        assert fold_url(f" {text} ") == text
    assert fold_url("https://a.example/?b=2&a=1") == "a.example?b=2&a=1"
