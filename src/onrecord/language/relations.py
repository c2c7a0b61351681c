"""The attributions that the model reads in a text, and those that it reads inside their contents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.knowledge import read_words
from onrecord.language import decode
from onrecord.language.model import Model
from onrecord.language.paths import Found
from onrecord.language.pieces import Pieces
from onrecord.language.tokens import Token
from onrecord.record import Part, Span

# "He said that she had told him that they were told that …": nobody can follow more.
_DEEPEST = 3
# What introduces a content, and marks that would leave a quotation open once a part of it stands alone.
_OPENING = re.compile(r"(?:that\s+)?[“”\"‘’'«»„]*\s*")
_CLOSING = "”\"’'«»“ "
# No word is longer, whatever has no space in it.
_LONGEST_WORD = 40
_SAYS_SOURCE = re.compile(r"\baccording to\b|[“\"„«]")


@dataclass(frozen=True, slots=True)
class Relation:
    """A content with the source and the cue that the model linked to it; either may be empty.

    `nested` are those that stand inside its content.
    """

    content: Part
    source: Part
    cue: Part
    probability: float
    nested: tuple[Relation, ...] = ()


def relations_of(text: str, found: Sequence[decode.Relation], pieces: Pieces, model: Model) -> list[Relation]:
    """Relations over the wordpieces of `text` as spans of it, in order of place."""
    relations = [
        Relation(
            _content(text, part_of(r.content, pieces)),
            _whole_words(text, in_one_line(text, part_of(r.source, pieces))),
            _whole_words(text, in_one_line(text, part_of(r.cue, pieces))),
            model.calibrated("attribution", r.probability),
        )
        for r in found
    ]
    return sorted(relations, key=lambda r: (r.content, r.source))


def read_nested(
    text: str, relations: Sequence[Relation], tokens: Sequence[Token], model: Model, depth: int = 1
) -> tuple[Relation, ...]:
    """`relations` with those inside their contents: each content is read by the same model as a text of its own.

    The corpus marks only the outermost layer, so that within a longer text the model sees no other ("officials said
    that Holm had told Vorac that …"). A content in which nothing stands that could hold another's words is not read.
    """
    out = []
    for relation in relations:
        inner: tuple[Relation, ...] = ()
        if _may_hold(text, relation.content, tokens):
            found = _read_alone(text, relation, model)
            inner = read_nested(text, found, tokens, model, depth + 1) if depth < _DEEPEST else tuple(found)
        out.append(replace(relation, nested=inner))
    return tuple(out)


def _may_hold(text: str, content: Part, tokens: Sequence[Token]) -> bool:
    """Whether a verb of saying, a quotation or "according to" stands in `content`."""
    for start, end in content:
        first = bisect_left(tokens, start, key=lambda t: t.span.start)
        last = bisect_left(tokens, end, lo=first, key=lambda t: t.span.start)
        words = (text[slice(*tokens[n].span)].casefold() for n in range(first, last) if tokens[n].tag == "VERB")
        if any(word in read_words("speech_verbs") for word in words):
            return True
        if _SAYS_SOURCE.search(text, start + 1, end - 1):
            return True
    return False


def _read_alone(text: str, outer: Relation, model: Model) -> list[Relation]:
    """What the model reads in the content of `outer` as a text of its own: with a capital and a full stop."""
    places = [n for a, b in outer.content for n in range(a, b)]
    words = "".join(text[n] for n in places)
    # The pieces of an interrupted content are parted by the space that parted them from the cue.
    at = 0
    for a, b in outer.content[:-1]:
        at += b - a
        words, places = f"{words[:at]} {words[at:]}", [*places[:at], b, *places[at:]]
        at += 1
    opening = _OPENING.match(words)
    lead = opening.end() if opening else 0
    words, places = words[lead:].rstrip(_CLOSING), places[lead:]
    if len(words) < 2:
        return []
    whole = words[0].upper() + words[1:]
    if len(whole) != len(words):  # "ß"
        whole = words
    whole += "" if whole[-1] in ".?!" else "."
    pieces, reading = model.read(whole)

    def back(part: Part) -> Part:
        kept = [(a, min(b, len(words))) for a, b in part if a < len(words)]
        return tuple(s for a, b in kept for s in _clipped(Span(places[a], places[b - 1] + 1), outer.content))

    found = []
    for relation in relations_of(whole, reading.relations, pieces, model):
        content, source, cue = back(relation.content), back(relation.source), back(relation.cue)
        # Without a source or a cue nothing shows that the words are another's.
        if content and cue and (content, source) != (outer.content, outer.source):
            found.append(Relation(content, source, cue, relation.probability * outer.probability))
    return found


def _clipped(span: Span, part: Part) -> list[Span]:
    """What of `span` lies in the pieces of `part`."""
    cuts = [Span(max(span.start, a), min(span.end, b)) for a, b in part]
    return [c for c in cuts if c.start < c.end]


def part_of(found: Found | None, pieces: Pieces) -> Part:
    """What was found as spans of the text; nothing for None."""
    if found is None:
        return ()
    return tuple(Span(int(pieces.start[a]), int(pieces.end[b - 1])) for a, b in found.runs)


def in_one_line(text: str, part: Part) -> Part:
    """`part` with each piece that runs over a line break cut to its longest line."""
    out: list[Span] = []
    for start, end in part:
        lines, at = [], start
        for line in text[start:end].splitlines(keepends=True):
            bare = line.strip()
            lead = len(line) - len(line.lstrip())
            lines.append(Span(at + lead, at + lead + len(bare)))
            at += len(line)
        out.append(max(lines, key=lambda s: s.end - s.start))
    return tuple(out)


def _whole_words(text: str, part: Part) -> Part:
    """`part` stretched to whole words: a long name is several wordpieces, and the scores can waver inside it."""
    out = []
    for span in part:
        start, end = span
        first, last = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
        while first < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < last and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        out.append(Span(start, end))
    return tuple(out)


def _content(text: str, part: Part) -> Part:
    """`part` with the closing mark that belongs to it, and without the full stop of indirect words."""
    out: list[Span] = []
    for start, end in part:
        stop = end
        if text[start:end].count("“") > text[start:end].count("”") and text[end : end + 1] == "”":
            stop = end + 1
        elif stop - start > 1 and text[stop - 1] in ".,;" and text[stop - 2] not in ".":
            stop -= 1
        out.append(Span(start, stop))
    return tuple(out)
