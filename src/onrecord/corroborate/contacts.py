"""Clusters of contacts to entries, with the statements made in them and those who tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set

from onrecord.corroborate.entries import entry_id
from onrecord.corroborate.origins import trace_origins
from onrecord.corroborate.voices import Who
from onrecord.record import (
    Analysis,
    Attribution,
    AttributionMember,
    Contact,
    Event,
    EventEntry,
    EventMember,
    Interval,
    Status,
    Turn,
)

# One in so many members is enough to have an event happen.
_FEW = 3


def build_contacts(
    clusters: Sequence[Sequence[str]],
    facts: Mapping[str, tuple[Analysis, Event]],
    roots: Mapping[str, Sequence[str]],
    sure: Mapping[str, float],
    who: Who = lambda report, name: None,
) -> tuple[tuple[EventEntry, ...], tuple[Contact, ...]]:
    """Each cluster of event keys twice, under one id: as an event, and as a contact with its statements.

    `sure` is how surely each cluster of several belongs together, by its first key; `who` is whom a report means by a
    name.
    """
    events, contacts = [], []
    for cluster in clusters:
        members = [facts[key] for key in cluster]
        entry = _entry(members, roots, sure.get(cluster[0], 1.0), who)
        events.append(entry)
        kind = next((e.contact for _, e in members if e.contact), None)
        if kind:
            sides = {*entry.actors, *entry.recipients}
            told = [(a, x) for a, e in members for x in find_statements(a, e, sides, entry.when)]
            statements = tuple(AttributionMember(a.id, x.id) for a, x in told)
            shared = {f: getattr(entry, f) for f in entry.__struct_fields__ if f != "kind"}
            parties = tuple(dict.fromkeys((*entry.actors, *entry.recipients)))
            topics = tuple(dict.fromkeys(a.text[s.start : s.end] for a, e in members for s in e.topics))
            contacts.append(Contact(kind=kind, participants=parties, topics=topics, statements=statements, **shared))
    return tuple(events), tuple(contacts)


def _entry(
    members: Sequence[tuple[Analysis, Event]], roots: Mapping[str, Sequence[str]], sure: float, who: Who
) -> EventEntry:
    analysis, first = members[0]
    named = max(members, key=lambda m: (m[1].contact is not None, _count_named(*m)))[1]
    origins = trace_origins([(a, x) for a, e in members for x in _tellers(a, e)], roots, who).origins
    # What was promised and then done is of the type of the deed.
    told = next((e for _, e in members if e.status == "happened"), first)
    return EventEntry(
        id=entry_id("v", analysis.id, first.id),
        type=told.type,
        kind=named.kind,
        actors=named.actors,
        recipients=named.recipients,
        intermediaries=named.intermediaries,
        place=first.place,
        when=told.when or next((e.when for _, e in members if e.when), None),
        status=_weigh_status([e.status for _, e in members]),
        members=tuple(EventMember(a.id, e.id) for a, e in members),
        origins=origins,
        independent=len(origins),
        confidence=sure,
        history=_trace_status(members),
    )


def _count_named(analysis: Analysis, event: Event) -> int:
    """How many of those who take part go by a name of two words or more, and not by an office or a surname."""
    names = {e.name for e in analysis.entities if " " in e.name}
    return sum(name in names for name in (*event.actors, *event.recipients))


def _weigh_status(told: Sequence[Status]) -> Status:
    """The status of an event of which that was told, in the order of the reports."""
    counts = Counter(told)
    # Told as done by a few of many, it may be misread in them.
    if counts["happened"] * _FEW >= len(told):
        return "happened"
    # "The duty announced for Friday did not come" is the last word on it.
    return told[-1] if told[-1] in ("denied", "not_yet") else counts.most_common(1)[0][0]


def _trace_status(members: Sequence[tuple[Analysis, Event]]) -> tuple[Turn, ...]:
    """The turns of its status, one event told twice in a report by the later words."""
    out: list[Turn] = []
    for analysis, event in members:
        if out and out[-1].report == analysis.id:
            out.pop()
        if not out or out[-1].status != event.status:
            out.append(Turn(event.status, analysis.id))
    return tuple(out)


def _tellers(analysis: Analysis, event: Event) -> list[Attribution]:
    """The attributions whose words tell the public of the event: the outermost that hold its trigger.

    Of a citation, whose two hold the same words, it is the one who is cited.
    """
    holding = [
        x for x in analysis.attributions if any(s.start <= t.start < s.end for s in x.content for t in event.trigger)
    ]
    contents = {x.id: x.content for x in holding}
    cited = {x.within for x in holding if contents.get(x.within or "") == x.content}
    return [x for x in holding if x.id not in cited and (x.within is None or x.within in cited)]


def find_statements(
    analysis: Analysis, event: Event, sides: Set[str] = frozenset(), when: Interval | None = None
) -> list[Attribution]:
    """The attributions that give what was said in a contact.

    They stand where the report is telling of it: from a sentence that names the contact up to the next contact, as
    long as each speaks with or of one of the parties, and was not said on another day; `sides` and `when` are those
    that all reports give.
    """
    parties = {*event.actors, *event.recipients, *sides}
    short = {n.split()[-1] for n in parties}
    others = sorted(s.start for e in analysis.events if e is not event and e.contact for s in e.evidence)
    mine = sorted(s.start for s in event.evidence)
    out = []
    for attribution in analysis.attributions:
        at = attribution.content[0].start
        last_mine = max((m for m in mine if m <= at), default=None)
        last_other = max((o for o in others if o <= at), default=-1)
        words = " ".join(analysis.text[a:b] for a, b in attribution.content)
        speaks = attribution.speaker.name in parties
        spoken_of = any(name in words.split() or f"{name}'s" in words or f"{name}’s" in words for name in short)
        elsewhen = (attribution.said or Interval()).misses(when or event.when or Interval())
        if last_mine is not None and last_mine >= last_other and (speaks or spoken_of) and not elsewhen:
            out.append(attribution)
    return out
