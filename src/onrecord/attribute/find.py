"""A parse to the attributions of its report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace as changed

from msgspec.structs import replace

from onrecord.attribute.citation import Citations, stripped
from onrecord.attribute.confidence import confidence
from onrecord.attribute.credit import find_credit
from onrecord.attribute.inner import passed_over, relayed, with_inner, with_outer_source
from onrecord.attribute.layout import is_mark, with_layout_source
from onrecord.attribute.manner import (
    Hearer,
    around,
    find_addressee,
    find_channel,
    find_polarity,
    find_quote,
    same_outlet,
)
from onrecord.attribute.modality import find_modality
from onrecord.attribute.resolve import Resolver
from onrecord.attribute.setting import find_day, without_day
from onrecord.language import Parse, Relation, Spans, Tree, words_of
from onrecord.record import Attribution, Entity, Interval, Mention, Noise, Part, Span, Speaker, Timex

_TELLS = re.compile(r"\b(?:told|tells|informed|informs|assured|assures|warned|warns|reminded|reminds|notified)$")
_LONGEST_SOURCE = 12
# Twelve words take fewer characters; a sentence that has no end isn't read anew for each verb.
_FAR = 500
# So many sentences on, a named source is still speaking by the same way.
_FEW = 2


def find_attributions(
    parse: Parse,
    entities: tuple[Entity, ...],
    noise: Sequence[Noise],
    outlet: str | None,
    timexes: Sequence[Timex] = (),
) -> tuple[tuple[Attribution, ...], tuple[Entity, ...]]:
    """The attributions in order of place, and the entities with the pronouns and offices that were resolved to them.

    What stands in `noise` is left out. `outlet` is the report's own, which is no link of its chains; an agency that the
    report credits as its author is the first. `timexes` are what may tell the day on which something was said.
    """
    tree = Tree(parse)
    resolver, citations = Resolver(parse, tree, entities), Citations(parse)
    found: list[Attribution] = []
    continued = _Continued()
    unread = Spans(n.span for n in noise)
    known = Spans([s for r in parse.relations for s in (*r.content, *r.source, *r.cue)])
    relations = [
        r
        for r in (*parse.relations, *passed_over(parse, tree, known))
        if not _inside(r.content, unread) and not is_mark(parse.text, r.content)
    ]

    def add(given: Relation, holder: Attribution | None) -> None:
        told = _told_by(parse, given)
        citation = citations.behind(told)
        relation = citations.without(told, citation, given) if citation else told
        if relation is None:
            return
        relation = without_day(parse, tree, relation)
        one = _attribution(parse, tree, relation, resolver, outlet, f"a{len(found) + 1}", holder)
        if day := find_day(parse, tree, relation, timexes):
            known = Interval(day.earliest, day.latest) if day.earliest or day.latest else None
            one = replace(one, said=known, said_by=day.span)
        if holder is None:
            one = continued.again(one, parse.sentence_at((relation.source or relation.content)[0].start))
        found.append(one)
        if citation and one.speaker.class_ != "unspecified":
            one = _cited(parse, one, citation, resolver, f"a{len(found) + 1}")
            continued.again(one, parse.sentence_at(citation[1].start))
            found.append(one)
        for inner in given.nested:
            add(inner, one)

    for relation in sorted(relations, key=lambda r: (*(r.source or r.content)[:1], r.content)):
        add(_layered(parse, tree, relation), None)
    order = sorted(found, key=lambda a: (a.content, a.within is not None))
    names = {a.id: f"a{n}" for n, a in enumerate(order, 1)}
    credit = find_credit(parse.text)
    lead = (credit,) if credit and not same_outlet(credit, outlet) else ()
    attributions = tuple(
        replace(a, id=names[a.id], within=a.within and names[a.within], chain=_through(lead, a.chain)) for a in order
    )
    return attributions, _with_mentions(entities, resolver)


def _layered(parse: Parse, tree: Tree, given: Relation) -> Relation:
    """The relation with its own source and with all that its content holds."""
    given = with_layout_source(parse, given)
    relation = with_inner(parse, tree, with_outer_source(parse, tree, given))
    if relay := relayed(parse, tree, relation):
        outer, inner = relay
        return changed(outer, nested=(changed(inner, nested=relation.nested),))
    return relation


class _Continued:
    """The ways by which sources reached the report, while it keeps telling what they said.

    "Sources close to the talks told Harbour Radio that … The same sources said …": it was Harbour Radio again.
    """

    def __init__(self) -> None:
        self._ways: dict[Speaker, tuple[tuple[str, ...], int]] = {}

    def again(self, one: Attribution, sentence: int) -> Attribution:
        """`one`, with the links of the same source's last words where it brings none of its own."""
        chain, last = self._ways.get(one.speaker, ((), -_FEW))
        unnamed = one.speaker.class_.startswith("anonymous")
        # A person who is named speaks by other ways too; an unnamed one is known by this way alone.
        if len(one.chain) == 1 and len(chain) > 1 and (unnamed or sentence - last <= _FEW):
            one = replace(one, chain=chain)
        if one.speaker.name:
            self._ways[one.speaker] = (one.chain, sentence)
        return one


