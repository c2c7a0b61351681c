"""A claim to its tree: each report that holds it, by its chain, to the origins, and the words that prove each step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from onrecord.record import (
    Analysis,
    Attribution,
    AttributionMember,
    Claim,
    Copy,
    Fold,
    OnrecordError,
    Origin,
    Part,
    Record,
    Span,
    Way,
)
from onrecord.views.claims import name_origins, word_doubts
from onrecord.views.index import Evidence, Index
from onrecord.views.refs import refer
from onrecord.views.wording import CHANNELS, word_class, word_standing

CAUTION = "The number of traced origins counts who is on record. It proves nothing."

# Of a longer list of claims the rest is counted.
_MOST = 5
_REASONS: dict[Fold, str] = {
    "itself": "",
    "name": "the same, named otherwise",
    "body": "speaks for it",
    "outlet": "the same outlet was told",
    "words": "quoted with the same words",
    "relay": "{teller} had it from there",
    "description": "the report says no more of whom it means",
    "author": "said behind closed doors, of which that one tells",
}
# They tell no name from another.
_PLAIN = frozenset("the a an of in to for and".split())


class Step(Struct, frozen=True):
    """One edge of the tree in words, and the words of reports that prove it."""

    says: str
    proof: tuple[Evidence, ...]


class Telling(Struct, frozen=True):
    """The words in which a report holds the claim, and the steps from there, the nearest to the reader first."""

    words: Evidence
    steps: tuple[Step, ...]


class ReportBranch(Struct, frozen=True):
    """A report and how it tells the claim; its `label` holds its key where another one of the tree is called alike."""

    report: str
    label: str
    tellings: tuple[Telling, ...]


class OriginBranch(Struct, frozen=True):
    """An origin, marked where nobody is named, and the reports that lead to it."""

    name: str
    class_words: str
    named: bool
    reports: tuple[ReportBranch, ...]


class ClaimTree(Struct, frozen=True, kw_only=True):
    """All that stands behind a claim; the reports of `untraced` don't say where they have it from.

    `doubts` say what would lower the number of origins, `caution` what that number is not.
    """

    id: str
    ref: str
    text: str
    author: str
    standing: str
    confidence: float | None
    origins: tuple[OriginBranch, ...]
    untraced: tuple[ReportBranch, ...]
    doubts: tuple[str, ...]
    caution: str


class EdgeRow(Struct, frozen=True, kw_only=True):
    """One step by the words that prove it; `start` and `end` are those of the first and the last in report `key`."""

    origin: str
    report: str
    step: str
    words: str | None
    key: str | None
    start: int | None
    end: int | None


def explain_claim(record: Record, id: str) -> ClaimTree:
    """The tree of the claim whose id is or begins with `id`; refuses what is none or may be several."""
    claim, index = _find(record, id), Index(record)
    grower = _Grower(index, claim, record.copies)
    reports = {m.report for m in claim.members}
    return ClaimTree(
        id=claim.id,
        ref=refer("claim", claim.id),
        text=claim.text,
        author=claim.author,
        standing=word_standing(len(reports), claim.independent, len(claim.untraced)),
        confidence=claim.confidence if len(claim.members) > 1 else None,
        origins=tuple(grower.origin(origin) for origin in claim.origins),
        untraced=tuple(grower.untraced(report) for report in claim.untraced),
        doubts=word_doubts(index, claim),
        caution=CAUTION,
    )


def list_edges(tree: ClaimTree) -> list[EdgeRow]:
    """The steps of a tree from its top to its end, one row for each report's words that prove one."""
    branches = [(origin.name, branch) for origin in tree.origins for branch in origin.reports]
    branches += [("", branch) for branch in tree.untraced]
    return [
        EdgeRow(
            origin=origin,
            report=branch.label,
            step=step.says,
            words=e.quote if e else None,
            key=e.key if e else None,
            start=e.spans[0].start if e else None,
            end=e.spans[-1].end if e else None,
        )
        for origin, branch in branches
        for telling in branch.tellings
        for step in (Step("holds the claim", (telling.words,)), *telling.steps)
        for e in step.proof or (None,)
    ]


