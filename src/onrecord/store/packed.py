"""What only this program reads of a record, packed: JSON to bytes in a column, and back.

An analysis says the same few names of fields a thousand times over, and takes a sixth of its room when packed. The
first byte tells how a value is packed, so that another way can be brought in beside this one.
"""

from __future__ import annotations

import zlib

import msgspec

# Deflated as zlib has it. So JSON itself begins, as a PostgreSQL database had it before.
DEFLATED, PLAIN = b"\x01", (b"{", b"[")
# Bytes, more than any analysis has: a hostile record is not to fill the memory with a few of its own.
MOST = 2**30


def pack(plain: str | bytes) -> bytes:
    """JSON, or bytes of another form, packed: the same for the same, as long as zlib is of one version."""
    return DEFLATED + zlib.compress(plain.encode() if isinstance(plain, str) else plain, 6)


def unpack(packed: bytes) -> bytes:
    """What `pack` was given, JSON in UTF-8.

    Raises:
        msgspec.DecodeError: it is damaged, or packed in a way that this version does not know.
    """
    # A damaged file may hold a value of any kind.
    way = packed[:1] if isinstance(packed, bytes) else None
    if way in PLAIN:
        return packed
    if way != DEFLATED:
        raise msgspec.DecodeError("packed in an unknown way")
    inflater = zlib.decompressobj()
    try:
        json = inflater.decompress(packed[1:], MOST)
    except zlib.error as error:
        raise msgspec.DecodeError("packed, and damaged") from error
    if not inflater.eof:
        raise msgspec.DecodeError("packed, and cut off or too long")
    return json
