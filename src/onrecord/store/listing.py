"""One affair of a record to the rows by which it is listed and filtered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from onrecord.record import Analysis, Attribution, Claim, Interval, Record, Span

Days = tuple[int | None, int | None]
Row = tuple[Any, ...]

ANONYMOUS = ("anonymous_official", "anonymous_other")


class Listing:
    """The rows of one affair; `passages` are the ids of its attributions' passages."""

    def __init__(self, part: Record, passages: Mapping[tuple[str, str], int]) -> None:
        self._part, self._passages = part, passages
        self._events = {(a.id, e.id): e for a in part.analyses for e in a.events}
        self._languages = {a.id: a.language for a in part.analyses}
        self._said = {(a.id, t.id): t for a in part.analyses for t in a.attributions}
        self._claims = {(m.report, m.attribution): c for c in part.claims for m in c.members}
        self._at = {(p.report, p.span): e.id for e in part.entities for p in e.mentions}

    def entry(self, kind: str, entry: Any) -> Row:
        """Earliest, latest, confidence, reading, reports, independent, noun, status and label of an entry."""
        reports = self._reports(entry)
        readings = [
            self._events[m.report, m.event].confidence for m in getattr(entry, "members", ()) if hasattr(m, "event")
        ]
        return (
            *self._days(kind, entry),
            self._confidence(entry),
            max(readings, default=None),
            reports,
            getattr(entry, "independent", None),
            self._noun(kind, entry),
            self._status(kind, entry),
            self._label(kind, entry),
        )

    def statements(self) -> Iterator[tuple[int, Row]]:
        """The id and the other columns of each statement, without its affair."""
        for analysis in self._part.analyses:
            inner = {(t.within, t.content) for t in analysis.attributions if t.within}
            for said in analysis.attributions:
                id = self._passages.get((analysis.id, said.id))
                if id is not None and (said.id, said.content) not in inner:
                    yield id, self._statement(analysis, said)

    def spoken(self) -> Iterator[tuple[str, int]]:
        """Each entity and the statements whose contents name it."""
        for analysis in self._part.analyses:
            mentions = [(m.span, e) for e in analysis.entities for m in e.mentions if (analysis.id, m.span) in self._at]
            for said in analysis.attributions:
                id = self._passages.get((analysis.id, said.id))
                held = {self._at[analysis.id, s] for s, _ in mentions if any(_holds(c, s) for c in said.content)}
                yield from ((entity, id) for entity in sorted(held) if id is not None)

    def names(self) -> Iterator[tuple[str, str]]:
        """Each name of an entity, and its id."""
        for entity in self._part.entities:
            for name in dict.fromkeys((entity.name, *entity.aliases)):
                yield name, entity.id

    def _statement(self, analysis: Analysis, said: Attribution) -> Row:
        claim = self._claims.get((analysis.id, said.id))
        return (
            analysis.id,
            said.id,
            said.content[0].start,
            analysis.outlet,
            said.speaker.name,
            said.speaker.class_,
            said.addressee,
            said.channel,
            said.quote,
            said.polarity,
            said.modality,
            *_ordinals(said.said),
            said.confidence,
            claim.id if claim else None,
            self._entity(analysis, said.speaker.entity),
            int(_is_unnamed(claim, said)),
            len({m.report for m in claim.members}) if claim else 1,
        )

    def _entity(self, analysis: Analysis, id: str | None) -> str | None:
        """The entry of a report's entity, which holds its mentions."""
        mentions = next((e.mentions for e in analysis.entities if e.id == id), ())
        return next((self._at[analysis.id, m.span] for m in mentions if (analysis.id, m.span) in self._at), None)

    def _confidence(self, entry: Any) -> float | None:
        """Its own; of an expectation that of the words that it rests on."""
        if (member := getattr(entry, "member", None)) is not None:
            return self._said[member.report, member.attribution].confidence
        found: float | None = getattr(entry, "confidence", None)
        return found

    def _reports(self, entry: Any) -> int:
        members = getattr(entry, "members", None) or getattr(entry, "mentions", None)
        if members:
            return len({m.report for m in members})
        return len(getattr(entry, "reports", ()) or (1,))

    def _days(self, kind: str, entry: Any) -> Days:
        if kind == "claims":
            said = [s for m in entry.members if (s := self._said[m.report, m.attribution].said)]
            first = [s.earliest for s in said if s.earliest]
            last = [s.latest for s in said if s.latest]
            return _ordinals(Interval(min(first, default=None), max(last, default=None)))
        return _ordinals({"reports": "published", "expectations": "window", "stories": ""}.get(kind, "when"), entry)

    def _noun(self, kind: str, entry: Any) -> str | None:
        """What sort of thing it is; of a report, its language."""
        if kind == "reports":
            return self._languages.get(entry.id)
        found: str | None = getattr(entry, "type" if kind == "entities" else "kind", None)
        return found

    def _status(self, kind: str, entry: Any) -> str | None:
        """What came of it; of people and bodies, their offices as JSON."""
        if kind == "entities":
            return msgspec.json.encode(entry.roles).decode() if entry.roles else None
        found: str | None = getattr(entry, "status", getattr(entry, "outcome", None))
        return found

    def _label(self, kind: str, entry: Any) -> str | None:
        field = {"entities": "name", "stories": "title", "claims": "author", "reports": "outlet"}.get(kind, "place")
        found: str | None = getattr(entry, field, None)
        return found


def _ordinals(of: Any, entry: Any = None) -> Days:
    """The first and last day of an interval, or of the field of an entry that holds it."""
    days = of if entry is None else getattr(entry, of, None) if of else entry
    first: date | None = getattr(days, "earliest", None)
    last: date | None = getattr(days, "latest", None)
    return first.toordinal() if first else None, last.toordinal() if last else None


def _is_unnamed(claim: Claim | None, said: Attribution) -> bool:
    if claim and claim.origins:
        return all(o.class_ in ANONYMOUS for o in claim.origins)
    return said.speaker.class_ in ANONYMOUS


def _holds(content: Span, span: Span) -> bool:
    return content.start <= span.start and span.end <= content.end
