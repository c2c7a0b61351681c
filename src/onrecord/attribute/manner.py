"""How words were said: quoted or not, by what means, to whom, affirmed or denied, asserted or threatened."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from dataclasses import dataclass

from onrecord.attribute.phrases import longest
from onrecord.attribute.resolve import Resolver
from onrecord.attribute.speaker import PRONOUNS, classify, find_head, singular
from onrecord.knowledge import read_words
from onrecord.language import Parse, Relation, Spans, Tree, is_outlet, words_of
from onrecord.record import Channel, Entity, Part, Polarity, Quote, Span

_LONGEST_HEARER = 12
_OF = re.compile(r",? (?:of|from|at) ")
_PRESS = re.compile(r"\b(?:reporters|journalists|the press|the media)\b", re.IGNORECASE)
# Single marks are apostrophes elsewhere; around a whole piece they quote it.
_WHOLE = re.compile(r"[\"“„«][^\"“”„«»]+[\"”“»]|[‘'](?:[^‘'’]|(?<=\w)[’'](?=\w))+[’']")
# Content counts as wholly quoted when at most this share of its letters stands outside the marks.
_OUTSIDE = 0.1
# What stands farther off, in a sentence that has no end, says nothing of how the words were said.
_FAR = 1_000


def find_quote(parse: Parse, content: Part, nested: bool = False) -> Quote:
    """Whether the content stands in quotation marks wholly, in part, or not.

    Marks that begin before a `nested` content are those of whoever speaks of it, “He told me he would go”, unless it
    brings its own.
    """
    if all(_WHOLE.fullmatch(parse.text, *span) for span in content):
        return "direct"
    inside = whole = 0
    for a, b in content:
        whole += _count_letters(parse.text, a, b)
        for n in range(bisect_right(parse.quotations, a, key=lambda q: q.end), len(parse.quotations)):
            start, end = parse.quotations[n]
            if start >= b:
                break
            if nested and start < a - 1:
                continue
            inside += _count_letters(parse.text, max(a, start), min(b, end))
    if inside >= (1 - _OUTSIDE) * whole:
        return "direct"
    return "mixed" if inside else "indirect"


def _count_letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def around(parse: Parse, tree: Tree, relation: Relation) -> str:
    """What stands around a content that tells how it was said: the clause of its cue, without contents in it.

    Of a content without a cue or a tree of it, the sentences of source and content's end.
    """
    cue, content = relation.cue, relation.content
    head = tree.head(cue)
    if head is None:
        return _sentences(parse, content, relation.source)
    while parse.tokens[head].relation in ("xcomp", "conj") and parse.tokens[parse.tokens[head].head].tag == "VERB":
        above = parse.tokens[head].head
        if any(a <= parse.tokens[above].span.start < b for a, b in content):
            break
        if parse.tokens[head].relation == "conj" and tree.children(head, "nsubj"):
            break
        head = above
    inside = Spans(content)
    held = [n for n in tree.below(head, ("ccomp", "conj")) if not inside.meets(parse.tokens[n].span)]
    words = [parse.text[slice(*parse.tokens[n].span)] for n in held]
    return " ".join([*words, "|", *(parse.text[a:b] for a, b in (*cue, *relation.source))])[: 2 * _FAR]


def _sentences(parse: Parse, content: Part, source: Part) -> str:
    spans = sorted([*source] or [Span(content[-1].end - 1, content[-1].end)])
    out: list[str] = []
    for n, group in itertools.groupby(spans, key=lambda s: parse.sentence_at(s.start)):
        near, sentence = list(group), parse.sentences[n]
        at = max(sentence.start, near[0].start - _FAR)
        end = min(sentence.end, max(s.end for s in near) + _FAR)
        for a, b in content:
            if a < end and b > at:
                out.append(parse.text[at : max(at, a)])
                at = max(at, b)
        out.append(parse.text[at:end])
    return " ".join(" ".join(out).split())


def find_channel(words: str, cue: str) -> Channel:
    """By what means, from the words around the content; "unspecified" where they don't say."""
    if _CARRIED.search(words):
        return "message_via_intermediary"
    return longest("channels", f"{cue} {words}") or "unspecified"  # type: ignore[return-value]


# "in a message brought ashore by fishermen", "through Ostian mediators"
_CARRIED = re.compile(
    r"\b(?:message|word|note|offer)s?\b.{0,60}\b(?:through|via|carried|brought|delivered|conveyed|passed)\b"
    r"|\b(?:through|via|by)\b.{0,40}\b(?:mediators?|intermediar\w+|go-betweens?|emissar\w+|third part\w+)\b",
    re.IGNORECASE,
)
# So many words at the beginning of a content belong to the cue where they say that nothing is said.
_FIRST = 4

# "The statement did not directly dispute that …": it says neither that it is so nor that it is not.
_UNDENIED = re.compile(
    r"(?:\b(?:not|never|without|cannot)|n['’]t)\s+(?:\w+ly\s+)?(?:den(?:y|ied|ying)|disput|contradict|refut|reject|dismiss)",
    re.IGNORECASE,
)


def find_polarity(parse: Parse, relation: Relation, words: str) -> Polarity:
    """Affirmed, denied ("denied reports that …") or declined ("declined to comment", "did not deny that …")."""
    cue = parse.quote(relation.cue)
    content = parse.text[slice(*relation.content[0])]
    begin = " ".join(w for w, _ in words_of(content[:80])[:_FIRST])
    found = longest("polarities", f"{cue} {begin}") if begin.casefold().startswith(_DECLINING) else None
    found = found or longest("polarities", cue)
    if found == "denied" and _UNDENIED.search(cue):
        return "declined"
    return found or ("declined" if longest("polarities", words) == "declined" and not cue else "affirmed")  # type: ignore[return-value]


