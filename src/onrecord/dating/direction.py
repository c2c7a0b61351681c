"""The words around a time expression to whether it lies ahead or back."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Literal

from onrecord.knowledge import read_words
from onrecord.language import Parse, Token, is_dateline
from onrecord.record import Span

# "over" is sure to be past, "back" is so by the tense alone.
Ahead = Literal["ahead", "over", "back", "open"]

# "until Saturday", "ahead of the Sunday vote", "the quarter ended Sept. 30": words that tell by themselves.
_AHEAD = re.compile(
    r"\b(?:until|till|ahead of|due|payable|effective|(?:of|on) record|beginning|starting|ending)\s+(?:on |in |the )*$"
)
_BACK = re.compile(r"\b(?:since|ended|dated|ago)\s+(?:on |in |the )*$")
_COMING = frozenset(("will", "shall", "'ll", "’ll", "wo", "would", "may", "might", "can", "could", "should", "must"))
_FIXED = frozenset(("is", "are", "was", "were"))
_HAVING = frozenset(("have", "has", "had", "been"))
# So many characters before an expression tell, and so many steps up the tree lead to its verb.
_BEFORE, _STEPS = 40, 12


def find_direction(parse: Parse, span: Span) -> Ahead:
    """Whether the expression at `span` lies ahead of the day on which the sentence was said or written, or back.

    By the word before it, else by the verb that governs it: its auxiliaries ("will meet on Friday"), the verb that it
    is the aim of ("plans to meet on Friday"), its own form ("met on Friday").
    """
    words = re.split(r"[.!?;:]\s", parse.text[max(0, span.start - _BEFORE) : span.start])[-1]
    if _BACK.search(words) or is_dateline(parse.text, span):
        return "over"
    if _AHEAD.search(words):
        return "ahead"
    at = bisect_left(parse.tokens, span.start, key=lambda t: t.span.start)
    for _ in range(_STEPS):
        if not 0 <= at < len(parse.tokens):
            return "open"
        token = parse.tokens[at]
        # "He promised to answer on Friday" lies ahead, "on Friday he promised an answer" does not.
        before = token.span.start < span.start or token.tag != "VERB"
        if (
            before
            and _word(parse, token) in read_words("words_ahead")
            and not span.start <= token.span.start < span.end
        ):
            return "ahead"
        if token.tag in ("VERB", "AUX"):
            way = _of_what(parse, at, span)
            if way != "open" or token.relation not in ("xcomp", "acl", "advcl", "ccomp"):
                return way
        at = token.head
    return "open"


def _of_what(parse: Parse, at: int, span: Span) -> Ahead:
    """What the verb at `at` says of an expression that it governs."""
    if _is_dropped(parse, at) and not _depends(parse, at, span):
        return "ahead"
    return "back" if _was_told(parse, at, span) else _of_verb(parse, at)


_DROPPED = frozenset("cancelled canceled postponed scrapped delayed shelved abandoned".split())


def _is_dropped(parse: Parse, at: int) -> bool:
    """Whether the verb drops what was to come: "Thursday's meeting has been called off"."""
    word = _word(parse, parse.tokens[at])
    behind = _word(parse, parse.tokens[at + 1]) if at + 1 < len(parse.tokens) else ""
    return word in _DROPPED or (word, behind) in (("called", "off"), ("put", "off"))


def is_past(parse: Parse, span: Span) -> bool:
    """Whether a day without a year is one that is over, since it is of a verb in the past: "telephoned him on Sept. 3".

    It is not in "declared a dividend payable Dec. 7" or "did not stop by Dec. 7", nor with the perfect, which takes no
    day that is over: "has invited them to a ceremony on March 12".
    """
    if not _ON.search(parse.text, max(0, span.start - 8), span.start):
        return False
    at = bisect_left(parse.tokens, span.start, key=lambda t: t.span.start)
    named = [_joined_to(parse, t) for t in parse.tokens[at : at + 4] if t.span.start < span.end]
    verbs = {t.head for t in named if t.relation == "obl" and t.head >= 0}
    return any(_of_verb(parse, verb) == "back" and not _is_perfect(parse, verb) for verb in verbs)


def _joined_to(parse: Parse, token: Token) -> Token:
    """The first of those that are joined by "and": "on Sept. 3 and again on Sept. 9"."""
    for _ in range(_STEPS):
        if token.relation != "conj" or token.head < 0:
            break
        token = parse.tokens[token.head]
    return token


_ON = re.compile(r"\b[Oo]n (?:the )?$")


def _is_perfect(parse: Parse, verb: int) -> bool:
    near = parse.tokens[max(0, verb - 8) : verb]
    return any(t.head == verb and _word(parse, t) in ("has", "have", "'s", "’s") for t in near)


def _depends(parse: Parse, verb: int, span: Span) -> bool:
    """Whether the expression hangs on the verb itself."""
    first = bisect_left(parse.tokens, span.start, key=lambda t: t.span.start)
    last = bisect_left(parse.tokens, span.end, key=lambda t: t.span.start)
    return any(t.head == verb and t.relation == "obl" for t in parse.tokens[first:last])


def _was_told(parse: Parse, at: int, span: Span) -> bool:
    """Whether words of saying stand between the verb at `at` and the expression, with no comma behind them.

    "Norra will reopen the port in June unless the strike goes on, its minister told his colleague in a call on
    Tuesday": the call was on Tuesday, wherever the tree hangs that.
    """
    behind = bisect_left(parse.tokens, span.start, key=lambda t: t.span.start)
    for token in reversed(parse.tokens[at + 1 : behind]):
        word = _word(parse, token)
        if word == ",":
            return False
        if token.tag == "VERB":
            past = word.endswith("ed") or word in read_words("past_forms")
            return past and word in read_words("speech_verbs")
    return False


def _of_verb(parse: Parse, at: int) -> Ahead:
    """What the form of the verb and its auxiliaries say; an infinitive is left to what governs it."""
    verb = parse.tokens[at]
    near = parse.tokens[max(0, at - 8) : at + 4]
    helpers = {_word(parse, t) for t in near if t.head == at and t.relation in ("aux", "mark", "cop")}
    if helpers & _COMING and not helpers & _HAVING:
        return "ahead"
    word = _word(parse, verb)
    if "to" in helpers:
        # "are to meet on Sunday"
        return "ahead" if helpers & _FIXED else "open"
    if word in read_words("scheduled_verbs"):
        return "ahead"
    if word.endswith("ed") or {word, *helpers} & (read_words("past_forms") | _HAVING):
        return "back"
    return "open"


def _word(parse: Parse, token: Token) -> str:
    return parse.text[token.span.start : token.span.end].casefold()
