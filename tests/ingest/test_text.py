import pytest

from onrecord.ingest.text import decode_text
from onrecord.record import OnrecordError

BODY = (
    "The finance minister of Orlanda said on Tuesday that the budget would be ready in the autumn and that nobody had "
    "to fear for his pension, whatever the opposition said in the chamber. "
)


def test_utf8_is_read_as_it_is() -> None:
    assert decode_text("a\r\nb ☂\u00a0".encode()) == ("a\r\nb ☂\u00a0", None)


def test_one_byte_order_mark_is_dropped() -> None:
    assert decode_text(b"\xef\xbb\xbf\xef\xbb\xbfa") == ("\ufeffa", None)


@pytest.mark.parametrize(
    "ending", ["It cost £5m, she said.", "“We’re ready” — that was all.", "Señor Ibarra left the café.", "A €3m hole…"]
)
def test_english_of_old_windows_is_read_as_such(ending: str) -> None:
    assert decode_text((BODY + ending).encode("cp1252")) == (BODY + ending, "cp1252")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_known_by_their_mark(encoding: str) -> None:
    text, found = decode_text(BODY.encode(encoding))
    assert text == BODY
    assert found is not None


def test_an_encoding_without_a_rival_is_believed() -> None:
    text = "Министр финансов заявил во вторник, что бюджет будет готов осенью и что пенсии никто не тронет."
    assert decode_text(text.encode("cp1251")) == (text, "cp1251")
    assert decode_text(text.encode("koi8-r"))[0] == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (BODY + "Wałęsa met Żuławski in Łódź.", "cp1250"),
        (BODY + "It’s the country’s café.", "mac_roman"),
        (BODY + "He left Köln, Señor Ibarra said.", "cp850"),
        ("Señor Ibáñez", "cp1252"),
        ("Müller", "cp1252"),
    ],
)
def test_a_text_is_never_read_wrongly(text: str, encoding: str) -> None:
    try:
        read, _ = decode_text(text.encode(encoding))
    except OnrecordError as refusal:
        assert "save it as UTF-8" in str(refusal)
    else:
        assert read == text


@pytest.mark.parametrize(
    "raw", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff\xe0\0\x10JFIF", bytes(range(256)) * 9]
)
def test_binary_is_refused(raw: bytes) -> None:
    with pytest.raises(OnrecordError, match=r"binary|not UTF-8"):
        decode_text(raw)
