"""A feed to its entries. Run in a process of its own (worker.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import feedparser
from lxml import etree, html

from onrecord.ingest.frames import Entry, Found, Remark
from onrecord.ingest.notice import FAULTS
from onrecord.ingest.pages.lines import writable
from onrecord.ingest.pages.stamps import read_stamp
from onrecord.record import Clue, OnrecordError

MOST_ENTRIES = 10_000

# feedparser looks for an encoding from here to the end of the line, once for each that is named in it: so a line ends
# behind the declaration, or before one that has no end.
_DECLARES = (b"<?", b"\xef\xbb\xbf<?")
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?[^>]{0,500}\?>")
# What stands before the root; an entity is declared there or nowhere.
_PROLOG = re.compile(rb"(?:[^<]|<!--.*?-->|<(?![a-z]))*+", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)
_CLOSED = re.compile(rb"</\s*(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_ENTRY = re.compile(rb"<(/?)(?:\w+:)?(?:item|entry)\b", re.IGNORECASE)
_PAGE = re.compile(rb"<!doctype html|<html\b", re.IGNORECASE)


def read_feed(raw: bytes) -> Iterator[Found]:
    """The entries of a feed (RSS, Atom), with a remark on each that has no text and on damage.

    Raises:
        OnrecordError: it is no feed, or declares entities.
    """
    # As UTF-16 and UTF-32 write them, too.
    packed = raw.replace(b"\0", b"")
    prolog = _PROLOG.match(packed)
    if prolog and _ENTITY.search(prolog[0]):
        raise OnrecordError("declares entities, by which a small file can swell or read others; refused")
    feed = _parse(raw)
    if not feed.get("version"):
        raise OnrecordError("a web page, not a feed" if _PAGE.search(packed[:4_096]) else "no feed (RSS, Atom)")
    entries = feed.entries
    if feed.bozo and not _CLOSED.search(packed[-4_096:]):
        tags = _ENTRY.findall(packed)
        yield Remark(len(entries) or None, "the file is cut off here; the rest is missing")
        # The last one is whole if it was closed.
        entries = entries[: None if tags and tags[-1] else -1]
    elif feed.bozo and not isinstance(feed.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        yield Remark(None, "not well-formed XML; read as far as it can be understood", False)
    outlet = _plain(feed.feed, "title")
    for number, entry in enumerate(entries[:MOST_ENTRIES], start=1):
        yield _entry(number, entry, outlet, feed.version)
    if len(entries) > MOST_ENTRIES:
        yield Remark(
            None, f"more than {MOST_ENTRIES:,} entries; the other {len(entries) - MOST_ENTRIES:,} are left out"
        )


def _parse(raw: bytes) -> feedparser.FeedParserDict:
    """What feedparser makes of a feed.

    Raises:
        OnrecordError: it breaks on it.
    """
    declaration = _DECLARATION.match(raw)
    at = declaration.end() if declaration else 0
    # In a stream: a string would be looked up as a path or an address.
    stream = BytesIO(raw[:at] + b"\n" + raw[at:] if raw.startswith(_DECLARES) else raw)
    try:
        return feedparser.parse(stream, sanitize_html=False, resolve_relative_uris=False)
    except FAULTS as error:
        raise OnrecordError(f"a damaged feed ({type(error).__name__}: {error})") from None


def _entry(number: int, entry: feedparser.FeedParserDict, outlet: str | None, version: str) -> Found:
    bodies = [*entry.get("content", ()), entry.get("summary_detail", {})]
    body = next((body for body in bodies if (body.get("value") or "").strip()), None)
    if body is None and not entry.get("link"):
        return Remark(number, "neither content nor summary")
    # An entry that is no more than a link has a page that can be asked for.
    body = body or {"value": "", "type": "text/plain"}
    plain = body.get("type") == "text/plain"
    published, clues = _dates(entry, version)
    return Entry(
        number=number,
        key=entry.get("id") or entry.get("link"),
        text=body["value"] if plain else None,
        body=None if plain else body["value"],
        url=entry.get("link"),
        outlet=_plain(entry.get("source") or {}, "title") or outlet,
        title=_plain(entry, "title"),
        author=", ".join(filter(None, (a.get("name") for a in entry.get("authors", ())))) or None,
        published=published,
        clues=tuple(clues),
    )


def _plain(holder: feedparser.FeedParserDict, field: str) -> str | None:
    """The words of a field that may hold markup, on one line."""
    detail = holder.get(f"{field}_detail") or {}
    value = detail.get("value") or holder.get(field) or ""
    if detail.get("type") != "text/plain" and re.search("[<&]", value):
        try:
            value = html.fragment_fromstring(writable(value), create_parent=True).text_content()
        except etree.ParserError:
            value = ""
    return " ".join(value.split()) or None


def _dates(entry: feedparser.FeedParserDict, version: str) -> tuple[str | None, list[Clue]]:
    """When an entry was published, and what it says of that.

    In RSS, whose entries have one date, dc:date is that of publication; Atom has `updated` beside.
    """
    given = {kind: entry[kind] for kind in ("published", "created", "updated") if dict.get(entry, kind)}
    kinds = ("published", "updated") if version.startswith("rss") else ("published", "created")
    kind = next((kind for kind in kinds if read_stamp(given.get(kind, ""))), None)
    published = read_stamp(given[kind]) if kind else None
    clues = [Clue(None, f"taken from the feed: {kind} says {published}")] if kind else []
    others = (other for other in given if other != kind)
    return published, clues + [Clue(None, f"also in the feed: {other} says {given[other][:60]}") for other in others]
