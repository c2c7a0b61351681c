import gzip
import io
import zlib
from pathlib import Path

import brotli
import pytest
from warcio.archiveiterator import ArchiveIterator

from onrecord.ingest import Notice, read_reports
from onrecord.ingest.frames import Entry, Request
from onrecord.ingest.isolation import Worker
from onrecord.record import Clue, Report
from tests.ingest.archives import HEAD, packed, page_number, record, records, response
from tests.ingest.pages.written import MAYOR, page

KEYS = [f"urn:uuid:00000000-0000-4000-8000-{i:012}" for i in range(10)]


def read(folder: Path, raw: bytes, name: str = "pier.warc.gz") -> tuple[list[str], list[str]]:
    """The keys of the reports, and the notices, of an archive."""
    path = folder / name
    path.write_bytes(raw)
    items = list(read_reports([str(path)]))
    keys = [item.key for item in items if isinstance(item, Report)]
    return keys, [str(item).rpartition("/")[2].removeprefix(name) for item in items if isinstance(item, Notice)]


def one(folder: Path, head: bytes, body: bytes) -> tuple[list[str], list[str]]:
    """What is read of an archive with that response between two good ones."""
    parts = records(3)
    parts[2] = record(response(body, head), 2)
    keys, notices = read(folder, b"".join(parts), "pier.warc")
    assert KEYS[1] in keys and KEYS[3] in keys
    return [key for key in keys if key == KEYS[2]], notices


@pytest.mark.parametrize("name", ["pier.warc", "pier.warc.gz", "PIER.WARC"])
def test_each_page_is_a_report(tmp_path: Path, name: str) -> None:
    parts = records(2)
    (tmp_path / name).write_bytes(b"".join(packed(parts) if name.endswith("gz") else parts))
    first, second = read_reports([str(tmp_path)])
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.key, first.url) == (KEYS[1], "https://tamsin.example/1")
    assert first.text.startswith("Pier to be mended\n\n" + MAYOR)
    assert second.key == KEYS[2]
    archived = Clue(None, "also in the archive: WARC-Date says archived 2031-06-01T10:00:00Z")
    assert (first.published, first.clues) == (None, (archived,))


def test_a_date_in_the_page_stands_alone(tmp_path: Path) -> None:
    dated = page(head='<meta property="article:published_time" content="2031-05-04">')
    (tmp_path / "pier.warc").write_bytes(record(response(dated.encode())))
    [report] = read_reports([str(tmp_path / "pier.warc")])
    assert isinstance(report, Report)
    assert report.published == "2031-05-04"
    assert [clue.why for clue in report.clues] == ["taken from the page: meta article:published_time says 2031-05-04"]


@pytest.mark.parametrize("pack", [False, True])
def test_warcio_reads_the_same(tmp_path: Path, pack: bool) -> None:
    parts = records(5)
    parts.insert(3, record(b"GET / HTTP/1.1\r\n\r\n", 9, kind="request"))
    parts.insert(5, record(response(b"\xff\xd8", b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n"), 8))
    parts[2] = record(response(gzip.compress(page_number(2)), HEAD + b"Content-Encoding: gzip\r\n"), 2)
    raw = b"".join(packed(parts) if pack else parts)
    (tmp_path / "pier.warc").write_bytes(raw)
    with Worker() as worker:
        found = list(worker.ask(Request("archive", str(tmp_path / "pier.warc").encode())))
    ours = [(one.key, one.url, one.page) for one in found if isinstance(one, Entry)]
    theirs = [
        (
            r.rec_headers.get_header("WARC-Record-ID").strip("<>"),
            r.rec_headers.get_header("WARC-Target-URI"),
            r.content_stream().read(),
        )
        for r in ArchiveIterator(io.BytesIO(raw))
        if r.rec_type == "response" and "html" in r.http_headers.get_header("Content-Type")
    ]
    assert len(ours) == 5 and ours == theirs


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n",
        b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n",
        b"HTTP/1.1 200 OK\r\n",
    ],
)
def test_what_is_no_page_is_passed_over(tmp_path: Path, head: bytes) -> None:
    assert one(tmp_path, head, page_number(2)) == ([], [])


def chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n%x;a=b\r\n%s\r\n0\r\n\r\n" % (9, body[:9], len(body) - 9, body[9:])


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


ENCODED = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "br": brotli.compress,
    "identity": bytes,
    "gzip, br": lambda body: brotli.compress(gzip.compress(body)),
}


