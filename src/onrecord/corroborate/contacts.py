"""Clusters of contacts to entries, with the statements made in them and those who tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from onrecord.corroborate.entries import entry_id
from onrecord.corroborate.origins import trace_origins
from onrecord.record import Analysis, Attribution, AttributionMember, Contact, Event, EventEntry, EventMember

JOINED = 0.8


def build_contacts(
    clusters: Sequence[Sequence[str]], facts: Mapping[str, tuple[Analysis, Event]], roots: Mapping[str, str]
) -> tuple[tuple[EventEntry, ...], tuple[Contact, ...]]:
    """Each cluster of event keys twice, under one id: as an event, and as a contact with its statements."""
    events, contacts = [], []
    for cluster in clusters:
        members = [facts[key] for key in cluster]
        analysis, first = members[0]
        told = [(a, x) for a, e in members for x in _tellers(a, e)]
        origins, _ = trace_origins(told, roots)
        status = Counter(e.status for _, e in members).most_common(1)[0][0]
        shared = {
            "id": entry_id("v", analysis.id, first.id),
            "type": first.type,
            "actors": first.actors,
            "recipients": first.recipients,
            "intermediaries": first.intermediaries,
            "place": first.place,
            "when": next((e.when for _, e in members if e.when), None),
            "status": "happened" if any(e.status == "happened" for _, e in members) else status,
            "members": tuple(EventMember(a.id, e.id) for a, e in members),
            "origins": origins,
            "independent": len(origins),
            "confidence": 1.0 if len(members) == 1 else JOINED,
        }
        events.append(EventEntry(kind=first.kind, **shared))
        if first.contact:
            statements = tuple(AttributionMember(a.id, x.id) for a, e in members for x in find_statements(a, e))
            parties = tuple(dict.fromkeys((*first.actors, *first.recipients)))
            contacts.append(
                Contact(kind=first.contact, participants=parties, topics=(), statements=statements, **shared)
            )
    return tuple(events), tuple(contacts)


def _tellers(analysis: Analysis, event: Event) -> list[Attribution]:
    """The attributions whose words tell of the event: those that hold its trigger, or one sentence's with its cue."""
    out = []
    for attribution in analysis.attributions:
        if attribution.within is None and any(
            s.start <= t.start < s.end for s in attribution.content for t in event.trigger
        ):
            out.append(attribution)
    return out


def find_statements(analysis: Analysis, event: Event) -> list[Attribution]:
    """The attributions that give what was said in a contact.

    They stand where the report is telling of it: from a sentence that names the contact up to the next contact, as
    long as each speaks with or of one of the parties.
    """
    parties = {n for n in (*event.actors, *event.recipients)}
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
        if last_mine is not None and last_mine >= last_other and (speaks or spoken_of):
            out.append(attribution)
    return out
