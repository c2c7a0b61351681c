"""Archives that are damaged or built to hurt: what can be read is read, and what can't be is named."""

import gzip
import os
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import Notice, read_reports
from onrecord.ingest.frames import Request
from onrecord.ingest.isolation import Worker
from onrecord.ingest.warc import read_archive
from onrecord.record import OnrecordError, Report
from tests.ingest.archives import packed, page_number, record, records, response

PARTS = records(4)
PACKED = packed(PARTS)


def offset(parts: list[bytes], number: int) -> int:
    """Where the record `number`, counted from 1, begins."""
    return sum(map(len, parts[: number - 1]))


def read(folder: Path, raw: bytes) -> tuple[str, list[str]]:
    """The last digits of the reports' keys, and the notices."""
    path = folder / "pier.warc"
    path.write_bytes(raw)
    items = list(read_reports([str(path)]))
    assert all(item.left_out for item in items if isinstance(item, Notice))
    keys = "".join(item.key[-1] for item in items if isinstance(item, Report))
    return keys, [str(item).rpartition("pier.warc")[2] for item in items if isinstance(item, Notice)]


def with_length(number: int, more: int) -> list[bytes]:
    """The archive, of which one record says that it is longer, or shorter, than it is."""
    block = response(page_number(number))
    return [*PARTS[:number], record(block, number, length=len(block) + more), *PARTS[number + 1 :]]


AT3, AT4, AT5 = (offset(PARTS, i) for i in (3, 4, 5))
PAT3, PAT4, PAT5 = (offset(PACKED, i) for i in (3, 4, 5))
WRONG = "damaged, or longer or shorter than it says"
CUT = "cut off, or shorter than it says"
REST = "; the rest is left out"