@pytest.mark.parametrize("name", ENCODED)
@pytest.mark.parametrize("in_chunks", [False, True])
def test_encodings_are_undone(tmp_path: Path, name: str, in_chunks: bool) -> None:
    body = ENCODED[name](page_number(2))
    head = HEAD + f"Content-Encoding: {name}\r\n".encode() + (b"Transfer-Encoding: chunked\r\n" if in_chunks else b"")
    assert one(tmp_path, head, chunked(body) if in_chunks else body) == ([KEYS[2]], [])


@pytest.mark.parametrize("field", [b"Content-Encoding: gzip\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_that_is_stored_decoded_is_read(tmp_path: Path, field: bytes) -> None:
    assert one(tmp_path, HEAD + field, page_number(2)) == ([KEYS[2]], [])


def test_the_characters_are_those_that_the_sender_says(tmp_path: Path) -> None:
    russian = page(
        "<p>" + "Мэр Нижнего Тамсина сказал в пятницу, что пирс починят до зимы, но денег на это нет. " * 3 + "</p>"
    )
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n"
    (tmp_path / "pier.warc").write_bytes(record(response(russian.encode("koi8-r"), head)))
    report, *_ = read_reports([str(tmp_path / "pier.warc")])
    assert isinstance(report, Report) and "Мэр Нижнего Тамсина" in report.text


BROKEN = {
    "chunks": (
        HEAD + b"Transfer-Encoding: chunked\r\n",
        b"5\r\nhello\r\nZZZ\r\nabc\r\n0\r\n\r\n",
        "its body is damaged (chunked)",
    ),
    "gzip cut": (
        HEAD + b"Content-Encoding: gzip\r\n",
        gzip.compress(page_number(2))[:-40],
        "its body is damaged (gzip)",
    ),
    "gzip turned": (
        HEAD + b"Content-Encoding: gzip\r\n",
        gzip.compress(b"x" * 99)[:12] + b"??" * 40,
        "its body is damaged (gzip)",
    ),
    "br cut": (HEAD + b"Content-Encoding: br\r\n", brotli.compress(page_number(2))[:-40], "its body is damaged (br)"),
    "bomb": (
        HEAD + b"Content-Encoding: gzip\r\n",
        gzip.compress(b"<p>" * 2**25),
        "unpacks to more than the limit for one report",
    ),
    "bomb in a bomb": (
        HEAD + b"Content-Encoding: gzip, gzip\r\n",
        gzip.compress(gzip.compress(b"\0" * 2**28)),
        "unpacks to more than the limit for one report",
    ),
    "br bomb": (
        HEAD + b"Content-Encoding: br\r\n",
        brotli.compress(b"<p>" * 2**25, quality=1),
        "unpacks to more than the limit for one report",
    ),
    "unknown": (HEAD + b"Content-Encoding: zip\r\n", b"PK", "its body is encoded as zip, which is not read"),
    "long": (HEAD, b"<p>" * 2**22, "12 MB; the limit for one report is 10 MB"),
    "no http": (b"\0" * 40 + b"\r\n", b"", "its HTTP header is damaged"),
    "empty": (HEAD, b"", "no page: there is nothing in it"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_body_costs_its_record(tmp_path: Path, name: str) -> None:
    head, body, reason = BROKEN[name]
    assert one(tmp_path, head, body) == ([], [f", record 3: {reason}"])
