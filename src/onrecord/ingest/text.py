"""The bytes of a text file to its text."""

from __future__ import annotations

import codecs
import re

from onrecord.ingest.languages import ENGLISH, find_language
from onrecord.record import OnrecordError

_SURROGATES = re.compile("[\ud800-\udfff]")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
# What English prints beyond ASCII and Windows-1252 holds. The other bytes of that code page mean, in English, that it
# is another one: "Wa³êsa", "cafŽ", "countryÕs".
_ENGLISH_MARKS = frozenset("‘’“”–—…•·£€©®™°§½¼¾«»\xa0áàâäãåæçéèêëíîïñóôöøúûüœÁÅÇÉÖØÜ")
# "K”ln" is Köln written by DOS.
_INSIDE_WORD = re.compile("[a-z][“”£€•·][a-z]")


def decode_text(raw: bytes) -> tuple[str, str | None]:
    """The text of a file without its byte-order mark, and its encoding where that is not UTF-8.

    Raises:
        OnrecordError: `raw` is binary, or its encoding can only be guessed.
    """
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        return raw.decode("utf-8"), None
    except UnicodeDecodeError:
        pass
    if b"\0" in raw and not raw.startswith(_WIDE_MARKS):
        raise OnrecordError("binary, not text")
    encoding = _sure_encoding(raw)
    if encoding is None:
        raise OnrecordError("not UTF-8, and no other encoding is certain; save it as UTF-8")
    return raw.decode(encoding).removeprefix("\ufeff"), encoding


def writable(text: str) -> str:
    """`text` with each lone surrogate, which UTF-8 cannot write, replaced by U+FFFD; no offset moves."""
    return _SURROGATES.sub("\ufffd", text)


def _sure_encoding(raw: bytes) -> str | None:
    """What charset-normalizer is sure of: a reading without a rival, or Windows-1252 where the text proves it.

    Code pages of Western languages give English nearly the same scores, whichever is right ("£5m", "Ł5m"), so the
    scores alone decide only where no other reading comes near, as with Russian. Short texts have no score at all.
    """
    from charset_normalizer import from_bytes

    guesses = list(from_bytes(raw))
    if any("cp1252" in guess.could_be_from_charset for guess in guesses) and _is_english_1252(raw):
        return "cp1252"
    rivals = [guess for guess in guesses if guess.coherence > 0.1 and guess.chaos < guesses[0].chaos + 0.05]
    readings = {raw.decode(guess.encoding, "replace") for guess in rivals}
    # A reading with a character that stands for none is a reading with a loss.
    return rivals[0].encoding if len(readings) == 1 and "\ufffd" not in readings.pop() else None


def _is_english_1252(raw: bytes) -> bool:
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return False
    others = [c for c in text if not c.isascii()]
    return (
        len(others) * 20 <= len(text)
        and _ENGLISH_MARKS.issuperset(others)
        and not _INSIDE_WORD.search(text)
        and find_language(text) == ENGLISH
    )
