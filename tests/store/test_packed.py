"""JSON that only the program reads, packed into bytes and back."""

from __future__ import annotations

import json
import zlib

import msgspec
import pytest

from onrecord.store import packed
from onrecord.store.packed import pack, unpack

SAID = json.dumps({"attributions": [{"speaker": "Zbigla Tohrem", "words": "“Čekání”", "at": n} for n in range(200)]})


@pytest.mark.parametrize("text", ["{}", SAID, '{"a": "\\u0000é"}'])
def test_what_was_packed_comes_back(text: str) -> None:
    assert unpack(pack(text)) == text.encode()


def test_what_repeats_itself_takes_a_fifth_of_its_room_at_most() -> None:
    assert len(pack(SAID)) * 5 < len(SAID)


def test_what_was_there_before_anything_was_packed_is_read_as_it_is() -> None:
    assert unpack(SAID.encode()) == SAID.encode()


@pytest.mark.parametrize(
    "damaged",
    [b"", b"\x02" + pack(SAID)[1:], pack(SAID)[:-9], pack(SAID)[:1], b"\x01no deflated bytes", "text", 7, None],
    ids=str,
)
def test_what_is_damaged_is_refused_as_an_entry_that_cannot_be_decoded(damaged: bytes) -> None:
    with pytest.raises(msgspec.DecodeError, match="packed"):
        unpack(damaged)


def test_a_few_bytes_that_hold_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MOST", 1000)
    with pytest.raises(msgspec.DecodeError, match="too long"):
        unpack(b"\x01" + zlib.compress(b" " * 1001))
