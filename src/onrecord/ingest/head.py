"""The lines above a report's body to headlines, bylines and what else a page prints there."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from onrecord.ingest.bylines import NAME, credits_agency, is_names
from onrecord.ingest.interface import is_stamp
from onrecord.ingest.lines import (
    DATE,
    LONGEST_HEADLINE,
    STOP,
    Line,
    ends,
    has_body,
    is_fragment,
    is_paragraph,
    is_sentence,
    like_headline,
)
from onrecord.ingest.marks import Pieces, has, is_library, whole

TOP = 12
# Lines without a stop between two that are marked; more are a table or a poem.
MOST_BETWEEN = 4

_ONLY_NAME = re.compile(NAME)


def mark_titles(lines: list[Line], marks: list[Pieces], title: str | None) -> None:
    """The headline is the title, word for word, unless it is a sentence: a post's title may be all that it says."""
    wanted = _plain(title or "")
    for i, line in enumerate(lines[:TOP]):
        if wanted and len(lines) > 1 and not line.text.endswith(".") and _plain(line.text) == wanted:
            marks[i] = whole(line, "headline")


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold())) if len(text) <= 3 * LONGEST_HEADLINE else ""


def mark_printed_twice(lines: list[Line], marks: list[Pieces]) -> None:
    """A headline above and below the picture; a caption, the second time with the photographer's name glued to it."""
    copies = Counter(line.text for line in lines[:TOP])
    for i, line in enumerate(lines[:TOP]):
        following = lines[i + 1].text if i + 1 < len(lines) else ""
        rest = following.removeprefix(line.text)
        if following != rest and " " in line.text and len(line.text) <= LONGEST_HEADLINE and _is_maker(rest):
            marks[i] = whole(line, "caption")
            cut = len(line.text)
            marks[i + 1] = [(0, cut, "caption"), (cut, len(following), "credit")]
        elif not marks[i] and copies[line.text] > 1 and like_headline(line.text):
            marks[i] = whole(line, "headline")


def _is_maker(text: str) -> bool:
    return len(text) <= 60 and (bool(_ONLY_NAME.fullmatch(text)) or is_library(text))


def mark_authors(lines: list[Line], marks: list[Pieces]) -> None:
    """Names alone in a line, where a button or the date stands below and something above."""
    for i in range(1, min(TOP, len(lines) - 1)):
        below = lines[i + 1].text
        button = is_stamp(below, bare=True) or has(marks[i + 1], "interface")
        if not marks[i] and is_names(lines[i].text) and button and not credits_agency(lines[i].text):
            marks[i] = whole(lines[i], "byline")


def mark_headlines(lines: list[Line], marks: list[Pieces]) -> None:
    """The first line that isn't marked, and a second one below it, where they stand apart from a body of sentences."""
    titles = [i for i in range(min(TOP, len(lines))) if has(marks[i], "headline")]
    labels = itertools.takewhile(lambda i: _is_label(lines[i], marks[i]), range(len(lines)))
    head = titles[0] if titles else sum(1 for _ in labels)
    if head >= min(TOP, len(lines) - 1) or not has_body(lines[head + 1 :]):
        return
    first, second = lines[head], lines[head + 1]
    # "PRESS RELEASE No. 12" heads a form, and is no headline.
    if not marks[head] and like_headline(first.text) and not first.text[-1].isdigit():
        set_off = first.apart or bool(marks[head + 1]) or is_paragraph(lines, head + 1)
        marks[head] = whole(first, "headline") if set_off else []
    if not marks[head] or marks[head + 1] or not like_headline(second.text) or is_names(second.text):
        return
    above_furniture = head + 2 < len(lines) and bool(marks[head + 2])
    if (first.apart and second.apart) or above_furniture:
        marks[head + 1] = whole(second, "headline")


def _is_label(line: Line, pieces: Pieces) -> bool:
    """Whether `line`, above the headline, is marked or a section's name."""
    name = line.text.count(" ") < 3 and not ends(STOP, line.text) and not any(map(str.isdigit, line.text))
    return bool(pieces) or name


def mark_between(lines: list[Line], marks: list[Pieces]) -> None:
    """On top of the report, a few lines without a stop that stand between two that are marked."""
    end = next((i for i, line in enumerate(lines) if not marks[i] and is_sentence(line.text)), 0)
    if not has_body(lines[end:]):
        return
    i = 0
    while i < end:
        run = i
        while run < end and not marks[run]:
            run += 1
        fragments = [lines[j].text.lstrip("-•* ") for j in range(i, run)]
        # A ministry's name and number may stand above a headline.
        bounded = run < end and (i > 0 or (like_headline(lines[0].text) and not has(marks[run], "headline")))
        if bounded and len(fragments) <= MOST_BETWEEN and all(map(is_fragment, fragments)):
            for j in range(i, run):
                marks[j] = _mark_on_top(lines[j])
        i = run + 1
    for i in range(1, min(TOP, len(lines))):
        if not marks[i] and marks[i - 1] and is_stamp(lines[i].text, bare=True):
            marks[i] = whole(lines[i], "interface")


def _mark_on_top(line: Line) -> Pieces:
    """A date, names or a headline; no dateline ("PORT HESPER, March 3") and no single word, which may be an agency."""
    if is_stamp(line.text, bare=True):
        return whole(line, "interface")
    if " " not in line.text or DATE.search(line.text):
        return []
    if is_names(line.text):
        return whole(line, "byline")
    return whole(line, "headline" if line.text.count(" ") >= 3 else "interface")
