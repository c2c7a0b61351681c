import time

import pytest

from onrecord.ingest.pages.caps import MOST_ATTRIBUTES, refuse_oversize
from onrecord.ingest.report import LONGEST_REPORT

REASON = "a tag has more than 5,000 attributes"


def tag(count: int, attribute: str) -> str:
    return "<p>before</p><p " + " ".join(attribute.format(i) for i in range(count)) + ">text</p>"


@pytest.mark.parametrize("attribute", ["a{}", "a{}=1", "a{}='x y'", 'a{}="a>b <i>"', "a{} = 1", "a{}/", "data-{}=/x/"])
def test_attributes_are_bounded(attribute: str) -> None:
    assert refuse_oversize(tag(MOST_ATTRIBUTES - 1, attribute)) is None
    assert refuse_oversize(tag(MOST_ATTRIBUTES, attribute)) is None
    assert refuse_oversize(tag(MOST_ATTRIBUTES + 1, attribute)) == REASON


def test_an_open_tag_is_counted_too() -> None:
    assert refuse_oversize("<p" + " a" * (MOST_ATTRIBUTES + 1)) == REASON


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <p" + " a" * 6_000 + "> -->",
        "<script>if (a<b" + " + a" * 6_000 + ")</script>",
        "<style>a<b" + " a" * 6_000 + "</style>",
        "<p>1 < 2" + " a" * 6_000 + "</p>",
        "<p title='" + "a " * 6_000 + "'>",
    ],
)
def test_words_elsewhere_are_no_attributes(html: str) -> None:
    assert refuse_oversize(html) is None


def test_size_is_bounded_in_bytes() -> None:
    assert refuse_oversize("é" * (LONGEST_REPORT // 2 - 1)) is None
    assert refuse_oversize("é" * (LONGEST_REPORT // 2)) is None
    assert refuse_oversize("é" * (LONGEST_REPORT // 2) + "x") == "11 MB; the limit for one report is 10 MB"


@pytest.mark.parametrize(
    "piece", ["<a", "<a ", "<!--", '<a b="', "<a b='", "<script>", "<script", "</", "<a =", "<a b = ", "<a b=\"'"]
)
def test_no_page_takes_long(piece: str) -> None:
    html = piece * (2_000_000 // len(piece))
    started = time.process_time()
    refuse_oversize(html)
    assert time.process_time() - started < 3
