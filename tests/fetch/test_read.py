from __future__ import annotations

import pytest

from onrecord.fetch.fetch import Fetched
from onrecord.fetch.network import Unreachable
from onrecord.fetch.read import read_address, stem_of
from onrecord.ingest.entries import Workers
from onrecord.ingest.notice import Notice
from onrecord.record import Report
from tests.fetch.web import Web, answer, article, feed, status

TERN = "https://tern.example/2031/05/quay-shut.html"


def read(given: Fetched | Exception, workers: Workers, published: str | None = None) -> list[Report | Notice]:
    web = Web()
    web.put(TERN, given)
    return list(read_address(TERN, published, workers, web.get))


def test_a_page_is_read_as_one_and_bears_its_address(workers: Workers) -> None:
    [report] = read(answer(TERN, article("The quay is shut.", "Quay shut")), workers, "2031-01-01")
    assert isinstance(report, Report)
    assert (report.key, report.url, report.title) == ("quay-shut", TERN, "Quay shut")
    assert report.published is not None
    assert report.published.startswith("2031-05-04")
    assert "The quay is shut." in report.text


def test_the_address_in_the_end_is_the_report_s(workers: Workers) -> None:
    [report] = read(answer("https://gull.example/b/", article("The quay is shut.")), workers)
    assert isinstance(report, Report)
    assert (report.key, report.url) == ("b", "https://gull.example/b/")


def test_a_page_in_old_characters_is_read_by_what_its_sender_says(workers: Workers) -> None:
    text = article("Порт закрыт, сказал начальник порта. Суда ждут на рейде, а лоцманы бастуют.").replace("news", "")
    [report, *_] = read(answer(TERN, text.encode("koi8-r"), "text/html; charset=koi8-r"), workers)
    assert isinstance(report, Report)
    assert "начальник порта" in report.text


def test_a_feed_gives_a_report_for_each_entry(workers: Workers) -> None:
    found = read(answer(TERN, feed(("a", "/a"), ("b", "/b")), "application/rss+xml"), workers)
    reports = [one for one in found if isinstance(one, Report)]
    assert [one.url for one in reports] == ["https://tern.example/a", "https://tern.example/b"]


def test_a_plain_text_is_read_as_it_is(workers: Workers) -> None:
    [report] = read(answer(TERN, "The quay is shut, the harbour master said.", "text/plain"), workers, "2031-05-06")
    assert isinstance(report, Report)
    assert (report.text, report.published) == ("The quay is shut, the harbour master said.", "2031-05-06")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (status(TERN, 404), "answers 404 (not found)"),
        (status(TERN, 304), "answers 304 (not modified)"),
        (status(TERN, 799), "answers 799"),
        (Unreachable("no answer within 20 seconds"), "no answer within 20 seconds"),
        (answer(TERN, b"\x89PNG", "image/png"), "image/png: no page, feed, text or PDF"),
        (answer(TERN, b"\x00\x01" * 99, "text/plain"), "binary, not text"),
        (answer(TERN, "", "text/html"), "no page: there is nothing in it"),
        (answer(TERN, "<rss", "application/rss+xml"), "no feed"),
    ],
)
def test_what_cannot_be_read_is_one_notice(workers: Workers, given: Fetched | Exception, reason: str) -> None:
    [notice] = read(given, workers)
    assert isinstance(notice, Notice)
    assert (notice.input, notice.left_out) == (TERN, True)
    assert reason in notice.reason


def test_a_type_that_would_move_the_cursor_is_shown_in_escapes(workers: Workers) -> None:
    [notice] = read(answer(TERN, b"x", "text/\x1b[2J"), workers)
    assert str(notice).isprintable()


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        (TERN, "quay-shut"),
        ("https://tern.example/a/b/", "b"),
        ("https://tern.example/", "tern.example"),
        ("https://tern.example", "tern.example"),
        ("https://tern.example/?a=b", "tern.example"),
    ],
)
def test_a_report_is_called_by_the_end_of_its_address(url: str, stem: str) -> None:
    assert stem_of(url) == stem
