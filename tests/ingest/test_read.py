import gzip
import io
import json
import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import Notice, find_noise, read_reports, report_id
from onrecord.ingest.report import LONGEST_REPORT
from onrecord.record import Clue, OnrecordError, Report
from tests.ingest.pages.written import READ, page

TEXT = "The mayor of Lower Tamsin said on Friday that the pier would be mended before the winter comes."
LINE = json.dumps({"text": TEXT})


def read(*inputs: str | Path, published: str | None = None) -> list[Report | Notice]:
    return list(read_reports([str(name) for name in inputs], published=published))


def keys(items: list[Report | Notice]) -> list[str]:
    return [item.key for item in items if isinstance(item, Report)]


def refused(name: str | Path) -> str:
    [notice] = read(name)
    assert isinstance(notice, Notice)
    assert notice.input == str(name)
    assert notice.left_out and notice.line is None
    return notice.reason


@pytest.mark.parametrize("name", ["pier.txt", "pier.md", "PIER.TXT", "pier.v2.txt", "no tes.txt"])
def test_a_text_file_is_one_report(tmp_path: Path, name: str) -> None:
    raw = b"\xef\xbb\xbfThe pier\r\n\r\nis shut. \n"
    (tmp_path / name).write_bytes(raw)
    [report] = read(tmp_path / name)
    text = raw[3:].decode()
    assert report == Report(id=report_id(None, None, text), key=name.rpartition(".")[0], language="en", text=text)


def test_a_text_file_that_is_not_utf8_is_read_and_named(tmp_path: Path) -> None:
    path = tmp_path / "pier.txt"
    path.write_bytes((TEXT + " It will cost £3m, and nobody in the town knows who is to pay.").encode("cp1252"))
    notice, report = read(path)
    assert notice == Notice(str(path), None, "not UTF-8; read as cp1252", False)
    assert isinstance(report, Report)
    assert "£3m" in report.text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"a\0b", "binary, not text"),
        (b"\xff\xd8\xff\xe0\0\x10", "binary, not text"),
        (b"x" * 1_000_000, "1,000,000 characters without a space"),
    ],
)
def test_a_text_file_without_prose_is_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    (tmp_path / "pier.txt").write_bytes(raw)
    assert refused(tmp_path / "pier.txt") == reason


def test_a_text_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "pier.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    assert refused(path) == "200 MB; the limit for one report is 10 MB"
    with path.open("wb") as file:
        file.truncate(LONGEST_REPORT)
    assert refused(path) == "binary, not text"


def test_json_lines_plain_and_packed_and_on_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pier.jsonl").write_text(LINE + "\n" + LINE)
    (tmp_path / "quay.jsonl.gz").write_bytes(gzip.compress(LINE.encode()))
    items = list(
        read_reports(
            [str(tmp_path / "pier.jsonl"), "-", str(tmp_path / "quay.jsonl.gz")], stdin=io.BytesIO(LINE.encode())
        )
    )
    assert keys(items) == ["pier-1", "pier-2", "stdin-1", "quay-1"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINE.encode())))
    assert keys(read("-")) == ["stdin-1"]
    monkeypatch.setattr(sys, "stdin", None)
    assert refused("-") == "no reports in it"


def test_the_given_date(tmp_path: Path) -> None:
    (tmp_path / "pier.txt").write_text(TEXT)
    [report] = read(tmp_path, published=" 2021-02-03 ")
    assert isinstance(report, Report)
    assert report.published == "2021-02-03"
    with pytest.raises(OnrecordError, match="ISO 8601"):
        read_reports([], published="last week")


def test_a_foreign_report_is_kept_and_named(tmp_path: Path) -> None:
    path = tmp_path / "pier.txt"
    path.write_text("Le maire a déclaré vendredi que la jetée serait réparée avant l'hiver. " * 3, encoding="utf-8")
    report, notice = read(path)
    assert isinstance(report, Report)
    assert report.language == "fr"
    assert notice == Notice(str(path), None, "French (fr), kept but not analysed", False)