# The bytes, the reports that are read, and the notices.
DAMAGED: dict[str, tuple[bytes, str, list[str] | None]] = {
    "cut in a header": (
        b"".join(PARTS)[: AT4 + 60],
        "12",
        [f", record 4: cut off in its header (at byte {AT4:,}){REST}"],
    ),
    "cut in a body": (b"".join(PARTS)[:-200], "123", [f", record 5: {CUT} (at byte {AT5:,}){REST}"]),
    "too long": (b"".join(with_length(2, 300)), "134", [f", record 3: {WRONG} (at byte {AT3:,})"]),
    "too short": (b"".join(with_length(2, -300)), "134", [f", record 3: {WRONG} (at byte {AT3:,})"]),
    "last too long": (b"".join(with_length(4, 300)), "123", [f", record 5: {CUT} (at byte {AT5:,}){REST}"]),
    "last too short": (b"".join(with_length(4, -300)), "123", [f", record 5: {WRONG} (at byte {AT5:,}){REST}"]),
    "packed, too long": (b"".join(packed(with_length(2, 300))), "134", [f", record 3: {WRONG} (at byte {PAT3:,})"]),
    "packed, too short": (b"".join(packed(with_length(2, -300))), "134", [f", record 3: {WRONG} (at byte {PAT3:,})"]),
    "bad member": (
        b"".join([*PACKED[:2], PACKED[2][:60] + b"\xff" * 40 + PACKED[2][100:], *PACKED[3:]]),
        "134",
        [f", record 3: damaged (at byte {PAT3:,})"],
    ),
    "bad checksum of a member": (
        b"".join([*PACKED[:2], PACKED[2][:-8] + b"\0" * 4 + PACKED[2][-4:], *PACKED[3:]]),
        "134",
        [f", record 3: damaged (at byte {PAT3:,})"],
    ),
    "member cut off": (b"".join(PACKED)[:-200], "123", [f", record 5: {CUT} (at byte {PAT5:,}){REST}"]),
    "member cut off at once": (
        b"".join(PACKED[:4]) + PACKED[4][:20],
        "123",
        [f", record 5: cut off (at byte {PAT5:,})"],
    ),
    "no archive": (b"The pier is shut.\n" * 99, "", [": no WARC archive: there is no record in it"]),
    "another thing packed": (
        gzip.compress(b"The pier is shut.\n" * 99),
        "",
        [": no WARC archive: there is no record in it"],
    ),
    "empty": (b"", "", [": empty"]),
    "zeros": (b"\0" * 9_999, "", [": no WARC archive: there is no record in it"]),
    "zeros between": (
        b"".join([*PARTS[:3], b"\0" * 9_999, *PARTS[3:]]),
        "1234",
        [f", record 4: damaged (at byte {AT4:,})"],
    ),
    "zeros behind": (
        b"".join(PARTS) + b"\0" * 9_999,
        "1234",
        [f", record 6: damaged (at byte {offset(PARTS, 6):,}){REST}"],
    ),
    "zeros behind members": (
        b"".join(PACKED) + b"\0" * 9_999,
        "1234",
        [f", record 6: damaged (at byte {offset(PACKED, 6):,}){REST}"],
    ),
    "zeros before": (b"\0" * 9 + b"".join(PARTS), "1234", [": 9 bytes before the first record that are none"]),
    "no length": (
        b"".join([*PARTS[:2], PARTS[2].replace(b"Content-Length", b"Content-Lengths"), *PARTS[3:]]),
        "134",
        [f", record 3: cut off in its header (at byte {AT3:,})"],
    ),
    "all in one member, cut": (gzip.compress(b"".join(PARTS))[:-300], "123", None),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_costs_what_it_hit(tmp_path: Path, name: str) -> None:
    raw, keys, notices = DAMAGED[name]
    found, told = read(tmp_path, raw)
    assert found == keys
    # Of one member that is cut, where it stands depends on how it was packed.
    assert told == notices or (notices is None and len(told) == 1)


def test_a_record_without_an_address_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "pier.warc"
    path.write_bytes(PARTS[0] + record(response(page_number(1)), 1, uri=False))
    notice, report = read_reports([str(path)])
    assert notice == Notice(str(path), 2, "its address is missing (WARC-Target-URI)", False, "record")
    assert isinstance(report, Report) and report.url is None and report.key.endswith("1")


def test_a_wrong_checksum_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pier.warc"
    path.write_bytes(b"".join(PARTS).replace(b"voted 2 times", b"voted 7 times"))
    items = list(read_reports([str(path)]))
    assert sum(isinstance(item, Report) for item in items) == 4
    [told] = [item for item in items if isinstance(item, Notice)]
    assert told == Notice(str(path), 3, "its checksum is wrong; read as it is", False, "record")


def write_bomb(path: Path, size: int) -> None:
    """Between good records, one that is packed into a thousandth of the `size` that it has."""
    if size < 2**26:
        bomb = gzip.compress(record(response(b"\0" * size), 7))
        path.write_bytes(b"".join([*PACKED[:2], bomb, *PACKED[2:]]))
        return
    packer = zlib.compressobj(9, wbits=-15)
    head = packer.compress(record(b"", 7, length=size).removesuffix(b"\r\n\r\n") + response(b""))
    head += packer.flush(zlib.Z_FULL_FLUSH)
    # As it refers to nothing before it, it may stand there again and again.
    step = packer.compress(b"\0" * 2**24) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = PACKED[0][:10] + head + step * (size // 2**24)
    path.write_bytes(b"".join(PACKED[:2]) + bomb + packer.flush() + b"".join(PACKED[2:]))


@pytest.mark.parametrize("size", [2**32, 48 * 2**20])
def test_a_bomb_is_left_early(tmp_path: Path, size: int) -> None:
    path = tmp_path / "pier.warc.gz"
    write_bomb(path, size)
    assert path.stat().st_size < 5 * 2**20
    started = time.monotonic()
    items = list(read_reports([str(path)]))
    assert time.monotonic() - started < 10
    assert "".join(item.key[-1] for item in items if isinstance(item, Report)) == "1234"
    [told] = [item for item in items if isinstance(item, Notice)]
    at = offset(PACKED, 3)
    assert told == Notice(str(path), 3, f"unpacks to more than 200 times its size (at byte {at:,})", True, "record")


@pytest.mark.skipif(sys.platform != "linux", reason="address space is bounded on Linux alone")
def test_memory_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "pier.warc.gz"
    write_bomb(path, 2**32)
    with Worker(memory=400 * 2**20) as worker:
        found = list(worker.ask(Request("archive", os.fsencode(path))))
    assert len(found) == 5 and not any(isinstance(one, str) for one in found)


def test_line_ends_without_end_are_left(tmp_path: Path) -> None:
    """fastwarc passes over line ends between records, all of them at one go."""
    path = tmp_path / "pier.warc.gz"
    packer = zlib.compressobj(9, wbits=-15)
    step = packer.compress(b"\r\n" * 2**23) + packer.flush(zlib.Z_FULL_FLUSH)
    # Sixteen gigabytes: no machine unpacks those in a second.
    path.write_bytes(b"".join(PACKED) + PACKED[0][:10] + step * 1024 + packer.flush())
    with Worker(cpu_seconds=1) as worker:
        *pages, told = worker.ask(Request("archive", os.fsencode(path)))
        assert len(pages) == 3
        assert told == "took more than 1 seconds to parse"
        # The next file is none the worse for it.
        path.write_bytes(b"".join(PACKED))
        assert len(list(worker.ask(Request("archive", os.fsencode(path))))) == 4


def test_damage_without_end_is_left(tmp_path: Path) -> None:
    path = tmp_path / "pier.warc"
    path.write_bytes(b"WARC/1.0\r\nWARC-\r\n\r\n" * 5_000)
    *_, last = read_reports([str(path)])
    assert isinstance(last, Notice)
    assert last.reason == "damaged in 1,000 places; the rest is left out"


def test_records_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "pier.warc"
    film = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n"
    long = os.urandom(65 * 2**20)
    with path.open("wb") as file:
        file.write(record(response(long, film), 1) + record(response(long), 2) + PARTS[1])
    keys, notices = read(tmp_path, path.read_bytes())
    assert (keys, notices) == ("1", [", record 2: 66 MB; the limit for one record is 64 MB"])


def left_of(path: Path) -> Iterator[object]:
    try:
        yield from read_archive(str(path))
    except OnrecordError as error:
        yield str(error)


@pytest.mark.parametrize("parts", [PARTS, PACKED], ids=["plain", "packed"])
def test_no_cut_is_silent(tmp_path: Path, parts: list[bytes]) -> None:
    raw = b"".join(parts)
    ends = {offset(parts, i) for i in range(1, len(parts) + 2)}
    path = tmp_path / "pier.warc"
    whole = list(left_of(path)) if path.write_bytes(raw) else []
    for at in range(0, len(raw), 7):
        path.write_bytes(raw[:at])
        found = list(left_of(path))
        pages = [one for one in found if one in whole]
        # What closes a record, and what closes its member, may lack.
        closed = at in ends or any(0 < end - at <= (12 if parts is PACKED else 4) for end in ends)
        assert len(found) > len(pages) or (closed and at > 0), at
        assert len(pages) >= sum(end <= at for end in ends) - 2


@settings(max_examples=200, deadline=None)
@given(st.data(), st.booleans())
def test_any_damage_is_survived(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, pack: bool) -> None:
    raw = bytearray(b"".join(PACKED if pack else PARTS))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    path = tmp_path_factory.getbasetemp() / "any.warc"
    path.write_bytes(raw)
    assert list(left_of(path)) == list(left_of(path))
