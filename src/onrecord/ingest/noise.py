"""A report's text to the stretches that are not its own body.

Layout, repetition and the fixed words of newsrooms decide, never an outlet's name. Where they don't, a line is body:
to lose the report's own words is the worse error.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from onrecord.ingest.bylines import NAME, credits_agency, find_authors, is_life, is_names
from onrecord.ingest.interface import is_stamp, list_kind
from onrecord.ingest.marks import Pieces, is_library, mark_line
from onrecord.record import Noise, NoiseKind, Span

TOP, BOTTOM = 12, 12
LONGEST_HEADLINE = 150
LONGEST_TEASER = 1_000
# Lines without a stop between two that are marked; more are a table or a poem.
MOST_BETWEEN = 4
MOST_LISTED = 12

_LINE = re.compile("[^\r\n\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\r\n\u2028\u2029]")
# Of no width, so that str.strip leaves them, and at the ends of lines of many web pages.
_SPACE = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u200e\u200f\u2060\ufeff"
_STOP = re.compile(r"[.!?…,;:–—_-][\"'”’»)\]]*$")
_FINISHED = re.compile(r"(?:[!?:;]|(?<!\.\.)\.)[\"'”’»)\]]*$")
_DATE = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.? \d|\d{4}-\d\d|\d[./]\d\d?[./]\d",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[•*–—“\"-]|\d+[.)] ")
_ROW = re.compile(r"(?:[^\s\d]+\s+){1,3}\d[\d.,%\s]*")
_CLOCK = re.compile(r"\d\d?[:.h]\d\d\b.{0,12}")
_ONLY_NAME = re.compile(NAME)
_CONTENT = re.compile(r"\w{4,}")
# What stands below a report and never within.
_BELOW = frozenset(("interface", "copyright", "newsroom_note", "teaser"))


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
    _mark_authors(lines, marks)
    _mark_headlines(lines, marks)
    _mark_lists(lines, marks)
    _mark_captions(lines, marks)
    _mark_between(lines, marks)
    _mark_tail(lines, marks)
    _mark_lives(lines, marks)
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


def _has(pieces: Pieces, kind: NoiseKind) -> bool:
    return any(k == kind for _, _, k in pieces)


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
    """The first line that isn't marked, and a second one below it, where they stand apart from a body of sentences."""
    titles = [i for i in range(min(TOP, len(lines))) if _has(marks[i], "headline")]
    labels = itertools.takewhile(lambda i: _is_label(lines[i], marks[i]), range(len(lines)))
    head = titles[0] if titles else sum(1 for _ in labels)
    if head >= min(TOP, len(lines) - 1) or not _has_body(lines[head + 1 :]):
        return
    first, second = lines[head], lines[head + 1]
    # "PRESS RELEASE No. 12" heads a form, and is no headline.
    if not marks[head] and _like_headline(first.text) and not first.text[-1].isdigit():
        set_off = first.apart or bool(marks[head + 1]) or _is_paragraph(lines, head + 1)
        marks[head] = _whole(first, "headline") if set_off else []
    if not marks[head] or marks[head + 1] or not _like_headline(second.text) or is_names(second.text):
        return
    above_furniture = head + 2 < len(lines) and bool(marks[head + 2])
    if (first.apart and second.apart) or above_furniture:
        marks[head + 1] = _whole(second, "headline")


def _is_label(line: _Line, pieces: Pieces) -> bool:
    """Whether `line`, above the headline, is marked or a section's name."""
    return bool(pieces) or (
        line.text.count(" ") < 3 and not _ends(_STOP, line.text) and not any(map(str.isdigit, line.text))
    )


def _has_body(lines: list[_Line]) -> bool:
    return sum(_is_sentence(line.text) for line in lines[: 2 * TOP]) >= 2


def _is_sentence(text: str) -> bool:
    return text.count(" ") >= 7 and _ends(_FINISHED, text)


def _is_paragraph(lines: list[_Line], i: int) -> bool:
    """Whether line `i` is a paragraph by itself and not a piece of text that is broken at a fixed width."""
    text = lines[i].text
    return len(text) > max(120, 1.5 * len(lines[i - 1].text)) and _ends(_FINISHED, text)


def _mark_lists(lines: list[_Line], marks: list[Pieces]) -> None:
    """Other stories, topics or key points, below a line that announces them and as far as none is a sentence."""
    for i, line in enumerate(lines):
        kind = list_kind(line.text)
        if kind is None:
            continue
        for j in range(i + 1, min(len(lines), i + MOST_LISTED)):
            if not marks[j] and not _is_item(lines[j].text, kind):
                break
            marks[j] = marks[j] or _whole(lines[j], _listed(lines[j].text, kind))


