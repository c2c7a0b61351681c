"""Where the records of a WARC archive begin and end, told from their bytes where a damaged one is in the way."""

from __future__ import annotations

import re
import zlib
from typing import BinaryIO

LONGEST_RECORD = 64 * 2**20
LONGEST_HEADER = 32 * 2**10

_PACKED = b"\x1f\x8b\x08"
_HEAD = re.compile(rb"WARC/1\.\d\r?\n(?:WARC-|Content-)", re.IGNORECASE)
_STEP = 2**20
_BLANK = b"\r\n\r\n"


def is_packed(file: BinaryIO) -> bool:
    """Whether the archive is in gzip, of which each record is a member."""
    file.seek(0)
    return file.read(len(_PACKED)) == _PACKED


def find_record(file: BinaryIO, at: int, packed: bool) -> int | None:
    """Where the first record from the byte `at` on begins; None if there is none."""
    mark = _PACKED if packed else b"WARC/1."
    while True:
        file.seek(at)
        chunk = file.read(_STEP)
        found = chunk.find(mark)
        while found >= 0:
            if _begins(file, at + found, packed):
                return at + found
            found = chunk.find(mark, found + 1)
        if len(chunk) < _STEP:
            return None
        # A mark may lie across the end of the chunk.
        at += len(chunk) - len(mark) + 1


def _begins(file: BinaryIO, at: int, packed: bool) -> bool:
    """Whether the header of a record begins there, and not just bytes that are alike."""
    file.seek(at)
    raw = file.read(512)
    if packed:
        try:
            raw = zlib.decompressobj(31).decompress(raw, 64)
        except zlib.error:
            return False
    return bool(_HEAD.match(raw))


def find_end(file: BinaryIO, at: int, length: int, packed: bool) -> int | None:
    """Where the record at `at` ends, if `length` bytes and what closes a record stand there, undamaged; else None."""
    file.seek(at)
    if packed:
        return _find_end_of_member(file, length)
    end = file.read(LONGEST_HEADER + len(_BLANK)).find(_BLANK)
    closing = at + end + len(_BLANK) + length
    file.seek(closing)
    return closing + len(_BLANK) if end >= 0 and file.read(len(_BLANK)) == _BLANK else None


def _find_end_of_member(file: BinaryIO, length: int) -> int | None:
    inflater = zlib.decompressobj(31)
    record = bytearray()
    most = min(length, LONGEST_RECORD) + LONGEST_HEADER + 2 * len(_BLANK)
    try:
        while not inflater.eof:
            packed = inflater.unconsumed_tail or file.read(_STEP)
            record += inflater.decompress(packed, most + 1 - len(record))
            if not packed or len(record) > most:
                return None
    except zlib.error:
        return None
    whole = record.find(_BLANK) + len(_BLANK) + length + len(_BLANK) == len(record) and record.endswith(_BLANK)
    return file.tell() - len(inflater.unused_data) if whole else None
