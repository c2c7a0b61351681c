"""Reports full of what is easily miscounted, mangled or taken for something else, and a record of them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from onrecord.engine import build_record
from onrecord.ingest import read_reports
from onrecord.store import read_record
from tests.ingest.pages.written import page

# What stands in the quotations and around them, by the key of its reports.
STRANGE = {
    "right-to-left": "שלום السلام \u202eabc\u202c",
    "emoji": "🚢👩🏽‍✈️🇳🇴🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "combining": "Cafe\u0301 Bru\u0302ne\u0300",
    "crlf": "old\r\nand new",
    "no-width": "a\u00a0b\u200bc\u2060d\u2028e\ufeff",
    "astral": "𝔓𝔬𝔯𝔱 𠮷野家",
    "markup": "old A&amp;B<i> *Salt*",
    "unwritable": "bell\x1b\ufffe\uffff",
}
# In a page these are written as entities.
ENTITIES = "Caf&eacute; &amp; Fils &lt;Ltd&gt; &#x1F6A2;&#8205;&#x202B;"
# More than a hundredth of a text that is controls makes it no text.
RAIN = " It rained all day in Senn, and it had rained there all week." * 4
READ_ENTITIES = "Café & Fils <Ltd> 🚢\u200d\u202b"


def first_text(strange: str) -> str:
    """A report of a call, with `strange` before, within and behind its quotations."""
    return (
        f"{strange} news\r\n\r\nForeign Minister Ada Holm of Norvia spoke by phone on Monday with her Kesland"
        f" counterpart, Omar Teshk, about the {strange} port. “The {strange} port stays shut,” Holm told reporters in"
        f" Senn. She threatened to close the {strange} road before Friday. {strange}{RAIN}"
    )


def second_text(strange: str) -> str:
    """A report of another outlet that denies it."""
    return (
        f"{strange}\n\nOmar Teshk denied on Tuesday that the {strange} port stays shut, the Kesland Foreign Ministry"
        f" said. Holm and Teshk spoke by phone on Monday about the {strange} port, it added.{RAIN}"
    )


def body() -> str:
    """The report of a page."""
    text = first_text(ENTITIES).replace("\r\n\r\n", "</p><p>")
    return f"<p>{text}</p><p>{second_text(ENTITIES)}</p>"


def write_inputs(folder: Path) -> list[str]:
    """The inputs: all reports as JSON Lines, and a page."""
    lines = []
    for number, (name, strange) in enumerate(STRANGE.items()):
        for key, outlet, text in ((f"{name}-1", "Senn Post", first_text), (f"{name}-2", "Kes Herald", second_text)):
            # An outlet a report: where a format names no report, its outlet is one.
            lines.append(
                {"id": key, "outlet": f"{outlet} {number}", "text": text(strange), "published": "2031-03-05"}
                | {"language": "en"}
            )
    (folder / "reports.jsonl").write_bytes(msgspec.json.Encoder().encode_lines(lines))
    (folder / "page.html").write_text(page(body()), encoding="utf-8")
    return [str(folder / "reports.jsonl"), str(folder / "page.html")]


def make_record(folder: Path) -> tuple[Path, dict[str, str]]:
    """A record of all, and the text of each of its reports as it was given, by id."""
    path = folder / "strange.onrecord"
    build_record(read_reports(write_inputs(folder)), str(path))
    given = {f"{name}-{n}": make(s) for name, s in STRANGE.items() for n, make in ((1, first_text), (2, second_text))}
    return path, {a.id: given.get(a.key, a.text) for a in read_record(path).analyses}
