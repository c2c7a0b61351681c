"""A report's text to what the language model and the marks of print show in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from onrecord.language.coreference import Cluster, find_clusters
from onrecord.language.frames import Argument, Frame
from onrecord.language.mentions import Scene, set_scene
from onrecord.language.model import Model
from onrecord.language.paths import Floats, Found
from onrecord.language.pieces import Pieces, split_sentences
from onrecord.language.proper_nouns import SHOWN, find_joined
from onrecord.language.quotes import find_quotations
from onrecord.language.relations import Relation, in_one_line, part_of, read_nested, relations_of
from onrecord.language.scores import NOMINALS, RELATIONS, TAGS
from onrecord.language.spans import Spans
from onrecord.language.syntax import Node
from onrecord.language.timexes import CERTAIN, find_certain
from onrecord.language.tokens import Token
from onrecord.record import Part, Span, TimexType

# An abbreviation keeps its stops ("U.S."), a number its comma ("400,000"), a compound its hyphen, a letter its accent.
_LETTERS = r"\w[\w\u0300-\u036f]*"
_WORD = re.compile(rf"(?:[^\W\d_]\.){{2,}}|{_LETTERS}(?:['’-]{_LETTERS}|(?<=\d)[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name as the model read it: person, organisation or place."""

    span: Span
    kind: str
    probability: float


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression as the model read it, of one of TIMEX3's types: DATE, TIME, DURATION or SET."""

    span: Span
    type: TimexType
    probability: float


@dataclass(frozen=True, slots=True)
class Parse:
    """What stands in one text; everything in order of place. Sentences cover the text, spaces included.

    A frame's numbers are those of tokens. `clusters` are the mentions that mean one thing, where there are two or more.
    """

    text: str
    sentences: tuple[Span, ...]
    quotations: tuple[Span, ...]
    names: tuple[Name, ...]
    relations: tuple[Relation, ...]
    tokens: tuple[Token, ...] = ()
    frames: tuple[Frame, ...] = ()
    timexes: tuple[TimeExpression, ...] = ()
    clusters: tuple[Cluster, ...] = ()

    def sentence_at(self, offset: int) -> int:
        """The number of the sentence that holds `offset`."""
        # A tuple of one stands before all spans that begin there.
        return max(0, bisect_left(self.sentences, (offset + 1,)) - 1)

    def subjects(self, number: int) -> list[Span]:
        """The subjects of the main clauses of that sentence, in order, each with all that belongs to it."""
        sentence = self.sentences[number]
        first = bisect_left(self.tokens, sentence.start, key=lambda t: t.span.start)
        last = bisect_left(self.tokens, sentence.end, lo=first, key=lambda t: t.span.start)
        heads = [n for n in range(first, last) if self.tokens[n].relation == "nsubj"]
        return [_phrase(self.tokens, n, first, last) for n in heads if self._is_main(self.tokens[n].head)]

    def _is_main(self, token: int) -> bool:
        """Whether the token heads a main clause: the root, or one joined to it by "and"."""
        relation = self.tokens[token].relation
        return relation == "root" or (relation == "conj" and self.tokens[self.tokens[token].head].relation == "root")

    def quote(self, part: Part) -> str:
        """The words of `part`, its pieces joined by a space."""
        return " ".join(self.text[s.start : s.end] for s in part)


def parse(text: str, model: Model, coreference: bool = True) -> Parse:
    """What `model` and the marks of print show in `text`; clusters only where `coreference` is asked for."""
    found, vectors = _parse(text, model)
    if not coreference:
        return found
    clusters = [
        (first, *(replace(m, probability=model.calibrated("coreference", m.probability)) for m in rest))
        for first, *rest in find_clusters(_scene(found, vectors), model.tables, model.leaning.antecedent)
    ]
    return replace(found, clusters=tuple(clusters))


def parse_scene(text: str, model: Model) -> tuple[Parse, Scene]:
    """The parse of `text` without clusters, and the mentions that these are made of."""
    found, vectors = _parse(text, model)
    return found, _scene(found, vectors)


def _scene(found: Parse, vectors: Floats) -> Scene:
    return set_scene(found.text, found.tokens, found.sentences, found.quotations, vectors)


def _parse(text: str, model: Model) -> tuple[Parse, Floats]:
    """The parse of `text` without clusters, and the vectors of its mentions."""
    pieces, reading = model.read(text)
    relations = relations_of(text, reading.relations, pieces, model)
    names = [
        Name(in_one_line(text, part_of(m, pieces))[0], m.label, model.calibrated("names", m.probability))
        for m in reading.mentions
    ]
    tokens = _tokens(text, reading.nodes, pieces, model)
    sentences = tuple(Span(a, b) for a, b in split_sentences(text))
    quotations = tuple(Span(a, b) for a, b in find_quotations(text))
    named = [n for n in _whole_words(text, names) if not _is_adjective(n.span, tokens)]
    joined = [Name(s, "person", SHOWN) for s in find_joined(text, tokens, Spans(n.span for n in named))]
    found = Parse(
        text=text,
        sentences=sentences,
        quotations=quotations,
        names=tuple(sorted([*named, *joined], key=lambda n: n.span)),
        relations=read_nested(text, relations, tokens, model),
        tokens=tuple(tokens),
        frames=tuple(_frame(f, model) for f in reading.frames),
        timexes=tuple(_timexes(text, reading.timexes, names, pieces, model)),
    )
    return found, reading.referents


