"""What mutated inputs found: each one as small as it gets, and what becomes of it now."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.ingest import Notice, read_reports
from onrecord.language import load_vectors
from onrecord.record import Report, Span
from tests.ingest.hostile import feed, item, mail
from tests.ingest.pages.written import MAYOR, page
from tests.ingest.test_pdf import LINES, pdf


def read(folder: Path, name: str, raw: bytes) -> list[Report | Notice]:
    (folder / name).write_bytes(raw)
    return list(read_reports([str(folder / name)]))


def refusal(folder: Path, name: str, raw: bytes) -> str:
    [notice] = read(folder, name, raw)
    assert isinstance(notice, Notice) and notice.left_out
    return notice.reason


def one(folder: Path, name: str, raw: bytes) -> Report:
    [report] = (found for found in read(folder, name, raw) if isinstance(found, Report))
    return report


@pytest.mark.parametrize(
    ("element", "error"),
    [
        ("<gml:pos>1</gml:pos>", "KeyError: 'where'"),
        (
            "x</description><psc:chapters><psc:chapter/></psc:chapters><description>x",
            "TypeError: ",
        ),
    ],
)
def test_a_feed_that_feedparser_breaks_on_is_called_damaged(tmp_path: Path, element: str, error: str) -> None:
    assert refusal(tmp_path, "pier.rss", feed(item() + item(element))).startswith(f"a damaged feed ({error}")


def test_a_feed_on_one_line_that_speaks_of_encodings_is_read_in_time(tmp_path: Path) -> None:
    """feedparser looks for the end of the declaration behind each of them, and again from each mark of quotation."""
    body = MAYOR + " encoding='x'" * 2_000
    assert one(tmp_path, "pier.rss", feed(item(body))).text == body


@pytest.mark.parametrize("year", ["9" * 5, "9" * 10, "9" * 20, "9" * 40])
@pytest.mark.parametrize("date", ["Sun, 04 May {} 20:30:00 -0500", "Sun, {} May 2031 20:30:00 -0500"])
def test_a_date_beyond_all_numbers_costs_the_date_alone(tmp_path: Path, date: str, year: str) -> None:
    report = one(tmp_path, "pier.eml", mail(f"Date: {date.format(year)}"))
    assert (report.text, report.published) == (MAYOR, None)


def test_a_field_in_another_encoding_costs_no_more_than_its_characters(tmp_path: Path) -> None:
    """Python's grammar of fields has lone surrogates for what is no ASCII, which cannot be sent between processes."""
    report = one(tmp_path, "pier.eml", b"From: a@b\xe2\x80\x9c\nSubject: The pier\n\n" + MAYOR.encode())
    assert (report.text, report.title, report.outlet) == (MAYOR, "The pier", "b\ufffd\ufffd\ufffd")


def test_half_a_sign_in_a_page_of_an_archive_costs_no_more_than_itself(tmp_path: Path) -> None:
    html = page(head='<script type="application/ld+json">{"@type": "Article", "headline": "Pier \\ud83d"}</script>')
    assert one(tmp_path, "pier.html", html.encode()).title == "Pier \ufffd"


@pytest.mark.parametrize("content", ["x) Tj " + "[" * 100_000 + " (x", "x) Tj 1 0 R (x"])
def test_a_pdf_that_pypdf_breaks_on_is_called_damaged(tmp_path: Path, content: str) -> None:
    assert refusal(tmp_path, "pier.pdf", pdf([LINES, [content]])).startswith("a damaged PDF")


UNWRITABLE = ["\x01", "\x0b", "\x0c", "\x1b", "\ufffe", "&#1;", "&#X00001B;", "&#65535", "&#11;"]


@pytest.mark.parametrize("sign", UNWRITABLE)
def test_what_cannot_be_written_into_a_tree_is_read_in_a_page(tmp_path: Path, sign: str) -> None:
    """trafilatura moves the words behind an element that it takes out, and lxml takes no such sign."""
    html = page(body=f"<article><p>{MAYOR}</p><p><script>x</script>{sign}{MAYOR}</p></article>")
    assert MAYOR in one(tmp_path, "pier.html", html.encode()).text


@pytest.mark.parametrize("sign", UNWRITABLE)
def test_what_cannot_be_written_into_a_tree_is_read_in_a_field_of_a_feed(tmp_path: Path, sign: str) -> None:
    title = f"<title>&lt;b&gt;Pier{sign.replace('&', '&amp;')} shut&lt;/b&gt;</title>"
    entry = item(MAYOR).replace("<title>", "<was>").replace("</title>", "</was>").replace("<item>", f"<item>{title}")
    assert "shut" in (one(tmp_path, "pier.rss", feed(entry)).title or "")


def test_a_page_that_begins_comments_and_ends_none_is_read_in_time(tmp_path: Path) -> None:
    """In its data, where trafilatura looks for the end behind each of them, and in no encoding that is certain."""
    data = f'<script type="application/ld+json">{"<!--" * 60_000}</script>'
    assert one(tmp_path, "pier.html", page(body=f"<p>{MAYOR}</p>", head=data).encode()).text
    begun = b"\x81\xfe\x98" * 20 + b"<!--" * 60_000 + b"<script " * 30_000
    assert "no other encoding is certain" in refusal(tmp_path, "cut.html", begun)


def test_a_sentence_without_an_end_is_read_by_few_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each verb of it had a window of its own, in the model of likeness."""
    text = "Nobody " + "of theof " * 300
    vectors, runs = load_vectors().of(text), set[tuple[int, int]]()
    run = vectors._run
    monkeypatch.setattr(vectors, "_run", lambda *span: runs.add(span) or run(*span))  # type: ignore[func-returns-value]
    vectors.read([Span(at, at + 2) for at in range(7, 2_700, 9)])
    assert len(runs) < 12
