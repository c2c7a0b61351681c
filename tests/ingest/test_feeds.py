import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest import Notice, feeds, read_reports
from onrecord.ingest.feeds import read_feed
from onrecord.ingest.frames import Remark, Request
from onrecord.ingest.isolation import Worker
from onrecord.record import Clue, Report
from tests.ingest.pages.written import MAYOR, PAYS

ITEM = f"""<item><title>Pier to be &lt;i>mended&lt;/i> &amp;amp; painted</title><link>https://tamsin.example/pier</link>
<guid isPermaLink="false">pier-7</guid><pubDate>Sun, 04 May 2031 20:30:00 -0500</pubDate>
<dc:creator>Oda Brill</dc:creator>
<description>A teaser.</description>
<content:encoded><![CDATA[<p>{MAYOR}</p><script>alert(1)</script><ul><li>{PAYS}</li></ul>]]></content:encoded></item>"""
NAMES = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'


def rss(items: str = ITEM, title: str = "The Tamsin Post", before: str = "") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>{before}
<rss version="2.0" {NAMES}><channel><title>{title}</title><link>https://tamsin.example/</link>{items}</channel></rss>"""


def atom(entry: str) -> str:
    return f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Tamsin Post</title>
<id>urn:post</id><updated>2031-05-05T10:00:00Z</updated>{entry}</feed>"""


def item(description: str, more: str = "") -> str:
    return f"<item><title>Pier</title><description>{description}</description>{more}</item>"


def read(folder: Path, raw: str | bytes, name: str = "post.rss") -> list[Report | Notice]:
    path = folder / name
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return list(read_reports([str(path)]))


def one(items: list[Report | Notice]) -> Report:
    [report] = items
    assert isinstance(report, Report)
    return report


def notices(items: list[Report | Notice]) -> list[str]:
    return [str(item).rpartition("/")[2] for item in items if isinstance(item, Notice)]


@pytest.mark.parametrize("name", ["post.rss", "post.xml", "POST.RSS"])
def test_each_field_of_an_entry(tmp_path: Path, name: str) -> None:
    report = one(read(tmp_path, rss(), name))
    assert report.text == f"{MAYOR}\n\n{PAYS}"
    assert (report.key, report.url) == ("pier-7", "https://tamsin.example/pier")
    assert (report.title, report.author, report.outlet) == (
        "Pier to be mended & painted",
        "Oda Brill",
        "The Tamsin Post",
    )
    assert report.published == "2031-05-04T20:30:00-05:00"
    assert report.clues == (Clue(None, "taken from the feed: published says 2031-05-04T20:30:00-05:00"),)


def test_atom(tmp_path: Path) -> None:
    entry = f"""<entry><title>Pier to be mended</title><id>tag:post,2031:7</id><link href="https://tamsin.example/pier"/>
