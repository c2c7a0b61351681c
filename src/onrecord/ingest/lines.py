"""A report's text to its lines, and a line's shape to what it may be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.ingest.bylines import credits_agency
from onrecord.ingest.interface import is_stamp

LONGEST_HEADLINE = 150
LONGEST_TEASER = 1_000
# How many lines from the top a body has to begin to be one.
BODY_WITHIN = 24

STOP = re.compile(r"[.!?…,;:–—_-][\"'”’»)\]]*$")
FINISHED = re.compile(r"(?:[!?:;]|(?<!\.\.)\.)[\"'”’»)\]]*$")
DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\d{4}-\d\d|\d[./]\d\d?[./]\d",
    re.IGNORECASE,
)
_LINE = re.compile("[^\r\n\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
# Of no width, so that str.strip leaves them, and at the ends of lines of many web pages.
_SPACE = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u200e\u200f\u2060\ufeff"
_ITEM = re.compile(r"[•*–—“\"-]|\d+[.)] ")
_ROW = re.compile(r"(?:[^\s\d]+\s+){1,3}\d[\d.,%\s]*")
_CLOCK = re.compile(r"\d\d?[:.h]\d\d\b.{0,12}")


class Line(NamedTuple):
    """A line without the space around it; `apart` is that an empty one follows, or the end."""

    start: int
    text: str
    apart: bool


def split_lines(text: str) -> Iterator[Line]:
    """The lines of `text` in order, without those that are empty."""
    found: list[tuple[int, str]] = []
    for match in _LINE.finditer(text):
        line = match.group().lstrip(_SPACE)
        if line:
            found.append((match.end() - len(line), line.rstrip(_SPACE)))
    for i, (start, line) in enumerate(found):
        end = found[i + 1][0] if i + 1 < len(found) else None
        apart = end is None or len(_BREAK.findall(text, start + len(line), end)) > 1
        yield Line(start, line, apart)


def ends(pattern: re.Pattern[str], text: str) -> bool:
    """Whether `text` ends as `pattern` (`STOP`, `FINISHED`) has it; only the last characters are looked at."""
    return pattern.search(text[-8:]) is not None


def is_sentence(text: str) -> bool:
    """Whether `text` is eight words or more that end like a sentence."""
    return text.count(" ") >= 7 and ends(FINISHED, text)


def has_body(lines: list[Line]) -> bool:
    """Whether `lines` begin with a report's body: two sentences before long."""
    return sum(is_sentence(line.text) for line in lines[:BODY_WITHIN]) >= 2


def is_paragraph(lines: list[Line], i: int) -> bool:
    """Whether line `i` is a paragraph by itself and not a piece of text that is broken at a fixed width."""
    text = lines[i].text
    return len(text) > max(120, 1.5 * len(lines[i - 1].text)) and ends(FINISHED, text)


def like_headline(text: str) -> bool:
    """Four words or more, no stop, no date: a dateline such as "PORT HESPER, March 3" is the report's own."""
    long = text.count(" ") >= 3 and len(text) <= LONGEST_HEADLINE
    return long and text[0] != "|" and not ends(STOP, text) and not DATE.search(text)


def is_fragment(text: str) -> bool:
    """Whether `text` is a line of a page rather than of a report: short, no stop, no item of a list, no agency's."""
    if is_stamp(text, bare=True):
        return True
    if not 0 < len(text) <= LONGEST_HEADLINE or ends(FINISHED, text):
        return False
    return not (_CLOCK.fullmatch(text) or _ROW.fullmatch(text) or _ITEM.match(text) or credits_agency(text))


def is_cut(text: str) -> bool:
    """Whether `text` is a paragraph that breaks off, and no item of a list nor a quotation."""
    long = 60 <= len(text) <= LONGEST_TEASER and text.count(" ") >= 7
    return long and text[0] not in "•*-–—·“\"‘'" and not text[0].isdigit() and not ends(FINISHED, text)
