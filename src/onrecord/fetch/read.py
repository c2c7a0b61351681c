"""What was fetched to reports, read as the kind that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from msgspec.structs import replace

from onrecord.fetch.fetch import OK, Fetched, fetch
from onrecord.fetch.kinds import find_kind, read_type
from onrecord.fetch.status import say_status
from onrecord.ingest.entries import Reading, Workers, read_entries
from onrecord.ingest.frames import Entry, Found, Remark, Request
from onrecord.ingest.notice import Notice
from onrecord.ingest.text import decode_text
from onrecord.record import OnrecordError


def read_address(url: str, published: str | None, workers: Workers, get: Callable[[str], Fetched] = fetch) -> Reading:
    """The reports of the page or feed at `url`, fetched now; a notice if there is none to be had.

    `published` is the date of reports that give none.
    """
    try:
        fetched = get(url)
        if fetched.status != OK:
            raise OnrecordError(say_status(fetched.status))
    except OnrecordError as error:
        yield Notice(url, None, str(error), True)
    else:
        yield from read_fetched(url, fetched, published, workers)


def read_fetched(name: str, fetched: Fetched, published: str | None, workers: Workers) -> Reading:
    """The reports of what was fetched, and notices; in these it goes by `name`."""
    return read_entries(name, stem_of(fetched.url), _find(fetched, workers), "entry", published, workers.pages)


def stem_of(url: str) -> str:
    """What a report at `url` is called: the last part of its path without its ending, else the host."""
    parts = urlsplit(url)
    return PurePosixPath(parts.path).stem or parts.hostname or url


def _find(fetched: Fetched, workers: Workers) -> Iterator[Found]:
    match find_kind(fetched):
        case "feed":
            yield from workers.files.ask(Request("feed", fetched.body))
        case "pdf":
            for found in workers.files.ask(Request("pdf", fetched.body)):
                yield replace(found, url=fetched.url) if isinstance(found, Entry) else found
        case "page":
            yield Entry(page=fetched.body, charset=read_type(fetched)[1], url=fetched.url)
        case "text":
            yield from _find_text(fetched)
        case None:
            yield f"{read_type(fetched)[0][:60]}: no page, feed, text or PDF"


def _find_text(fetched: Fetched) -> Iterator[Found]:
    try:
        text, encoding = decode_text(fetched.body)
    except OnrecordError as error:
        yield str(error)
        return
    if encoding is not None:
        yield Remark(None, f"not UTF-8; read as {encoding}", False)
    yield Entry(text=text, url=fetched.url)
