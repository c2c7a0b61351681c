"""The second source of one content: whom a report says that its source cites."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from onrecord.language import Parse, Relation, Spans
from onrecord.record import Span

# "Radio Norra reported, citing two officials, that …": the second source of one content, to the end of its phrase.
_CITING = re.compile(
    r"\b(citing|quoting|based on|relying on)\s+([^,.;:“”\"\n]{3,80}?)(?=,|\.|;|:|“|\"|\n|$|\s+that\s|\s+as\s)"
)
# "the ministry quoted Holm as telling Vorac": the same, the words that cite in two places.
_AS_SAYING = re.compile(
    r"\b(?:quot|cit)(?:ed|es|ing|e)\s++([^\s,.;:“”\"][^,.;:“”\"\n]{2,79}?)\s++(as\s+(?!if\b|though\b)\w+ing)\b"
)
_CUE = re.compile(r"\b(?:citing|quoting|based on|relying on)\s")


class Citations:
    """The citations of one parse. What stands where is noted once, so that no relation is compared with all others."""

    def __init__(self, parse: Parse) -> None:
        self._parse = parse
        ends = ((m.start(), parse.sentences[parse.sentence_at(m.start())].end) for m in _CUE.finditer(parse.text))
        self._matches = [m for start, end in ends if (m := _CITING.match(parse.text, start, end))]
        self._matches += _AS_SAYING.finditer(parse.text)
        self._matches.sort(key=lambda m: m.start())
        self._starts = sorted(s.start for r in parse.relations for s in r.source)
        self._sources = Counter(r.source for r in parse.relations)
        self._contents = Spans(s for r in parse.relations for s in r.content)

    def behind(self, relation: Relation) -> tuple[Span, Span] | None:
        """Cue and source of a citation that stands behind the relation's own source, in its sentence."""
        if not relation.source:
            return None
        sentence = self._parse.sentences[self._parse.sentence_at(relation.source[0].start)]
        at = relation.source[-1].end
        named = bisect_left(self._starts, at)
        # "Holm denied it, but the ministry, citing an aide, said …": whoever was named last is the one who cites.
        last = min(self._starts[named] + 1, sentence.end) if named < len(self._starts) else sentence.end
        for n in range(bisect_left(self._matches, at, key=lambda m: m.start()), len(self._matches)):
            match = self._matches[n]
            if match.start() >= last:
                return None
            if match.start() < at:
                continue
            if not any(s.start < match.start() - 1 and match.end() < s.end for s in relation.content):
                cue, source = match.span(1), match.span(2)
                if match.re is _AS_SAYING:
                    cue, source = source, cue
                return Span(*cue), Span(*source)
            at = match.end()
        return None

    def without(self, relation: Relation, citation: tuple[Span, Span], given: Relation) -> Relation | None:
        """The relation, which is or was `given`, with the citation taken out of its content.

        "Radio Norra reported, citing an aide." alone in its sentence gives its source to the sentence before. None
        where the content is the cited source and nothing else, and another relation of the sentence holds the words.
        """
        cue, source = citation
        parse = self._parse
        content = []
        for start, end in relation.content:
            pieces = [Span(start, end)]
            if start < source.end and end > cue.start:
                pieces = [Span(start, max(start, cue.start)), Span(min(source.end, end), end)]
                pieces = [stripped(parse.text, p, " ,;:") for p in pieces]
            content += [p for p in pieces if p.end - p.start > 1]
        if content:
            return Relation(tuple(content), relation.source, relation.cue, relation.probability)
        number = parse.sentence_at(relation.source[0].start)
        if self._sources[relation.source] > (relation is given) or number == 0:
            return None
        if parse.text[source.end : parse.sentences[number].end].strip(" .\n"):
            return None
        before = parse.sentences[number - 1]
        span = stripped(parse.text, before, " .\n")
        if self._contents.meets(before) or not parse.text[span.start : span.end].strip():
            return None
        return Relation((span,), relation.source, relation.cue, relation.probability)


def stripped(text: str, span: Span, marks: str) -> Span:
    """`span` without the `marks` at its ends."""
    words = text[span.start : span.end].lstrip(marks)
    start = span.end - len(words)
    return Span(start, start + len(words.rstrip(marks)))