def _timexes(
    text: str, read: Sequence[Found], names: Sequence[Name], pieces: Pieces, model: Model
) -> list[TimeExpression]:
    """What the model read, and what the calendar makes certain where it read nothing."""
    found: list[TimeExpression] = []
    for item in read:
        (span,) = part_of(item, pieces)
        # A line may be broken inside of "the third quarter", a paragraph ends between two expressions.
        end = text.find("\n\n", span.start, span.end)
        span = Span(span.start, end if end > span.start else span.end)
        if not _NO_TIME.fullmatch(text, *span):
            probability = model.calibrated("timexes", item.probability)
            found.append(TimeExpression(span, cast(TimexType, item.label), probability))
    taken = Spans([*(t.span for t in found), *(n.span for n in names)])
    certain = [span for span in find_certain(text) if not taken.meets(span)]
    part_of_day = (bool(_PART_OF_DAY.search(text, *span)) for span in certain)
    found += [TimeExpression(s, "TIME" if p else "DATE", CERTAIN) for s, p in zip(certain, part_of_day, strict=True)]
    return sorted(found, key=lambda t: t.span)


# What a line break has left of an expression.
_NO_TIME = re.compile(
    r"(?:\W|\b(?:the|this|that|these|those|an?|its|their|more|less|than|about|at|least|of)\b)*", re.IGNORECASE
)
_PART_OF_DAY = re.compile(r"morning|afternoon|evening|night")


def _frame(frame: Frame, model: Model) -> Frame:
    calibrated = model.calibrated
    return Frame(
        frame.node,
        calibrated("predicates", frame.probability),
        frame.factuality,
        calibrated("happened", frame.happened),
        tuple(Argument(a.label, a.node, calibrated("arguments", a.probability)) for a in frame.arguments),
    )


def words_of(text: str, span: Span | None = None) -> list[tuple[str, Span]]:
    """The words in `span` of `text`, each with its own span; hyphens and inner apostrophes do not part a word."""
    start, end = span or (0, len(text))
    return [(m.group(), Span(*m.span())) for m in _WORD.finditer(text, start, end)]


def _tokens(text: str, nodes: Sequence[Node], pieces: Pieces, model: Model) -> list[Token]:
    starts, ends = pieces.start.tolist(), pieces.end.tolist()
    out: list[Token] = []
    for node in nodes:
        start, end = starts[node.start], ends[node.end - 1]
        # "don't" is "do" and "n't", and the wordpieces part it behind the n.
        last = out[-1].span if out else Span(0, 0)
        if _NOT.match(text, start, end) and last.end == start > last.start + 1 and text[start - 1] in "nN":
            out[-1] = replace(out[-1], span=Span(last.start, start - 1))
            start -= 1
        kind = NOMINALS[node.kind] if node.kind else None
        out.append(
            Token(
                Span(start, end),
                TAGS[node.tag],
                node.head,
                RELATIONS[node.relation],
                kind,
                model.calibrated("syntax", node.sure),
                model.calibrated("mentions", node.sure_kind),
            )
        )
    return out


_NOT = re.compile(r"['’][tT]\b")


def _phrase(tokens: Sequence[Token], head: int, first: int, last: int) -> Span:
    """From the first to the last word that depends on `head`, directly or not; clauses and appositions are left out."""
    held = {head}
    grown = True
    while grown:
        more = {
            n
            for n in range(first, last)
            if n not in held and tokens[n].head in held and tokens[n].relation not in ("acl", "appos", "punct")
        }
        held |= more
        grown = bool(more)
    return Span(tokens[min(held)].span.start, tokens[max(held)].span.end)


def _is_adjective(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether all words of `span` are adjectives, as in "a Lothan minister": no name, though its people have one."""
    first = bisect_left(tokens, span.start, key=lambda t: t.span.start)
    last = bisect_left(tokens, span.end, key=lambda t: t.span.start)
    return first < last and all(t.tag == "ADJ" for t in tokens[first:last])


def _whole_words(text: str, names: list[Name]) -> list[Name]:
    """The names stretched to whole words, those that then meet made one: "Amir" and "Kasal" of "Amir-Kasal"."""
    words = [s for _, s in words_of(text)]
    ends = [s.end for s in words]
    out: list[Name] = []
    for name in names:
        first, last = bisect_right(ends, name.span.start), bisect_right(ends, name.span.end - 1)
        if first >= len(words) or words[first].start >= name.span.end:
            continue  # a mark of punctuation alone
        end = words[min(last, len(words) - 1)]
        stop = end.end if end.start < name.span.end else words[last - 1].end
        whole = Name(Span(words[first].start, stop), name.kind, name.probability)
        if out and whole.span.start < out[-1].span.end:
            surer = max(out[-1], whole, key=lambda n: n.probability)
            both = Span(out[-1].span.start, max(out[-1].span.end, whole.span.end))
            out[-1] = Name(both, surer.kind, surer.probability)
        else:
            out.append(whole)
    return out
