"""A valid input of each kind, different for each number: pages, texts, feeds and the rest, of an invented town."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from random import Random
from typing import Any

from tests.ingest.archives import HEAD, record, response
from tests.ingest.test_pdf import pdf

PEOPLE = ("Ada Holm", "Emil Vorac", "Oda Brill", "Pim Hask", "Zélie Brûnè", "Foreign Minister Ilse Varrun", "Mr. Teshk")
PLACES = ("Lower Tamsin", "Port Ister", "Norvia", "Kesland", "the harbour", "Orrel")
DAYS = ("on Friday", "last week", "on 4 May 2031", "on March 3rd", "yesterday", "in the spring of 2030", "two days ago")
SAYINGS = (
    "{a} said {d} that the pier would be mended before the winter comes to {p}.",
    "“The grain road stays open in every season,” {a} told reporters {d}.",
    "{a} spoke by phone with {b} {d}, according to {p}'s council.",
    '"Nobody has asked us," {a} said. "And nobody will," {b} added.',
    "{a} denied that {b} had met anybody in {p} {d}.",
    "Citing an aide to {a}, Radio Orrel reported {d} that {b} would leave {p}.",
    "It is to cost £3m; nobody in {p} knows who is to pay, {a} said.",
)
NOISE = ("Photo: Radio Orrel", "Read more: the pier in pictures", "Follow us on Orrelgram", "© The Tamsin Post", "")
ADDRESS = "https://post.tamsin.example/"


def prose(rng: Random, most: int = 5) -> list[str]:
    """Paragraphs of a report."""
    return [
        " ".join(
            rng.choice(SAYINGS).format(
                a=rng.choice(PEOPLE), b=rng.choice(PEOPLE), d=rng.choice(DAYS), p=rng.choice(PLACES)
            )
            for _ in range(rng.randint(1, 4))
        )
        for _ in range(rng.randint(1, most))
    ]


def stamp(rng: Random) -> str:
    """A day, or a moment, as programs write it."""
    day = f"20{rng.randint(10, 40)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    return day + rng.choice(("", " 00:00:00", "T18:30:00+02:00", "T18:30Z", "T18:30:00.000000"))


def text(rng: Random) -> bytes:
    """A text file."""
    return "\n\n".join([rng.choice(NOISE), *prose(rng), rng.choice(NOISE)]).encode()


def page(rng: Random) -> bytes:
    """A page with what pages have around a report."""
    address = f"{ADDRESS}2031/05/04/{rng.randrange(99)}"
    about = {"@type": "NewsArticle", "headline": "Pier", "datePublished": stamp(rng), "author": [{"name": "Oda Brill"}]}
    head = rng.sample(
        (
            f'<script type="application/ld+json">{json.dumps(about)}</script>',
            f'<meta property="article:published_time" content="{stamp(rng)}">',
            '<meta charset="utf-8">',
            '<meta property="og:site_name" content="The Tamsin Post">',
            f'<link rel="canonical" href="{address}">',
            "<style>p { display: none }</style>",
        ),
        rng.randint(0, 6),
    )
    rows = [f"<p>{line}</p>" for line in prose(rng)]
    rows += rng.sample(
        (
            "<blockquote>“Order!”<br>he cried.</blockquote>",
            "<ul><li>One</li><li>Two</li></ul>",
            "<table><tr><td colspan=2>oak</td><td>&euro;3&nbsp;m</td></tr></table>",
            "<pre>one\ntwo</pre>",
            f"<time datetime='{stamp(rng)}'>4 May 2031</time>",
            "<!-- nothing --><figure><img src=a.png><figcaption>The pier</figcaption></figure>",
        ),
        rng.randint(0, 6),
    )
    rng.shuffle(rows)
    return (
        f"<!DOCTYPE html><html lang=en><head><title>Pier - Tamsin Post</title>{''.join(head)}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>Pier</h1>{''.join(rows)}</article>"
        "<footer>Jobs</footer></body></html>"
    ).encode()


def article(rng: Random) -> dict[str, Any]:
    """A line of JSON in our own fields, or in those of news-please or newspaper4k."""
    body = "\n\n".join(prose(rng))
    ours = {
        "id": rng.choice(("pier-1", 7, None)),
        "url": f"{ADDRESS}{rng.randrange(99)}",
        "outlet": "Tamsin Post",
        "title": "Pier to be mended",
        "author": "Oda Brill",
        "published": stamp(rng),
        "language": rng.choice(("en", "en-GB", None)),
        rng.choice(("text", "text", "text", "html")): f"<p>{body}</p>",
    }
    news_please = {
        "authors": ["Oda Brill", "Ada Norra"],
        "date_publish": stamp(rng),
        "date_modify": "None",
        "language": "en",
        "maintext": body,
        "source_domain": "post.tamsin.example",
        "title": "Pier",
        "url": f"{ADDRESS}{rng.randrange(99)}",
    }
    newspaper = {
        "authors": ["Oda Brill"],
        "publish_date": stamp(rng),
        "source_url": "https://post.tamsin.example",
        "text": body,
        "title": "Pier",
        "url": ADDRESS,
    }
    return rng.choice((ours, ours, news_please, newspaper))


def json_lines(rng: Random) -> bytes:
    """JSON Lines."""
    return "\n".join(
        json.dumps(article(rng), ensure_ascii=rng.random() < 0.5) for _ in range(rng.randint(1, 4))
    ).encode()


def json_lines_packed(rng: Random) -> bytes:
    """JSON Lines in gzip, of one member or two."""
    return b"".join(gzip.compress(json_lines(rng) + b"\n", mtime=0) for _ in range(rng.randint(1, 2)))


def json_file(rng: Random) -> bytes:
    """One article, or an array of them."""
    return json.dumps(article(rng) if rng.random() < 0.5 else [article(rng) for _ in range(3)], indent=1).encode()


def table(rng: Random) -> bytes:
    """A table of Media Cloud."""
    out = io.StringIO(newline="")
    columns = ["id", "language", "media_name", "publish_date", "title", "url", "text"]
    rows = csv.writer(out, lineterminator=rng.choice(("\n", "\r\n")))
    rows.writerow(columns)
    for i in range(rng.randint(1, 4)):
        rows.writerow([i, "en", "Post", stamp(rng), 'The "pier", mended', f"{ADDRESS}{i}", "\n".join(prose(rng))])
    return out.getvalue().encode()


def rss(rng: Random) -> bytes:
    """An RSS feed."""
    items = "".join(
        f"<item><title>Pier &amp; {i}</title><link>{ADDRESS}{i}</link><guid isPermaLink='false'>pier-{i}</guid>"
        f"<pubDate>Sun, {rng.randint(1, 28):02} May 2031 20:30:00 -0500</pubDate><dc:creator>Oda Brill</dc:creator>"
        f"<description>{rng.choice(prose(rng))}</description>"
        f"<content:encoded><![CDATA[<p>{'</p><p>'.join(prose(rng))}</p>]]></content:encoded></item>"
        for i in range(rng.randint(1, 3))
    )
    names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {names}><channel><title>The Tamsin Post</title>'
        f"<link>{ADDRESS}</link>{items}</channel></rss>"
    ).encode()


def atom(rng: Random) -> bytes:
    """An Atom feed."""
    entries = "".join(
        f"<entry><title type='html'>Pier &lt;i>{i}&lt;/i></title><id>tag:post,2031:{i}</id><link href='{ADDRESS}{i}'/>"
        f"<author><name>Oda Brill</name></author><published>2031-05-04T20:30:00+02:00</published>"
        f"<updated>2031-05-05T08:00:00Z</updated><content type='{rng.choice(('html', 'text', 'xhtml'))}'>"
        f"{rng.choice(prose(rng))}</content></entry>"
        for i in range(rng.randint(1, 3))
    )
    return (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Tamsin Post</title>'
        f"<id>urn:post</id><updated>2031-05-05T10:00:00Z</updated>{entries}</feed>"
    ).encode()


def members(rng: Random) -> list[bytes]:
    """The records of an archive: what opens it, and responses sent in several ways."""
    found = [record(b"software: none\r\n", 0, uri=False, kind="warcinfo")]
    for i in range(1, rng.randint(2, 4)):
        body, head = page(rng), HEAD
        way = rng.choice(("plain", "plain", "gzip", "chunked", "deflate"))
        if way == "gzip":
            body, head = gzip.compress(body, mtime=0), HEAD + b"Content-Encoding: gzip\r\n"
        elif way == "chunked":
            body, head = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), HEAD + b"Transfer-Encoding: chunked\r\n"
        elif way == "deflate":
            head = HEAD + b"Content-Encoding: deflate\r\n"
        found.append(record(response(body, head), i))
    return found


def archive(rng: Random) -> bytes:
    """A web archive."""
    return b"".join(members(rng))


def archive_packed(rng: Random) -> bytes:
    """A web archive, of which each record is a member in gzip."""
    return b"".join(gzip.compress(member, mtime=0) for member in members(rng))


def mail(rng: Random) -> bytes:
    """An e-mail of plain text, HTML or both."""
    message = EmailMessage()
    message["From"] = rng.choice(
        ("Port of Tamsin press office <press@port.example>", "Oda Brill <o@port.example>", "a@b")
    )
    message["Subject"] = "The pier: “mended” before winter"
    message["Date"] = "Sun, 04 May 2031 20:30:00 -0500"
    body = "\n\n".join(prose(rng))
    if rng.random() < 0.7:
        message.set_content(body, cte=rng.choice(("base64", "quoted-printable", "8bit")))
        if rng.random() < 0.5:
            message.add_alternative(f"<p>{body}</p>", subtype="html")
    else:
        message.set_content(f"<p>{body}</p>", subtype="html")
    if rng.random() < 0.3:
        message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="pier.pdf")
    message.policy = SMTP
    # Its own would be different each time.
    if message.is_multipart():
        message.set_boundary("=-pier-=")
    return message.as_bytes()


def pdf_file(rng: Random) -> bytes:
    """A PDF."""
    lines = [
        line.replace("(", "\\(").encode("latin-1", "replace").decode("latin-1")
        for part in prose(rng)
        for line in part.split(", ")
    ]
    return pdf(
        [lines, lines[:2]], Title="Pier to be mended", Author="Oda Brill", CreationDate="D:20310504203000+02'00'"
    )


def days(rng: Random) -> bytes:
    """What is typed for days, places and words of a search."""
    return rng.choice(
        (
            stamp(rng),
            "2031-05/..",
            "2031-05-04/2031-05-07",
            rng.choice(DAYS),
            "3 days ago",
            'r1:"grain road"#2',
            "r1/a1",
            "r1:0-9",
        )
    ).encode()


VALID: dict[str, Callable[[Random], bytes]] = {
    "page": page,
    "text": text,
    "jsonl": json_lines,
    "jsonl.gz": json_lines_packed,
    "json": json_file,
    "csv": table,
    "rss": rss,
    "atom": atom,
    "warc": archive,
    "warc.gz": archive_packed,
    "mail": mail,
    "pdf": pdf_file,
    "analysis": text,
    "words": days,
}
