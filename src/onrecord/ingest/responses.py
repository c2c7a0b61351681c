"""The body of an HTTP response, as it was sent, to the bytes of its page."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

from fastwarc.stream_io import BrotliReader, WarcReader, ZstdReader

from onrecord.ingest.report import LONGEST_REPORT, too_long
from onrecord.record import OnrecordError

_AS_IT_IS = frozenset(("", "identity", "none", "binary"))
_STEP = 2**20
_CHUNK = re.compile(rb"([0-9a-f]{1,16})[ \t]*(?:;[^\r\n]*)?\r\n", re.IGNORECASE)


def decode_body(raw: bytes, transfer: str, content: str) -> bytes:
    """`raw` without the encodings that its header names (`Transfer-Encoding`, `Content-Encoding`).

    Many archives keep the header and store the body decoded, so what isn't so encoded and begins like markup is taken
    as it is.

    Raises:
        OnrecordError: it is damaged, in an encoding that isn't read, or beyond the limit for one report.
    """
    names = (*content.lower().split(","), *transfer.lower().split(","))
    for name in reversed([name.strip() for name in names]):
        if name in _AS_IT_IS:
            continue
        try:
            raw = _decode(raw, name)
        except (OSError, EOFError, zlib.error):
            if not raw.lstrip().startswith(b"<"):
                raise OnrecordError(f"its body is damaged ({name})") from None
    if len(raw) > LONGEST_REPORT:
        raise OnrecordError(too_long(len(raw)))
    return raw


def _decode(raw: bytes, name: str) -> bytes:
    match name:
        case "gzip" | "x-gzip":
            return _inflate(raw, 31)
        case "deflate":
            try:
                return _inflate(raw, 15)
            except zlib.error:
                # Some send it without the wrapping that the standard asks for.
                return _inflate(raw, -15)
        case "chunked":
            return _join_chunks(raw)
        case "br":
            return _read(BrotliReader(BytesIO(raw)))
        case "zstd":
            return _read(ZstdReader(BytesIO(raw)))
        case _:
            raise OnrecordError(f"its body is encoded as {name[:20]}, which is not read")


def _join_chunks(raw: bytes) -> bytes:
    """The chunks together.

    fastwarc's own reader knows neither what may stand behind a size nor that the end is missing.
    """
    chunks: list[bytes] = []
    at = 0
    while found := _CHUNK.match(raw, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(chunks)
        at = found.end() + size
        if raw[at : at + 2] != b"\r\n":
            break
        chunks.append(raw[found.end() : at])
        at += 2
    raise EOFError


def _inflate(raw: bytes, window: int) -> bytes:
    inflater = zlib.decompressobj(window)
    unpacked = inflater.decompress(raw, LONGEST_REPORT + 1)
    if len(unpacked) > LONGEST_REPORT:
        raise OnrecordError("unpacks to more than the limit for one report")
    if not inflater.eof:
        raise EOFError
    return unpacked


def _read(reader: WarcReader) -> bytes:
    unpacked = bytearray()
    while piece := reader.read(_STEP):
        unpacked += piece
        if len(unpacked) > LONGEST_REPORT:
            raise OnrecordError("unpacks to more than the limit for one report")
    return bytes(unpacked)