<author><name>Oda Brill</name></author><author><name>Ada Norra</name></author>
<published>2031-05-04T20:30:00+02:00</published><updated>2031-05-05T08:00:00Z</updated>
<content type="html">&lt;p>{MAYOR}&lt;/p></content></entry>"""
    report = one(read(tmp_path, atom(entry), "post.atom"))
    assert (report.key, report.text, report.author) == ("tag:post,2031:7", MAYOR, "Oda Brill, Ada Norra")
    assert report.published == "2031-05-04T20:30:00+02:00"
    assert [clue.why for clue in report.clues] == [
        "taken from the feed: published says 2031-05-04T20:30:00+02:00",
        "also in the feed: updated says 2031-05-05T08:00:00Z",
    ]


def test_a_date_of_change_is_no_date_of_publication(tmp_path: Path) -> None:
    entry = (
        f"<entry><title>Pier</title><id>a</id><updated>2031-05-05T08:00:00Z</updated><summary>{MAYOR}</summary></entry>"
    )
    report = one(read(tmp_path, atom(entry), "post.atom"))
    assert report.published is None
    assert [clue.why for clue in report.clues] == ["also in the feed: updated says 2031-05-05T08:00:00Z"]


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("<pubDate>Sun, 04 May 2031 20:30:00 +0530</pubDate>", "2031-05-04T20:30:00+05:30"),
        ("<pubDate>4 May 2031 20:30 GMT</pubDate>", "2031-05-04T20:30:00+00:00"),
        ("<pubDate>Sun, 04 May 2031 20:30:00 EST</pubDate>", "2031-05-04T20:30:00-05:00"),
        ("<pubDate>2031-05-04</pubDate>", "2031-05-04"),
        ("<dc:date>2031-05-04T20:30:00+02:00</dc:date>", "2031-05-04T20:30:00+02:00"),
        ("<pubDate>soon</pubDate>", None),
        ("", None),
    ],
)
def test_dates_keep_their_zone(tmp_path: Path, given: str, published: str | None) -> None:
    assert one(read(tmp_path, rss(item(MAYOR, given)))).published == published


def test_the_outlet_is_that_which_an_item_was_taken_from(tmp_path: Path) -> None:
    source = '<source url="https://quay.example/rss">The Quay</source>'
    assert one(read(tmp_path, rss(item(MAYOR, source), "All the harbour"))).outlet == "The Quay"


def test_plain_text_keeps_its_lines(tmp_path: Path) -> None:
    entry = f"<entry><title>Pier</title><id>a</id><content type='text'>{MAYOR}\n\nA &lt; B</content></entry>"
    assert one(read(tmp_path, atom(entry), "a.atom")).text == f"{MAYOR}\n\nA < B"


def test_keys_without_ids(tmp_path: Path) -> None:
    items = read(tmp_path, rss(item(MAYOR, "<link>https://tamsin.example/a</link>") + item(PAYS)))
    assert [item.key for item in items if isinstance(item, Report)] == ["https://tamsin.example/a", "post-2"]


def test_an_entry_without_text_is_named(tmp_path: Path) -> None:
    items = read(tmp_path, rss(item("") + ITEM + item("&lt;img src='a.png'>")))
    assert notices(items) == ["post.rss, entry 1: neither content nor summary", "post.rss, entry 3: no text in it"]
    assert len(items) == 3


def test_an_entry_that_is_only_a_link_is_named(tmp_path: Path) -> None:
    link = "<link>https://tamsin.example/a</link>"
    items = read(tmp_path, rss(item("", link) + ITEM))
    assert notices(items) == ["post.rss, entry 1: neither content nor summary"]
    assert len(items) == 2


def test_a_foreign_entry_is_named(tmp_path: Path) -> None:
    french = "Le maire a déclaré vendredi que la jetée serait réparée avant l'hiver. " * 3
    assert notices(read(tmp_path, rss(item(french)))) == ["post.rss, entry 1: French (fr), kept but not analysed"]


def test_more_entries_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MOST_ENTRIES", 2)
    *_, last = read_feed(rss(item(MAYOR) * 5).encode())
    assert last == Remark(None, "more than 2 entries; the other 3 are left out")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("<!DOCTYPE html><html><body><p>The pier is shut.</p></body></html>", "a web page, not a feed"),
        ("<?xml version='1.0'?><pier><shut/></pier>", "no feed (RSS, Atom)"),
        ("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url/></urlset>", "no feed (RSS, Atom)"),
        ("The pier is shut.", "no feed (RSS, Atom)"),
        ("/etc/passwd", "no feed (RSS, Atom)"),
        ("https://tamsin.example/rss", "no feed (RSS, Atom)"),
        ("", "no feed (RSS, Atom)"),
        (b"\0" * 999, "no feed (RSS, Atom)"),
        (rss(""), "no reports in it"),
    ],
)
def test_what_is_no_feed_gets_one_line(tmp_path: Path, raw: str | bytes, reason: str) -> None:
    assert notices(read(tmp_path, raw, "a.xml")) == [f"a.xml: {reason}"]


@pytest.mark.parametrize(("at", "keys"), [("who has kept", ["pier-7"]), ("</channel>", ["pier-7", "post-2"])])
def test_a_feed_that_is_cut_off_loses_what_was_cut(tmp_path: Path, at: str, keys: list[str]) -> None:
    raw = rss(ITEM + item(PAYS))
    items = read(tmp_path, raw[: raw.rindex(at)])
    assert notices(items) == ["post.rss, entry 2: the file is cut off here; the rest is missing"]
    assert [item.key for item in items if isinstance(item, Report)] == keys


def test_a_feed_that_is_not_well_formed_is_read_and_named(tmp_path: Path) -> None:
    notice, report = read(tmp_path, rss(item(f"{MAYOR} &nbsp; Ada & Oda")))
    assert isinstance(report, Report) and MAYOR in report.text
    assert isinstance(notice, Notice) and not notice.left_out and "not well-formed" in notice.reason


LAUGHS = (
    "<!DOCTYPE lolz [<!ENTITY l0 'ha '>" + "".join(f"<!ENTITY l{i + 1} '{f'&l{i};' * 10}'>" for i in range(9)) + "]>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize(
    "before",
    [
        LAUGHS,
        "<!DOCTYPE a [<!ENTITY l9 SYSTEM 'file://{secret}'>]>",
        "<!DOCTYPE a [<!ENTITY % l9 SYSTEM 'https://tamsin.example/a.dtd'> %l9;]>",
        "<!-- <a> --><!DOCTYPE a [<!entity l9 'x'>]>",
    ],
)
def test_entities_are_refused(tmp_path: Path, before: str, encoding: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the harbour master's word")
    raw = rss(item(f"&l9; {MAYOR}"), before=before.replace("{secret}", str(secret))).replace("utf-8", encoding)
    started = time.monotonic()
    items = read(tmp_path, raw.encode(encoding))
    assert notices(items) == ["post.rss: declares entities, by which a small file can swell or read others; refused"]
    assert time.monotonic() - started < 10


def test_entities_that_slip_through_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What feedparser itself does, were they not refused before."""
    secret = tmp_path / "secret.txt"
    secret.write_text("the harbour master's word")
    monkeypatch.setattr(feeds, "_ENTITY", re.compile(b"(?!)"))
    before = f"<!DOCTYPE a [<!ENTITY l9 SYSTEM 'file://{secret}'>]>"
    for found in read_feed(rss(item(f"&l9; {MAYOR}"), before=before).encode()):
        assert "master's word" not in str(found)


def test_words_about_entities_are_no_entities(tmp_path: Path) -> None:
    body = f"<![CDATA[<p>Write <!ENTITY a 'b'> in it. {MAYOR}</p>]]>"
    assert MAYOR in one(read(tmp_path, rss(item(body)))).text


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_damage_is_survived(worker: Worker, data: st.DataObject) -> None:
    raw = bytearray(rss().encode())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=30))
    found = list(worker.ask(Request("feed", bytes(raw))))
    assert found == list(worker.ask(Request("feed", bytes(raw))))
