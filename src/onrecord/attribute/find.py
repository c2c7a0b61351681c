"""A parse to the attributions of its report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.attribute.credit import find_credit
from onrecord.attribute.manner import around, find_addressee, find_channel, find_modality, find_polarity, find_quote
from onrecord.attribute.resolve import Resolver
from onrecord.language import Parse, Relation, is_outlet, words_of
from onrecord.record import Attribution, Entity, Noise, Part, Span, Speaker

# "Radio Norra reported, citing two officials, that …": the second source of one content, to the end of its phrase.
_CITING = re.compile(
    r"\b(citing|quoting|based on|relying on)\s+([^,.;:“”\"\n]{3,80}?)(?=,|\.|;|:|“|\"|\n|$|\s+that\s|\s+as\s)"
)

_TELLS = re.compile(r"\b(?:told|tells|informed|informs|assured|assures|warned|warns|reminded|reminds|notified)$")
_LONGEST_SOURCE = 12


def find_attributions(
    parse: Parse, entities: tuple[Entity, ...], noise: Sequence[Noise], outlet: str | None
) -> tuple[tuple[Attribution, ...], tuple[Entity, ...]]:
    """The attributions in order of place, and the entities with the pronouns and offices that were resolved to them.

    What stands in `noise` is left out. `outlet` is the report's own, which is no link of its chains; an agency that the
    report credits as its author is the first.
    """
    resolver = Resolver(parse, entities)
    found: list[Attribution] = []
    relations = [r for r in parse.relations if not any(_inside(r.content, n.span) for n in noise)]
    for given in sorted(relations, key=lambda r: (*(r.source or r.content)[:1], r.content)):
        told = _told_by(parse, given)
        citation = _citation(parse, told)
        relation = _without(parse, told, citation) if citation else told
        if relation is None:
            continue
        outer = _attribution(parse, relation, resolver, entities, outlet, f"a{len(found) + 1}")
        found.append(outer)
        if citation and outer.speaker.class_ != "unspecified":
            found.append(_nested(parse, outer, citation, resolver, f"a{len(found) + 1}"))
    order = sorted(found, key=lambda a: (a.content, a.within is not None))
    names = {a.id: f"a{n}" for n, a in enumerate(order, 1)}
    credit = find_credit(parse.text)
    lead = (credit,) if credit and not _same_outlet(credit, outlet) else ()
    attributions = tuple(
        replace(a, id=names[a.id], within=a.within and names[a.within], chain=_through(lead, a.chain)) for a in order
    )
    return attributions, _with_mentions(entities, resolver)


def _attribution(
    parse: Parse, relation: Relation, resolver: Resolver, entities: tuple[Entity, ...], outlet: str | None, name: str
) -> Attribution:
    speaker = resolver.resolve(relation.source)
    cue, content = parse.quote(relation.cue), parse.quote(relation.content)
    words = around(parse, relation.content, relation.cue, relation.source)
    addressee = find_addressee(parse, relation.cue, relation.content, entities)
    return Attribution(
        id=name,
        content=relation.content,
        cue=relation.cue,
        source=relation.source,
        speaker=speaker,
        chain=_chain(speaker, addressee, outlet),
        within=None,
        addressee=addressee,
        channel=find_channel(words, cue),
        quote=find_quote(parse, relation.content),
        polarity=find_polarity(cue, words),
        modality=find_modality(cue, content),
        said=None,
        confidence=relation.probability,
    )


def _chain(speaker: Speaker, addressee: str | None, outlet: str | None) -> tuple[str, ...]:
    """The outlet that was told, where it is not the report's own, then the speaker; nothing for nobody."""
    if speaker.name is None:
        return ()
    told = addressee if addressee and is_outlet(addressee.split(" (")[0]) else None
    if told and not _same_outlet(told.split(" (")[0], outlet) and speaker.class_ != "outlet":
        return (told, speaker.name)
    return (speaker.name,)


def _through(lead: tuple[str, ...], chain: tuple[str, ...]) -> tuple[str, ...]:
    """`chain` behind the agency whose report this is, unless it begins with it: "told Reuters" in Reuters copy."""
    return chain if not chain or not lead or _same_outlet(lead[0], chain[0]) else (*lead, *chain)


def _same_outlet(name: str, outlet: str | None) -> bool:
    """Whether `name` is a short or full form of `outlet`: "the Gazette" in the Port Ansel Gazette."""
    own = {w.casefold() for w, _ in words_of(outlet or "")} - {"the"}
    given = {w.casefold() for w, _ in words_of(name)} - {"the"}
    return bool(given) and given <= own


