"""What is asked of the process that parses pages and what it answers, to bytes in a pipe and back."""

from __future__ import annotations

import struct
from typing import IO

from msgspec import Struct

from onrecord.record import Clue

_LENGTH = struct.Struct(">I")


class Request(Struct, frozen=True):
    """The bytes of a page; `encoding` is theirs where it is known, `url` where the page was found."""

    page: bytes
    encoding: str | None
    url: str | None


class Page(Struct, frozen=True, kw_only=True):
    """What a page says of one report. `remark` is what a user should know about how it was read."""

    text: str
    url: str | None
    outlet: str | None
    title: str | None
    author: str | None
    published: str | None
    clues: tuple[Clue, ...]
    remark: str | None


def write_frame(stream: IO[bytes], frame: bytes) -> None:
    """Send `frame` behind its length in four bytes."""
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame; None where the stream ends before it or in it."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    frame = stream.read(length)
    return frame if len(frame) == length else None
