import gzip
import io
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import Notice, report_id
from onrecord.ingest.jsonl import LONGEST_LINE, Unpacked, read_jsonl
from onrecord.ingest.pages import PageReader
from onrecord.record import Report
from tests.ingest.pages.written import READ, page

TEXT = "The council of Lower Tamsin met on Friday and agreed to mend the pier before the winter comes."
GOOD = json.dumps({"text": TEXT}).encode()


def read(raw: bytes, published: str | None = None) -> list[Report | Notice]:
    with PageReader() as pages:
        return list(read_jsonl("pier.jsonl", "pier", io.BytesIO(raw), published, pages))


def reports(items: list[Report | Notice]) -> list[Report]:
    return [item for item in items if isinstance(item, Report)]


def notices(items: list[Report | Notice]) -> list[str]:
    return [str(item) for item in items if isinstance(item, Notice)]


def test_every_field_is_used() -> None:
    fields: dict[str, Any] = {
        "url": "https://tamsin.example/pier",
        "outlet": "Tamsin Post",
        "title": "Pier to be mended",
        "author": "Oda Brill",
        "published": "2021-03-05T09:00+01:00",
        "language": "en-GB",
        "text": TEXT,
    }
    [report] = reports(read(json.dumps(fields | {"id": "pier-1", "score": [1, {}]}).encode()))
    assert report == Report(
        id=report_id(fields["outlet"], fields["url"], TEXT), key="pier-1", **(fields | {"language": "en"})
    )


HEAD = '<meta property="og:site_name" content="Tamsin Post"><meta name="date" content="2031-05-04">'


def test_a_page_is_read_where_there_is_no_text() -> None:
    rows = [{"html": page(head=HEAD), "text": " "}, {"html": page(head=HEAD), "text": TEXT}]
    found = reports(read("\n".join(map(json.dumps, rows)).encode()))
    assert [(one.text, one.outlet, one.published) for one in found] == [
        (READ, "Tamsin Post", "2031-05-04"),
        (TEXT, None, None),
    ]


def test_what_is_given_beside_a_page_comes_first() -> None:
    fields = {
        "url": "https://mirror.example/pier",
        "outlet": "Mirror",
        "title": "A pier",
        "author": "Pim Hask",
        "published": "2031-06-01",
        "language": "en",
    }
    [report] = reports(read(json.dumps(fields | {"html": page(head=HEAD), "id": "p"}).encode()))
    text = READ
    assert report == Report(id=report_id("Mirror", fields["url"], text), key="p", text=text, **fields)  # type: ignore[arg-type]


def test_keys_are_ids_or_line_numbers() -> None:
    lines: list[dict[str, Any]] = [{"id": "a"}, {"id": 7}, {}, {"id": None}, {"id": " "}]
    raw = b"\n\n".join(json.dumps({"text": TEXT, **line}).encode() for line in lines)
    assert [report.key for report in reports(read(raw))] == ["a", "7", "pier-5", "pier-7", "pier-9"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "no JSON"),
        (b"[" * 500_000, "no JSON"),
        (b'{"text": 1' + b"0" * 9_000 + b"}", "no JSON"),
        (b'["text"]', "no JSON object"),
        (b"\xff", "not UTF-8"),
        (b"{}", 'no text; add a "text" or "html" field'),
        (b'{"text": " "}', 'no text; add a "text" or "html" field'),
        (b'{"text": null}', 'no text; add a "text" or "html" field'),
        (b'{"text": NaN}', 'no text; add a "text" or "html" field'),
        (b'{"html": "<p>"}', "no main text found in the page"),
        (b'{"html": " "}', 'no text; add a "text" or "html" field'),
        (b'{"html": 5}', '"html" must be a string'),
        (b'{"text": ["x"]}', '"text" must be a string'),
        (b'{"text": "x", "title": 3}', '"title" must be a string'),
        (b'{"text": "x", "id": true}', '"id" must be a string'),
        (
            b'{"text": "x", "published": "soon"}',
            '"soon" is no ISO 8601 date such as 2024-05-31 or 2024-05-31T18:30+02:00',
        ),
        (b'{"text": "x\\u0000"}', "binary, not text"),
    ],
)
def test_a_bad_line_alone_is_left_out(line: bytes, reason: str) -> None:
    items = read(GOOD + b"\n" + line + b"\n" + GOOD)
    assert [report.key for report in reports(items)] == ["pier-1", "pier-3"]
    assert notices(items) == [f"pier.jsonl, line 2: {reason}"]
    assert items[1] == Notice("pier.jsonl", 2, reason, True)


def test_odd_json_is_survived() -> None:
    items = read(b'\xef\xbb\xbf{"text": "a", "text": "\\ud83d\\ude00 \\ud83d", "published": NaN, "outlet": null}\r\n')
    [report] = reports(items)
    assert (report.text, report.published, report.outlet) == ("😀 \ufffd", None, None)


