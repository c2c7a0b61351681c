"""Attributions inside a content that the tree shows and the model passed over."""

from __future__ import annotations

from dataclasses import replace

from onrecord.knowledge import read_words
from onrecord.language import Parse, Relation, Spans, Tree
from onrecord.record import Span

_CLAUSES = ("ccomp", "xcomp", "parataxis", "csubj")
# "demanded proof", "asked for a list": what is said stands in a noun, which is no pronoun ("declared nothing").
_NOTHING = ("PRON", "DET")
# How sure the tree alone makes it: set, not measured; confidence.py weighs it with all else.
_SURE = 0.6
# The verb that says who speaks stands so many words behind the closing mark.
_NEAR = 12
_BE = frozenset("is are was were be been being".split())
# What is left out of a source: relative clauses, marks, those beside it.
_BARE = ("acl", "punct", "conj", "cc", "case")


def passed_over(parse: Parse, tree: Tree, known: Spans) -> list[Relation]:
    """The relations of verbs of saying that the model passed over, where nothing that it found stands in the way.

    "The rebels have vowed to return.": a subject, a verb of the list and a clause that the verb governs.
    """
    found = []
    for verb, token in enumerate(parse.tokens):
        if token.tag != "VERB" or tree.word(verb) not in read_words("speech_verbs") | read_words("hearsay_verbs"):
            continue
        subject = tree.subject(verb, "expl")
        if subject is None or known.meets(token.span):
            continue
        sentence = parse.sentences[parse.sentence_at(token.span.start)]
        whole = Relation((sentence,), (), (), 1.0)
        one = _of_verb(parse, tree, whole, verb, tree.phrase(subject, _BARE))
        if one is not None and not any(known.meets(s) for s in (*one.content, *one.source)):
            found.append(one)
    return found


def with_outer_source(parse: Parse, tree: Tree, relation: Relation) -> Relation:
    """`relation` with its source from outside of its content, where the model took one from inside.

    “… Secretary Holm also called for more,” said press secretary Pat Orme: nobody stands in what he says. Whoever is
    outside is what "according to" belongs to, the subject of the cue, or that of the verb behind the closing mark.
    """
    held = Spans(relation.content)
    if not relation.source or not held.meets(Span(relation.source[0].start, relation.source[0].start + 1)):
        return relation
    end = relation.content[-1].end
    stop = parse.sentences[parse.sentence_at(end - 1)].end
    cue = tree.head(relation.cue)
    behind = [n for n in tree.words_in(Span(end, max(end, stop)))[:_NEAR] if tree.word(n) in read_words("speech_verbs")]
    for verb in [*([cue] if cue is not None else []), *behind]:
        # "according to" hangs on its source
        by_case = parse.tokens[verb].relation == "case"
        subject = parse.tokens[verb].head if by_case else tree.subject(verb)
        source = tree.phrase(subject, _BARE) if subject is not None else None
        if source is not None and not held.meets(source):
            words = relation.cue if verb == cue else (parse.tokens[verb].span,)
            return replace(relation, source=(source,), cue=words)
    return relation


def relayed(parse: Parse, tree: Tree, relation: Relation) -> tuple[Relation, Relation] | None:
    """Who relays a content and, inside, whoever said it, where two are given and the model took one for the other.

    "…, the ministry said according to Radio Norra"; "…, Holm told her colleague in a call, the ministry announced".
    """
    found = _according(parse, tree, relation) or _announced(parse, tree, relation)
    if found is None:
        return None
    outer, inner = found
    held = Spans(relation.content)
    if any(held.meets(s) for s in (*outer.source, *outer.cue, *inner.source, *inner.cue)):
        return None
    return outer, inner


def _according(parse: Parse, tree: Tree, relation: Relation) -> tuple[Relation, Relation] | None:
    head = tree.head(relation.content)
    verb = parse.tokens[head].head if head is not None else -1
    if verb < 0 or tree.word(verb) not in read_words("speech_verbs"):
        return None
    subject = tree.subject(verb)
    teller = next((n for n in tree.children(verb, "obl", "nmod") if tree.case(n).startswith("according")), None)
    if subject is None or teller is None:
        return None
    told, at = tree.phrase(teller, _BARE), parse.tokens[tree.children(teller, "case")[0]].span
    outer = replace(relation, source=(told,), cue=(Span(at.start, max(at.end, told.start - 1)),))
    return outer, _said(parse, tree, relation, verb, subject)


def _announced(parse: Parse, tree: Tree, relation: Relation) -> tuple[Relation, Relation] | None:
    """For a cue that has a subject of its own, and a source that has another verb of saying."""
    by, source = tree.head(relation.cue), tree.head(relation.source)
    teller = tree.subject(by) if by is not None else None
    if by is None or source is None or teller is None or teller == source:
        return None
    verb, told = parse.tokens[source].head, tree.phrase(teller, _BARE)
    said_so = verb >= 0 and verb != by and parse.tokens[source].relation == "nsubj"
    end = relation.content[-1].end
    if (
        not said_so
        or tree.word(verb) not in read_words("speech_verbs")
        or not end < parse.tokens[verb].span.end <= told.start
    ):
        return None
    words = parse.text[relation.content[0].start : told.start].rstrip(" ,")
    whole = Span(relation.content[0].start, relation.content[0].start + len(words))
    outer = replace(relation, content=(whole,), source=(told,), cue=(parse.tokens[by].span,))
    return outer, _said(parse, tree, relation, verb, source)