def _find(record: Record, id: str) -> Claim:
    called = [(c, (c.id, refer("claim", c.id))) for c in record.claims]
    found = [c for c, ids in called if id in ids] or [c for c, ids in called if any(i.startswith(id) for i in ids)]
    if not found:
        raise OnrecordError(f'there is no claim "{id}" in this record; `onrecord show RECORD claims` prints their ids')
    if len(found) > 1:
        named = ", ".join(f'{c.id} ("{_begin(c.text)}")' for c in found[:_MOST])
        more = f" and {len(found) - _MOST:,} more claims" if len(found) > _MOST else ""
        raise OnrecordError(f'"{id}" begins the ids of several claims: give more of the one you mean: {named}{more}')
    return found[0]


def _begin(text: str) -> str:
    words = text.split()
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")


class _Grower:
    """The branches of one claim's tree."""

    def __init__(self, index: Index, claim: Claim, copies: Iterable[Copy]) -> None:
        self._index, self._claim = index, claim
        self._labels = [index.label(r) for r in dict.fromkeys(m.report for m in claim.members)]
        self._copies = [c for c in copies if any(m.report == c.b for m in claim.members)]

    def origin(self, origin: Origin) -> OriginBranch:
        ways: dict[str, list[Way]] = {}
        for way in origin.ways or self._guess(origin):
            ways.setdefault(way.report, []).append(way)
        (name,) = name_origins((origin,))
        return OriginBranch(
            name=name,
            class_words=word_class(origin.class_),
            named=name == origin.name,
            reports=tuple(self._branch(r, [self._told(way, origin) for way in told]) for r, told in ways.items()),
        )

    def untraced(self, report: str) -> ReportBranch:
        members = [m for m in self._members(report) if not self._index.is_relay(m)]
        return self._branch(report, [Telling(self._content(m), self._copied(m)) for m in members])

    def _members(self, report: str) -> list[AttributionMember]:
        return [m for m in self._claim.members if m.report == report]

    def _guess(self, origin: Origin) -> tuple[Way, ...]:
        """Of an origin that says no ways: all that its reports say of the claim under a name."""
        members = [m for r in origin.reports for m in self._members(r) if not self._index.is_relay(m)]
        named = [m for m in members if self._index.attribution(m).speaker.name] or members
        return tuple(Way(m.report, m.attribution, "itself") for m in named)

    def _branch(self, report: str, tellings: Sequence[Telling]) -> ReportBranch:
        label = self._index.label(report)
        key = self._index.analyses[report].key
        told = f"{label} ({key})" if self._labels.count(label) > 1 else label
        return ReportBranch(report, told, tuple(dict.fromkeys(tellings)))

    def _told(self, way: Way, origin: Origin) -> Telling:
        steps = (*self._links(way, origin), *self._copied(_member(way)), *self._reason(way, origin))
        return Telling(self._content(_member(way)), steps)

    def _content(self, member: AttributionMember) -> Evidence:
        return self._index.evidence(member.report, self._index.attribution(member).content)

    def _links(self, way: Way, origin: Origin) -> Iterator[Step]:
        """The links of the chain; those behind the origin are whose words it tells: a ministry its minister's."""
        links = self._chain(_member(way))
        told, own = len(links), [n for n, link in enumerate(links, 1) if _is_same(link, origin.name)]
        if way.why in ("itself", "name"):
            if own:
                told = own[0]
            elif origin.name == self._index.analyses[way.report].outlet:
                yield Step(f"from {_mid(origin.name)} itself, whose own report it is", ())
                told = 0
        for number, link in enumerate(links):
            layer = self._layer(_member(way), link)
            manner = _manner(layer) if layer.speaker.name == link else ""
            words = [f"from {_mid(link)},", manner] if number < told else [f"telling what {_mid(link)} said", manner]
            yield Step(" ".join(words).rstrip(", "), (self._proof(way.report, layer, link),))

    def _chain(self, member: AttributionMember) -> tuple[str, ...]:
        said = self._index.attribution(member)
        return said.chain or tuple(filter(None, (said.speaker.name,)))

    def _layer(self, member: AttributionMember, link: str) -> Attribution:
        """The attribution that brings a link: the outermost of those in whose contents the member stands."""
        said = inner = self._index.attribution(member)
        while inner.within:
            inner = self._index.attribution(AttributionMember(member.report, inner.within))
            said = inner if link in inner.chain else said
        return said

    def _proof(self, report: str, layer: Attribution, link: str) -> Evidence:
        return self._index.evidence(report, _prove(self._index.analyses[report], layer, link))

    def _copied(self, member: AttributionMember) -> tuple[Step, ...]:
        """The report whose words a member's takes over most, one that holds the claim before others."""
        copies = [c for c in self._copies if c.b == member.report]
        if not copies:
            return ()
        copy = max(copies, key=lambda c: (bool(self._members(c.a)), c.share))
        sides = [self._content(m) for m in (member, *self._members(copy.a)[:1])]
        share = f"{copy.relation}, {copy.share:.0%} of the shorter report"
        return (Step(f"takes over the words of {self._index.label(copy.a)} ({share})", tuple(sides)),)

    def _reason(self, way: Way, origin: Origin) -> tuple[Step, ...]:
        """Why a way leads to the origin that is not its own end; a name that is the same needs no reason."""
        links = self._chain(_member(way))
        if way.why == "itself" or (way.why == "name" and any(_is_same(link, origin.name) for link in links)):
            return ()
        teller = links[-1] if links else "the source"
        others = [w for w in origin.ways if w.why == "itself"]
        if way.why == "relay":
            others = [w for w in origin.ways if w != way and self._is_through(w, teller)] or others
        proof = [self._content(_member(w)) if way.why == "words" else self._end(w, origin) for w in others[:1]]
        return (Step(_REASONS[way.why].format(teller=_mid(teller)), tuple(proof)),)

    def _is_through(self, way: Way, outlet: str) -> bool:
        """Whether somebody told it to an outlet, in its own report or in one that cites it."""
        links = (*self._index.attribution(_member(way)).chain[:-1], self._index.analyses[way.report].outlet or "")
        return any(_words(outlet) & _words(link) == _words(outlet) for link in links)

    def _end(self, way: Way, origin: Origin) -> Evidence:
        """The words that name the origin where the way is its own."""
        links = self._chain(_member(way))
        link = next((link for link in links if _is_same(link, origin.name)), links[-1] if links else "")
        return self._proof(way.report, self._layer(_member(way), link), link)


