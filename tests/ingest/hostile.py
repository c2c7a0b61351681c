"""Files that were written to hurt whoever reads them, each by a generator, and what is to become of each."""

from __future__ import annotations

import gzip
import json
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.ingest.archives import HEAD, packed, record, records, response
from tests.ingest.pages.written import BODY, MAYOR, page
from tests.ingest.test_pdf import pdf
from tests.ingest.test_warc_damaged import write_bomb

READ = "read"


class Hostile(NamedTuple):
    """The ending of the file, what writes it, and what is said of it: `READ`, or words of the notice."""

    ending: str
    write: Callable[[], bytes]
    outcome: str


def attributes(count: int) -> bytes:
    """A page, one tag of which has so many attributes."""
    return page(f"<p {' '.join(f'a{i}=1' for i in range(count))}>x</p>{BODY}").encode()


def nested(tag: str, count: int) -> bytes:
    """A page with a report so deep in tags of one kind."""
    return page(f"<{tag}>" * count + BODY + f"</{tag}>" * count).encode()


def paragraphs(count: int) -> bytes:
    """A page of so many paragraphs."""
    return page("".join(f"<p>Paragraph {i} of a long report</p>" for i in range(count))).encode()


def entities(before: str) -> bytes:
    """A page with entities that a document type declares."""
    return f"<!DOCTYPE html [{before}]>{page(f'<p>&a9;</p>{BODY}')}".encode()


LAUGHS = "<!ENTITY a0 'ha '>" + "".join(f"<!ENTITY a{i + 1} '{f'&a{i};' * 10}'>" for i in range(9))
OUTSIDE = "<!ENTITY a9 SYSTEM 'file:///etc/hostname'>"


def feed(items: str, before: str = "", declared: str = 'encoding="utf-8"') -> bytes:
    """An RSS feed."""
    channel = f"<channel><title>Post</title>{items}</channel>"
    return f'<?xml version="1.0" {declared}?>{before}<rss version="2.0">{channel}</rss>'.encode()


def item(body: str = MAYOR) -> str:
    """An item of it."""
    return f"<item><title>Pier</title><description>{body}</description></item>"


def archive(*parts: bytes) -> bytes:
    """An archive of these records."""
    return b"".join((records(0)[0], *parts))


def sent(body: bytes, more: bytes) -> bytes:
    """A record of a page that was sent as the header `more` says."""
    return record(response(body, HEAD + more), 1)


