"""An analysis to what is compared of each content: what it says clause by clause, of whom, how many and when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.knowledge import read_words
from onrecord.language.vectors import NARROW
from onrecord.link.clusters import fact
from onrecord.link.quantities import Quantity, find_quantities
from onrecord.link.rarity import body
from onrecord.link.sights import Bag, Vector, Words, as_vector, idf, name_words, read_rows, stem
from onrecord.record import Analysis, Attribution, Interval, Modality, Polarity, Span

# Clauses of so few words ("he said") say nothing that could be told again.
LEAST_WORDS = 3
_CONTRASTS = ("and", "but", "or", "if", "than")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause of a content, or all of it: its meaning, its telling words with their weights, and what it names.

    `plain` are its words without the names, which reports of one affair share whatever they say. `names` are of those
    whom it speaks of in any words, as far as their report names them; `negated` is whether it says that something is
    not so.
    """

    span: Span
    vector: Vector
    words: Bag
    plain: Bag
    names: Words
    quantities: tuple[Quantity, ...]
    days: tuple[Interval, ...]
    negated: bool


@dataclass(frozen=True, slots=True)
class ContentSight:
    """What somebody says: its clauses, the whole of it last, and the sentence in which it begins.

    `attribution` is None of a sentence that the report tells itself.
    """

    key: str
    report: str
    attribution: Attribution | None
    pieces: tuple[Piece, ...]
    sentence: Vector
    folded: str

    @property
    def whole(self) -> Piece:
        """The content from its first to its last word."""
        return self.pieces[-1]

    @property
    def clauses(self) -> tuple[Piece, ...]:
        """What it says, one clause after the other."""
        return self.pieces[:-1] or self.pieces

    @property
    def polarity(self) -> Polarity:
        """Of what a report tells itself, affirmed."""
        return self.attribution.polarity if self.attribution else "affirmed"

    @property
    def modality(self) -> Modality:
        """Of what a report tells itself, asserted."""
        return self.attribution.modality if self.attribution else "asserted"


def see_contents(analysis: Analysis) -> list[ContentSight]:
    """The attributions of a report that say enough to be compared, in its order."""
    seen = _Seen(analysis)
    said = ((x, Span(x.content[0].start, x.content[-1].end)) for x in analysis.attributions)
    found = (seen.look(fact(analysis.id, x.id), span, x) for x, span in said if seen.says_something(span))
    return [sight for sight in found if sight]


def see_sentences(analysis: Analysis) -> list[ContentSight]:
    """The sentences of the body that the report tells itself, in its order; none in which somebody is quoted."""
    seen = _Seen(analysis)
    quoted = [s for x in analysis.attributions for s in x.content] + [n.span for n in analysis.noise]
    own = (s for s in body(analysis) if not any(q.start < s.end and s.start < q.end for q in quoted))
    found = (seen.look(fact(analysis.id, f"{s.start}"), s, None) for s in own)
    return [sight for sight in found if sight]


def see_sentence(analysis: Analysis, span: Span) -> Piece | None:
    """A sentence of the body, whoever is quoted in it; None where it says too little."""
    sight = _Seen(analysis).look(fact(analysis.id, f"{span.start}"), span, None)
    return sight.whole if sight else None


class _Seen:
    """A report with what is compared of it at hand."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._rows = read_rows(analysis)
        self._names = [
            (m.span, frozenset(name_words(e.name))) for e in analysis.entities if e.type != "outlet" for m in e.mentions
        ]

    def says_something(self, span: Span) -> bool:
        """Whether its reader kept what a content means; it does of those with a verb."""
        return span in self._rows

    def look(self, key: str, whole: Span, attribution: Attribution | None) -> ContentSight | None:
        """The stretch from its first to its last word; None where it says too little."""
        if self._count(whole) < LEAST_WORDS:
            return None
        rows, text = self._rows, self._analysis.text
        held = [s for s in rows if whole.start <= s.start and s.end <= whole.end and s != whole]
        around = [s for s in rows if s.start <= whole.start < s.end and s != whole and s not in held]
        sentence = max(around, key=lambda s: s.end - s.start, default=whole)
        denied = attribution is not None and attribution.polarity == "denied"
        clauses = [s for s in held if self._count(s) >= LEAST_WORDS]
        return ContentSight(
            key=key,
            report=self._analysis.id,
            attribution=attribution,
            pieces=tuple(self._read(s, denied) for s in [*clauses, whole]),
            sentence=as_vector(rows.get(sentence, np.zeros(NARROW))),
            folded=" ".join(_WORD.findall(text[whole.start : whole.end].casefold())),
        )

    def _read(self, span: Span, denied: bool) -> Piece:
        text = self._analysis.text[span.start : span.end]
        found = _WORD.findall(text.casefold().replace("’", "'"))
        words = {stem(w): idf(w) for w in sorted(found) if w not in read_words("function_words")}
        within = [own for s, own in self._names if span.start <= s.start and s.end <= span.end]
        names = frozenset(w for own in within for w in own)
        named = names | {stem(n) for n in names}
        return Piece(
            span=span,
            vector=as_vector(self._rows.get(span, np.zeros(NARROW))),
            words=words,
            plain={w: v for w, v in words.items() if w not in named},
            names=names,
            quantities=find_quantities(text),
            days=tuple(
                Interval(t.earliest, t.latest)
                for t in self._analysis.timexes
                if t.earliest and t.latest and span.start <= t.span.start and t.span.end <= span.end
            ),
            negated=_is_negated(found) != denied,
        )

    def _count(self, span: Span) -> int:
        return len(_WORD.findall(self._analysis.text[span.start : span.end]))


def _is_negated(words: Sequence[str]) -> bool:
    """Whether a negation stands in the clause itself: none does in "the roof, which could not carry the ash"."""
    for n, word in enumerate(words):
        if n and word in read_words("subordinators"):
            return False
        # "The order came from the office and not from a court" says where it came from.
        if word in read_words("negations") and (not n or words[n - 1] not in _CONTRASTS):
            return True
    return False
