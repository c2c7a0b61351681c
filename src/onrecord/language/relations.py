"""The attributions that the model reads in a text, and those that it reads inside their contents."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
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
_BREAK = "\n\n"
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
    """`relations` with those inside their contents: the same model reads the contents as the paragraphs of a text.

    The corpus marks only the outermost layer, so that within a longer text the model sees no other ("officials said
    that Holm had told Vorac that …"). A content in which nothing stands that could hold another's words is not read.
    """
    holders = [r for r in relations if _may_hold(text, r.content, tokens)]
    inner = dict(zip(map(id, holders), _read_inside(text, holders, model), strict=True)) if holders else {}
    out = []
    for relation in relations:
        found = inner.get(id(relation), [])
        below = read_nested(text, found, tokens, model, depth + 1) if depth < _DEEPEST else tuple(found)
        out.append(replace(relation, nested=below))
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


def _read_inside(text: str, holders: Sequence[Relation], model: Model) -> list[list[Relation]]:
    """What the model reads in the contents of `holders`, each a paragraph with a capital and a full stop."""
    paragraphs = [_paragraph(text, holder.content) for holder in holders]
    starts = [0]
    for words, _ in paragraphs:
        starts.append(starts[-1] + len(words) + len(_BREAK))
    whole = _BREAK.join(words for words, _ in paragraphs)
    pieces, read = model.read_relations(whole)
    found: list[list[Relation]] = [[] for _ in holders]
    for relation in relations_of(whole, read, pieces, model):
        n = bisect_right(starts, relation.content[0].start) - 1
        (words, places), outer = paragraphs[n], holders[n]
        parts = [_moved(part, starts[n]) for part in (relation.content, relation.source, relation.cue)]
        # A source in another paragraph is another speaker's.
        if any(a < 0 or b > len(words) for part in parts for a, b in part):
            continue
        content, source, cue = (_back(part, places, outer.content) for part in parts)
        # Without a cue nothing shows that the words are another's.
        if content and cue and (content, source) != (outer.content, outer.source):
            found[n].append(Relation(content, source, cue, relation.probability * outer.probability))
    return found


def _paragraph(text: str, content: Part) -> tuple[str, list[int]]:
    """A content as a sentence of its own, and where each of its characters stands in the text."""
    places = [n for a, b in content for n in range(a, b)]
    words = "".join(text[n] for n in places)
    # The pieces of an interrupted content are parted by the space that parted them from the cue.
    at = 0
    for a, b in content[:-1]:
        at += b - a
        words, places = f"{words[:at]} {words[at:]}", [*places[:at], b, *places[at:]]
        at += 1
    opening = _OPENING.match(words)
    lead = opening.end() if opening else 0
    words, places = words[lead:].rstrip(_CLOSING), places[lead:]
    if not words:
        return ".", places[:0]
    capital = words[0].upper()
    words = (capital if len(capital) == 1 else words[0]) + words[1:]  # "ß"
    return words + ("" if words[-1] in ".?!" else "."), places[: len(words)]


def _moved(part: Part, by: int) -> Part:
    return tuple(Span(a - by, b - by) for a, b in part)


def _back(part: Part, places: Sequence[int], content: Part) -> Part:
    """`part` of a paragraph as spans of the text, within the pieces of the content."""
    kept = [(a, min(b, len(places))) for a, b in part if a < len(places)]
    return tuple(s for a, b in kept for s in _clipped(Span(places[a], places[b - 1] + 1), content))


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
