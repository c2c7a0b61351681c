import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from onrecord.ingest import Notice, read_reports
from onrecord.ingest.pdf import NOT_INSTALLED, read_pdf
from onrecord.record import Clue, OnrecordError, Report

LINES = ["The mayor of Lower Tamsin said on Friday that the pier would be mend-", "ed before the winter comes."]
NEXT = ["Nobody knows who is to pay for the timber, said", "Oda Brill."]


def pdf(pages: list[list[str]], **about: str) -> bytes:
    """A PDF, whose pages show these lines."""
    shown = ["BT /F1 12 Tf 14 TL 72 720 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET" for lines in pages]
    count = len(pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{' '.join(f'{4 + 2 * i} 0 R' for i in range(count))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for i, content in enumerate(shown):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>"
        )
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects.append("<< " + " ".join(f"/{name} ({value})" for name, value in about.items()) + " >>")
    raw = b"%PDF-1.4\n"
    places = []
    for i, content in enumerate(objects, start=1):
        places.append(len(raw))
        raw += f"{i} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    trailer = (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(raw)}\n%%EOF\n"
    )
    return raw + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([LINES]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def read(folder: Path, raw: bytes) -> list[Report | Notice]:
    (folder / "pier.pdf").write_bytes(raw)
    return list(read_reports([str(folder / "pier.pdf")]))


def one(folder: Path, raw: bytes) -> Report:
    [report] = read(folder, raw)
    assert isinstance(report, Report)
    return report


def test_pages_are_one_text(tmp_path: Path) -> None:
    report = one(tmp_path, pdf([LINES, NEXT[:1], NEXT[1:]]))
    assert report.text == "\n".join(LINES) + "\n\n" + "\n".join(NEXT)
    assert (report.key, report.published, report.clues) == ("pier", None, ())


def test_a_page_without_words_is_passed_over(tmp_path: Path) -> None:
    assert one(tmp_path, pdf([LINES, [], NEXT])).text == "\n".join(LINES) + "\n\n" + "\n".join(NEXT)


def test_what_the_file_says_of_itself(tmp_path: Path) -> None:
    about = {"Title": "Pier to be mended", "Author": "Oda Brill", "CreationDate": "D:20310504203000+02'00'"}
    report = one(tmp_path, pdf([LINES], **about))
    assert (report.title, report.author, report.published) == ("Pier to be mended", "Oda Brill", None)
    why = "also in the file: CreationDate says made 2031-05-04T20:30:00+02:00"
    assert report.clues == (Clue(None, why),)


@pytest.mark.parametrize(
    "title", ["Microsoft Word - pier.docx", "pier_final v2", "untitled", "Untitled 1", "pier.indd", ""]
)
def test_what_programs_write_is_no_title(tmp_path: Path, title: str) -> None:
    report = one(tmp_path, pdf([LINES], Title=title, Author="obrill"))
    assert (report.title, report.author) == (None, None)


def test_a_date_that_is_none(tmp_path: Path) -> None:
    assert one(tmp_path, pdf([LINES], CreationDate="soon")).clues == ()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (pdf([[], []]), "a PDF without text; pictures of text are not read"),
        (locked("harbour"), "a PDF that asks for a password"),
        (pdf([LINES])[:40], "a damaged PDF, or none ("),
        (b"", "a damaged PDF, or none ("),
        (b"The pier is shut.", "a damaged PDF, or none ("),
        (b"\0" * 9_999, "a damaged PDF, or none ("),
    ],
)
def test_what_has_no_text_gets_one_line(tmp_path: Path, raw: bytes, reason: str) -> None:
    [notice] = read(tmp_path, raw)
    assert isinstance(notice, Notice) and notice.left_out
    assert notice.reason.startswith(reason)


def test_one_that_is_locked_against_changes_alone_is_read(tmp_path: Path) -> None:
    assert one(tmp_path, locked("")).text == "\n".join(LINES)


def test_without_pypdf_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(OnrecordError) as caught:
        read_pdf(pdf([LINES]))
    assert str(caught.value) == NOT_INSTALLED
