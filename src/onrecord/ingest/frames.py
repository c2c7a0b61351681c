"""What is asked of a process that parses and what it answers, to bytes in a pipe and back."""

from __future__ import annotations

import struct
from typing import IO, Any, Literal

import msgspec
from msgspec import Struct

from onrecord.ingest.text import writable
from onrecord.record import Clue

_LENGTH = struct.Struct(">I")

Kind = Literal["page", "body", "feed", "mail", "pdf", "archive"]


class Request(Struct, frozen=True):
    """The bytes to be parsed; of an archive, which may be larger than memory, those of its path.

    Of a page, `encoding` is its own where it is known, `charset` what its sender said of it, and `url` where it was
    found. A "body" is a page that is all report.
    """

    kind: Kind
    content: bytes
    encoding: str | None = None
    charset: str | None = None
    url: str | None = None


class Page(Struct, frozen=True, kw_only=True, tag=True):
    """What a page says of one report. `remark` is what a user should know about how it was read."""

    text: str
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    clues: tuple[Clue, ...] = ()
    remark: str | None = None


class Entry(Struct, frozen=True, kw_only=True, tag=True):
    """One report as it stands in a file, and what is said of it beside.

    It is the `text`, or the `body` in HTML that is all report, or a `page`, of whose characters `charset` was said.
    `number` counts from 1 in files that may hold several.
    """

    number: int | None = None
    key: str | None = None
    text: str | None = None
    body: str | None = None
    page: bytes = b""
    charset: str | None = None
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    clues: tuple[Clue, ...] = ()


class Remark(Struct, frozen=True, tag=True):
    """Why the entry `number` of a file is left out, or what to know about how it was read; of the file without one."""

    number: int | None
    reason: str
    left_out: bool = True


Found = Page | Entry | Remark | str


class Answer(Struct, frozen=True):
    """What was found, or why nothing (more) is to be had; None at the end of several, and as a sign of life."""

    found: Found | None
    last: bool


def encode_answer(answer: Answer) -> bytes:
    """`answer` as a frame. Lone surrogates, as others may write them, cannot be sent; U+FFFD stands for each."""
    try:
        return msgspec.msgpack.encode(answer)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(_writable(msgspec.to_builtins(answer, builtin_types=(bytes,))))


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, dict):
        return {key: _writable(part) for key, part in value.items()}
    return [_writable(part) for part in value] if isinstance(value, list | tuple) else value


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
