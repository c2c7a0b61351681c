"""The limits on files of many, each at the limit and one to each side."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from onrecord.ingest import Notice, read_reports
from onrecord.ingest.feeds import MOST_ENTRIES, read_feed
from onrecord.ingest.frames import Entry, Remark
from onrecord.ingest.jsonl import HIGHEST_RATIO, LONGEST_LINE, RATIO_COUNTS_FROM, Unpacked, read_jsonl
from onrecord.ingest.pages import PageReader
from onrecord.ingest.records import LONGEST_RECORD
from onrecord.ingest.warc import _BUFFER, _check_ratio
from onrecord.record import OnrecordError
from tests.ingest.archives import HEAD, records, response


@pytest.mark.parametrize("count", [MOST_ENTRIES - 1, MOST_ENTRIES, MOST_ENTRIES + 1])
def test_entries_of_a_feed(count: int) -> None:
    items = "<item><description>x</description></item>" * count
    found = list(read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode()))
    assert sum(isinstance(one, Entry) for one in found) == min(count, MOST_ENTRIES)
    over = [Remark(None, "more than 10,000 entries; the other 1 are left out")]
    assert found[MOST_ENTRIES:] == (over if count > MOST_ENTRIES else [])


@pytest.mark.parametrize(("more", "limit"), [(-1, "report is 10 MB"), (0, "report is 10 MB"), (1, "record is 64 MB")])
def test_a_record_of_an_archive(tmp_path: Path, more: int, limit: str) -> None:
    """Up to its limit the page in it is looked at, which has a limit of its own."""
    path = tmp_path / "pier.warc"
    size = LONGEST_RECORD + more
    head = response(b"", HEAD)
    with path.open("wb") as file:
        file.write(
            records(0)[0]
            + b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://tamsin.example/\r\n"
            + b"Content-Type: application/http; msgtype=response\r\n"
            + b"Content-Length: %d\r\n\r\n" % size
            + head
            + b"x" * (size - len(head))
            + b"\r\n\r\n"
        )
    [told] = read_reports([str(path)])
    assert isinstance(told, Notice)
    assert told.reason.endswith(f"the limit for one {limit}")


def test_the_ratio_of_a_record() -> None:
    packed = 2**20
    most = HIGHEST_RATIO * (packed + _BUFFER)
    for size in (most - 1, most, RATIO_COUNTS_FROM - 1, RATIO_COUNTS_FROM):
        _check_ratio(size, packed if size > RATIO_COUNTS_FROM else 0)
    with pytest.raises(OnrecordError, match="more than 200 times"):
        _check_ratio(most + 1, packed)


def padded(raw: bytes, size: int) -> bytes:
    """`raw` in gzip, brought to `size` bytes by a comment in its header."""
    packed = gzip.compress(raw, mtime=0)
    comment = b"x" * (size - len(packed) - 1) + b"\0"
    return packed[:3] + b"\x10" + packed[4:10] + comment + packed[10:]


@pytest.mark.parametrize(("more", "whole"), [(-1, True), (0, True), (1, False)])
def test_the_ratio_of_lines(more: int, whole: bool) -> None:
    size = 100_000
    raw = (b" " * 999_999 + b"\n") * 19 + b" " * (HIGHEST_RATIO * size - 19 * 10**6 + more)
    lines = Unpacked(io.BytesIO(padded(raw, size)))
    found = list(read_jsonl("pier.jsonl.gz", "pier", lines, None, PageReader()))
    assert (
        found == []
        if whole
        else [str(one) for one in found]
        == ["pier.jsonl.gz, line 20: unpacks to more than 200 times its size; the rest is left out"]
    )


@pytest.mark.parametrize(("more", "reason"), [(-1, "no JSON"), (0, "no JSON"), (1, "longer than 64 MB")])
def test_a_line(more: int, reason: str) -> None:
    [told] = read_jsonl("pier.jsonl", "pier", io.BytesIO(b"x" * (LONGEST_LINE + more)), None, PageReader())
    assert isinstance(told, Notice) and told.reason == reason
