from __future__ import annotations

import pytest

from onrecord.fetch.fetch import Fetched
from onrecord.fetch.kinds import find_kind, read_type

KINDS: list[tuple[str | None, bytes, str | None]] = [
    ("text/html; charset=utf-8", b"<!doctype html><html>", "page"),
    ("text/html", b"<p>a fragment", "page"),
    ("application/xhtml+xml", b"<?xml version='1.0'?><html xmlns='x'>", "page"),
    ("text/xml", b"<?xml version='1.0'?>\n<!-- a --><rss version='2.0'>", "feed"),
    ("text/html", b"\xef\xbb\xbf<?xml version='1.0'?><feed xmlns='x'>", "feed"),
    ("text/plain", "<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16"), "feed"),
    ("application/xml", b"<!DOCTYPE rdf><rdf:RDF>", "feed"),
    ("application/rss+xml", b"", "feed"),
    ("text/xml", b"<?xml version='1.0'?><html>", "page"),
    (None, b"<html>", "page"),
    ("text/plain", b"The quay is shut.", "text"),
    ("TEXT/Markdown;charset=x", b"# The quay", "text"),
    ("application/octet-stream", b"%PDF-1.7", "pdf"),
    ("application/pdf", b"x", "pdf"),
    ("application/json", b"{}", None),
    ("image/png", b"\x89PNG", None),
    ("application/xml", b"<sitemap>", None),
    (None, b"The quay", None),
    ("", b"", None),
    ("nonsense\x00;;=", b"<!-- never closed", "text"),
    ("text/xml", b"<!" * 2_000, None),
    ("text/xml", b"<!--" + b"-" * 4_000, None),
]


@pytest.mark.parametrize(("given", "body", "kind"), KINDS)
def test_the_kind_is_that_of_the_beginning_else_the_one_said(given: str | None, body: bytes, kind: str | None) -> None:
    assert find_kind(Fetched(url="x", status=200, content_type=given, body=body)) == kind


def test_the_characters_are_named_by_the_sender() -> None:
    assert read_type(Fetched(url="x", status=200, content_type='Text/HTML; Charset="KOI8-R"')) == (
        "text/html",
        "koi8-r",
    )
    assert read_type(Fetched(url="x", status=200)) == ("application/octet-stream", None)
