"""Predicates to numbers: what the classifiers of events see of each."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.events.predicates import Predicate
from onrecord.knowledge import read_words
from onrecord.language import Parse, TextVectors, Tree, lemmas
from onrecord.language.paths import Floats
from onrecord.record import Span

# What hangs on a predicate and tells of something else.
_ELSEWHERE = ("advcl", "parataxis", "conj", "cc", "acl", "ccomp", "punct")
_RELATIONS = ("root", "conj", "ccomp", "xcomp", "advcl", "acl", "obj", "nsubj", "obl", "nmod", "compound", "appos")
_MODALS = frozenset("will would shall should may might could can must 'll ’ll 'd ’d wo ca".split())


def clause(parse: Parse, tree: Tree, predicate: Predicate) -> Span:
    """From the first to the last word of a predicate's own clause, with its light verb's."""
    top = predicate.word if predicate.light is None else predicate.light
    held = tree.below(top, _ELSEWHERE)
    held = [n for n in (*held, *predicate.actors, *predicate.recipients) if abs(n - predicate.word) < 40]
    low, high = min(*held, predicate.word), max(*held, predicate.word)
    sentence = parse.sentences[parse.sentence_at(parse.tokens[predicate.word].span.start)]
    start = max(parse.tokens[low].span.start, sentence.start)
    return Span(start, min(max(parse.tokens[high].span.end, start + 1), sentence.end))


def meanings(parse: Parse, tree: Tree, predicates: Sequence[Predicate], vectors: TextVectors) -> Floats:
    """(predicates, 3 × 384): the vectors of each one's trigger, of its clause and of its sentence."""
    spans: list[Span] = []
    for one in predicates:
        at = parse.tokens[one.word].span
        spans += [at, clause(parse, tree, one), parse.sentences[parse.sentence_at(at.start)]]
    return vectors.read(spans).reshape(len(predicates), -1)


def circumstances(parse: Parse, tree: Tree, one: Predicate) -> list[float]:
    """What its words show of whether a predicate tells of an event that is news."""
    token = parse.tokens[one.word]
    word = tree.word(one.word)
    labels = {a.label for a in one.frame.arguments}
    auxiliaries = {tree.word(n) for n in tree.children(one.word, "aux", "cop")}
    determiners = {tree.word(n) for n in tree.children(one.word, "det")}
    verb = token.tag == "VERB"
    quoted = any(a <= token.span.start < b for a, b in parse.quotations)
    values = [
        verb,
        token.tag == "PROPN",
        one.frame.probability,
        one.frame.factuality / 3,
        one.frame.happened,
        token.mention == "event",
        token.mention is None,
        bool(one.actors),
        bool(one.recipients),
        bool(one.places),
        one.light is not None,
        one.passive,
        "ARGM-TMP" in labels,
        "ARGM-NEG" in labels,
        bool({"ARG0"} & labels),
        bool({"ARG1"} & labels),
        len(labels) / 4,
        bool(auxiliaries & _MODALS),
        verb and not auxiliaries and word.endswith("s"),
        verb and (word.endswith("ed") or word in read_words("past_forms")),
        word.endswith("ing"),
        bool({"the", "this", "that"} & determiners),
        bool({"a", "an"} & determiners),
        not determiners,
        quoted,
        any(w in read_words("speech_verbs") for w in (word, *lemmas(word))),
        any(tree.word(n) == "to" for n in tree.children(one.word, "mark")),
        token.relation == "amod",
        *(token.relation == r for r in _RELATIONS),
        min(_depth(parse, one.word), 8) / 8,
    ]
    return [float(v) for v in values]


def _depth(parse: Parse, n: int) -> int:
    depth = 0
    while parse.tokens[n].head >= 0 and depth < 8:
        n, depth = parse.tokens[n].head, depth + 1
    return depth
