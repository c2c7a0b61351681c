"""The bytes of a page to its characters: as it declares, as can be proven, or not at all."""

from __future__ import annotations

import codecs
import re

from onrecord.ingest.text import decode_text
from onrecord.record import OnrecordError

DECLARED_WITHIN = 4_096

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,500}?(?:charset|encoding)\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
# Where one begins anew, the one before has no end: nothing is passed again for each of many beginnings.
_TAGS = re.compile(rb"<(script|style)\b(?:(?!<\1\b).)*?</\1|<[^<>]*>", re.IGNORECASE | re.DOTALL)
# What a page means by the names of older and smaller sets, as browsers read them.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_WESTERN = frozenset(("cp1252", "iso8859-15", "mac-roman"))
_OTHERS = frozenset(
    "cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949 big5hkscs gb18030 euc_jp koi8-r "
    "koi8-u iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 "
    "iso8859-16".split()
)


def decode_page(raw: bytes, charset: str | None = None) -> tuple[str, str | None]:
    """The characters of a page, and what a user should know about how they were found.

    What it declares, or else its sender (`charset`), is believed only as far as the text bears it out; UTF-8 proves
    itself.

    Raises:
        OnrecordError: `raw` is binary, or its encoding can only be guessed.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.removeprefix(mark).decode(encoding, "replace"), None
    if raw.count(0) * 100 > len(raw):
        raise OnrecordError("binary, not text")
    declared = _declared(raw) or _known(charset or "")
    # It has no byte above 127, so it would pass for UTF-8.
    if declared == "iso2022_jp":
        return raw.decode(declared, "replace"), None
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    return (raw.decode(declared), None) if declared and _bears_out(raw, declared) else _decode_damaged(raw, declared)


def _decode_damaged(raw: bytes, declared: str | None) -> tuple[str, str | None]:
    """The characters of a page that is not in UTF-8, or not all of it, and not in what it declares."""
    text = raw.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    remark = f"damaged characters, each shown as \ufffd: {lost}"
    if 10 * lost <= sum(not c.isascii() for c in text) - lost:
        return text, remark
    try:
        _, found = decode_text(_TAGS.sub(b" ", raw).replace(b"\0", b""))
    except OnrecordError:
        if declared == "utf-8" and 1_000 * lost <= len(text):
            return text, remark
        raise
    # None: what is damaged is not seen.
    return (raw.decode(found, "replace"), f"not UTF-8; read as {found}") if found else (text, None)


def _declared(raw: bytes) -> str | None:
    """Python's name of the encoding that the page declares; None if it names none that a page could be in."""
    found = _DECLARED.search(raw[:DECLARED_WITHIN])
    return _known(found[1].decode("ascii", "replace")) if found else None


def _known(charset: str) -> str | None:
    """Python's name of `charset`, read as browsers do; None if no page could be in it."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if name in _WESTERN or name in _OTHERS or name in ("utf-8", "iso2022_jp") else None


def _bears_out(raw: bytes, encoding: str) -> bool:
    """Whether what is seen of the page may be in `encoding`.

    Nearly any bytes are characters of any code page: in a wrong one, Russian is all "Ìîñêâà" and a word or two of
    English are "cafй" and "抯".
    """
    try:
        raw.decode(encoding)
        text = _TAGS.sub(b" ", raw).decode(encoding, "replace")
    except UnicodeDecodeError:
        return False
    letters = sum(c.isalpha() for c in text)
    foreign = sum(c.isalpha() and not c.isascii() for c in text)
    return 10 * foreign <= 4 * letters if encoding in _WESTERN else foreign == 0 or 10 * foreign >= letters
