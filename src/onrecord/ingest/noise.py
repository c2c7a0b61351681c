"""A report's text to the stretches that are not its own body.

Layout, repetition and the fixed words of newsrooms decide, never an outlet's name. Where they don't, a line is body:
to lose the report's own words is the worse error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.ingest.marks import NAME, NAMES, Pieces, is_library, mark_line
from onrecord.record import Noise, NoiseKind, Span

TOP, BOTTOM = 10, 12
LONGEST_HEADLINE = 150
LONGEST_TEASER = 1_000

_LINE = re.compile("[^\r\n\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
# Of no width, so that str.strip leaves them, and at the ends of lines of many web pages.
_SPACE = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u200e\u200f\u2060\ufeff"
_STOP = re.compile(r"[.!?…,;:–—-][\"'”’»)\]]*$")
_FINISHED = re.compile(r"(?:[!?:;]|(?<!\.\.)\.)[\"'”’»)\]]*$")
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\d{4}-\d\d|\d[./]\d\d?[./]\d",
    re.IGNORECASE,
)
_ONLY_NAMES = re.compile(NAMES)
_ONLY_NAME = re.compile(NAME)
_PLACED_NAMES = re.compile(rf"{NAMES}(?:, [A-Z]\w+(?: [A-Z]\w+)*)?")
_CONTENT = re.compile(r"\w{4,}")


class _Line(NamedTuple):
    """A line without the space around it; `apart` is that an empty one follows, or the end."""

    start: int
    text: str
    apart: bool


def find_noise(text: str, title: str | None) -> tuple[Noise, ...]:
    """What in `text` is no body of the report: in order, without overlap, no span empty or with space at its ends."""
    lines = list(_split(text))
    marks = [mark_line(line.text, i < TOP or i >= len(lines) - 3) for i, line in enumerate(lines)]
    _mark_titles(lines, marks, title)
    _mark_printed_twice(lines, marks)
    _mark_headlines(lines, marks)
    _mark_authors(lines, marks)
    _mark_teasers(lines, marks)
    return tuple(
        Noise(Span(line.start + start, line.start + end), kind)
        for line, pieces in zip(lines, marks, strict=True)
        for start, end, kind in pieces
    )


def _split(text: str) -> Iterator[_Line]:
    found: list[tuple[int, str]] = []
    for match in _LINE.finditer(text):
        line = match.group().lstrip(_SPACE)
        if line:
            found.append((match.end() - len(line), line.rstrip(_SPACE)))
    for i, (start, line) in enumerate(found):
        end = found[i + 1][0] if i + 1 < len(found) else None
        apart = end is None or len(_BREAK.findall(text, start + len(line), end)) > 1
        yield _Line(start, line, apart)


def _whole(line: _Line, kind: NoiseKind) -> Pieces:
    return [(0, len(line.text), kind)]


def _mark_titles(lines: list[_Line], marks: list[Pieces], title: str | None) -> None:
    """The headline is the title, word for word, unless it is a sentence: a post's title may be all that it says."""
    wanted = _plain(title or "")
    for i, line in enumerate(lines[:TOP]):
        if wanted and len(lines) > 1 and not line.text.endswith(".") and _plain(line.text) == wanted:
            marks[i] = _whole(line, "headline")


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold())) if len(text) <= 3 * LONGEST_HEADLINE else ""


def _mark_printed_twice(lines: list[_Line], marks: list[Pieces]) -> None:
    """A headline above and below the picture; a caption, the second time with the photographer's name glued to it."""
    copies = Counter(line.text for line in lines[:TOP])
    for i, line in enumerate(lines[:TOP]):
        following = lines[i + 1].text if i + 1 < len(lines) else ""
        rest = following.removeprefix(line.text)
        if following != rest and " " in line.text and len(line.text) <= LONGEST_HEADLINE and _is_maker(rest):
            marks[i] = _whole(line, "caption")
            cut = len(line.text)
            marks[i + 1] = [(0, cut, "caption"), (cut, len(following), "credit")]
        elif not marks[i] and copies[line.text] > 1 and _like_headline(line.text):
            marks[i] = _whole(line, "headline")