def _said(parse: Parse, tree: Tree, relation: Relation, verb: int, subject: int) -> Relation:
    return replace(relation, source=(tree.phrase(subject, _BARE),), cue=(parse.tokens[verb].span,), nested=())


def with_inner(parse: Parse, tree: Tree, relation: Relation) -> Relation:
    """`relation` with the speech in its main clause: "that two customers had threatened to take their cargo elsewhere".

    The model reads a content as a text of its own, and there passes over some verbs that it knows in a whole report.
    A relation that it found without its source is given that of the verb.
    """
    nested = list(relation.nested)
    for shown in _shown(parse, tree, relation):
        nested = _added(nested, shown)
    return replace(relation, nested=tuple(with_inner(parse, tree, n) for n in nested))


def _added(nested: list[Relation], shown: Relation) -> list[Relation]:
    """`nested` with `shown`, unless it is among them."""
    out, known = [], False
    for inner in nested:
        met = sum(min(b, d) - max(a, c) for a, b in inner.content for c, d in shown.content if a < d and c < b)
        same = 2 * met >= max(_length(inner), _length(shown))
        known = known or same or inner.cue == shown.cue
        out.append(replace(inner, source=shown.source) if same and not inner.source else inner)
    if known:
        return out
    # What was found inside of its content is said by whoever speaks there.
    held = Spans(shown.content)
    below = [n for n in out if held.meets(n.content[0])]
    return [n for n in out if n not in below] + [replace(shown, nested=tuple(below))]


def _length(relation: Relation) -> int:
    return sum(b - a for a, b in relation.content)


def _shown(parse: Parse, tree: Tree, relation: Relation) -> list[Relation]:
    """The relations of the verbs of saying that head the content, with their subject and their complements."""
    out: list[Relation | None] = []
    for main in tree.heads(relation.content):
        subject = tree.subject(main)
        if subject is not None:
            source = tree.phrase(subject, _BARE)
            verbs = [main, *(n for n in tree.children(main, "conj") if not tree.children(n, "nsubj"))]
            out += [_of_verb(parse, tree, relation, verb, source) for verb in verbs]
    return [f for f in out if f is not None]


def _is_passive(tree: Tree, verb: int) -> bool:
    helpers = {tree.word(n) for n in tree.children(verb, "aux")}
    return bool(helpers & _BE) and not tree.word(verb).endswith("ing")


def _unsaid(parse: Parse, tree: Tree, relation: Relation, verb: int, content: Span) -> Relation | None:
    """What nobody is named for: "it was reported that …"; "the founder is thought to be living abroad"."""
    subject = tree.subject(verb, "expl")
    if subject is None or any(tree.case(n) == "by" for n in tree.children(verb, "obl")):
        return None
    at = tree.phrase(subject, ("punct",))
    whole: tuple[Span, ...] = (content,)
    # "was told that …" says it to the subject, "is thought to …" of the subject.
    if tree.word(subject) != "it" and tree.word(verb) not in read_words("hearer_verbs"):
        whole = (at, content)
    helper = parse.tokens[tree.children(verb, "aux")[0]].span
    cue = Span(helper.start, parse.tokens[verb].span.end)
    ordered = at.end <= cue.start < cue.end <= content.start
    return Relation(whole, (), (cue,), _SURE * relation.probability) if ordered else None


def _of_verb(parse: Parse, tree: Tree, relation: Relation, verb: int, source: Span) -> Relation | None:
    word = tree.word(verb)
    passive = _is_passive(tree, verb)
    known = word in read_words("speech_verbs") or (passive and word in read_words("hearsay_verbs"))
    if not known or parse.tokens[verb].tag != "VERB":
        return None
    said = [*tree.children(verb, *_CLAUSES)] or [
        n
        for n in tree.children(verb, "obj", "obl")
        if (word in read_words("speech_of_things") if parse.tokens[n].relation == "obj" else tree.case(n) == "for")
        and parse.tokens[n].tag not in _NOTHING
    ]
    said = [n for n in said if n > verb]
    if not said:
        return None
    content = tree.phrase(said[0], ("punct",))
    if passive:
        return _unsaid(parse, tree, relation, verb, content)
    first, last = relation.content[0].start, relation.content[-1].end
    if not (first <= source.start < source.end <= content.start < content.end <= last):
        return None
    before = [n for n in tree.children(verb, "aux", "advmod") if source.end <= parse.tokens[n].span.start and n < verb]
    cue = Span(parse.tokens[min([verb, *before])].span.start, parse.tokens[verb].span.end)
    return Relation((content,), (source,), (cue,), _SURE * relation.probability) if cue.end <= content.start else None
