from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import Notice, read_reports
from onrecord.ingest.frames import Entry, Request
from onrecord.ingest.isolation import Worker
from onrecord.record import Clue, Report
from tests.ingest.pages.written import MAYOR, PAYS, page

HEAD = "From: Port of Tamsin <press@port.example>\nSubject: The pier\nDate: Sun, 04 May 2031 20:30:00 -0500\n"


def mail(text: str | None = MAYOR, html: str | None = None) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Port of Tamsin press office <press@port.example>"
    message["To"] = "newsroom@tamsin.example"
    message["Subject"] = "The pier: “mended” before winter"
    message["Date"] = "Sun, 04 May 2031 20:30:00 -0500"
    if text is not None:
        message.set_content(text)
    if html is not None:
        (message.add_alternative if text is not None else message.set_content)(html, subtype="html")
    return message


def read(folder: Path, raw: bytes | EmailMessage) -> list[Report | Notice]:
    path = folder / "pier.eml"
    path.write_bytes(raw.as_bytes(policy=SMTP) if isinstance(raw, EmailMessage) else raw)
    return list(read_reports([str(path)]))


def one(folder: Path, raw: bytes | EmailMessage) -> Report:
    [report] = read(folder, raw)
    assert isinstance(report, Report)
    return report


def test_each_field(tmp_path: Path) -> None:
    report = one(tmp_path, mail(f"{MAYOR}\n\n{PAYS}\n"))
    assert report.text == f"{MAYOR}\n\n{PAYS}\n"
    assert (report.key, report.outlet, report.author) == ("pier", "Port of Tamsin press office", None)
    assert report.title == "The pier: “mended” before winter"
    assert report.published == "2031-05-04T20:30:00-05:00"
    assert report.clues == (Clue(None, "taken from the e-mail: Date says 2031-05-04T20:30:00-05:00"),)


def test_plain_text_comes_before_html(tmp_path: Path) -> None:
    assert one(tmp_path, mail(MAYOR, f"<p>{PAYS}</p>")).text == f"{MAYOR}\n"


@pytest.mark.parametrize("text", [None, " \n"])
def test_html_is_read_where_there_is_no_text(tmp_path: Path, text: str | None) -> None:
    html = f"<html><head><title>x</title><style>p {{}}</style></head><body><p>{MAYOR}</p><table><tr><td>{PAYS}</table>"
    assert one(tmp_path, mail(text, html)).text == f"{MAYOR}\n\n{PAYS}"


def test_what_is_attached_is_left_alone(tmp_path: Path) -> None:
    message = mail(MAYOR, f"<p>{PAYS}</p>")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="pier.pdf")
    message.add_attachment("A speech.", filename="speech.txt")
    assert one(tmp_path, message).text == f"{MAYOR}\n"


def test_a_person_writes_for_an_organisation(tmp_path: Path) -> None:
    message = mail()
    message.replace_header("From", "Oda Brill <o.brill@port.example>")
    message["Organization"] = "Port of Tamsin"
    assert (one(tmp_path, message).outlet, one(tmp_path, message).author) == ("Port of Tamsin", "Oda Brill")
    del message["Organization"]
    assert one(tmp_path, message).outlet == "Oda Brill"
    message.replace_header("From", "press@Port.example")
    assert one(tmp_path, message).outlet == "port.example"


def test_lines_that_flow_are_joined(tmp_path: Path) -> None:
    raw = HEAD + 'Content-Type: text/plain; charset="utf-8"; format=flowed\n\nThe pier \nis shut.\nNow.\n\n-- \nOda\n'
    assert one(tmp_path, raw.encode()).text == "The pier is shut.\nNow.\n\n-- \nOda\n"


@pytest.mark.parametrize("charset", ["cp1252", "x-unheard-of", "utf-8"])
def test_a_charset_that_is_wrong(tmp_path: Path, charset: str) -> None:
    text = f"{MAYOR} It is to cost £3m, and “nobody knows who is to pay”."
    raw = (HEAD + f"Content-Type: text/plain; charset={charset}\n\n{text}").encode("cp1252")
    report = next(item for item in read(tmp_path, raw) if isinstance(item, Report))
    assert report.text == text


@pytest.mark.parametrize(
    ("date", "published"),
    [("Sun, 04 May 2031 20:30:00 -0000", "2031-05-04T20:30:00"), ("soon", None), ("", None)],
)
def test_dates(tmp_path: Path, date: str, published: str | None) -> None:
    report = one(tmp_path, f"From: a@port.example\nDate: {date}\n\n{MAYOR}".encode())
    assert report.published == published


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "no e-mail: it has no From, Subject or Date"),
        (MAYOR.encode(), "no e-mail: it has no From, Subject or Date"),
        (page().encode(), "no e-mail: it has no From, Subject or Date"),
        (HEAD.encode(), "an e-mail without text"),
        (HEAD.encode() + b"Content-Type: image/png\n\nx", "an e-mail without text"),
        (HEAD.encode() + b"Content-Type: text/html\n\n<img src='a.png'>", "no text in it"),
        (HEAD.encode() + b"\n\0\0\0\0", "binary, not text"),
    ],
)
def test_what_has_no_text_gets_one_line(tmp_path: Path, raw: bytes, reason: str) -> None:
    [notice] = read(tmp_path, raw)
    assert notice == Notice(str(tmp_path / "pier.eml"), None, reason, True)


def test_parts_within_parts(tmp_path: Path) -> None:
    raw = HEAD.encode() + b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(999)
    )
    [notice] = read(tmp_path, raw + b"\nThe pier is shut.")
    assert isinstance(notice, Notice) and notice.left_out


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_damage_is_survived(worker: Worker, data: st.DataObject) -> None:
    raw = bytearray(mail(MAYOR, f"<p>{PAYS}</p>").as_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    [found] = worker.ask(Request("mail", bytes(raw)))
    assert isinstance(found, Entry | str)