def test_text_is_kept_as_it_is() -> None:
    text = " \ufeffOne\r\n\r\n\ttwo\u0301 \n"
    assert reports(read(json.dumps({"text": text}).encode()))[0].text == text


def test_the_given_date_is_for_reports_without_one() -> None:
    raw = GOOD + b"\n" + json.dumps({"text": TEXT, "published": " 2020-01-01 "}).encode()
    assert [report.published for report in reports(read(raw, "2021-02-03"))] == ["2021-02-03", "2020-01-01"]


def test_a_foreign_report_is_kept_and_named() -> None:
    items = read(json.dumps({"text": "Un texte.", "language": "fr-FR"}).encode())
    assert reports(items)[0].language == "fr"
    assert items[1] == Notice("pier.jsonl", 1, "French (fr), kept but not analysed", False)


def test_a_line_beyond_the_limit_is_skipped_without_being_held() -> None:
    class Long:
        """A line of 65 MiB, and a good one."""

        def __init__(self) -> None:
            self.left = LONGEST_LINE + 2**20
            self.rest = [b"\n", GOOD, b""]

        def readline(self, size: int, /) -> bytes:
            assert size <= LONGEST_LINE + 1
            if self.left <= 0:
                return self.rest.pop(0)
            size = min(size, self.left)
            self.left -= size
            return b" " * size

    items = list(read_jsonl("pier.jsonl", "pier", Long(), None, PageReader()))
    assert notices(items) == ["pier.jsonl, line 1: longer than 64 MB"]
    assert [report.key for report in reports(items)] == ["pier-2"]


def test_lines_are_read_one_by_one() -> None:
    class Lines:
        asked = 0

        def readline(self, size: int, /) -> bytes:
            self.asked += 1
            return GOOD + b"\n"

    lines = Lines()
    reading = read_jsonl("-", "stdin", lines, None, PageReader())
    assert [report.key for _, report in zip(range(2), reading, strict=False) if isinstance(report, Report)] == [
        "stdin-1",
        "stdin-2",
    ]
    assert lines.asked <= 3


def packed(raw: bytes) -> Iterator[Report | Notice]:
    return read_jsonl("pier.jsonl.gz", "pier", Unpacked(io.BytesIO(raw)), None, PageReader())


def test_a_packed_file_is_read() -> None:
    members = gzip.compress(GOOD + b"\n") + gzip.compress(GOOD)
    assert [report.key for report in reports(list(packed(members)))] == ["pier-1", "pier-2"]


@pytest.mark.parametrize("damage", ["cut", "turned", "tail", "not packed"])
def test_what_stood_before_the_damage_stays(damage: str) -> None:
    noise = random.Random(5)
    texts = ["".join(noise.choices("abcdefgh ", k=400)) for _ in range(2_000)]
    lines = [json.dumps({"text": text, "language": "en"}) + "\n" for text in texts]
    raw = gzip.compress("".join(lines).encode())
    half = len(raw) // 2
    broken = {
        "cut": raw[:half],
        "turned": raw[:half] + bytes(b ^ 0xFF for b in raw[half : half + 64]) + raw[half + 64 :],
        "tail": raw + b"rubbish",
        "not packed": GOOD,
    }[damage]
    items = list(packed(broken))
    told = items.pop()
    assert isinstance(told, Notice)
    assert told.left_out and told.reason.startswith(("cut off", "damaged"))
    kept = [report.text for report in reports(items)]
    whole = {"cut": len(kept), "turned": 900, "tail": 2_000, "not packed": 0}[damage]
    assert kept[:whole] == texts[:whole]
    assert damage != "cut" or (len(kept) > 900 and told.line == len(kept) + 1)


@pytest.mark.parametrize("unit", [b" " * 1_023 + b"\n", b" " * 1_024])
def test_a_bomb_is_left_early(unit: bytes) -> None:
    bomb = gzip.compress(GOOD + b"\n") + gzip.compress(unit * 2**12) * 64
    *kept, told = packed(bomb)
    assert reports(kept)[0].key == "pier-1"
    assert isinstance(told, Notice)
    assert "200 times" in told.reason


def test_a_small_file_may_pack_well() -> None:
    raw = gzip.compress(json.dumps({"text": TEXT, "rest": "a" * 2**22}).encode())
    assert len(raw) * 200 < 2**22
    assert len(reports(list(packed(raw)))) == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.binary(max_size=80),
            st.dictionaries(
                st.sampled_from(["text", "id", "url", "title", "published", "language", "html", "x"]),
                st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=30), st.lists(st.integers())),
            ).map(lambda line: json.dumps(line).encode()),
        ),
        max_size=5,
    ).map(b"\n".join)
)
def test_any_bytes_are_survived(raw: bytes) -> None:
    items = read(raw)
    assert items == read(raw)
    for item in items:
        if isinstance(item, Report):
            assert item.id == report_id(item.outlet, item.url, item.text)
            assert item.text.encode() and item.key.encode()
        else:
            assert str(item).isprintable()
    list(packed(raw))