def large_bomb() -> bytes:
    """An archive of 4 MB that unpacks to 4 GB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bomb.warc.gz"
        write_bomb(path, 2**32)
        return path.read_bytes()


def mail(more: str, body: str = MAYOR) -> bytes:
    """An e-mail with more in its head."""
    return f"From: Port <press@port.example>\n{more}\n\n{body}".encode()


def parts(count: int) -> str:
    """Parts of an e-mail, of which none ends."""
    return "".join(f"--a\nContent-Type: text/plain\n\n{i}\n" for i in range(count))


def deflated(content: bytes) -> bytes:
    """A PDF whose only page is packed as `content`."""
    head = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(content)
    raw = pdf([["x"]])
    start, end = raw.index(b"<< /Length"), raw.index(b"\nendstream")
    return raw[:start] + head + content + raw[end:]


HOSTILE: dict[str, Hostile] = {
    "300,000 attributes": Hostile(".html", lambda: attributes(300_000), "more than 5,000 attributes"),
    "100,000 nested blocks": Hostile(".html", lambda: nested("div", 100_000), "more than 512 deep"),
    "100,000 nested words": Hostile(".html", lambda: nested("b", 100_000), "more than 512 deep"),
    "100,000 nested tables": Hostile(".html", lambda: nested("table", 100_000), "more than 512 deep"),
    "200,000 paragraphs": Hostile(".html", lambda: paragraphs(200_000), "took more than 10 seconds to parse"),
    "entities of entities": Hostile(".html", lambda: entities(LAUGHS), READ),
    "an entity of another file": Hostile(".html", lambda: entities(OUTSIDE), READ),
    "a word of 20 MB": Hostile(
        ".html", lambda: page(f"<p>{'x' * 20 * 2**20}</p>").encode(), "the limit for one report"
    ),
    "a word of 1 MB": Hostile(".html", lambda: page(f"<p>{'x' * 2**20}</p>").encode(), "without a space"),
    "zeros": Hostile(".html", lambda: b"\0" * 2**20, "binary, not text"),
    "a zero in a word": Hostile(".html", lambda: page().replace("pier", "pi\0er").encode(), READ),
    "UTF-16 without a mark": Hostile(".html", lambda: page().encode("utf-16-le"), "binary, not text"),
    "UTF-32": Hostile(".html", lambda: page().encode("utf-32"), READ),
    "EBCDIC": Hostile(".html", lambda: page(f"<p>{MAYOR}</p>").encode("cp037"), "no other encoding is certain"),
    "said to be UTF-16": Hostile(".html", lambda: b"<meta charset=utf-16>" + page().encode(), READ),
    "said to be hexadecimal": Hostile(".html", lambda: b"<meta charset=hex>" + page().encode(), READ),
    "said to be UTF-7": Hostile(".html", lambda: b"<meta charset=utf-7>+ADw-script+AD4-" + page().encode(), READ),
    "2 million open comments": Hostile(".html", lambda: b"<!--" * 2_000_000, "nothing in it"),
    "a million open marks": Hostile(".html", lambda: b"<a b='" * 1_000_000, "5,000 attributes"),
    "a million open brackets": Hostile(
        ".html", lambda: page(head=f'<script type="application/ld+json">{"[" * 1_000_000}</script>').encode(), READ
    ),
    "a column over 9 quadrillion": Hostile(
        ".html", lambda: page(f"{BODY}<table><tr><td colspan=9000000000000000>oak</table>").encode(), READ
    ),
    "a million blanks": Hostile(".html", lambda: page(BODY + " " * 1_000_000).encode(), READ),
    "20,000 line breaks": Hostile(".html", lambda: page(BODY + "<br>" * 20_000).encode(), READ),
    "a feed of entities of entities": Hostile(
        ".rss", lambda: feed(item("&a9;"), f"<!DOCTYPE a [{LAUGHS}]>"), "declares entities"
    ),
    "a feed of another file": Hostile(
        ".rss", lambda: feed(item("&a9;"), f"<!DOCTYPE a [{OUTSIDE}]>"), "declares entities"
    ),
    "a feed of 100,000 nested tags": Hostile(".rss", lambda: feed(item("<a>" * 100_000)), "not well-formed"),
    "a feed with 20,000 encodings": Hostile(".rss", lambda: feed(item(), declared="encoding='x'" * 20_000), READ),
    "a feed of a word of 20 MB": Hostile(".rss", lambda: feed(item("x" * 20 * 2**20)), "the limit for one report"),
    "4 GB in an archive of 4 MB": Hostile(".warc.gz", large_bomb, "more than 200 times its size"),
    "a page of 1 GB in an archive": Hostile(
        ".warc",
        lambda: archive(sent(gzip.compress(b" " * 2**30, 1), b"Content-Encoding: gzip\r\n")),
        "unpacks to more than the limit for one report",
    ),
    "a page packed ten times": Hostile(
        ".warc",
        lambda: archive(sent(page().encode(), b"Content-Encoding: " + b", ".join([b"gzip"] * 10) + b"\r\n")),
        READ,
    ),
    "a part of 16 exabytes": Hostile(
        ".warc", lambda: archive(sent(b"f" * 16 + b"\r\nx", b"Transfer-Encoding: chunked\r\n")), "is damaged (chunked)"
    ),
    "a record of 9 exabytes": Hostile(
        ".warc", lambda: archive(record(response(b"x"), 1, length=2**63 - 1)), "cut off, or shorter than it says"
    ),
    "5,000 heads of records": Hostile(".warc", lambda: b"WARC/1.0\r\nWARC-\r\n\r\n" * 5_000, "damaged in 1,000 places"),
    "999 parts within parts": Hostile(
        ".eml",
        lambda: mail("\n".join(f'Content-Type: multipart/mixed; boundary="{i}"\n\n--{i}' for i in range(999))),
        "a damaged e-mail",
    ),
    "1,000 parts": Hostile(".eml", lambda: mail('Content-Type: multipart/mixed; boundary="a"', parts(1_000)), READ),
    "a date beyond all numbers": Hostile(".eml", lambda: mail(f"Date: Sun, 04 May {'9' * 40} 20:30:00 -0500"), READ),
    "a sender of 100,000 groups": Hostile(".eml", lambda: mail(f"Subject: x\nFrom: {'a:' * 100_000}"), READ),
    "a PDF that is its own page": Hostile(".pdf", lambda: pdf([["x"]]).replace(b"[4 0 R]", b"[2 0 R]"), "PDF"),
    "a PDF of 1 GB of blanks": Hostile(".pdf", lambda: deflated(zlib.compress(b" " * 2**30, 1)), "a damaged PDF"),
    "a PDF of 100,000 brackets": Hostile(".pdf", lambda: pdf([["x) Tj " + "[" * 100_000 + " (x"]]), "PDF"),
    "a text of zeros": Hostile(".txt", lambda: b"\0" * 2**20, "binary, not text"),
    "a text of a word of 20 MB": Hostile(".txt", lambda: b"x" * 20 * 2**20, "the limit for one report"),
    "a text of a word of 9 MB": Hostile(".txt", lambda: b"x" * 9 * 2**20, "without a space"),
    "500,000 open brackets": Hostile(".jsonl", lambda: b"[" * 500_000, "no JSON"),
    "a number of 9,000 digits": Hostile(".jsonl", lambda: b'{"text": ' + b"1" * 9_000 + b"}", "no JSON"),
    "half a sign in a name": Hostile(".jsonl", lambda: json.dumps({"text": MAYOR, "title": "\ud83d"}).encode(), READ),
    "lines of 1 GB in 1 MB": Hostile(".jsonl.gz", lambda: gzip.compress(b" " * 2**28) * 4, "more than 200 times"),
    "a cell of 11 MB": Hostile(
        ".csv",
        lambda: b"media_name,publish_date,title,url,text\n" + b'"' + b"a," * 6 * 2**20,
        "larger than field limit",
    ),
    "an archive of 100,000 empty members": Hostile(
        ".warc.gz", lambda: b"".join(packed(records(1))) + gzip.compress(b"") * 100_000, READ
    ),
}
