"""A PDF to the report in it. Run in a process of its own (worker.py)."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from onrecord.ingest.frames import Entry
from onrecord.ingest.notice import FAULTS
from onrecord.record import Clue, OnrecordError

if TYPE_CHECKING:
    from pypdf import DocumentInformation

NOT_INSTALLED = "a PDF; to read it: pip install 'onrecord[pdf]'"

# What programs put where nobody wrote a title: the name of a file, or of themselves.
_NO_TITLE = re.compile(r"\.\w{2,5}$|^(?:microsoft|untitled|slide|document|page)\b|^\W*$|_", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*$")


def read_pdf(raw: bytes) -> Entry:
    """The text of a PDF, its lines and hyphens as they stand, with the title and author that it names.

    Raises:
        OnrecordError: it cannot be read, is locked, or has no text; or pypdf isn't installed.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError:
        raise OnrecordError(NOT_INSTALLED) from None
    try:
        pdf = PdfReader(BytesIO(raw))
        # Many are locked against changes alone, and open without a password.
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise OnrecordError("a PDF that asks for a password")
        text = _join([page.extract_text() for page in pdf.pages])
        about = pdf.metadata
    except DependencyError:
        raise OnrecordError("a PDF that asks for a password") from None
    except PyPdfError as error:
        raise OnrecordError(f"a damaged PDF, or none ({error})") from None
    except FAULTS as error:
        raise OnrecordError(f"a damaged PDF ({type(error).__name__}: {error})") from None
    if not text:
        raise OnrecordError("a PDF without text; pictures of text are not read")
    title, author, clues = _about(about)
    return Entry(text=text, title=title, author=author, clues=clues)


def _join(pages: list[str]) -> str:
    """The pages as one text: a paragraph that goes on behind the break of a page is not broken by it."""
    text = ""
    for page in filter(None, map(str.strip, pages)):
        gap = "\n\n" if _ENDS_SENTENCE.search(text) else "\n"
        text += gap + page if text else page
    return text


def _about(about: DocumentInformation | None) -> tuple[str | None, str | None, tuple[Clue, ...]]:
    """The title, the author, and when the file was made, which need not be when the report was published."""
    if about is None:
        return None, None, ()
    title = " ".join((about.title or "").split())
    author = " ".join((about.author or "").split())
    try:
        made = about.creation_date
    except ValueError:
        made = None
    return (
        title if " " in title and not _NO_TITLE.search(title) else None,
        # One word is the name of an account.
        author if " " in author else None,
        (Clue(None, f"also in the file: CreationDate says made {made.isoformat()}"),) if made else (),
    )