_DECLINING = ("to ", "on ", "it ", "does not comment", "do not comment", "be drawn")


@dataclass(frozen=True, slots=True)
class Hearer:
    """Who was told. `outlet` says that it is one, which then stands between the speaker and the reader."""

    name: str
    outlet: bool = False


def find_addressee(
    parse: Parse, tree: Tree, relation: Relation, resolver: Resolver, outlet: str | None
) -> Hearer | None:
    """Whom the words were said to: the hearer of the verb ("told X", "said to X", "wrote to X"), or None.

    "reporters" stands for the press; the report's own outlet is nobody.
    """
    stop = min((a for a, _ in relation.content), default=0)
    for verb in _verbs(parse, tree, relation.cue):
        word = tree.word(verb)
        hearers = tree.children(verb, "iobj")
        if word in read_words("hearer_verbs"):
            hearers += tree.children(verb, "obj")
        hearers += [n for n in tree.children(verb, "obl", "nmod") if tree.case(n) in ("to", "with")]
        for hearer in sorted(hearers, key=lambda n: n > verb):
            span = tree.phrase(hearer)
            inside = any(a <= span.start < b for a, b in relation.content)
            if inside and (span.start != stop or not _hears(parse, span, resolver)):
                continue  # "demanded a copy of the log": what is asked for hears nothing
            if tree.case(hearer) and not _hears(parse, span, resolver):
                continue  # "with reference to a diplomat"
            if found := _hearer(parse, span, resolver, outlet):
                return found
    return _interviewer(parse, relation, resolver, outlet)


# "In an interview with Screen Weekly, Holm said": told to an outlet, in other words.
_TO_OUTLET = re.compile(
    r"\b(?:interview|conversation|comments?|remarks?|speaking|spoke) (?:with|to|by) ", re.IGNORECASE
)


def _interviewer(parse: Parse, relation: Relation, resolver: Resolver, outlet: str | None) -> Hearer | None:
    """The outlet to which the sentence says that its speaker spoke."""
    spans = [*relation.cue, *relation.source]
    if not spans:
        return None
    sentence, inside = parse.sentences[parse.sentence_at(spans[0].start)], Spans(relation.content)
    first = max(sentence.start, spans[0].start - _FAR)
    for match in _TO_OUTLET.finditer(parse.text, first, min(sentence.end, spans[-1].end + _FAR)):
        if not inside.meets(Span(*match.span())):
            named = [e for _, e in resolver.names.beginning(match.end(), match.end() + 6) if e.type == "outlet"]
            if named and not same_outlet(named[0].name, outlet):
                return Hearer(named[0].name, outlet=True)
    return None


def _verbs(parse: Parse, tree: Tree, cue: Part) -> list[int]:
    """The verbs of a cue, and the noun that has a hearer: "a promise to the families"."""
    words = [n for span in cue for n in tree.words_in(span)]
    return [n for n in words if parse.tokens[n].tag in ("VERB", "NOUN")]


def _is_outlet(entity: Entity) -> bool:
    """Whether an entity that was told something is an outlet: called one, or an organisation that is no public body.

    "An officer told Zvon that …": sources talk to newsrooms, unless the name says that it is a council or a court.
    """
    words = {singular(w.casefold()) for w, _ in words_of(entity.name)}
    return entity.type == "outlet" or (entity.type == "organisation" and not words & read_words("body_nouns"))


def _hears(parse: Parse, span: Span, resolver: Resolver) -> bool:
    """Whether the words are for somebody who can be told something: a name, a pronoun, people or a body."""
    text = parse.text[slice(*span)]
    if resolver.names.beginning(*span) or text.casefold() in PRONOUNS:
        return True
    head = find_head(text)
    return (classify(head.noun) or "document") != "document"


def _hearer(parse: Parse, span: Span, resolver: Resolver, outlet: str | None) -> Hearer | None:
    text = parse.text[slice(*span)]
    words = [w.casefold() for w, _ in words_of(text)]
    if not words or len(words) > _LONGEST_HEARER or words in (["us"], ["me"]) or words[:1] == ["this"]:
        return None
    if _PRESS.search(text):
        return Hearer("reporters")
    named = [e for _, e in resolver.names.beginning(span.start, span.end)]
    # "told Ada Holm of the Ledger", whatever the tree has "of" hang on
    if named and (behind := _OF.match(parse.text, span.end)):
        named += [e for _, e in resolver.names.beginning(behind.end(), behind.end() + 6)]
    found = next((e for e in named if _is_outlet(e)), None)
    if found:
        # "told Ada Holm of the Ledger"
        person = next((e for e in named if e.type == "person"), None)
        if same_outlet(found.name, outlet):
            return None
        return Hearer(f"{found.name} ({person.name})" if person else found.name, outlet=True)
    name = resolver.hearer(span)
    if not name or same_outlet(name, outlet):
        return None
    return Hearer(name, is_outlet(name))


def same_outlet(name: str, outlet: str | None) -> bool:
    """Whether `name` is a short or full form of `outlet`: "the Gazette" in the Port Ansel Gazette."""
    own = {w.casefold() for w, _ in words_of(outlet or "")} - {"the"}
    given = {w.casefold() for w, _ in words_of(name)} - {"the"}
    return bool(given) and given <= own
