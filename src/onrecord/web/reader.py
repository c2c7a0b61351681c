"""A fact of a report to all that is known of it, as the panel beside the text shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from onrecord.record import (
    Analysis,
    Attribution,
    AttributionMember,
    Claim,
    Entity,
    Event,
    EventEntry,
    EventMember,
    Interval,
    OnrecordError,
    Part,
    Record,
    Span,
    Timex,
)
from onrecord.views import wording
from onrecord.views.calls import stand
from onrecord.views.disagreements import KINDS
from onrecord.views.index import Evidence, Index
from onrecord.views.refs import refer, refer_statement
from onrecord.web.links import Links, word_part
from onrecord.web.render import shorten
from onrecord.web.segments import Segment, segment_text

__all__ = ["Item", "Line", "Panel", "Segment", "find_panel", "list_panels", "segment_text"]

Fact = Attribution | Event | Entity | Timex
# Of the other reports that tell the same, those that are named.
_OTHERS = 12


class Item(Struct, frozen=True):
    """One value of a line, and where it leads."""

    text: str
    href: str | None = None
    outside: bool = False


class Line(Struct, frozen=True):
    """What is known under one label."""

    label: str
    items: tuple[Item, ...]


class Panel(Struct, frozen=True, kw_only=True):
    """All that is known of a fact, or of the report where `id` is None; `spans` are its words in the text.

    `kind` is attribution, event, entity, timex or report; `place` is by what a correction names it.
    """

    kind: str
    id: str | None
    title: str
    quote: str
    spans: Part
    lines: tuple[Line, ...]
    confidence: float | None
    cite: str
    place: str | None


def find_panel(record: Record, report: str, fact: str | None, links: Links) -> Panel:
    """The panel of a fact of a report, of which `record` holds all and what its facts stand in.

    Raises:
        OnrecordError: the report has no such fact.
    """
    maker = _Panels(record, report, links)
    return maker.of_report() if fact is None else maker.of(fact)


def list_panels(record: Record, report: str, links: Links) -> list[Panel]:
    """The panels of all facts of a report that its text shows, in the order of the text."""
    maker = _Panels(record, report, links)
    facts = dict.fromkeys(s.fact for s in segment_text(maker.analysis) if s.fact)
    return [maker.of(fact) for fact in facts]


class _Panels:
    def __init__(self, record: Record, report: str, links: Links) -> None:
        self.index, self.record, self.links = Index(record), record, links
        self.analysis = self.index.analyses[report]
        self._entries = {(m.report, m.event): e for e in record.events for m in e.members}
        self._facts: dict[str, Fact] = {
            **{f"t{t.span.start}": t for t in self.analysis.timexes},
            **{e.id: e for e in self.analysis.entities},
            **{e.id: e for e in self.analysis.events},
            **{a.id: a for a in self.analysis.attributions},
        }

    def of(self, id: str) -> Panel:
        fact = self._facts.get(id)
        if isinstance(fact, Attribution):
            return self._attribution(fact)
        if isinstance(fact, Event):
            return self._event(fact)
        if isinstance(fact, Entity):
            return self._entity(fact)
        if isinstance(fact, Timex):
            return self._timex(fact)
        raise OnrecordError(f'there is no fact "{id}" in this report')

    def of_report(self) -> Panel:
        a = self.analysis
        when = self.index.published(a.id)
        outside = [Item(a.url, a.url, outside=True)] if a.url else []
        basis = [Item(c.why, self._at((c.span,)) if c.span else None) for c in a.published.basis]
        lines = (
            _line("Outlet", [self._name(a.outlet)] if a.outlet else []),
            _line("Author", [Item(a.author)] if a.author else []),
            _line("Published", [Item(str(when))]),
            _line("Dated by", basis if not a.published.given else []),
            _line("Address", outside),
            _line("Language", [Item(a.language)] if a.language not in (None, "en") else []),
            _line("Versions", self._versions()),
            _line("Copies", self._copies()),
            _line("Story", self._stories()),
            _line("Found in it", [Item(words) for words in self._counts()]),
            _line("Short id", [Item(refer("report", a.id))]),
        )
        return self._panel("report", None, a.title or self.index.label(a.id), (), lines, None)

    def _attribution(self, fact: Attribution) -> Panel:
        member = AttributionMember(self.analysis.id, fact.id)
        claim, speaker = self.index.claim(member), fact.speaker
        inner = [a for a in self.analysis.attributions if a.within == fact.id]
        lines = (
            _line("Said by", [self._name(speaker.name)] if speaker.name else [Item("source not stated")]),
            _line("Kind of source", [Item(wording.word_class(speaker.class_, speaker.count))]),
            _line("Came by", [self._name(link) for link in fact.chain] if len(fact.chain) > 1 else []),
            _line("Said to", [self._name(fact.addressee)] if fact.addressee else []),
            _line("How", _words(wording.CHANNELS[fact.channel], wording.word_stance(fact))),
            _line("When", [Item(str(self.index.when(fact.said, [self.analysis.id])))]),
            *self._claim(claim, member),
            _line("Stands in", self._facts_items([fact.within] if fact.within else [])),
            _line("Holds", self._facts_items([a.id for a in inner])),
            _line("Short id", [Item(refer_statement(self.analysis.id, fact.id))]),
        )
        return self._panel("attribution", fact.id, "Statement", fact.content, lines, fact.confidence)

    def _claim(self, claim: Claim | None, member: AttributionMember) -> Iterator[Line]:
        if claim is None:
            return
        reports = dict.fromkeys(m.report for m in claim.members)
        standing = wording.word_standing(len(reports), claim.independent, len(claim.untraced))
        yield _line("What stands behind it", [Item(standing, self.links.claim(claim.id))])
        others = [m for m in claim.members if m.report != member.report]
        yield _line("Also in", self._others((m.report, self._content(m)) for m in others))
        unlike = [d for d in self.record.disagreements if any(p and p.report == member.report for p in (d.a, d.b))]
        held = [d for d in unlike if any(_meets(p.span, self._own(member)) for p in (d.a, d.b) if p)]
        yield _line("Disputed", [Item(f"{KINDS[d.kind]}: {d.why}", self.links.page("disagreements")) for d in held])

    def _event(self, fact: Event) -> Panel:
        entry = self._entries.get((self.analysis.id, fact.id))
        lines = (
            _line("Who", [self._name(n) for n in fact.actors]),
            _line("To whom", [self._name(n) for n in fact.recipients]),
            _line("Through", [self._name(n) for n in fact.intermediaries]),
            _line("Where", [self._name(fact.place)] if fact.place else []),
            _line("When", [Item(str(self.index.when(fact.when, [self.analysis.id], "date not known")))]),
            _line("Status", [Item(wording.STATUSES[fact.status])]),
            _line("Type", [Item(f"{fact.type} (PLOVER)")] if fact.type else []),
            *self._entry(entry, fact),
            _line("Only claimed in", self._facts_items([fact.within] if fact.within else [])),
        )
        return self._panel("event", fact.id, fact.kind, fact.trigger, lines, fact.confidence)

    def _entry(self, entry: EventEntry | None, fact: Event) -> Iterator[Line]:
        if entry is None:
            return
        yield _line("What stands behind it", [Item(stand(entry))])
        yield _line("Short id", [Item(refer("contact" if fact.contact else "event", entry.id))])
        others = [m for m in entry.members if m.report != self.analysis.id]
        yield _line("Also in", self._others((m.report, self._told(m)) for m in others))
        turns = [
            Item(f"{wording.STATUSES[t.status]}: {self.index.label(t.report)}", self.links.report(t.report))
            for t in entry.history
        ]
        yield _line("Went", turns if len(turns) > 1 else [])

    def _entity(self, fact: Entity) -> Panel:
        places = [m.span for m in fact.mentions]
        lines = (
            _line("Type", [Item(fact.type)]),
            _line("Called here", [Item(role) for role in fact.roles]),
            _line("On record", [self._name(fact.name)]),
            _line("Named here", [Item(wording.word_count(len(places), "time", "times"))]),
            _line("Your own ids", [Item(id) for id in fact.ids]),
        )
        return self._panel("entity", fact.id, fact.name, tuple(places), lines, None)

    def _timex(self, fact: Timex) -> Panel:
        days = Interval(fact.earliest, fact.latest) if fact.earliest or fact.latest else None
        words = wording.word_days(days.earliest, days.latest) if days else "not known"
        anchor = [Item(self._quote((fact.anchor,)), self._at((fact.anchor,)))] if fact.anchor else []
        lines = (
            _line("Means", [Item(words)]),
            _line("TIMEX3", [Item(f"{fact.type} {fact.value}")]),
            _line("Read as", [Item(fact.reading)] if fact.reading != "none" else []),
            _line("Counted from", anchor),
        )
        return self._panel("timex", f"t{fact.span.start}", "Time expression", (fact.span,), lines, None)

    def _panel(
        self, kind: str, id: str | None, title: str, spans: Part, lines: Iterable[Line], confidence: float | None
    ) -> Panel:
        correctable = id is not None and kind != "timex"
        return Panel(
            kind=kind,
            id=id,
            title=title,
            quote=self._quote(spans) if kind not in ("entity", "report") else "",
            spans=spans,
            lines=tuple(line for line in lines if line.items),
            confidence=confidence,
            cite=self._cite(spans),
            place=f"{self.analysis.id}/{id}" if correctable else None,
        )

    def _cite(self, spans: Part) -> str:
        """What one writes so that others can check it; by characters, which no later reading changes."""
        a = self.analysis
        words = [f"“{self._quote(spans)}”"] if spans else []
        where = f"report {a.id}" + (f", characters {word_part(spans)}" if spans else "")
        return "\n".join(filter(None, [*words, a.title, self.index.label(a.id), a.url, where]))

    def _quote(self, spans: Iterable[Span]) -> str:
        return self.index.evidence(self.analysis.id, tuple(spans)).quote

    def _at(self, spans: Part) -> str:
        return self.links.words(self.index.evidence(self.analysis.id, spans))

    def _name(self, name: str) -> Item:
        return Item(name, self.links.name(name))

    def _facts_items(self, ids: Iterable[str]) -> list[Item]:
        return [
            Item(shorten(self._quote(fact.content)), self.links.fact(self.analysis.id, id))
            for id in ids
            if isinstance(fact := self._facts.get(id), Attribution)
        ]

    def _others(self, members: Iterable[tuple[str, Evidence | None]]) -> list[Item]:
        """Other reports by their labels; the words of those that are there whole, else just where they stand."""
        found: dict[str, Item] = {}
        for report, words in members:
            href = self.links.words(words) if words else self.links.report(report)
            found.setdefault(report, Item(self.index.label(report), href))
        items = list(found.values())
        more = [Item(f"and {len(items) - _OTHERS:,} more")] if len(items) > _OTHERS else []
        return [*items[:_OTHERS], *more]

    def _content(self, member: AttributionMember) -> Evidence | None:
        try:
            return self.index.evidence(member.report, self.index.attribution(member).content)
        except KeyError:
            return None

    def _told(self, member: EventMember) -> Evidence | None:
        try:
            event = self.index.event(member)
        except KeyError:
            return None
        return self.index.evidence(member.report, event.evidence or event.trigger)

    def _own(self, member: AttributionMember) -> Part:
        return self.index.attribution(member).content

    def _versions(self) -> list[Item]:
        entry = next((r for r in self.record.reports if r.id == self.analysis.id), None)
        others = [v for v in entry.versions if v != entry.id] if entry else []
        return [
            Item(f"compare with {self.index.label(v)}", self.links.page("diff", a=self.analysis.id, b=v))
            for v in others
            if v in self.index.analyses
        ]

    def _copies(self) -> list[Item]:
        items = []
        for copy in self.record.copies:
            if self.analysis.id in (copy.a, copy.b):
                other = copy.a if copy.b == self.analysis.id else copy.b
                takes = "takes over" if copy.b == self.analysis.id else "taken over by"
                text = f"{takes} {self.index.label(other)} ({copy.relation}, {copy.share:.0%})"
                items.append(Item(text, self.links.page("diff", a=copy.a, b=copy.b) if self.links.live else None))
        return items

    def _stories(self) -> list[Item]:
        return [Item(shorten(s.title), self.links.page("timeline", story=s.id)) for s in self.record.stories]

    def _counts(self) -> list[str]:
        a: Analysis = self.analysis
        return [
            wording.word_count(len(a.attributions), "statement", "statements"),
            wording.word_count(len(a.events), "event", "events"),
            wording.word_count(len(a.entities), "name", "names"),
            wording.word_count(len(a.timexes), "time expression", "time expressions"),
        ]


def _line(label: str, items: Iterable[Item]) -> Line:
    return Line(label, tuple(items))


def _words(*words: str) -> list[Item]:
    return [Item(w) for w in words if w]


def _meets(span: Span, part: Part) -> bool:
    return any(s.start < span.end and span.start < s.end for s in part)
