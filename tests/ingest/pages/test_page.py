import json
import re
from contextlib import suppress
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import find_noise
from onrecord.ingest.pages.page import read_body, read_page
from onrecord.record import OnrecordError
from tests.ingest.pages.written import BODY, MAYOR, ORDER, PAYS, READ, TITLE, page

HEAD = (
    '<link rel="canonical" href="https://tamsin.example/2031/05/04/pier">'
    '<meta property="og:site_name" content="Tamsin Post">'
    '<script type="application/ld+json">'
    + json.dumps(
        {
            "@type": "NewsArticle",
            "headline": "Pier to be mended",
            "author": [{"name": "Oda Brill"}, {"name": "Pim Hask"}],
            "publisher": {"name": "The Tamsin Post"},
            "datePublished": "2031-05-04T09:00:00+02:00",
        }
    )
    + "</script>"
)


def test_every_field_is_found() -> None:
    found = read_page(page(head=HEAD).encode())
    assert found.text == READ
    assert found.url == "https://tamsin.example/2031/05/04/pier"
    assert found.outlet == "The Tamsin Post"
    assert found.title == "Pier to be mended"
    assert found.author == "Oda Brill, Pim Hask"
    assert found.published == "2031-05-04T09:00:00+02:00"
    assert [clue.why for clue in found.clues] == [
        "taken from the page: JSON-LD datePublished says 2031-05-04T09:00:00+02:00",
        "also in the page: the address says published 2031-05-04",
    ]
    assert found.remark is None


def test_a_page_may_say_nothing_of_itself() -> None:
    found = read_page(f"<html><body><article>{BODY}</article></body></html>".encode())
    assert (found.url, found.outlet, found.author, found.published, found.clues) == (None, None, None, None, ())


def test_the_site_stands_in_for_an_outlet() -> None:
    assert read_page(page().encode(), url="https://www.tamsin.example/pier").outlet == "tamsin.example"


@pytest.mark.parametrize(
    ("publisher", "site", "outlet"),
    [
        ("The Tamsin Post", "tamsinpost", "The Tamsin Post"),
        ("Lower Tamsin Post", "LTP News", "Lower Tamsin Post"),
        ("VARO", "Tamsin Post", "Tamsin Post"),
        ("Tamsin Post", "https://tamsin.example", "Tamsin Post"),
        ("", "@tamsinpost", "tamsinpost"),
        ("Tamsin Post", "", "Tamsin Post"),
    ],
)
def test_the_outlet_is_the_one_that_publishes(publisher: str, site: str, outlet: str) -> None:
    thing = json.dumps({"@type": "Article", "publisher": {"name": publisher}})
    head = f'<meta property="og:site_name" content="{site}"><script type="application/ld+json">{thing}</script>'
    assert read_page(page(head=head).encode()).outlet == outlet


def test_a_given_address_is_kept() -> None:
    found = read_page(page(head=HEAD).encode(), url="https://mirror.example/x")
    assert found.url == "https://mirror.example/x"


def test_a_date_in_the_text_has_its_place() -> None:
    found = read_page(page(f"<p>Published: 4 May 2031</p>{BODY}").encode())
    assert found.published == "2031-05-04"
    assert found.clues[0].span
    start, end = found.clues[0].span
    assert found.text[start:end] == "Published: 4 May 2031"


def test_lines_of_one_block_stand_closer_than_blocks() -> None:
    found = read_page(page(f"<p>{MAYOR}<br>{PAYS}</p><p>{ORDER}</p>").encode())
    assert found.text == f"{TITLE}\n\n{MAYOR}\n{PAYS}\n\n{ORDER}"
    noted = read_page(page(f"<p>{MAYOR}</p><p><span style='display:none'>x</span><br>{PAYS}</p>").encode())
    assert noted.text == f"{TITLE}\n\n{MAYOR}\n\n{PAYS}"


def test_the_heading_stays_in_the_text_and_is_marked_as_noise() -> None:
    found = read_page(page().encode())
    assert found.title == TITLE  # and not "Pier to be mended - Tamsin Post"
    first = find_noise(found.text, found.title)[0]
    assert (found.text[slice(*first.span)], first.kind) == (TITLE, "headline")
    assert read_page(page(f"<h2>Who pays</h2>{BODY}").encode()).text.startswith(f"{TITLE}\n\nWho pays\n\n")


def test_the_encoding_that_is_known_is_used() -> None:
    html = '<meta charset="koi8-r">' + page(f"<p>{MAYOR} It’s £5m.</p>{BODY}")
    assert "It’s £5m." in read_page(html.encode(), "utf-8").text


@pytest.mark.parametrize("raw", [b"<html><body></body></html>", b"<script>one()</script>", b"", b"\0" * 50])
def test_a_page_without_text_is_refused(raw: bytes) -> None:
    with pytest.raises(OnrecordError):
        read_page(raw)


PIECES = st.sampled_from(
    # Not "</p>": where none is open, libxml2 reads on and a browser breaks the line.
    ["<p>", "<br>", "<b>", "</b>", "&amp;", "&nbsp;", "&hellip;", "<li>", "<td>", "<div>", "<hr>", "\n", " "]
)
WORDS = st.text(st.characters(exclude_categories=["C"], exclude_characters="<&>\u200b\u2060\ufeff"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, WORDS), max_size=40).map("".join))
def test_every_word_is_found_again_in_the_page(middle: str) -> None:
    html = page(f"<p>{MAYOR}</p>{middle}<p>{PAYS}</p>")
    found = read_page(html.encode())
    seen = re.sub(r"<(?!/?b>)[^>]*>", " ", html).replace("<b>", "").replace("</b>", "")
    # What stands together in the text stands together in the page, and in this order.
    words, at = " ".join(unescape(seen).split()), 0
    for word in found.text.split():
        at = words.find(word, at)
        assert at >= 0, word
        at += len(word)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_survived(raw: bytes) -> None:
    for given_ in (raw, page(BODY).encode()[:400] + raw + page(BODY).encode()[400:]):
        with suppress(OnrecordError):
            assert read_page(given_).text.strip()


def test_a_body_is_text_from_end_to_end() -> None:
    body = f"<style>p {{}}</style><p>{MAYOR}</p>A word.<br>Another.<nav>Home</nav><img src='a.png' alt='Pier'>"
    read = read_body(body.encode(), "utf-8")
    assert read.text == f"{MAYOR}\n\nA word.\nAnother.\n\nHome"
    assert (read.title, read.published, read.clues) == (None, None, ())


@pytest.mark.parametrize("body", ["<p></p>", "<img src='a.png'>", "<script>x</script>"])
def test_a_body_without_a_line_is_refused(body: str) -> None:
    with pytest.raises(OnrecordError, match="no text in it"):
        read_body(body.encode())
