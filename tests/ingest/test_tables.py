import csv
from pathlib import Path

import pytest

from onrecord.ingest import Notice, read_reports
from onrecord.record import Report
from tests.ingest.pages.written import MAYOR, PAYS

COLUMNS = ["id", "indexed_date", "language", "media_name", "media_url", "publish_date", "title", "url", "text"]
ROW = {
    "id": "a7",
    "indexed_date": "2031-05-05 01:02:03",
    "language": "en",
    "media_name": "The Tamsin Post",
    "media_url": "post.tamsin.example",
    "publish_date": "2031-05-04",
    "title": "Pier, to be mended",
    "url": "https://post.tamsin.example/pier",
    "text": f"{MAYOR}\n\n{PAYS}",
}


def read(folder: Path, rows: list[dict[str, str]], columns: list[str] = COLUMNS) -> list[Report | Notice]:
    with (folder / "pier.csv").open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, columns, extrasaction="ignore")
        table.writeheader()
        table.writerows(rows)
    return list(read_reports([str(folder / "pier.csv")]))


def reasons(items: list[Report | Notice]) -> list[str]:
    return [str(item).rpartition("/")[2] for item in items if isinstance(item, Notice)]


def test_a_row_is_a_report(tmp_path: Path) -> None:
    [report] = read(tmp_path, [ROW])
    assert isinstance(report, Report)
    assert (report.key, report.outlet, report.title) == ("a7", "The Tamsin Post", "Pier, to be mended")
    assert (report.text, report.url) == (ROW["text"], ROW["url"])
    assert (report.published, report.language) == ("2031-05-04", "en")


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("2031-05-04 00:00:00", "2031-05-04"),
        ("2031-05-04T18:30:00", "2031-05-04T18:30:00"),
        ("", None),
    ],
)
def test_dates(tmp_path: Path, given: str, published: str | None) -> None:
    [report] = read(tmp_path, [{**ROW, "publish_date": given}])
    assert isinstance(report, Report) and report.published == published


def test_rows_without_text_are_counted(tmp_path: Path) -> None:
    items = read(tmp_path, [{**ROW, "text": ""}, ROW, {**ROW, "text": " \n"}])
    assert len(items) == 2
    assert reasons(items) == ["pier.csv: 2 rows have no text"]
    assert reasons(read(tmp_path, [ROW], COLUMNS[:-1])) == ["pier.csv: 1 row has no text"]


def test_a_bad_row_is_named_by_its_line(tmp_path: Path) -> None:
    items = read(tmp_path, [ROW, {**ROW, "publish_date": "soon"}, {**ROW, "id": ""}])
    assert reasons(items) == [
        'pier.csv, line 5: "soon" is no ISO 8601 date such as 2024-05-31 or 2024-05-31T18:30+02:00'
    ]
    assert [item.key for item in items if isinstance(item, Report)] == ["a7", "pier-8"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no table of Media Cloud: it lacks the columns media_name, publish_date, title, url"),
        (b"name,title,URL\na,b,c\n", "no table of Media Cloud: it lacks the columns media_name, publish_date"),
        (b"\x89PNG\0\xff\n", "binary, not text"),
        (b'media_name,publish_date,title,url,text\n"a', "1 row has no text"),
        (
            b"media_name,publish_date,title,url,text\n" + b"a" * 11 * 2**20,
            "line 2: field larger than field limit (10485760); the rest is left out",
        ),
        (b"media_name,publish_date,title,url\n", "no reports in it"),
    ],
)
def test_another_kind_of_table_gets_one_line(tmp_path: Path, raw: bytes, reason: str) -> None:
    (tmp_path / "pier.csv").write_bytes(raw)
    [notice] = read_reports([str(tmp_path / "pier.csv")])
    assert isinstance(notice, Notice) and notice.left_out
    assert reason in str(notice)


HEAD = "\ufeffurl,title,media_name,publish_date,text\n\n"


def test_rows_of_other_lengths(tmp_path: Path) -> None:
    (tmp_path / "pier.csv").write_text(f"{HEAD}u,t,m,2031-05-04,{MAYOR},more\nu,t\n", encoding="utf-8")
    report, notice = read_reports([str(tmp_path / "pier.csv")])
    assert isinstance(report, Report) and (report.key, report.text) == ("pier-3", MAYOR)
    assert isinstance(notice, Notice) and notice.reason == "1 row has no text"


def test_a_table_that_is_not_utf8(tmp_path: Path) -> None:
    row = f'u,t,m,2031-05-04,"{MAYOR} It will cost £3m, and nobody in the town knows who is to pay."\n'
    (tmp_path / "pier.csv").write_bytes((HEAD[1:] + row).encode("cp1252"))
    notice, report = read_reports([str(tmp_path / "pier.csv")])
    assert notice == Notice(str(tmp_path / "pier.csv"), None, "not UTF-8; read as cp1252", False)
    assert isinstance(report, Report) and "£3m" in report.text
