"""A quotation to what one writes so that others can check it.

A citation names the report by the hash of its text and the characters of the words, never a fact's id: the next version
of this program may number its facts otherwise, and the footnote still holds.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from onrecord.ask.quoted import Quoted
from onrecord.export.annotations import CONTEXT, point_at
from onrecord.record import Analysis
from onrecord.views.wording import word_published

# Whatever marks a report has around the words, a citation has its own.
_QUOTES = '“”"'
# What has a meaning in BibTeX; braces and backslashes cannot be written inside a braced value without one.
_BIBTEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def _text(quoted: Sequence[Quoted]) -> str:
    return "\n".join(_text_one(q) for q in quoted) + "\n"


def _text_one(q: Quoted) -> str:
    """One line: words, speaker, outlet, title, day, address, hash and characters."""
    bare = _line(q.quote).strip(_QUOTES)
    words = f"“{bare}”" if bare else None
    who = q.chain if "←" in q.chain else q.speaker
    title = f"“{_line(q.report.title)}”" if q.report.title else None
    published = word_published(q.report.published) or "no date given"
    head = " — ".join(filter(None, (words, who)))
    where = ", ".join(filter(None, (q.report.outlet or q.report.author or q.report.key, title, published)))
    seen = f"in this record since {q.arrived}" if q.arrived else None
    told = "; ".join(filter(None, (where, q.report.url, _place(q), seen, q.standing)))
    return ". ".join(filter(None, (head, told))) + "."


def _annotation(quoted: Sequence[Quoted]) -> str:
    found = [
        {
            "@context": CONTEXT,
            "id": f"urn:sha256:{text_hash(q.report)}#char={_characters(q)}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": [{"type": "TextualBody", "purpose": "describing", "value": _text_one(q)}],
            "target": point_at(q.report, q.spans),
        }
        for q in quoted
    ]
    return _json(found)


def _claimreview(quoted: Sequence[Quoted]) -> str:
    """What schema.org asks of a review but for the rating, which is the reviewer's: a record rates nothing."""
    first = quoted[0]
    appearances = [
        {
            "@type": "CreativeWork",
            "name": q.report.title,
            "url": q.report.url,
            "datePublished": q.report.published.edtf,
            "publisher": q.report.outlet,
            "identifier": f"sha256:{text_hash(q.report)}#char={_characters(q)}",
        }
        for q in quoted
    ]
    claim: dict[str, Any] = {
        "@type": "Claim",
        "author": {"@type": "Person", "name": first.speaker} if first.speaker else None,
        "appearance": [_held(a) for a in appearances],
        "firstAppearance": next((_held(a) for a, q in zip(appearances, quoted, strict=True) if q.first), None),
    }
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "claimReviewed": first.quote,
        "itemReviewed": _held(claim),
        "reviewBody": first.standing,
    }
    return _json([_held(review)])


def _bibtex(quoted: Sequence[Quoted]) -> str:
    return "\n".join(_bibtex_one(q) for q in quoted)


def _bibtex_one(q: Quoted) -> str:
    published = q.report.published
    note = f"{_line(q.quote)} ({_place(q)})" if q.quote else _place(q)
    fields = {
        "title": _line(q.report.title or q.report.key),
        "author": q.report.author,
        "journal": q.report.outlet,
        "date": published.edtf,
        "year": str(published.earliest.year) if published.given and published.earliest else None,
        "url": q.report.url,
        "note": note,
    }
    # An address is one token; escapes would break it.
    lines = [
        f"  {name} = {{{value if name == 'url' else _escaped(value)}}}," for name, value in fields.items() if value
    ]
    return f"@misc{{onrecord-{text_hash(q.report)[:12]}-{_characters(q).replace(',', '-').replace(';', '_')},\n" + (
        "\n".join(lines) + "\n}\n"
    )


STYLES: dict[str, Callable[[Sequence[Quoted]], str]] = {
    "text": _text,
    "annotation": _annotation,
    "bibtex": _bibtex,
    "claimreview": _claimreview,
}


def text_hash(report: Analysis) -> str:
    """The SHA-256 of the report's text in UTF-8, in hexadecimal: what `sha256sum` gives of a plain text file."""
    return hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()


def _place(q: Quoted) -> str:
    where = f"characters {_characters(q)} of its text" if q.spans else "its text"
    return f"report {q.report.id}, {where}, sha256 {text_hash(q.report)}"


def _characters(q: Quoted) -> str:
    """As RFC 5147 counts: "120,188", several stretches set off by semicolons."""
    return ";".join(f"{start},{end}" for start, end in q.spans) or f"0,{len(q.report.text)}"


def _line(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip()


def _escaped(value: str) -> str:
    return "".join(_BIBTEX.get(character, character) for character in value)


def _held(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value}


def _json(found: list[dict[str, Any]]) -> str:
    told = found[0] if len(found) == 1 else found
    return msgspec.json.format(msgspec.json.encode(told), indent=2).decode() + "\n"