def _is_maker(text: str) -> bool:
    return len(text) <= 60 and (bool(_ONLY_NAME.fullmatch(text)) or is_library(text))


def _like_headline(text: str) -> bool:
    """Four words or more, no stop, no date: a dateline such as "PORT HESPER, March 3" is the report's own."""
    return len(text) <= LONGEST_HEADLINE and text.count(" ") >= 3 and not _ends(_STOP, text) and not _DATE.search(text)


def _mark_headlines(lines: list[_Line], marks: list[Pieces]) -> None:
    """The first line, and a second one below it, where they stand apart from a body of whole sentences."""
    body = sum(line.text.count(" ") >= 7 and _ends(_FINISHED, line.text) for line in lines[1 : 2 * TOP])
    if body < 2:
        return
    first, second = lines[0], lines[1]
    # "PRESS RELEASE No. 12" heads a form, and is no headline.
    if not marks[0] and _like_headline(first.text) and not first.text[-1].isdigit():
        marks[0] = _whole(first, "headline") if first.apart or _is_paragraph(lines, 1) else []
    headed = bool(marks[0]) and marks[0][0][2] == "headline"
    if headed and not marks[1] and first.apart and second.apart and _like_headline(second.text):
        marks[1] = [] if _PLACED_NAMES.fullmatch(second.text) else _whole(second, "headline")


def _is_paragraph(lines: list[_Line], i: int) -> bool:
    """Whether line `i` is a paragraph by itself and not a piece of text that is broken at a fixed width."""
    text = lines[i].text
    return len(text) > max(120, 1.5 * len(lines[i - 1].text)) and _ends(_FINISHED, text)


def _mark_authors(lines: list[_Line], marks: list[Pieces]) -> None:
    """Names alone in a line, where a button or the date stands below and something above."""
    for i in range(1, min(TOP, len(lines) - 1)):
        text, below = lines[i].text, lines[i + 1].text
        dated = len(below) <= 60 and bool(_DATE.search(below)) and not _ends(_STOP, below)
        button = bool(marks[i + 1]) and marks[i + 1][0][2] == "interface"
        if not marks[i] and len(text) <= 60 and _PLACED_NAMES.fullmatch(text) and (dated or button):
            marks[i] = _whole(lines[i], "byline")


def _mark_teasers(lines: list[_Line], marks: list[Pieces]) -> None:
    """Beginnings of other stories, cut off in mid-sentence, below the end of the report."""
    first = len(lines)
    while first > max(0, len(lines) - BOTTOM) and (marks[first - 1] or _is_cut(lines[first - 1].text)):
        first -= 1
    body = [line.text for line, pieces in zip(lines[:first], marks, strict=False) if not pieces]
    if first == len(lines) or sum(_ends(_FINISHED, text) for text in body) < max(3, len(body) // 2):
        return
    known = {word for text in body for word in _CONTENT.findall(text.casefold())}
    cut = [i for i in range(first, len(lines)) if _is_cut(lines[i].text)]
    # One line may be the report's last, its stop forgotten; several are a list of other stories.
    share = 0.2 if len(cut) == 1 else 0.4
    for i in cut:
        words = set(_CONTENT.findall(lines[i].text.casefold()))
        start = marks[i][-1][1] if marks[i] else 0
        if start < len(lines[i].text) and len(words & known) < share * len(words):
            marks[i] = [*marks[i], (start, len(lines[i].text), "teaser")]


def _is_cut(text: str) -> bool:
    """Whether `text` is a paragraph that breaks off, and no item of a list nor a quotation."""
    long = 60 <= len(text) <= LONGEST_TEASER and text.count(" ") >= 7
    return long and text[0] not in "•*-–—·“\"‘'" and not text[0].isdigit() and not _ends(_FINISHED, text)


def _ends(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text[-8:]) is not None
