"""A WARC archive to the pages in it. Run in a process of its own (worker.py).

fastwarc reads the records. Where it can't go on, the next record is looked for, so damage costs what it has hit.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.ingest.frames import Entry, Found, Remark
from onrecord.ingest.jsonl import HIGHEST_RATIO, RATIO_COUNTS_FROM
from onrecord.ingest.records import LONGEST_HEADER, LONGEST_RECORD, find_end, find_record, is_packed
from onrecord.ingest.responses import decode_body
from onrecord.record import Clue, OnrecordError

MOST_DAMAGES = 1_000
SIGN_EVERY = 100
PAGES = ("text/html", "application/xhtml+xml")
CUT_OFF = "cut off, or shorter than it says"

_STEP = 2**20
# fastwarc reads ahead by so much.
_BUFFER = 2**16


class _Held(NamedTuple):
    """A record that is known to be whole only when the next one begins where it should."""

    number: int
    at: int
    length: int
    found: tuple[Found, ...]


def read_archive(path: str) -> Iterator[Found | None]:
    """The pages among the responses of the archive at `path`, and a remark on each record that is damaged.

    None now and then where there are many without a page: that is slow, but no sign of a trap.

    Raises:
        OnrecordError: it is no archive, or so damaged that the rest is left out.
    """
    with Path(path).open("rb") as file:
        packed = is_packed(file)
        start = find_record(file, 0, packed)
        if start is None:
            raise OnrecordError("no WARC archive: there is no record in it" if file.seek(0, 2) else "empty")
        if start > 0:
            yield Remark(None, f"{start:,} bytes before the first record that are none")
        number = 0
        for _ in range(MOST_DAMAGES):
            number, start = yield from _read_run(file, start, number, packed)
            if start is None:
                return
        raise OnrecordError(f"damaged in {MOST_DAMAGES:,} places")


def _read_run(
    file: BinaryIO, start: int, number: int, packed: bool
) -> Generator[Found | None, None, tuple[int, int | None]]:
    """What stands in the archive from the byte `start` to the first damage.

    Returns the number of records so far, and where the next one begins, None at the end.
    """
    held: _Held | None = None
    at, reason, unpacked = start, "damaged", 0
    file.seek(start)
    try:
        for record in ArchiveIterator(file, parse_http=False, max_header_len=LONGEST_HEADER):
            if held:
                yield from held.found
            held, number, at = None, number + 1, record.stream_pos
            length = record.content_length
            found = tuple(_read_record(file, record, number))
            unpacked += length
            _check_ratio(unpacked, file.tell() - start)
            held = _Held(number, at, length, found)
            if number % SIGN_EVERY == 0 or length > RATIO_COUNTS_FROM:
                yield None
        if held:
            yield from held.found
            # A member that breaks off before it gives a byte is no record to fastwarc.
            end = find_end(file, held.at, held.length, packed)
            if end is not None and end < file.seek(0, 2):
                yield Remark(number + 1, f"cut off (at byte {end:,})")
        return number, None
    except OnrecordError as error:
        # Of the record `number`, as nothing is held.
        reason = str(error)
    except OSError:
        end = find_end(file, held.at, held.length, packed) if held else None
        if held and end is not None:
            yield from held.found
            number, at = number + 1, end
        elif held:
            reason = "damaged, or longer or shorter than it says"
        else:
            number += at == start
    following = find_record(file, at + 1, packed)
    yield Remark(number, f"{reason} (at byte {at:,}){'; the rest is left out' if following is None else ''}")
    return number, following


def _read_record(file: BinaryIO, record: WarcRecord, number: int) -> Iterator[Found]:
    """The page in `record`, if it holds one, and remarks on it.

    Raises:
        OnrecordError: it is cut off, or unpacks out of proportion.
        OSError: it cannot be read on.
    """
    if not (record.headers.get("Content-Length") or "").isdecimal():
        raise OnrecordError("cut off in its header")
    length, before = record.content_length, file.tell()
    response = record.record_type == WarcRecordType.response and record.is_http
    if not response or length > LONGEST_RECORD:
        if response:
            record.parse_http(strict_mode=False)
            if _is_page(record):
                yield Remark(
                    number, f"{-(-length // 2**20):,} MB; the limit for one record is {LONGEST_RECORD >> 20} MB"
                )
        _skip(file, record, before)
        return
    record.freeze()
    if record.content_length < length:
        raise OnrecordError(CUT_OFF)
    _check_ratio(length, file.tell() - before)
    sound = not (record.headers.get("WARC-Block-Digest") or "").startswith("sha1:") or record.verify_block_digest()
    record.parse_http(strict_mode=False)
    if record.http_headers.status_code is None:
        yield Remark(number, "its HTTP header is damaged")
    elif _is_page(record):
        if not sound:
            yield Remark(number, "its checksum is wrong; read as it is", False)
        yield from _read_page(record, number)


def _skip(file: BinaryIO, record: WarcRecord, before: int) -> None:
    left = record.content_length
    taken = 0
    while left:
        step = record.consume(min(left, _STEP))
        if not step:
            raise OnrecordError(CUT_OFF)
        left, taken = left - step, taken + step
        _check_ratio(taken, file.tell() - before)


def _check_ratio(unpacked: int, packed: int) -> None:
    if unpacked > RATIO_COUNTS_FROM and unpacked > HIGHEST_RATIO * (packed + _BUFFER):
        raise OnrecordError(f"unpacks to more than {HIGHEST_RATIO} times its size")


def _is_page(record: WarcRecord) -> bool:
    return record.http_headers.status_code == 200 and (record.http_content_type or "").strip().lower() in PAGES


def _read_page(record: WarcRecord, number: int) -> Iterator[Found]:
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>") or None
    if url is None:
        yield Remark(number, "its address is missing (WARC-Target-URI)", False)
    http, archived = record.http_headers, record.headers.get("WARC-Date")
    transfer, content = (",".join(http.get_multiple(name)) for name in ("Transfer-Encoding", "Content-Encoding"))
    try:
        page = decode_body(record.reader.read(), transfer, content)
    except OnrecordError as error:
        yield Remark(number, str(error))
        return
    yield Entry(
        number=number,
        key=(record.record_id or "").strip().strip("<>") or url,
        page=page,
        charset=record.http_charset,
        url=url,
        clues=(Clue(None, f"also in the archive: WARC-Date says archived {archived}"),) if archived else (),
    )
