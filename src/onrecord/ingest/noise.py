"""A report's text to the stretches that are not its own body.

Layout, repetition and the fixed words of newsrooms decide, never an outlet's name. Where they don't, a line is body:
to lose the report's own words is the worse error.
"""

from __future__ import annotations

from onrecord.ingest.bylines import is_names
from onrecord.ingest.head import TOP, mark_authors, mark_between, mark_headlines, mark_printed_twice, mark_titles
from onrecord.ingest.interface import list_kind
from onrecord.ingest.lines import Line, is_fragment, like_headline, split_lines
from onrecord.ingest.marks import Pieces, has, mark_line, whole
from onrecord.ingest.tail import kind_below, mark_lives, mark_tail, mark_teasers
from onrecord.record import Noise, Span

MOST_LISTED = 12
MOST_NOTED = 4
# What words alone tell, even in a line of a paragraph that is broken at a fixed width.
_WHEREVER = frozenset(("credit", "copyright", "newsroom_note"))


def find_noise(text: str, title: str | None) -> tuple[Noise, ...]:
    """What in `text` is no body of the report: in order, without overlap, no span empty or with space at its ends."""
    lines = list(split_lines(text))
    marks = [mark_line(line.text, i < TOP or i >= len(lines) - 3) for i, line in enumerate(lines)]
    mark_titles(lines, marks, title)
    mark_printed_twice(lines, marks)
    broken = [_is_broken(lines, marks, i) for i in range(len(lines))]
    _mark_notes(lines, marks)
    mark_authors(lines, marks)
    mark_headlines(lines, marks)
    _mark_lists(lines, marks)
    _mark_captions(lines, marks)
    mark_between(lines, marks)
    mark_tail(lines, marks)
    mark_lives(lines, marks)
    mark_teasers(lines, marks)
    return tuple(
        Noise(Span(line.start + start, line.start + end), kind)
        for line, pieces, in_paragraph in zip(lines, marks, broken, strict=True)
        for start, end, kind in pieces
        if not in_paragraph or kind in _WHEREVER
    )


def _is_broken(lines: list[Line], marks: list[Pieces], i: int) -> bool:
    """Whether line `i` is a piece of a paragraph: the next one, or itself below another, goes on in a small letter."""
    onward = i + 1 < len(lines) and not lines[i].apart and not marks[i + 1] and lines[i + 1].text[0].islower()
    return onward or (i > 0 and not lines[i - 1].apart and not marks[i - 1] and lines[i].text[0].islower())


def _mark_notes(lines: list[Line], marks: list[Pieces]) -> None:
    """What stands below a line that only says "Correction:": the next one, or all that follow if they are few."""
    for i, line in enumerate(lines):
        if has(marks[i], "newsroom_note") and line.text.endswith(":"):
            few = len(lines) - i <= MOST_NOTED + 1
            for j in range(i + 1, len(lines) if few else i + 2):
                marks[j] = marks[j] or whole(lines[j], "newsroom_note")


def _mark_lists(lines: list[Line], marks: list[Pieces]) -> None:
    """Other stories, topics or key points, below a line that announces them and as far as none is a sentence."""
    for i, line in enumerate(lines):
        kind = list_kind(line.text)
        if kind is None:
            continue
        for j in range(i + 1, min(len(lines), i + MOST_LISTED)):
            if not marks[j] and not _is_item(lines[j].text, kind):
                break
            marks[j] = marks[j] or whole(lines[j], "headline" if kind == "headline" else kind_below(lines[j].text))


def _is_item(text: str, kind: str) -> bool:
    if kind == "headline":
        return is_fragment(text.lstrip("•*-–— "))
    return is_fragment(text.rstrip("?!"))


def _mark_captions(lines: list[Line], marks: list[Pieces]) -> None:
    """What a picture shows, in the line above the credit or, on top of a report, below it."""
    for i, pieces in enumerate(marks):
        if len(pieces) != 1 or pieces[0] != (0, len(lines[i].text), "credit"):
            continue
        if i and not marks[i - 1] and is_fragment(lines[i - 1].text) and not is_names(lines[i - 1].text):
            marks[i - 1] = whole(lines[i - 1], "caption")
        elif 0 < i < min(TOP, len(lines) - 1) and not marks[i + 1] and like_headline(lines[i + 1].text):
            marks[i + 1] = whole(lines[i + 1], "caption")
