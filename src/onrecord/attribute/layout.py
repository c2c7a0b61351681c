"""What the layout gives: a name behind a dash below a quotation, a name and a colon before it, and what nobody says."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.language import Parse, Relation
from onrecord.record import Part, Span

_NAME = r"[A-Z][\w.'’-]*(?: (?:(?:de|del|la|van|von|der|bin|al|da|di) )*[A-Z][\w.'’-]*){0,5}"
# “Maybe, we can build a wall.” ― Steve Orme
_SIGNED = re.compile(rf"[”\"»]?\s{{0,3}}([―—–]|--?)\s?({_NAME})(?=\s*(?:[,(]|$))", re.MULTILINE)
# WALLACE: Let's start. — "From Ada Holm: …"
_LABEL = re.compile(rf"^[“\"]?(?:From )?({_NAME})(:)\s?[“\"«„]?$")
_LONGEST = 60
_OPENING = ' “"«„'


def with_layout_source(parse: Parse, relation: Relation) -> Relation:
    """`relation` with the source that the layout gives.

    Of quotations that are printed one below the other, each with its speaker behind a dash, the model takes the speaker
    of the one before. A label is taken where the model gave no source.
    """
    text, start, end = parse.text, relation.content[0].start, relation.content[-1].end
    # What stands farther before the words labels nothing, in a line that has no end.
    first = max(0, start - _LONGEST)
    line = text.rfind("\n", first, start) + 1
    before = text[max(line, first) : start] if line or not first else None
    # In “It is late” — Holm said, the dash parts a sentence that goes on.
    signed = _SIGNED.match(text, end) if before is not None and not before.strip(_OPENING) else None
    if signed:
        return replace(relation, source=(Span(*signed.span(2)),), cue=(Span(*signed.span(1)),))
    label = _LABEL.match(before.strip(" ")) if before else None
    if label and not relation.source:
        at = text.index(label[1], max(line, first))
        return replace(relation, source=(Span(at, at + len(label[1])),), cue=relation.cue)
    return relation


def is_mark(text: str, content: Part) -> bool:
    """Whether it is a line of its own without a letter, as the clock above an entry of a live blog, "13:10"."""
    start, end = content[0].start, content[-1].end
    if any(c.isalpha() for c in text[start:end]):
        return False
    before, after = text[max(0, start - _LONGEST) : start], text[end : end + _LONGEST]
    return not before.rpartition("\n")[2].strip() and not after.partition("\n")[0].strip()
