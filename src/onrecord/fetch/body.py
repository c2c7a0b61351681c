"""The pieces of a response to its body, unpacked, within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from onrecord.fetch.network import Unreachable
from onrecord.record import OnrecordError

PIECE = 2**16
# As in files: text packs ten times, a bomb a thousand.
HIGHEST_RATIO = 200
RATIO_COUNTS_FROM = 2**20


def read_body(pieces: Iterable[bytes], encoding: str, longest: int) -> bytes:
    """The body of at most `longest` bytes that `pieces`, packed as the header's `encoding` says, hold.

    Raises:
        Unreachable: it is cut off.
        OnrecordError: it is longer, unpacks out of proportion, is damaged, or is packed in another way.
    """
    packed = 0

    def counted() -> Iterator[bytes]:
        nonlocal packed
        for piece in pieces:
            packed += len(piece)
            refuse_longer(packed, longest)
            yield piece

    body = bytearray()
    for piece in _unpack(counted(), encoding.strip().lower()):
        body += piece
        refuse_longer(len(body), longest)
        if len(body) > RATIO_COUNTS_FROM and len(body) > HIGHEST_RATIO * packed:
            raise OnrecordError(f"unpacks to more than {HIGHEST_RATIO} times its size")
    return bytes(body)


def refuse_longer(length: int, longest: int) -> None:
    """Refuses a body of `length` bytes if that is more than `longest`."""
    if length > longest:
        raise OnrecordError(f"longer than {longest // 2**20} MB")


def _unpack(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    if encoding in ("", "identity"):
        return pieces
    if encoding in ("gzip", "x-gzip", "deflate"):
        return _inflate(pieces, encoding)
    raise OnrecordError(f'packed as "{encoding[:20]}", which was not asked for')


def _inflate(pieces: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    inflater = None
    try:
        for piece in pieces:
            rest = piece
            while rest:
                inflater = inflater or zlib.decompressobj(_form(encoding, rest))
                yield inflater.decompress(rest, PIECE)
                if not inflater.eof:
                    rest = inflater.unconsumed_tail
                    continue
                # Behind the end may stand another gzip file; anything else is padding.
                rest, inflater = inflater.unused_data, None
                if not rest.startswith(b"\x1f\x8b"):
                    return
        if inflater:
            yield inflater.flush()
    except zlib.error:
        raise OnrecordError("damaged: it cannot be unpacked") from None
    if inflater and not inflater.eof:
        raise Unreachable("cut off before its end")


def _form(encoding: str, start: bytes) -> int:
    """What zlib calls the form: gzip, or deflate with its head or, as some servers send it, without."""
    if encoding != "deflate":
        return zlib.MAX_WBITS | 16
    return zlib.MAX_WBITS if start[0] & 0x0F == 8 else -zlib.MAX_WBITS
