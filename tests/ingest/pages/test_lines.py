import pytest

from onrecord.ingest.pages.lines import DEEPEST, parse_page, read_lines
from onrecord.record import OnrecordError


def texts(html: str) -> list[str]:
    return [line.text for line in read_lines(parse_page(html))]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p>two<div>three <p>four</p> five</div>", ["One", "two", "three", "four", "five"]),
        ("<p><b>T</b>he p<i>ier</i>&nbsp;is\n\t shut&hellip;</p>", ["The pier is shut…"]),
        ("<p>One<br>two<br/><br>three</p>", ["One", "two", "three"]),
        ("<table><tr><td>One</td><td>two</td></tr></table>", ["One", "two"]),
        ("<pre>One\n  two\n</pre>three", ["One", "two", "three"]),
        ("<p>One<script>two()</script> three<style>p {}</style><!-- four --></p>", ["One three"]),
        ("<p>One <span hidden>two</span><span style='display: none'>three</span>four</p>", ["One four"]),
        ("<div style='display:none'><p>One</p></div>", ["One"]),
        ("<p>har\u00adbour\u200b mas\u2060ter</p>", ["harbour master"]),
        ("<p>a &lt;b&gt; &amp;amp; \U0001f600 שלום</p>", ["a <b> &amp; \U0001f600 שלום"]),
        ("<p>pi\0er</p>", ["pier"]),
        ("<noscript><p>One</p></noscript>", ["One"]),
        ("<p>One<ul><li>two<li>three</ul>", ["One", "two", "three"]),
        ("plain", ["plain"]),
        ("<br>", []),
    ],
)
def test_a_line_is_what_stands_together(html: str, expected: list[str]) -> None:
    assert texts(html) == expected


def test_a_line_break_keeps_to_its_block() -> None:
    lines = read_lines(parse_page("<p>One<br>two</p><p>three</p>"))
    assert [line.block.tag for line in lines] == ["p"] * 3
    assert lines[0].block is lines[1].block is not lines[2].block


@pytest.mark.parametrize("html", ["", " ", "<!-- only -->", "\0"])
def test_nothing_is_no_page(html: str) -> None:
    with pytest.raises(OnrecordError, match="nothing in it"):
        parse_page(html)


@pytest.mark.parametrize(("depth", "refused"), [(DEEPEST - 1, False), (DEEPEST, False), (DEEPEST + 1, True)])
def test_depth_is_bounded(depth: int, refused: bool) -> None:
    # <html> and <body> are two of them.
    html = f"<html><body>{'<div>' * (depth - 2)}deep{'</div>' * (depth - 2)}</body></html>"
    if refused:
        with pytest.raises(OnrecordError, match="512 deep"):
            parse_page(html)
    else:
        assert texts(html) == ["deep"]


def test_a_long_word_is_not_dropped() -> None:
    assert texts(f"<p>{'x' * 9_999_999}</p><p>end</p>")[1:] == ["end"]