def test_a_folder_is_read_in_order_and_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.md", "a/b/c.jsonl", ".x.txt", ".git/y.txt", "a.jpg", "a/d.pdf", "A.txt"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LINE)
    assert keys(read(tmp_path)) == ["A", "c-1", "z", "b"]
    assert read(tmp_path) == read(str(tmp_path) + "/")


@pytest.mark.parametrize("name", ["pier.html", "pier.htm", "PIER.HTML"])
def test_a_page_is_one_report(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(page(head='<meta property="article:published_time" content="2031-05-04">'))
    [report] = read(tmp_path / name)
    assert isinstance(report, Report)
    assert report.key == name.partition(".")[0]
    assert (report.title, report.published, report.language) == ("Pier to be mended", "2031-05-04", "en")
    assert report.text == READ
    assert report.clues == (Clue(None, "taken from the page: meta article:published_time says 2031-05-04"),)


def test_the_given_date_is_for_pages_without_one(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(head='<meta property="article:published_time" content="2031-05-04">'))
    (tmp_path / "b.html").write_text(page(head='<meta property="article:modified_time" content="2031-05-04">'))
    first, second = read(tmp_path, published="2030-01-01")
    assert isinstance(first, Report) and isinstance(second, Report)
    assert (first.published, second.published, second.clues) == ("2031-05-04", "2030-01-01", ())
    _, undated = read(tmp_path)
    assert isinstance(undated, Report)
    assert undated.published is None
    assert undated.clues == (Clue(None, "also in the page: meta article:modified_time says modified 2031-05-04"),)


def test_a_page_that_cannot_be_read_costs_itself(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"\0" * 999)
    (tmp_path / "b.html").write_text(page("<div>" * 1_000))
    (tmp_path / "c.html").write_text(page().replace("Nobody", "£5m, but nobody"), encoding="cp1252")
    (tmp_path / "d.html").write_bytes(b"x" * (LONGEST_REPORT + 1))
    items = read(tmp_path)
    assert keys(items) == ["c"]
    assert [str(item).rpartition("/")[2] for item in items if isinstance(item, Notice)] == [
        "a.html: binary, not text",
        "b.html: tags stand more than 512 deep in one another",
        "c.html: not UTF-8; read as cp1252",
        "d.html: 11 MB; the limit for one report is 10 MB",
    ]


def test_what_only_looks_like_a_kind_that_is_read_costs_a_line_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "z.txt").write_text(TEXT)
    reasons = {
        "c.warc": "no WARC archive: there is no record in it",
        "d.warc.gz": "no WARC archive: there is no record in it",
        "e.rss": "no feed (RSS, Atom)",
        "f.atom": "no feed (RSS, Atom)",
        "g.xml": "no feed (RSS, Atom)",
        "h.json": "no JSON",
        "i.csv": "no table of Media Cloud: it lacks the columns media_name, publish_date, title, url",
        "j.eml": "no e-mail: it has no From, Subject or Date",
        "k.pdf": "a damaged PDF, or none",
    }
    for name in reasons:
        (tmp_path / name).write_text("x")
    items = read(tmp_path)
    assert keys(items) == ["z"]
    told = [str(item).rpartition("/")[2] for item in items if isinstance(item, Notice)]
    assert told[:-1] == [f"{name}: {reason}" for name, reason in reasons.items()][:-1]
    assert told[-1].startswith("k.pdf: a damaged PDF, or none")


def test_a_folder_without_reports_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("x")
    assert refused(tmp_path) == "no reports in it"
    (tmp_path / "a.jsonl").write_text("\n\n")
    assert refused(tmp_path / "a.jsonl") == "no reports in it"
    assert [str(item).rpartition("/")[2] for item in read(tmp_path)] == ["a.jsonl: no reports in it"]