def _is_item(text: str, kind: str) -> bool:
    if kind == "headline":
        return _is_fragment(text.lstrip("•*-–— "))
    return _is_fragment(text.rstrip("?!"))


def _listed(text: str, kind: str) -> NoiseKind:
    return "headline" if kind == "headline" else "teaser" if text.count(" ") >= 3 else "interface"


def _is_fragment(text: str) -> bool:
    """Whether `text` is a line of a page rather than of a report: short, no stop, no item of a list, no agency's."""
    if is_stamp(text, bare=True):
        return True
    if not 0 < len(text) <= LONGEST_HEADLINE or _ends(_FINISHED, text):
        return False
    return not (_CLOCK.fullmatch(text) or _ROW.fullmatch(text) or _ITEM.match(text) or credits_agency(text))


def _mark_captions(lines: list[_Line], marks: list[Pieces]) -> None:
    """What a picture shows, in the line above the credit or, on top of a report, below it."""
    for i, pieces in enumerate(marks):
        if len(pieces) != 1 or pieces[0] != (0, len(lines[i].text), "credit"):
            continue
        if i and not marks[i - 1] and _is_fragment(lines[i - 1].text) and not is_names(lines[i - 1].text):
            marks[i - 1] = _whole(lines[i - 1], "caption")
        elif 0 < i < min(TOP, len(lines) - 1) and not marks[i + 1] and _like_headline(lines[i + 1].text):
            marks[i + 1] = _whole(lines[i + 1], "caption")


def _mark_authors(lines: list[_Line], marks: list[Pieces]) -> None:
    """Names alone in a line, where a button or the date stands below and something above."""
    for i in range(1, min(TOP, len(lines) - 1)):
        below = lines[i + 1].text
        button = is_stamp(below, bare=True) or _has(marks[i + 1], "interface")
        if not marks[i] and is_names(lines[i].text) and button and not credits_agency(lines[i].text):
            marks[i] = _whole(lines[i], "byline")


def _mark_between(lines: list[_Line], marks: list[Pieces]) -> None:
    """On top of the report, a few lines without a stop that stand between two that are marked."""
    end = next((i for i, line in enumerate(lines) if not marks[i] and _is_sentence(line.text)), 0)
    if not _has_body(lines[end:]):
        return
    i = 0
    while i < end:
        run = i
        while run < end and not marks[run]:
            run += 1
        fragments = [lines[j].text.lstrip("-•* ") for j in range(i, run)]
        # A ministry's name and number may stand above a headline.
        bounded = run < end and (i > 0 or (_like_headline(lines[0].text) and not _has(marks[run], "headline")))
        if bounded and len(fragments) <= MOST_BETWEEN and all(map(_is_fragment, fragments)):
            for j in range(i, run):
                marks[j] = _mark_on_top(lines[j])
        i = run + 1
    for i in range(1, min(TOP, len(lines))):
        if not marks[i] and marks[i - 1] and is_stamp(lines[i].text, bare=True):
            marks[i] = _whole(lines[i], "interface")


def _mark_on_top(line: _Line) -> Pieces:
    """A date, names or a headline; no dateline ("PORT HESPER, March 3") and no single word, which may be an agency."""
    if is_stamp(line.text, bare=True):
        return _whole(line, "interface")
    if " " not in line.text or _DATE.search(line.text):
        return []
    if is_names(line.text):
        return _whole(line, "byline")
    return _whole(line, "headline" if line.text.count(" ") >= 3 else "interface")


def _mark_tail(lines: list[_Line], marks: list[Pieces]) -> None:
    """Below the last sentence, whatever has no stop and follows a button, a note or a copyright line."""
    last = max((i for i, line in enumerate(lines) if not marks[i] and _ends(_FINISHED, line.text)), default=-1)
    if not _has_body(lines[: last + 1]):
        return
    begun = False
    for i in range(last + 1, len(lines)):
        begun = begun or ("://" not in lines[i].text and any(kind in _BELOW for _, _, kind in marks[i]))
        if begun and not marks[i] and _is_fragment(lines[i].text):
            marks[i] = _whole(lines[i], _listed(lines[i].text, "teaser"))


def _mark_lives(lines: list[_Line], marks: list[Pieces]) -> None:
    """What is said at the end of those who wrote the report: "Oda Brill covers harbours. Write to her at …"."""
    bylines = [line.text for line, pieces in zip(lines[:TOP], marks, strict=False) if _has(pieces, "byline")]
    authors = {name for text in bylines for name in find_authors(text)}
    for i in range(max(2, len(lines) - BOTTOM), len(lines)):
        if not marks[i] and is_life(lines[i].text, authors):
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