def _told_by(parse: Parse, relation: Relation) -> Relation:
    """The relation with whoever stands before the verb of telling as its source, where the one who was told is given.

    "Sources close to the talks told Ada Holm of the Ledger that …": she is no source of it.
    """
    if len(relation.source) != 1 or not relation.cue:
        return relation
    cue, source = relation.cue[-1], relation.source[0]
    behind = cue.end < source.start <= cue.end + 2 and source.end <= relation.content[0].start
    if not behind or not _TELLS.search(parse.text[cue.start : cue.end]):
        return relation
    sentence = parse.sentences[parse.sentence_at(cue.start)]
    lead = re.split(r"[,;:“”\"\n]", parse.text[sentence.start : cue.start].rstrip())[-1]
    who = _stripped(parse.text, Span(cue.start - len(lead) - 1, cue.start), " ")
    words = words_of(parse.text, who)
    if not words or len(words) > _LONGEST_SOURCE:
        return relation
    return Relation(relation.content, (who,), relation.cue, relation.probability)


def _citation(parse: Parse, relation: Relation) -> tuple[Span, Span] | None:
    """Cue and source of a citation that stands behind the relation's own source, in its sentence."""
    if not relation.source:
        return None
    sentence = parse.sentences[parse.sentence_at(relation.source[0].start)]
    for match in _CITING.finditer(parse.text, relation.source[-1].end, sentence.end):
        inner = any(s.start < match.start() - 1 and match.end() < s.end for s in relation.content)
        # "Holm denied it, but the ministry, citing an aide, said …": whoever was named last is the one who cites.
        between = any(relation.source[-1].end <= s.start < match.start() for r in parse.relations for s in r.source)
        if not inner and not between:
            return Span(*match.span(1)), Span(*match.span(2))
    return None


def _without(parse: Parse, relation: Relation, citation: tuple[Span, Span]) -> Relation | None:
    """The relation with the citation taken out of its content.

    "Radio Norra reported, citing an aide." alone in its sentence gives its source to the sentence before. None where
    the content is the cited source and nothing else, and another relation of the sentence holds the words.
    """
    cue, source = citation
    content = []
    for start, end in relation.content:
        pieces = [Span(start, end)]
        if start < source.end and end > cue.start:
            pieces = [Span(start, max(start, cue.start)), Span(min(source.end, end), end)]
            pieces = [_stripped(parse.text, p, " ,;:") for p in pieces]
        content += [p for p in pieces if p.end - p.start > 1]
    if content:
        return Relation(tuple(content), relation.source, relation.cue, relation.probability)
    number = parse.sentence_at(relation.source[0].start)
    sentence = parse.sentences[number]
    if any(r is not relation and r.source == relation.source for r in parse.relations) or number == 0:
        return None
    if parse.text[source.end : sentence.end].strip(" .\n"):
        return None
    before = parse.sentences[number - 1]
    if any(s.start < before.end and before.start < s.end for r in parse.relations for s in r.content):
        return None
    span = _stripped(parse.text, before, " .\n")
    return Relation((span,), relation.source, relation.cue, relation.probability) if span.end > span.start else None


def _stripped(text: str, span: Span, marks: str) -> Span:
    """`span` without the `marks` at its ends."""
    words = text[span.start : span.end].lstrip(marks)
    start = span.end - len(words)
    return Span(start, start + len(words.rstrip(marks)))


def _nested(parse: Parse, outer: Attribution, cited: tuple[Span, Span], resolver: Resolver, name: str) -> Attribution:
    speaker = resolver.resolve((cited[1],))
    chain = (*outer.chain, *((speaker.name,) if speaker.name else ()))
    return replace(
        outer,
        id=name,
        cue=(cited[0],),
        source=(cited[1],),
        speaker=speaker,
        chain=chain,
        within=outer.id,
        addressee=None,
        channel="unspecified",
    )


def _inside(part: Part, noise: Span) -> bool:
    """Whether half of `part` or more stands in the noise."""
    held = sum(max(0, min(b, noise.end) - max(a, noise.start)) for a, b in part)
    return 2 * held >= sum(b - a for a, b in part)


def _with_mentions(entities: tuple[Entity, ...], resolver: Resolver) -> tuple[Entity, ...]:
    out = []
    for entity in entities:
        more = {m for i, m in resolver.mentions if i == entity.id}
        mentions = sorted({*entity.mentions, *more}, key=lambda m: (m.span, m.form))
        out.append(replace(entity, mentions=tuple(mentions)))
    return tuple(out)