def test_links_that_run_in_circles_are_survived(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/pier.txt").write_text(TEXT)
    (tmp_path / "in/up").symlink_to(tmp_path)
    (tmp_path / "in/self.txt").symlink_to(tmp_path / "in/self.txt")
    (tmp_path / "in/gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/quay.txt").write_text(TEXT)
    (tmp_path / "in/other").symlink_to(tmp_path / "outside")
    items = read(tmp_path / "in")
    assert keys(items) == ["quay", "pier"]
    assert sum(isinstance(item, Notice) for item in items) == 2


@pytest.mark.parametrize("name", ["http://pier.example/a", "HTTPS://pier.example/feed.xml"])
def test_an_address_is_refused(name: str) -> None:
    assert "--fetch" in refused(name)


@pytest.mark.parametrize("name", ["gone.txt", "", "a\0b.txt", "x" * 5_000 + ".txt", "gone/folder/"])
def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(name)


def test_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_text("x")
    (tmp_path / ".txt").write_text(TEXT)
    assert refused(tmp_path / "a.docx").startswith("not a kind that is read (.txt, .md,")
    assert refused(tmp_path / ".txt").startswith("not a kind that is read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_sockets_and_devices_are_refused_unopened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe" in refused(tmp_path / "pipe.txt")
    (tmp_path / "zero.jsonl").symlink_to("/dev/zero")
    assert "device" in refused(tmp_path / "zero.jsonl")
    monkeypatch.chdir(tmp_path)  # a socket's name has to be short
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind("s.md")
        assert "socket" in refused(tmp_path / "s.md")
        assert len(read(tmp_path)) == 3


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "pier.txt").write_text(TEXT)
    (tmp_path / "shut").mkdir()
    (tmp_path / "pier.txt").chmod(0)
    (tmp_path / "shut").chmod(0)
    try:
        assert [item.reason for item in read(tmp_path) if isinstance(item, Notice)] == ["Permission denied"] * 2
    finally:
        (tmp_path / "shut").chmod(0o700)


def test_a_file_that_may_not_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pier.txt").write_text(TEXT)

    def shut(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", shut)
    assert refused(tmp_path / "pier.txt") == "Permission denied"


def test_a_name_that_is_no_text_is_survived(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/pi\xffer.txt"
    try:
        Path(os.fsdecode(path)).write_text(TEXT)
    except OSError:
        pytest.skip("this file system wants names that are text")
    assert keys(read(tmp_path)) == ["pi\ufffder"]


def test_files_are_read_one_by_one(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(TEXT)
    reading = read_reports([str(tmp_path)])
    next(reading)
    (tmp_path / "b.txt").write_text("Changed meanwhile.")
    second = next(reading)
    assert isinstance(second, Report)
    assert second.text == "Changed meanwhile."


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=100).map(str.encode)))
def test_any_bytes_in_a_text_file_are_survived(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(raw)
    items = read(path)
    assert items and items == read(path)
    for item in items:
        if isinstance(item, Report):
            assert item.id == report_id(None, None, item.text)
            for noise in find_noise(item.text, None):
                assert 0 <= noise.span.start < noise.span.end <= len(item.text)


OTHERS = {
    "package.json": '{"name": "quay", "version": "1.0"}',
    "prices.csv": "day,price\n2031-05-04,12\n",
    "map.xml": "<urlset><url/></urlset>",
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_another_kind_is_left_out_where_it_was_named_and_told_of_in_a_folder(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text(OTHERS[name])
    (tmp_path / "post.txt").write_text("The quay stays ours, Ilse Varrun said.")
    (named,) = read_reports([str(tmp_path / name)])
    told = [item for item in read_reports([str(tmp_path)]) if isinstance(item, Notice)]
    assert isinstance(named, Notice)
    assert named.left_out
    assert [(item.input, item.reason, item.left_out) for item in told] == [(named.input, named.reason, False)]