def _member(way: Way) -> AttributionMember:
    return AttributionMember(way.report, way.attribution)


def _manner(layer: Attribution) -> str:
    """To whom and how the words of a layer were said: "to Omar Teshk by phone"."""
    addressee = f"to {_mid(layer.addressee)}" if layer.addressee else ""
    return " ".join(filter(None, (addressee, CHANNELS[layer.channel])))


def _mid(name: str) -> str:
    """A name inside a sentence: "the ministry" for "The ministry"."""
    return name[0].lower() + name[1:] if name.startswith(("The ", "A ", "An ")) else name


def _is_same(one: str, other: str) -> bool:
    return _words(one) == _words(other) != frozenset()


def _prove(analysis: Analysis, layer: Attribution, link: str) -> Part:
    """The source and cue of a layer; where these don't name the link, with the nearest place that does.

    "She said" proves nothing of Ilse Varrun, nor does "an official told" of the outlet that was told.
    """
    spans = sorted({*layer.source, *layer.cue} or layer.content)
    start, end = spans[0].start, spans[-1].end
    said = " ".join(analysis.text[a:b] for a, b in spans)
    if not _words(link) & _words(said):
        nearest = min(_places(analysis, link), key=lambda p: (max(start - p.end, p.start - end), p), default=None)
        spans = sorted({*spans, *filter(None, (nearest,))})
    return _joined(analysis.text, spans)


def _places(analysis: Analysis, link: str) -> Iterator[Span]:
    """Where a report names a link: "The Tern (Ada Holm)" is The Tern."""
    name = link.split(" (", maxsplit=1)[0]
    for entity in analysis.entities:
        if entity.name == name:
            yield from (m.span for m in entity.mentions if m.form == "name")
    if name:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", analysis.text, re.IGNORECASE):
            yield Span(*match.span())


def _joined(text: str, spans: Sequence[Span]) -> Part:
    """Spans in order, those as one between which no word stands: "an official" and "said"."""
    out: list[Span] = []
    for span in spans:
        if out and not any(c.isalnum() for c in text[out[-1].end : span.start]):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", name.split(" (", maxsplit=1)[0].casefold())) - _PLAIN
