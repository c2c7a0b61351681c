"""The words before and behind a person's name to the office that the report gives there."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.knowledge import read_lists, read_table, read_words
from onrecord.language.parse import words_of
from onrecord.language.spans import Spans
from onrecord.record import Span

ARTICLES = ("the ", "The ", "a ", "A ", "an ", "An ")
# A list of offices before a name is seldom longer: "the US Secretary of Homeland Security, …".
_OFFICE_WORDS = 8


def find_role(text: str, name: Span, others: Spans) -> str | None:
    """The office that stands before or behind a person's name, verbatim, or None; `others` are the names of people."""
    return _role_before(text, name, others) or _role_behind(text, name)


def _role_before(text: str, name: Span, others: Spans) -> str | None:
    """As in "Norran Foreign Minister Emil Veck" and in "the harbour master, Silas Orme"."""
    start = max(0, name.start - 120)
    words = words_of(text, Span(start, name.start))[-_OFFICE_WORDS:]
    offices, modifiers = read_lists("offices", "honorifics"), read_words("office_modifiers")
    first, at = None, name.start
    for word, span in reversed(words):
        between = text[span.end : at]
        low = word.casefold()
        abbreviated = between == ". " and low in read_words("honorifics")
        if between.strip(" ") and not abbreviated and not (at == name.start and between == ", "):
            break
        if others.meets(span):
            break
        known = low in offices or low in modifiers or low.endswith("'s") or low.endswith("’s")
        if not (known or (first and (low in ("of", "for", "and") or word[:1].isupper()))):
            break
        if "." in word and text.endswith(", ", 0, span.start):
            break  # "in Washington, D.C. Secretary Holm said"
        if low in read_words("openers"):
            break  # "On Monday President Holm", "But Foreign Minister Vorac"
        first, at = span.start, span.start
    if first is None:
        return None
    role = text[first : name.start].strip(" ,")
    for link in ("and ", "of ", "for "):
        role = role.removeprefix(link)
    lead = role.split()[0]
    if lead.endswith("ing") and lead.casefold() not in modifiers:
        role = role[len(lead) :].strip()  # "Echoing President Holm": no word of office
    for article in ARTICLES:
        role = role.removeprefix(article)
    plain = (w.casefold().rstrip(".") for w, _ in words_of(role))
    return role if any(w in offices and w not in _STYLES for w in plain) else None


# A style of address says nothing of an office.
_STYLES = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady rev reverend father brother sister señor monsieur madame herr frau"
    " hon".split()
)


def _role_behind(text: str, name: Span) -> str | None:
    """As in "Silas Orme, the harbour master, said"."""
    if not text.startswith(", ", name.end):
        return None
    start = name.end + 2
    stop = min((i for i in (text.find(c, start, start + 80) for c in ",.;\n") if i >= 0), default=-1)
    if stop < 0:
        return None
    words = [w.casefold() for w, _ in words_of(text, Span(start, stop))]
    if (
        not words
        or words[0] in ("who", "and", "which", "but", "said", "told", "speaking")
        or len(words) > _OFFICE_WORDS
    ):
        return None
    if not any(w in read_words("offices") for w in words) or _acts(words):
        return None
    role = text[start:stop]
    for article in ARTICLES:
        role = role.removeprefix(article)
    return role


def _acts(words: Sequence[str]) -> bool:
    """Whether the first word is a verb and the next its object: "Ada Holm, called the president of Senn"."""
    past = words[0].endswith("ed") or words[0] in read_table("irregular_verbs")
    return past and words[1:2] != [] and words[1] in _OBJECTS


_OBJECTS = frozenset("the a an his her its their".split())