def _attribution(
    parse: Parse,
    tree: Tree,
    relation: Relation,
    resolver: Resolver,
    outlet: str | None,
    name: str,
    holder: Attribution | None,
) -> Attribution:
    """The attribution of a relation, which stands in the content of `holder` where there is one."""
    speaker = resolver.resolve(relation.source, holder.speaker if holder else None)
    cue = parse.quote(relation.cue)
    words = around(parse, tree, relation)
    polarity = find_polarity(parse, relation, words)
    hearer = find_addressee(parse, tree, relation, resolver, outlet)
    return Attribution(
        id=name,
        content=relation.content,
        cue=relation.cue,
        source=relation.source,
        speaker=speaker,
        chain=_joined(holder.chain if holder else (), _chain(speaker, hearer)),
        within=holder.id if holder else None,
        addressee=hearer.name if hearer else None,
        channel=find_channel(words, cue),
        quote=find_quote(parse, relation.content, holder is not None),
        polarity=polarity,
        modality=find_modality(parse, tree, relation.cue, relation.content, polarity != "affirmed"),
        said=None,
        confidence=confidence(relation.probability, parse.quote(relation.source), speaker, holder is not None),
    )


def _chain(speaker: Speaker, hearer: Hearer | None) -> tuple[str, ...]:
    """The outlet that was told, then the speaker; nothing for nobody."""
    if speaker.name is None:
        return ()
    if hearer and hearer.outlet and speaker.class_ != "outlet":
        return (hearer.name, speaker.name)
    return (speaker.name,)


def _joined(before: tuple[str, ...], behind: tuple[str, ...]) -> tuple[str, ...]:
    """The links of both; who speaks of words of his own is no link twice."""
    return (*before, *(behind[1:] if before[-1:] == behind[:1] else behind))


def _through(lead: tuple[str, ...], chain: tuple[str, ...]) -> tuple[str, ...]:
    """`chain` behind the agency whose report this is, unless it begins with it: "told Reuters" in Reuters copy."""
    return chain if not lead or (chain and same_outlet(lead[0], chain[0])) else (*lead, *chain)


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
    first = max(sentence.start, cue.start - _FAR)
    before = parse.text[first : cue.start].rstrip()
    lead = re.split(r"[,;:“”\"\n]", before)[-1]
    who = stripped(parse.text, Span(first + len(before) - len(lead), first + len(before)), " ")
    words = words_of(parse.text, who)
    if not words or len(words) > _LONGEST_SOURCE:
        return relation
    return Relation(relation.content, (who,), relation.cue, relation.probability)


def _cited(parse: Parse, outer: Attribution, cited: tuple[Span, Span], resolver: Resolver, name: str) -> Attribution:
    speaker = resolver.resolve((cited[1],), outer.speaker, cited=True)
    chain = _joined(outer.chain, (speaker.name,) if speaker.name else ())
    return replace(
        outer,
        id=name,
        cue=(cited[0],),
        source=(cited[1],),
        speaker=speaker,
        chain=chain,
        within=outer.id,
        addressee=None,
        channel=find_channel(parse.quote((cited[1],)), ""),
    )


def _inside(part: Part, noise: Spans) -> bool:
    """Whether half of `part` or more stands in one stretch of noise."""
    held = Counter[Span]()
    for a, b in part:
        for span in noise.met_by(Span(a, b)):
            held[span] += min(b, span.end) - max(a, span.start)
    return 2 * max(held.values(), default=-1) >= sum(b - a for a, b in part)


def _with_mentions(entities: tuple[Entity, ...], resolver: Resolver) -> tuple[Entity, ...]:
    more: dict[str, list[Mention]] = defaultdict(list)
    for entity, mention in resolver.mentions:
        more[entity].append(mention)
    return tuple(
        replace(e, mentions=tuple(sorted({*e.mentions, *more[e.id]}, key=lambda m: (m.span, m.form)))) for e in entities
    )
