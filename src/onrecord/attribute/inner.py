"""Attributions inside a content that the tree shows and the model passed over."""

from __future__ import annotations

from dataclasses import replace

from onrecord.attribute.tree import Tree
from onrecord.knowledge import read_words
from onrecord.language import Parse, Relation, Spans
from onrecord.record import Span

_CLAUSES = ("ccomp", "xcomp", "parataxis")
# "demanded proof", "asked for a list": what is said stands in a noun. "declared the villa", "offered help" do things.
_OF_THINGS = frozenset(
    "demand demands demanded demanding propose proposes proposed proposing request requests requested requesting"
    " deny denies denied denying predict predicts predicted predicting forecast forecasts".split()
)
_NOTHING = ("PRON", "DET")
# How sure the tree alone makes it, as measured on our own passages.
_SURE = 0.6


def with_inner(parse: Parse, tree: Tree, relation: Relation) -> Relation:
    """`relation` with the speech in its main clause: "that two customers had threatened to take their cargo elsewhere".

    The model reads a content as a text of its own, and there passes over some verbs that it knows in a whole report.
    A relation that it found without its source is given that of the verb.
    """
    shown = _shown(parse, tree, relation)
    if shown is None:
        return replace(relation, nested=tuple(with_inner(parse, tree, n) for n in relation.nested))
    held = Spans(shown.content)
    nested, known = [], False
    for inner in relation.nested:
        met = sum(min(b, d) - max(a, c) for a, b in inner.content for c, d in shown.content if a < d and c < b)
        same = 2 * met >= max(_length(inner), _length(shown))
        known = known or same or inner.cue == shown.cue
        inner = inner if inner.source or not same else replace(inner, source=shown.source)
        nested.append(inner)
    if not known:
        # What was found inside of its content is said by whoever speaks there.
        below = [n for n in nested if held.meets(n.content[0])]
        nested = [n for n in nested if n not in below] + [replace(shown, nested=tuple(below))]
    return replace(relation, nested=tuple(with_inner(parse, tree, n) for n in nested))


def _length(relation: Relation) -> int:
    return sum(b - a for a, b in relation.content)


def _shown(parse: Parse, tree: Tree, relation: Relation) -> Relation | None:
    """The relation of the verb of saying that heads the content, with its subject and its complement."""
    verb = tree.head(relation.content)
    if verb is None or tree.word(verb) not in read_words("speech_verbs") or parse.tokens[verb].tag != "VERB":
        return None
    whole = relation.content[0].start, relation.content[-1].end
    subject = next(iter(tree.children(verb, "nsubj")), None)
    said = [*tree.children(verb, *_CLAUSES)] or [
        n
        for n in tree.children(verb, "obj", "obl")
        if (tree.word(verb) in _OF_THINGS if parse.tokens[n].relation == "obj" else tree.case(n) == "for")
        and parse.tokens[n].tag not in _NOTHING
    ]
    said = [n for n in said if n > verb]
    if subject is None or not said:
        return None
    source = tree.phrase(subject, ("acl", "punct", "conj", "cc", "case"))
    content = tree.phrase(said[0], ("punct",))
    if not (whole[0] <= source.start < source.end <= content.start < content.end <= whole[1]):
        return None
    first = min([verb, *(n for n in tree.children(verb, "aux", "advmod") if source.end <= parse.tokens[n].span.start)])
    cue = Span(parse.tokens[min(first, verb)].span.start, parse.tokens[verb].span.end)
    if cue.end > content.start:
        return None
    return Relation((content,), (source,), (cue,), _SURE * relation.probability)
