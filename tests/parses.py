"""Parses and entities marked by hand in a text; where the tree of its sentences matters, the model gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from onrecord.attribute import find_attributions
from onrecord.language import Model, Parse, Relation, Token, load_model
from onrecord.language import parse as read_text
from onrecord.language.pieces import split_sentences
from onrecord.language.quotes import find_quotations
from onrecord.record import Attribution, Entity, EntityType, Mention, Noise, Part, Span

Names = Mapping[str, EntityType]
Roles = Mapping[str, tuple[str, ...]]


def make_parse(text: str, *relations: Relation) -> Parse:
    return Parse(
        text=text,
        sentences=tuple(Span(a, b) for a, b in split_sentences(text)),
        quotations=tuple(Span(a, b) for a, b in find_quotations(text)),
        names=(),
        relations=tuple(sorted(relations, key=lambda r: (r.content, r.source))),
    )


def with_tree(parse: Parse) -> Parse:
    """`parse` with the words of its text as the shipped model reads them."""
    return replace(parse, tokens=read_text(parse.text, _model(), coreference=False).tokens)


@cache
def _model() -> Model:
    return load_model()


def said(text: str, content: str | Sequence[str], source: str = "", cue: str = "") -> Relation:
    """The first place of the content's pieces, and the places of source and cue that stand nearest to them."""
    pieces = [content] if isinstance(content, str) else content
    spans = tuple(places(text, piece)[0] for piece in pieces)
    at_source = _nearest(text, source, spans)
    return Relation(spans, at_source, _nearest(text, cue, at_source or spans), 0.9)


def parsed(text: str, *words: tuple[str, str, int, str]) -> tuple[Token, ...]:
    """The words of `text` as tokens: each its form, part of speech, head (from 1, 0 the root) and relation."""
    out: list[Token] = []
    at = 0
    for form, tag, head, relation in words:
        at = text.index(form, at)
        out.append(Token(Span(at, at + len(form)), tag, head - 1, relation, None))
        at += len(form)
    return tuple(out)


def places(text: str, phrase: str) -> list[Span]:
    """Where `phrase` stands as whole words."""
    return [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]


def make_entities(text: str, names: Names, roles: Roles | None = None) -> tuple[Entity, ...]:
    """Entities e1, e2, …, as given, each with all places of its name, and a person also of the surname alone."""
    taken: list[Span] = []
    out = []
    for number, (name, type_) in enumerate(names.items(), 1):
        forms = [name, name.split()[-1]] if type_ == "person" else [name]
        found = []
        for span in (s for form in forms for s in places(text, form)):
            if not any(t.start <= span.start < t.end for t in taken):
                taken.append(span)
                found.append(Mention(span, "name"))
        mentions = tuple(sorted(found, key=lambda m: m.span))
        out.append(Entity(f"e{number}", name, type_, (roles or {}).get(name, ()), mentions))
    return tuple(out)


def read(
    text: str,
    *relations: Relation,
    names: Names | None = None,
    roles: Roles | None = None,
    noise: Sequence[Noise] = (),
    outlet: str | None = None,
) -> tuple[Attribution, ...]:
    """The attributions of `text` where a model would have read these relations and names in it."""
    parse = with_tree(make_parse(text, *relations))
    return find_attributions(parse, make_entities(text, names or {}, roles), noise, outlet)[0]


def words(text: str, part: Part) -> list[str]:
    return [text[a:b] for a, b in part]


def _nearest(text: str, phrase: str, part: Part) -> Part:
    found = places(text, phrase) if phrase else []
    return (min(found, key=lambda s: min(max(p.start - s.end, s.start - p.end) for p in part)),) if found else ()
