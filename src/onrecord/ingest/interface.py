"""Lines that speak for the page, its buttons, menus, counters and appeals, and not for the report."""

from __future__ import annotations

import re
from functools import cache

from onrecord.ingest.words import any_of, read_list, read_set

LONGEST_APPEAL = 250
LONGEST_MENU = 120
MOST_BUTTON_WORDS = 10

_STOP = re.compile(r"\.[\"'”’»)\]]*$")
_QUOTE = re.compile('["“”«»]')
_EDGES = " .!…:|<>‹›«»→←↑▶•∙*–—-[]()"
_SEGMENTS = re.compile(r"(?<!\s)\s+[|•·∙»›>/]+(?:\s+|$)|(?<!\s)\s+[→←|]\s*|[→←|]\s*")
_BUTTON = re.compile(r"[\w'’+&-]+")
_CALENDAR = re.compile(r"\d+|[^\W\d_]+(?:[.'’][^\W\d_]+)*")
_ORDINALS = frozenset(("st", "nd", "rd", "th"))
_DAY = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|\d{4}-\d\d|\d[./]\d\d?[./]\d|\bago\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d:\d\d|\d ?[ap]\.?m\b|\d (?:min|hour)", re.IGNORECASE)
_WORD = r"[A-Z][\w.’'-]*"
_LETTER = re.compile(r"(?:get|join|receive|try) .*\b(?:newsletter|bulletin|letter|briefing|digest|e-?mail|alerts)\b")
_READER = re.compile(r"\b(?:you|your|newsletters?)\b|\?")
_FOLLOW = re.compile(rf"[Ff]ollow (?:us|{_WORD}(?: {_WORD}){{0,3}}|@\w+) on(?:$| [A-Z@].*)")
_COUNTER = re.compile(r"(?:(?:image|photo|picture|slide) )?\d+ +(?:of|/) +\d+", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z]+(?: [a-z-]+=[^<>]*| ?/)?>|(?:[A-Za-z ]{1,20}: )?https?://\S+")


def is_interface(text: str) -> bool:
    """Whether `text`, a line without space at its ends, is of the page."""
    words = text.casefold()
    if is_button(words) or _MARKUP.fullmatch(text) or _COUNTER.fullmatch(text):
        return True
    # "Listen: I never said that," he said.
    told = bool(_STOP.search(text)) and "|" not in text
    if is_stamp(text) or (not told and (_label().match(text) or _is_menu(text))):
        return True
    if len(text) > LONGEST_APPEAL or _QUOTE.search(text):
        return False
    return bool(_FOLLOW.fullmatch(text) or _phrase().search(words)) or _is_appeal(words, told)


def is_button(words: str) -> bool:
    """Whether `words`, lower-cased, stand on a button or above a list."""
    bare = words.strip(_EDGES)
    # "FACEBOOK." heads a part of a report on two networks.
    if " " not in words and _STOP.search(words) and ".." not in words:
        return False
    if bare in read_set("en/interface_lines") or list_kind(words):
        return True
    parts = _BUTTON.findall(bare)
    if not 0 < len(parts) <= MOST_BUTTON_WORDS or "?" in words or (words.endswith(".") and not words.endswith("..")):
        return False
    page, fillers = read_set("en/interface_words"), read_set("en/interface_fillers")
    return any(p in page for p in parts) and all(p in page or p in fillers or p.isdigit() for p in parts)


def is_stamp(text: str, *, bare: bool = False) -> bool:
    """Whether `text` says when the page was published: in so many words, to the minute or, if `bare`, by the day."""
    if len(text) > LONGEST_MENU or not any(c.isdigit() for c in text):
        return False
    parts = _CALENDAR.findall(text.casefold())
    stamps, calendar = read_set("en/stamp_words"), read_set("en/calendar_words")
    if not all(p.isdigit() or p in stamps or p in calendar or p in _ORDINALS for p in parts):
        return False
    day, hour = bool(_DAY.search(text)), bool(_TIME.search(text))
    return (day and (bare or hour)) or ((day or hour) and any(p in stamps for p in parts))


def list_kind(text: str) -> str | None:
    """Of what `text`, a whole line, announces a list: "teaser" (other stories, topics) or "headline" (key points)."""
    words = text.casefold().strip(_EDGES)
    if words in read_set("en/point_labels"):
        return "headline"
    return "teaser" if words in read_set("en/list_labels") or _list_label().fullmatch(words) else None


def _is_appeal(words: str, told: bool) -> bool:
    """Whether `words` ask the reader for something; as a whole sentence, in so many words."""
    asks = words.startswith(read_list("en/interface_openings")) or _LETTER.match(words)
    return bool(asks and (not told or _READER.search(words)))


def _is_menu(text: str) -> bool:
    """Parts set apart by strokes or arrows, one of which is a button: "Imprint | Contact"."""
    if len(text) > LONGEST_MENU:
        return False
    parts = [part.strip() for part in _SEGMENTS.split(text)]
    return len(parts) > 1 and any(part and (is_button(part.casefold()) or is_stamp(part)) for part in parts)


@cache
def _phrase() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(read_list('en/interface_phrases'))})(?!\w)")


@cache
def _list_label() -> re.Pattern[str]:
    """A label and the section that the list is from: "most read in news"."""
    return re.compile(rf"(?:{any_of(read_list('en/list_labels'))}|more) (?:in|on|from|about) \w+(?: \w+)?")


@cache
def _label() -> re.Pattern[str]:
    """A label, its "…" standing for up to five words that begin like a name or are "the", and the colon."""
    entries = any_of(read_list("en/interface_labels")).replace(r"\ …", rf"(?: (?-i:the|{_WORD}|\d+)){{0,5}}")
    return re.compile(rf"[(\[]?(?:{entries})\s?:(?=\s*\S)", re.IGNORECASE)
