"""A record, or one part of it after the other, to flat rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec import Struct

from onrecord.export import rows
from onrecord.record import (
    Absent,
    Analysis,
    Attribution,
    AttributionMember,
    Claim,
    Contact,
    Copy,
    Disagreement,
    EntityEntry,
    EventEntry,
    Expectation,
    Interval,
    Origin,
    Record,
    ReportEntry,
    Story,
)
from onrecord.views.calls import tell
from onrecord.views.index import Index

Row = tuple[str, Struct]


class Slice(NamedTuple):
    """The entries to be written, by the names of their fields, and the record that holds what they need.

    `names` has for each name the entity that goes by it.
    """

    own: Mapping[str, Iterable[Any]]
    record: Record
    names: Mapping[str, str]


def slice_whole(record: Record) -> Slice:
    """All of a record at once."""
    return Slice({kind: getattr(record, kind) for kind in FLATTEN}, record, name_entities(record.entities))


def name_entities(entities: Iterable[EntityEntry]) -> dict[str, str]:
    """Each name with the id of the entity that goes by it, of several the one that most reports name."""
    least_first = sorted(entities, key=lambda e: e.id, reverse=True)
    least_first.sort(key=_count_reports)
    return {name: e.id for e in least_first for name in (e.name, *e.aliases)}


def flatten(slice: Slice) -> Iterator[Row]:
    """The rows of a slice, each with its kind."""
    flattener = Flattener(slice)
    for kind, entries in slice.own.items():
        for entry in entries:
            yield from FLATTEN[kind](flattener, entry)


class Flattener:
    """The entries of one slice to rows."""

    def __init__(self, slice: Slice) -> None:
        self._index, self._names = Index(slice.record), slice.names
        self._entries = {r.id: r for r in slice.record.reports}

    def analysis(self, report: Analysis) -> Iterator[Row]:
        """A report with its statements and time expressions."""
        entry = self._entries[report.id]
        yield "reports", _report(entry, report)
        for said in report.attributions:
            yield "statements", self._statement(report, said)
        for t in report.timexes:
            yield (
                "timexes",
                rows.TimexRow(
                    report=report.id,
                    start=t.span.start,
                    end=t.span.end,
                    words=report.text[t.span.start : t.span.end],
                    type=t.type,
                    value=t.value,
                    earliest=t.earliest,
                    latest=t.latest,
                ),
            )

    def _statement(self, report: Analysis, said: Attribution) -> rows.StatementRow:
        member = AttributionMember(report.id, said.id)
        claim, days = self._index.claim(member), said.said or Interval()
        return rows.StatementRow(
            id=_name(member),
            report=report.id,
            outlet=report.outlet,
            published_earliest=report.published.earliest,
            published_latest=report.published.latest,
            speaker=said.speaker.name,
            speaker_class=said.speaker.class_,
            speaker_count=said.speaker.count,
            speaker_entity=self._names.get(said.speaker.name or ""),
            chain=said.chain,
            addressee=said.addressee,
            channel=said.channel,
            quote=said.quote,
            polarity=said.polarity,
            modality=said.modality,
            said_earliest=days.earliest,
            said_latest=days.latest,
            content=self._index.evidence(report.id, said.content).quote,
            cue=self._index.evidence(report.id, said.cue).quote,
            source=self._index.evidence(report.id, said.source).quote,
            start=said.content[0].start if said.content else 0,
            end=said.content[-1].end if said.content else 0,
            spans=tuple(f"{span.start}:{span.end}" for span in said.content),
            within=f"{report.id}/{said.within}" if said.within else None,
            relay=self._index.is_relay(member),
            claim=claim.id if claim else None,
            confidence=said.confidence,
        )

    def claim(self, claim: Claim) -> Iterator[Row]:
        """A claim and those who stand behind it."""
        reports = tuple(dict.fromkeys(m.report for m in claim.members))
        yield (
            "claims",
            rows.ClaimRow(
                id=claim.id,
                text=claim.text,
                author=claim.author,
                reports=len(reports),
                report_ids=reports,
                statements=tuple(map(_name, claim.members)),
                origins=tuple(o.name for o in claim.origins),
                independent=claim.independent,
                untraced=claim.untraced,
                doubts=tuple(f"{d.why}: {', '.join(d.origins)}" for d in claim.doubts),
                confidence=claim.confidence,
            ),
        )
        yield from _origins("claim", claim.id, claim.origins)

    def event(self, event: EventEntry) -> Iterator[Row]:
        """An event and those who stand behind it."""
        days, reports = event.when or Interval(), tuple(dict.fromkeys(m.report for m in event.members))
        yield (
            "events",
            rows.EventRow(
                id=event.id,
                type=event.type,
                kind=event.kind,
                actors=event.actors,
                recipients=event.recipients,
                intermediaries=event.intermediaries,
                place=event.place,
                when_earliest=days.earliest,
                when_latest=days.latest,
                status=event.status,
                reports=len(reports),
                report_ids=reports,
                members=tuple(f"{m.report}/{m.event}" for m in event.members),
                origins=tuple(o.name for o in event.origins),
                independent=event.independent,
                words=tell(self._index, event.members[0]).quote,
                confidence=event.confidence,
            ),
        )
        yield from _origins("event", event.id, event.origins)

    def contact(self, contact: Contact) -> Iterator[Row]:
        """A contact, of which those who stand behind it are said with its event."""
        days, reports = contact.when or Interval(), tuple(dict.fromkeys(m.report for m in contact.members))
        yield (
            "contacts",
            rows.ContactRow(
                id=contact.id,
                kind=contact.kind,
                participants=contact.participants,
                intermediaries=contact.intermediaries,
                place=contact.place,
                when_earliest=days.earliest,
                when_latest=days.latest,
                status=contact.status,
                topics=contact.topics,
                statements=tuple(map(_name, contact.statements)),
                reports=len(reports),
                report_ids=reports,
                origins=tuple(o.name for o in contact.origins),
                independent=contact.independent,
                words=tell(self._index, contact.members[0]).quote,
                confidence=contact.confidence,
            ),
        )

    def entity(self, entity: EntityEntry) -> Iterator[Row]:
        """An entity and the places where it is spoken of."""
        yield (
            "entities",
            rows.EntityRow(
                id=entity.id,
                name=entity.name,
                type=entity.type,
                aliases=entity.aliases,
                roles=entity.roles,
                ids=entity.ids,
                reports=_count_reports(entity),
                mentions=len(entity.mentions),
            ),
        )
        for m in entity.mentions:
            yield "mentions", rows.MentionRow(entity=entity.id, report=m.report, start=m.span.start, end=m.span.end)

    def story(self, story: Story) -> Iterator[Row]:
        """A story."""
        yield (
            "stories",
            rows.StoryRow(
                id=story.id,
                title=story.title,
                earliest=story.earliest,
                latest=story.latest,
                reports=len(story.reports),
                report_ids=story.reports,
            ),
        )

    def disagreement(self, d: Disagreement) -> Iterator[Row]:
        """A disagreement with the words of both sides."""
        yield (
            "disagreements",
            rows.DisagreementRow(
                id=d.id,
                kind=d.kind,
                why=d.why,
                a_report=d.a.report,
                a_start=d.a.span.start,
                a_end=d.a.span.end,
                a_words=self._index.place(d.a).quote,
                b_report=d.b.report if d.b else None,
                b_start=d.b.span.start if d.b else None,
                b_end=d.b.span.end if d.b else None,
                b_words=self._index.place(d.b).quote if d.b else None,
            ),
        )

    def expectation(self, expectation: Expectation) -> Iterator[Row]:
        """An expectation with the words of its statement."""
        member, window = expectation.member, expectation.window or Interval()
        said = self._index.attribution(member)
        yield (
            "expectations",
            rows.ExpectationRow(
                id=expectation.id,
                kind=expectation.kind,
                statement=_name(member),
                report=member.report,
                speaker=said.speaker.name,
                words=self._index.evidence(member.report, said.content).quote,
                event=expectation.event,
                window_earliest=window.earliest,
                window_latest=window.latest,
                outcome=expectation.outcome,
            ),
        )

    def absent(self, absent: Absent) -> Iterator[Row]:
        """An absent source."""
        days = absent.when or Interval()
        yield (
            "absent",
            rows.AbsentRow(
                name=absent.name,
                speaker_class=absent.class_,
                when_earliest=days.earliest,
                when_latest=days.latest,
                reports=len(absent.cited_by),
                cited_by=absent.cited_by,
            ),
        )

    def copy(self, copy: Copy) -> Iterator[Row]:
        """A copy."""
        yield "copies", rows.CopyRow(a=copy.a, b=copy.b, relation=copy.relation, share=copy.share)


# By the field of a record that holds the entries.
FLATTEN: dict[str, Callable[[Flattener, Any], Iterator[Row]]] = {
    "analyses": Flattener.analysis,
    "copies": Flattener.copy,
    "stories": Flattener.story,
    "entities": Flattener.entity,
    "events": Flattener.event,
    "contacts": Flattener.contact,
    "claims": Flattener.claim,
    "expectations": Flattener.expectation,
    "disagreements": Flattener.disagreement,
    "absent": Flattener.absent,
}


def _report(entry: ReportEntry, report: Analysis) -> rows.ReportRow:
    return rows.ReportRow(
        id=entry.id,
        key=entry.key,
        keys=entry.keys,
        outlet=entry.outlet,
        author=entry.author,
        title=entry.title,
        url=entry.url,
        language=report.language,
        published_earliest=entry.published.earliest,
        published_latest=entry.published.latest,
        published_given=entry.published.given,
        versions=entry.versions,
        statements=len(report.attributions),
        events=len(report.events),
        text=report.text,
    )


def _origins(kind: str, entry: str, origins: Iterable[Origin]) -> Iterator[Row]:
    for o in origins:
        yield (
            "origins",
            rows.OriginRow(kind=kind, entry=entry, name=o.name, speaker_class=o.class_, report_ids=o.reports),
        )


def _name(member: AttributionMember) -> str:
    return f"{member.report}/{member.attribution}"


def _count_reports(entity: EntityEntry) -> int:
    return len({m.report for m in entity.mentions})
