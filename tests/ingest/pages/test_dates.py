import json

import pytest

from onrecord.ingest.pages.dates import find_dates
from onrecord.ingest.pages.lines import parse_page, read_lines
from tests.ingest.pages.written import BODY, page


def json_ld(**fields: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def dated(head: str = "", body: str = BODY, url: str | None = None, guess: str | None = None) -> str | None:
    tree = parse_page(page(body, head))
    chosen, _ = find_dates(tree, url, read_lines(tree), guess)
    return chosen.stamp if chosen else None


def test_published_and_modified_are_kept_apart() -> None:
    head = json_ld(dateModified="2031-05-06", datePublished="2031-05-04") + meta("article:modified_time", "2031-05-07")
    tree = parse_page(page(BODY + "<p>Published: 4 May 2031 | Updated: 8 May 2031</p>", head))
    chosen, found = find_dates(tree, None, read_lines(tree), "2031-05-04")
    assert chosen and chosen.day == "2031-05-04"
    line = "the line “Published: 4 May 2031 | Updated: 8 May 2031”"
    assert [(one.kind, one.stamp, one.at) for one in found] == [
        ("published", "2031-05-04", "JSON-LD datePublished"),
        ("modified", "2031-05-06", "JSON-LD dateModified"),
        ("modified", "2031-05-07", "meta article:modified_time"),
        ("published", "2031-05-04", line),
        ("modified", "2031-05-08", line),
    ]


def test_what_was_only_modified_has_no_date() -> None:
    assert dated(meta("article:modified_time", "2031-05-07"), guess="2031-05-07") is None


@pytest.mark.parametrize(
    ("head", "body", "stamp"),
    [
        # In local time as it stands.
        (json_ld(datePublished="2031-05-04T20:30:11-07:00"), "", "2031-05-04T20:30:11-07:00"),
        # In UTC, and once more as clocks at the outlet show it.
        (
            json_ld(datePublished="2031-05-05T03:30:11Z"),
            '<time datetime="2031-05-04T20:30:11-07:00">',
            "2031-05-04T20:30:11-07:00",
        ),
        (
            json_ld(datePublished="2031-05-05T03:30:11Z"),
            '<time datetime="2031-05-04 20:30:11">',
            "2031-05-04T20:30:11-07:00",
        ),
        # Another moment is no twin.
        (
            json_ld(datePublished="2031-05-05T03:30:11Z"),
            '<time datetime="2031-05-04 20:31:00">',
            "2031-05-05T03:30:11+00:00",
        ),
        (json_ld(datePublished="2031-05-05T03:30:11Z"), "", "2031-05-05T03:30:11+00:00"),
    ],
)
def test_the_day_is_that_of_the_outlet(head: str, body: str, stamp: str) -> None:
    assert dated(head, BODY + body) == stamp


def test_dates_far_from_the_address_are_of_something_else() -> None:
    head = json_ld(datePublished="2033-06-17T18:28:00+02:00")
    url = "https://tamsin.example/2031/5/4/pier"
    assert dated(head, url=url) == "2031-05-04"
    assert dated(json_ld(datePublished="2031-05-05T01:00:00Z"), url=url, guess="2031-05-04") == "2031-05-04"


def test_a_line_says_it_where_no_field_does() -> None:
    written = "<p>Written: 2031-05-07 15:03:30 / Updated: 2031-05-08 15:30:46</p>"
    assert dated(body=BODY + written, guess="2031-05-03") == "2031-05-07T15:03:30"
    assert dated(body=BODY + "<p>Posted on May 4, 2031 by Oda Brill</p>") == "2031-05-04"


def test_what_htmldate_finds_needs_a_place() -> None:
    tree = parse_page(page(BODY + "<p>Lower Tamsin, 4.5.2031</p>"))
    chosen, _ = find_dates(tree, None, read_lines(tree), "2031-05-04")
    assert chosen and chosen.at == "the line “Lower Tamsin, 4.5.2031”"
    assert dated(body=BODY + "<p>© 2031 Tamsin Post</p>", guess="2031-01-01") is None
    assert dated(body=BODY, guess="2031-05-04") == "2031-05-04"


@pytest.mark.parametrize("value", ["soon", "0001-01-01T00:00:00Z", "03/04/2031", ""])
def test_no_date_is_made_up(value: str) -> None:
    assert dated(json_ld(datePublished=value) + meta("article:published_time", value)) is None
