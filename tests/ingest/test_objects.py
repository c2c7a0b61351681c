import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.ingest import Notice, objects, read_reports
from onrecord.ingest.entries import LONGEST_FILE
from onrecord.record import Report
from tests.ingest.pages.written import MAYOR, PAYS, READ, page

NEWS_PLEASE: dict[str, Any] = {
    "authors": ["Oda Brill", "Ada Norra"],
    "date_download": "2031-06-01 10:00:00",
    "date_modify": "None",
    "date_publish": "2031-05-04 20:30:00",
    "description": "A teaser.",
    "filename": "pier.json",
    "image_url": None,
    "language": "en",
    "localpath": None,
    "maintext": MAYOR,
    "source_domain": "post.tamsin.example",
    "text": None,
    "title": "Pier to be mended",
    "title_page": None,
    "title_rss": None,
    "url": "https://post.tamsin.example/pier",
}
NEWSPAPER4K: dict[str, Any] = {
    "url": "https://post.tamsin.example/pier",
    "language": "en",
    "title": "Pier to be mended",
    "images": [],
    "authors": ["Oda Brill"],
    "publish_date": "2031-05-04T20:30:00+02:00",
    "meta_lang": "fr",
    "meta_site_name": "The Tamsin Post",
    "canonical_link": "https://post.tamsin.example/pier",
    "text": MAYOR,
}


def read(folder: Path, given: object, name: str = "pier.json") -> list[Report | Notice]:
    path = folder / name
    path.write_text(given if isinstance(given, str) else json.dumps(given), encoding="utf-8")
    return list(read_reports([str(path)]))


def fields(item: Report | Notice) -> tuple[str | None, ...]:
    assert isinstance(item, Report)
    return item.key, item.text, item.url, item.outlet, item.title, item.author, item.published, item.language


@pytest.mark.parametrize("name", ["pier.json", "pier.jsonl"])
def test_news_please(tmp_path: Path, name: str) -> None:
    [report] = read(tmp_path, NEWS_PLEASE, name)
    assert fields(report) == (
        "pier" if name == "pier.json" else "pier-1",
        MAYOR,
        "https://post.tamsin.example/pier",
        "post.tamsin.example",
        "Pier to be mended",
        "Oda Brill, Ada Norra",
        "2031-05-04T20:30:00",
        "en",
    )


@pytest.mark.parametrize("name", ["pier.json", "pier.jsonl"])
def test_newspaper4k(tmp_path: Path, name: str) -> None:
    [report] = read(tmp_path, NEWSPAPER4K, name)
    assert fields(report)[1:] == (
        MAYOR,
        "https://post.tamsin.example/pier",
        "The Tamsin Post",
        "Pier to be mended",
        "Oda Brill",
        "2031-05-04T20:30:00+02:00",
        "en",
    )


def test_the_language_of_newspaper4k_is_judged(tmp_path: Path) -> None:
    french = "Le maire a déclaré vendredi que la jetée serait réparée avant l'hiver. " * 3
    report, notice = read(tmp_path, {**NEWSPAPER4K, "text": french})
    assert isinstance(report, Report) and report.language == "fr"
    assert isinstance(notice, Notice) and notice.reason == "French (fr), kept but not analysed"


def test_the_outlet_of_newspaper4k_may_be_a_site(tmp_path: Path) -> None:
    given = {**NEWSPAPER4K, "meta_site_name": "", "source_url": "https://post.tamsin.example"}
    assert fields(read(tmp_path, given)[0])[3] == "post.tamsin.example"


@pytest.mark.parametrize("given", ["None", None, ""])
def test_what_is_missing_is_missing(tmp_path: Path, given: str | None) -> None:
    [report] = read(tmp_path, {**NEWS_PLEASE, "date_publish": given, "authors": [], "source_domain": given})
    assert fields(report)[3:7] == (None, "Pier to be mended", None, None)


def test_an_array_and_our_own_fields(tmp_path: Path) -> None:
    given = [NEWS_PLEASE, {"text": PAYS, "id": 7, "outlet": "The Quay"}, {"html": page()}, {"id": "x"}, "x"]
    *reports, third, fourth = read(tmp_path, given)
    assert [fields(report)[:2] for report in reports] == [("pier-1", MAYOR), ("7", PAYS), ("pier-3", READ)]
    name = str(tmp_path / "pier.json")
    assert third == Notice(name, 4, 'no text; add a "text" or "html" field', True, "item")
    assert fourth == Notice(name, 5, "no JSON object", True, "item")


def test_a_bad_date_costs_the_report(tmp_path: Path) -> None:
    [notice] = read(tmp_path, {**NEWS_PLEASE, "date_publish": "soon"})
    assert isinstance(notice, Notice) and notice.reason.startswith('"soon" is no ISO 8601 date')


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ("{", "no JSON"),
        ("", "no JSON"),
        ("[" * 500_000, "no JSON"),
        ({"name": "pier", "version": "1.0"}, objects.NO_REPORTS),
        ([{"name": "pier"}] * 99, objects.NO_REPORTS),
        ({"text": {"a": 1}}, objects.NO_REPORTS),
        ([], objects.NO_REPORTS),
        ("7", objects.NO_REPORTS),
        ({"text": " "}, 'no text; add a "text" or "html" field'),
        ({"maintext": None, "text": "x"}, 'no text; add a "text" or "html" field'),
    ],
)
def test_another_kind_of_json_gets_one_line(tmp_path: Path, given: object, reason: str) -> None:
    [notice] = read(tmp_path, given)
    assert isinstance(notice, Notice)
    assert (notice.reason, notice.line, notice.left_out) == (reason, None, True)


def test_a_file_over_the_limit_is_not_even_read(tmp_path: Path) -> None:
    with (tmp_path / "pier.json").open("wb") as file:
        file.truncate(LONGEST_FILE + 1)
    [notice] = read_reports([str(tmp_path / "pier.json")])
    assert isinstance(notice, Notice) and notice.reason == "65 MB; the limit for one file is 64 MB"
