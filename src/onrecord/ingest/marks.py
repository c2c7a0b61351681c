"""One line of a report to the noise that its own words give away."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from onrecord.ingest.bylines import NAME, WORD, is_byline, names_agency
from onrecord.ingest.interface import is_interface
from onrecord.ingest.lines import Line
from onrecord.ingest.words import any_of, read_list
from onrecord.record import NoiseKind

# Longer lines are paragraphs of the body; a note in brackets may be one too.
LONGEST_LINE = 300
LONGEST_NOTE = 600
LONGEST_QUOTING_CAPTION = 150

# Stretches of one line, half-open, in order.
Pieces = list[tuple[int, int, NoiseKind]]

_COPYRIGHT = re.compile(
    r"©.*|(?:\(c\)|copyright)[^.;]*\b(?:19|20)\d\d\b.*|copyright (?:©|\(c\)|by\b).*"
    r"|.*(?:\ball rights|\breproduction) reserved\W*|.*\bmay not be (?:published|reproduced), (?:broadcast|copied).*",
    re.IGNORECASE,
)
# "(Evening Mail/I. Lund)" and, alone in its line, "Ines Lund/Evening Mail": no word of a sentence between.
_MAKER = rf"{WORD}(?: {WORD}){{0,3}}"
_SHARED_CREDIT = re.compile(rf"\({_MAKER} ?/ ?{_MAKER}\)$|^{NAME} ?/ ?{_MAKER}$")
# "The harbour at dawn. Ines Lund for the Post", "The harbour at dawn © Ines Lund"
_SIGNED_CAPTION = re.compile(rf"(?:(?<=[.!?…] ){NAME} for [Tt]he {_MAKER}|(?<=\S )© ?{_MAKER})$")
_QUOTE = re.compile('["“”«»]')
_NOTE_EDGES = "*_ \t-–—•"


def mark_line(text: str, edge: bool) -> Pieces:
    """The noise in `text`, a line that isn't empty and has no space around it; `edge`: near an end of the report."""
    if library := _library_glued_on().match(text):
        return [(0, library.end(), "credit")]
    if len(text) > LONGEST_LINE:
        kind = next((kind for kind, tells in _LONG_KINDS if len(text) <= LONGEST_NOTE and tells(text)), None)
        return [(0, len(text), kind)] if kind else []
    if credit := _find_credit(text):
        return credit
    kind = next((kind for kind, tells in _KINDS if tells(text)), None)
    return [] if kind is None or (kind == "byline" and not edge) else [(0, len(text), kind)]


def whole(line: Line, kind: NoiseKind) -> Pieces:
    """The mark of all that stands in `line`."""
    return [(0, len(line.text), kind)]


def has(pieces: Pieces, kind: NoiseKind) -> bool:
    """Whether one of `pieces` is of `kind`."""
    return any(k == kind for _, _, k in pieces)


def is_library(text: str) -> bool:
    """Whether `text` is the name of a picture library, and nothing else."""
    return text in read_list("en/picture_libraries")


def _is_note(text: str) -> bool:
    words = text.casefold()
    if text[0] in "([" and text.rstrip(".")[-1:] in (")", "]"):
        return _opens_note(words[1:]) or bool(_change().match(words) or _bracketed_note().search(words))
    return len(text) <= LONGEST_LINE and _opens_note(words.strip(_NOTE_EDGES))


def _opens_note(words: str) -> bool:
    return words.startswith(read_list("en/newsroom_openings"))


def _find_credit(text: str) -> Pieces:
    """The credit at the end of `text`, and before it the caption that it belongs to."""
    found = _credit().search(text) or _SHARED_CREDIT.search(text) or _SIGNED_CAPTION.search(text)
    # "Karl Dunmore/AP", alone in its line, may be who wrote the report.
    if found is None or (found.re is _SHARED_CREDIT and found.group()[0] != "(" and names_agency(text)):
        return []
    start = found.start()
    caption = text[:start].rstrip().rstrip("|–—-").rstrip()
    # "We have waited," he said. (Photo: Post/I. Lund)
    told = len(caption) > LONGEST_QUOTING_CAPTION and _QUOTE.search(caption)
    credit: Pieces = [(start, len(text), "credit")]
    return [(0, len(caption), "caption"), *credit] if caption and not told else credit


def _is_copyright(text: str) -> bool:
    return bool(_COPYRIGHT.fullmatch(text))


def _is_caption(text: str) -> bool:
    return bool(_caption().match(text))


def _is_source(text: str) -> bool:
    return bool(_source().fullmatch(text))


_LONG_KINDS: tuple[tuple[NoiseKind, Callable[[str], bool]], ...] = (
    ("newsroom_note", _is_note),
    ("copyright", _is_copyright),
)
_KINDS: tuple[tuple[NoiseKind, Callable[[str], bool]], ...] = (
    *_LONG_KINDS,
    ("credit", _is_source),
    ("caption", _is_caption),
    ("interface", is_interface),
    ("byline", is_byline),
)


@cache
def _change() -> re.Pattern[str]:
    """The beginning of a note such as "(Corrects the minister's name)"."""
    return re.compile(rf"[(\[](?:{any_of(read_list('en/bracket_openings'))})\b")


@cache
def _bracketed_note() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(read_list('en/newsroom_brackets'))})\b")


@cache
def _caption() -> re.Pattern[str]:
    labels = any_of(read_list("en/caption_labels"))
    return re.compile(rf"(?:{labels})\s?:\s*\S|(?:image|media|photo) caption[, ] \S", re.IGNORECASE)


@cache
def _source() -> re.Pattern[str]:
    """A line that is a credit and nothing more, whatever its maker looks like: "Photo: iLund"."""
    labels = any_of(read_list("en/picture_labels"))
    return re.compile(
        rf"(?:image|media|photo) (?:source,|copyright) \S.{{1,60}}|(?:{labels}):\s?[^.!?:]{{1,60}}", re.IGNORECASE
    )


@cache
def _credit() -> re.Pattern[str]:
    """A credit that ends a line: in brackets, behind a label that begins like a sentence, or a library's bare name."""
    labels = any_of(read_list("en/picture_labels"))
    makers = r"[A-Z@©\d](?:[^!?()\[\]:]{0,80}[^!?()\[\]:.]|[^!?()\[\]:.]{0,40}\.)"
    libraries = any_of(read_list("en/picture_libraries"))
    return re.compile(
        rf"[(\[](?:[A-Z][\w.’'-]* ){{0,2}}(?i:{labels})(?: ?[:/|] ?| by | via )[^()\[\]]{{1,80}}[)\]]\W?$"
        rf"|(?:(?<!\S)|(?<=[.!?]))(?=[A-Z])(?i:{labels})(?: ?[:|/] ?| by:? ?| ?\.\.\.|(?<=by) | (?=©)){makers}$"
        rf"|(?:^|(?<=[.!?)|/] )|(?<=[.!?)a-z]))(?:{libraries})(?:[ ]?/[ ]?[\w .-]{{1,40}})?$"
    )


@cache
def _library_glued_on() -> re.Pattern[str]:
    """A library's name that the next words are run into: "Getty ImagesThe harbour at dawn"."""
    return re.compile(rf"(?:{any_of(e for e in read_list('en/picture_libraries') if ' ' in e)})(?=[A-Z][a-z])")
