from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.fetch.opml import read_feed_list
from onrecord.record import OnrecordError

NESTED = """<?xml version="1.0"?>
<!-- exported --><opml version="2.0"><head><title>Feeds</title></head><body>
<outline text="Ports"><outline text="Tern" type="rss" xmlUrl="https://tern.example/feed" htmlUrl="https://tern.example/"/>
  <outline text="North"><outline xmlurl=" https://gull.example/atom.xml "/></outline></outline>
<outline text="Tern again" xmlUrl="https://tern.example/feed"/>
<outline text="Another list" type="include" url="https://skua.example/list.opml"/>
<outline text="Nothing" xmlUrl=""/>
</body></opml>"""
FEEDS = ["https://tern.example/feed", "https://gull.example/atom.xml"]


def read(path: Path, content: str | bytes) -> list[str]:
    path = path / "feeds.opml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_feed_list(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_feeds_are_found_however_deep_and_once(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, NESTED.encode(encoding)) == FEEDS


def test_an_opml_in_utf_16_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, NESTED.replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16")) == FEEDS


def test_a_plain_list_is_a_feed_a_line(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufeff# mine\nhttps://tern.example/feed\r\n\n https://gull.example/atom.xml \n") == FEEDS


BAD = {
    "nothing": ("", "no feed in it"),
    "no feed": ("<opml><body><outline text='a'/></body></opml>", "no feed in it"),
    "only remarks": ("# a\n# b\n", "no feed in it"),
    "cut off": (NESTED[:300], "no well-formed XML"),
    "binary": (b"\x89PNG\xff\xfe\x00", "neither OPML nor lines"),
    "another file": (
        "<!DOCTYPE o [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><opml><outline xmlUrl='https://a.example/'>&x;</outline></opml>",
        "declares entities",
    ),
    "a swelling one": (
        "<!DOCTYPE o [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]><opml><outline xmlUrl='&b;'/></opml>",
        "declares entities",
    ),
    "a swelling one in UTF-16": (
        "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE o [<!ENTITY a 'aaaa'>]><opml/>".encode("utf-16"),
        "declares entities",
    ),
    "too deep": ("<outline>" * 300 + "<outline xmlUrl='https://a.example/'/>" + "</outline>" * 300, "no well-formed"),
    "too many": ("\n".join(f"https://tern.example/{i}" for i in range(1_001)), "1,001 feeds; the limit is 1,000"),
    "too long": (b"<" + b" " * (11 * 2**20), "MB"),
}


@pytest.mark.parametrize(("content", "reason"), BAD.values(), ids=BAD)
def test_a_bad_list_is_refused_with_the_reason(tmp_path: Path, content: str | bytes, reason: str) -> None:
    with pytest.raises(OnrecordError, match=reason) as caught:
        read(tmp_path, content)
    assert "feeds.opml" in str(caught.value)


def test_a_list_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OnrecordError, match=r"none\.opml: No such file"):
        read_feed_list(tmp_path / "none.opml")


def test_a_document_type_elsewhere_is_not_read(tmp_path: Path) -> None:
    """With no socket allowed: it would be noticed."""
    content = "<!DOCTYPE opml SYSTEM 'http://tern.example/opml.dtd'>" + NESTED.split("-->")[1]
    assert read(tmp_path, content) == FEEDS
