"""Web archives that the tests write: whole ones, and ways to damage them."""

from __future__ import annotations

import base64
import gzip
import hashlib
from random import Random

from tests.ingest.pages.written import MAYOR, page

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def page_number(i: int) -> bytes:
    """A page that differs from the others, and packs no better than pages do."""
    berths = " ".join(f"Berth {Random(i * 99 + j).getrandbits(64)} was given to a ship of the town." for j in range(30))
    return page(f"<p>{MAYOR} The council voted {i} times, and gave all its berths away.</p><p>{berths}</p>").encode()


def response(body: bytes, head: bytes = HEAD) -> bytes:
    """An HTTP response."""
    return head + b"\r\n" + body


def record(
    block: bytes, number: int = 1, *, uri: bool = True, length: int | None = None, kind: str = "response"
) -> bytes:
    """A record of a WARC archive, not packed; `length` is what it says of its block."""
    digest = base64.b32encode(hashlib.sha1(block).digest()).decode()  # noqa: S324 - what archives are checked by
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>",
        "WARC-Date": "2031-06-01T10:00:00Z",
        **({"WARC-Target-URI": f"https://tamsin.example/{number}"} if uri else {}),
        "WARC-Block-Digest": f"sha1:{digest}",
        "Content-Type": "application/http; msgtype=response" if kind == "response" else "application/warc-fields",
        "Content-Length": str(len(block) if length is None else length),
    }
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    return head.encode() + block + b"\r\n\r\n"


def records(count: int = 4) -> list[bytes]:
    """The record that opens an archive, and responses that hold pages."""
    first = record(b"software: none\r\n", 0, uri=False, kind="warcinfo")
    return [first, *(record(response(page_number(i)), i) for i in range(1, count + 1))]


def packed(parts: list[bytes]) -> list[bytes]:
    """Each record as a member of its own."""
    return [gzip.compress(part, mtime=0) for part in parts]
