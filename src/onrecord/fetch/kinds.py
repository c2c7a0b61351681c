"""A response to the kind of thing that it is."""

from __future__ import annotations

import re
from email.message import Message
from typing import Literal

from onrecord.fetch.fetch import Fetched

Kind = Literal["feed", "page", "pdf", "text"]

_SEEN = 4_096
# Possessive: each character is passed once.
_ROOT = re.compile(rb"(?:\s++|<\?[^>]*+>|<!--(?:[^-]|-(?!->))*+-->|<![^>]*+>)*+<(?:\w+:)?(\w+)")
_ROOTS: dict[bytes, Kind] = {b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"html": "page"}
_TYPES: dict[str, Kind] = {
    "application/atom+xml": "feed",
    "application/pdf": "pdf",
    "application/rdf+xml": "feed",
    "application/rss+xml": "feed",
    "application/xhtml+xml": "page",
    "text/html": "page",
    "text/markdown": "text",
    "text/plain": "text",
}


def read_type(fetched: Fetched) -> tuple[str, str | None]:
    """The type of what was fetched and its characters' encoding, as the sender says, lower-cased."""
    message = Message()
    message["content-type"] = fetched.content_type or "application/octet-stream"
    return message.get_content_type(), message.get_content_charset()


def find_kind(fetched: Fetched) -> Kind | None:
    """What was fetched: as it begins, since servers send feeds under any type, else as the sender says; else None."""
    # UTF-16 has a zero beside each letter; a byte-order mark is no word.
    start = fetched.body[:_SEEN].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if start.startswith(b"%PDF-"):
        return "pdf"
    root = _ROOT.match(start)
    found = _ROOTS.get(root[1].lower()) if root else None
    return found or _TYPES.get(read_type(fetched)[0])
