"""One line of a report to the noise that its own words give away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from onrecord.ingest.words import read_list
from onrecord.knowledge import read_words
from onrecord.record import NoiseKind

# Longer lines are paragraphs of the body; a note in brackets may be one too.
LONGEST_LINE = 300
LONGEST_NOTE = 600
LONGEST_BYLINE = 120
LONGEST_APPEAL = 120

# Stretches of one line, half-open, in order.
Pieces = list[tuple[int, int, NoiseKind]]

_STOP = re.compile(r"\.[\"'”’»)\]]*$")
_QUOTE = re.compile('["“”«»]')
_WORD = r"[A-Z][\w.’'-]*"
NAME = rf"{_WORD}(?: (?:(?:al|bin|d[aeiu]|del|la|le|van|von|der|y)[ -])?{_WORD}){{1,3}}"
NAMES = rf"{NAME}(?:(?:, and |, | and | & ){NAME})*"
_BYLINE = re.compile(
    rf"[Bb][Yy] {NAMES}(?:,? (?:in|for|at|\|) {_WORD}(?: {_WORD})*)?"
    r"(?:,? [\w ]*(?:editor|correspondent|reporter|writer))?"
)
_DESK = re.compile(r"\(report(?:ing|ed) by [^()]*\b(?:edit|writ)(?:ing|ten|ed) by [^()]*\)", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"©.*|(?:\(c\)|copyright)[^.;]*\b(?:19|20)\d\d\b.*|copyright (?:©|\(c\)|by\b).*"
    r"|.*(?:\ball rights|\breproduction) reserved\W*|.*\bmay not be (?:published|reproduced), (?:broadcast|copied).*",
    re.IGNORECASE,
)
# "(Evening Mail/I. Lund)": two names and no word of a sentence between.
_SHARED_CREDIT = re.compile(rf"\({_WORD}(?: {_WORD}){{0,3}} ?/ ?{_WORD}(?: {_WORD}){{0,3}}\)$")
_NOTE_EDGES = "*_ \t-–—•"


def mark_line(text: str, edge: bool) -> Pieces:
    """The noise in `text`, a line that isn't empty and has no space around it; `edge`: near an end of the report."""
    if library := _library_glued_on().match(text):
        return [(0, library.end(), "credit")]
    if len(text) > LONGEST_LINE:
        return [(0, len(text), "newsroom_note")] if _is_note(text) else []
    if credit := _find_credit(text):
        return credit
    kind = next((kind for kind, tells in _KINDS if tells(text)), None)
    return [] if kind is None or (kind == "byline" and not edge) else [(0, len(text), kind)]


def is_library(text: str) -> bool:
    """Whether `text` is the name of a picture library, and nothing else."""
    return text in read_list("en/picture_libraries")


def _is_note(text: str) -> bool:
    if len(text) > LONGEST_NOTE:
        return False
    words = text.casefold()
    if text[0] in "([" and text.rstrip(".")[-1:] in (")", "]"):
        return words[1:].startswith(read_list("en/newsroom_openings")) or bool(_bracketed_note().search(words))
    return len(text) <= LONGEST_LINE and words.strip(_NOTE_EDGES).startswith(read_list("en/newsroom_openings"))


def _find_credit(text: str) -> Pieces:
    """The credit at the end of `text`, and before it the caption that it belongs to."""
    found = _credit().search(text) or _SHARED_CREDIT.search(text)
    if found is None:
        return []
    start = found.start()
    caption = text[:start].rstrip().rstrip("|–—-").rstrip()
    return [(0, len(caption), "caption"), (start, len(text), "credit")] if caption else [(start, len(text), "credit")]


def _is_copyright(text: str) -> bool:
    return bool(_COPYRIGHT.fullmatch(text))


def _is_caption(text: str) -> bool:
    return bool(_caption().match(text))


def _is_interface(text: str) -> bool:
    words = text.casefold()
    if words.strip(" .!…:|<>‹›«»→▶•*–—-[]()") in read_list("en/interface_lines"):
        return True
    # "Listen: I never said that," he said.
    told = bool(_STOP.search(text) and "|" not in text)
    if _label().match(text) and not told:
        return True
    if _QUOTE.search(text):
        return False
    return (len(text) <= LONGEST_APPEAL and bool(_phrase().search(words))) or (
        words.startswith(read_list("en/interface_openings")) and not told
    )


def _is_byline(text: str) -> bool:
    """Whether `text` names who wrote it, and no agency: who that is, the chain of a statement has to know."""
    if len(text) > LONGEST_BYLINE or not (_BYLINE.fullmatch(text) or _DESK.fullmatch(text)):
        return False
    return not _agency().search(text)


_KINDS: tuple[tuple[NoiseKind, Callable[[str], bool]], ...] = (
    ("newsroom_note", _is_note),
    ("copyright", _is_copyright),
    ("caption", _is_caption),
    ("interface", _is_interface),
    ("byline", _is_byline),
)


def _any_of(entries: Iterable[str]) -> str:
    return "|".join(re.escape(entry) for entry in sorted(entries, key=lambda e: (-len(e), e)))


@cache
def _agency() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(read_words('agencies'))})\b")


@cache
def _bracketed_note() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(read_list('en/newsroom_brackets'))})\b")


@cache
def _phrase() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of(read_list('en/interface_phrases'))})\b")


@cache
def _label() -> re.Pattern[str]:
    """A label, its "…" standing for up to five words that begin like a name or are "the", and the colon."""
    entries = _any_of(read_list("en/interface_labels")).replace(r"\ …", rf"(?: (?-i:the|{_WORD}|\d+)){{0,5}}")
    return re.compile(rf"(?:{entries})\s?:(?=\s*\S)", re.IGNORECASE)


@cache
def _caption() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any_of(read_list('en/caption_labels'))})\s?:\s*\S", re.IGNORECASE)


@cache
def _credit() -> re.Pattern[str]:
    """A credit that ends a line: in brackets, behind a label that begins like a sentence, or a library's bare name."""
    labels = _any_of(read_list("en/picture_labels"))
    makers = r"[A-Z@©\d](?:[^!?()\[\]:]{0,80}[^!?()\[\]:.]|[^!?()\[\]:.]{0,40}\.)"
    libraries = _any_of(read_list("en/picture_libraries"))
    return re.compile(
        rf"[(\[](?i:{labels})(?: ?[:/|] ?| by | via )[^()\[\]]{{1,80}}[)\]]\W?$"
        rf"|(?<!\S)(?=[A-Z])(?i:{labels})(?: ?[:|/] ?| by: ?){makers}$"
        rf"|(?:^|(?<=[.!?)|/] )|(?<=[.!?)a-z]))(?:{libraries})(?:[ ]?/[ ]?[\w .-]{{1,40}})?$"
    )


@cache
def _library_glued_on() -> re.Pattern[str]:
    """A library's name that the next words are run into: "Getty ImagesThe harbour at dawn"."""
    return re.compile(rf"(?:{_any_of(e for e in read_list('en/picture_libraries') if ' ' in e)})(?=[A-Z][a-z])")
