import codecs

import pytest

from onrecord.ingest.pages.decode import decode_page
from onrecord.record import OnrecordError

RUSSIAN = "<p>Мэр города сказал в пятницу, что причал починят до зимы, и никто не знает, кто за это заплатит.</p>" * 5
FRENCH = "<p>Le maire a déclaré que la jetée serait réparée avant l'hiver, et personne ne sait qui paiera.</p>" * 5
ENGLISH = "<p>The mayor said that the pier would cost £5m, and nobody in the town knows who is to pay for it.</p>" * 5
JAPANESE = "<p>市長は金曜日に、桟橋は冬が来る前に修理されると述べた。</p>" * 5
CHINESE = "<p>市长周五表示，码头将在冬天到来之前修好。</p>" * 5


def declared(name: str, text: str) -> str:
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={name}"></head>{text}'


@pytest.mark.parametrize(
    ("name", "codec", "text"),
    [
        ("windows-1251", "cp1251", RUSSIAN),
        ("koi8-r", "koi8-r", RUSSIAN),
        ("ISO-8859-1", "cp1252", FRENCH),
        ("latin1", "cp1252", ENGLISH + "<p>“So it goes”</p>"),
        ("shift_jis", "cp932", JAPANESE),
        ("EUC-JP", "euc_jp", JAPANESE),
        ("iso-2022-jp", "iso2022_jp", JAPANESE),
        ("gb2312", "gb18030", CHINESE),
        ("gbk", "gb18030", ENGLISH.replace("£5m", "“much”")),
        ("utf-8", "utf-8", FRENCH + RUSSIAN),
        ("no-such-set", "utf-8", FRENCH),
    ],
)
def test_what_is_declared_and_borne_out_is_believed(name: str, codec: str, text: str) -> None:
    html = declared(name, text)
    assert decode_page(html.encode(codec)) == (html, None)


@pytest.mark.parametrize("name", ["iso-8859-1", "utf-16", "windows-1251", "shift_jis", "utf-7", "rot13", "zlib"])
def test_utf8_proves_itself_whatever_is_declared(name: str) -> None:
    html = declared(name, FRENCH)
    assert decode_page(html.encode()) == (html, None)


@pytest.mark.parametrize(
    ("name", "codec", "text"),
    [("koi8-r", "cp1252", ENGLISH), ("gb2312", "cp1252", ENGLISH)],
)
def test_a_lie_is_found_out(name: str, codec: str, text: str) -> None:
    html = declared(name, text)
    assert decode_page(html.encode(codec)) == (html, f"not UTF-8; read as {codec}")


@pytest.mark.parametrize(
    ("html", "codec"),
    [("<p>Die Bürgermeisterin über Köln</p>", "cp850"), (declared("iso-8859-1", RUSSIAN), "cp1251")],
)
def test_what_cannot_be_proven_is_refused(html: str, codec: str) -> None:
    with pytest.raises(OnrecordError, match="no other encoding is certain"):
        decode_page(html.encode(codec))


def test_undeclared_english_of_windows_is_read() -> None:
    assert decode_page(ENGLISH.encode("cp1252")) == (ENGLISH, "not UTF-8; read as cp1252")


def test_a_few_damaged_characters_are_shown_as_such() -> None:
    html, remark = decode_page((FRENCH * 5).encode() + b"<p>caf\xe9</p>")
    assert html.endswith("<p>caf\ufffd</p>")
    assert remark == "damaged characters, each shown as \ufffd: 1"


def test_damage_that_is_not_seen_is_no_matter() -> None:
    assert decode_page(ENGLISH.encode() + b"<script>'\xe9'</script>") == (ENGLISH + "<script>'\ufffd'</script>", None)


def test_what_is_declared_utf8_may_be_damaged_a_little() -> None:
    html = declared("utf-8", ENGLISH.replace("£", "") * 10)
    assert decode_page(html.encode() + b"\x9d\x81")[1] == "damaged characters, each shown as \ufffd: 2"
    with pytest.raises(OnrecordError, match="no other encoding is certain"):
        decode_page(html.encode() + b"\x9d\x81" * 9)


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_believed(codec: str) -> None:
    html = declared("iso-8859-1", RUSSIAN)
    assert decode_page(html.encode(codec)) == (html, None)


@pytest.mark.parametrize("raw", [b"\0" * 99, b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(200), codecs.BOM_UTF8 + b"\0"])
def test_binary_is_refused(raw: bytes) -> None:
    if raw.startswith(codecs.BOM_UTF8):
        assert decode_page(raw) == ("\0", None)
    else:
        with pytest.raises(OnrecordError, match="binary"):
            decode_page(raw)


def test_a_zero_or_two_are_survived() -> None:
    assert decode_page(ENGLISH.encode() + b"\0") == (ENGLISH + "\0", None)


def test_what_the_sender_says_is_believed_if_the_page_says_nothing_and_bears_it_out() -> None:
    assert decode_page(RUSSIAN.encode("koi8-r"), "KOI8-R") == (RUSSIAN, None)
    assert decode_page(declared("windows-1251", RUSSIAN).encode("cp1251"), "koi8-r")[0].endswith(RUSSIAN)
    assert decode_page(RUSSIAN.encode(), "koi8-r") == (RUSSIAN, None)
    assert decode_page(ENGLISH.encode("cp1252"), "\0") == (ENGLISH, "not UTF-8; read as cp1252")
