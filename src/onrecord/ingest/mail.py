"""An e-mail to the report in it. Run in a process of its own (worker.py)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parsedate_to_datetime

from onrecord.ingest.frames import Entry
from onrecord.ingest.notice import FAULTS
from onrecord.ingest.text import decode_text
from onrecord.record import Clue, OnrecordError

# A line that ends in a space goes on in the next one (RFC 3676), "-- " before a signature apart.
_SOFT_BREAK = re.compile(r"(?<!^--) \n", re.MULTILINE)


def read_mail(raw: bytes) -> Entry:
    """The report that an e-mail carries: its plain text, else its HTML. What is attached is left alone.

    Raises:
        OnrecordError: it is no e-mail, or has no text.
    """
    try:
        mail = message_from_bytes(raw, policy=policy.default)
        if not any(field in mail for field in ("From", "Subject", "Date")):
            raise OnrecordError("no e-mail: it has no From, Subject or Date")
        plain, content = _body(mail)
    except FAULTS as error:
        raise OnrecordError(f"a damaged e-mail ({type(error).__name__}: {error})") from None
    published = _date(mail)
    name, domain = _sender(mail)
    organization = _header(mail, "Organization")
    return Entry(
        text=content if plain else None,
        body=None if plain else content,
        outlet=organization or name or domain,
        author=name if organization and name != organization else None,
        title=_header(mail, "Subject"),
        published=published,
        clues=(Clue(None, f"taken from the e-mail: Date says {published}"),) if published else (),
    )


def _body(mail: EmailMessage) -> tuple[bool, str]:
    """Whether the text that people read is plain, and the text, as HTML if it is not.

    Raises:
        OnrecordError: there is none.
    """
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        text = _text(part) if part else ""
        if text.strip():
            return kind == "plain", text
    raise OnrecordError("an e-mail without text")


def _text(part: MIMEPart) -> str:
    """The characters of a part, in the encoding that it names or else in the one that can be proven."""
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset("utf-8")
    try:
        text = raw.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text, _ = decode_text(raw)
    # CR LF ends a line on the way only.
    text = text.replace("\r\n", "\n")
    how = part["Content-Type"].params if "Content-Type" in part else {}
    if how.get("format", "").lower() == "flowed":
        text = _SOFT_BREAK.sub("" if how.get("delsp", "").lower() == "yes" else " ", text)
    return text


def _header(mail: EmailMessage, field: str) -> str | None:
    return " ".join(str(_field(mail, field) or "").split()) or None


def _field(mail: EmailMessage, name: str) -> object:
    """A field of the head; None where there is none, or one that Python's grammar of fields breaks on."""
    try:
        return mail.get(name)
    except FAULTS:
        return None


def _sender(mail: EmailMessage) -> tuple[str | None, str | None]:
    """The name of who sent it and the domain of the address."""
    for address in getattr(_field(mail, "From"), "addresses", ()):
        return address.display_name.strip() or None, address.domain.lower() or None
    return None, None


def _date(mail: EmailMessage) -> str | None:
    """When it was sent, with the offset of the sender's clock unless that is not known ("-0000")."""
    try:
        return parsedate_to_datetime(str(_field(mail, "Date") or "")).isoformat()
    except (OverflowError, ValueError):
        return None
