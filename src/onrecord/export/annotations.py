"""The facts of a record to W3C Web Annotations: JSON-LD, one collection with one page.

A fact's place is told twice: by offsets into the text as it was read, and by the words themselves with some around
them, which finds it again where the text stands otherwise. A fact in several stretches has a target for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import msgspec

from onrecord.record import Analysis, Attribution, AttributionMember, Disagreement, Entity, Event, Part, Record, Timex
from onrecord.views.index import Index
from onrecord.views.wording import CHANNELS, word_chain, word_class, word_stance

# `confidence` is no word of the model, whose context may be added to.
CONTEXT = ("http://www.w3.org/ns/anno.jsonld", {"confidence": "urn:onrecord:confidence"})
# Characters on either side of the words of a fact, by which they are found again.
AROUND = 32

Node = dict[str, Any]


def write_annotations(record: Record, out: BinaryIO) -> None:
    """Each statement, event, name and time expression as an annotation, then what does not agree, UTF-8."""
    items = list(_annotate(record))
    page = {
        "id": "urn:onrecord:annotations:1",
        "type": "AnnotationPage",
        "partOf": "urn:onrecord:annotations",
        "startIndex": 0,
        "items": items,
    }
    collection = {
        "@context": CONTEXT,
        "id": "urn:onrecord:annotations",
        "type": "AnnotationCollection",
        "label": "What the reports put on record",
        "total": len(items),
        "first": page,
    }
    out.write(msgspec.json.encode(collection) + b"\n")


def _annotate(record: Record) -> Iterator[Node]:
    index = Index(record)
    events = {(m.report, m.event): e.id for e in record.events for m in e.members}
    entities = {(m.report, m.span): e.id for e in record.entities for m in e.mentions}
    for report in record.analyses:
        for said in report.attributions:
            claim = index.claim(AttributionMember(report.id, said.id))
            yield _annotation(report, said.id, said.content, _say(said, claim.id if claim else None), said.confidence)
        for event in report.events:
            entry = events.get((report.id, event.id))
            yield _annotation(report, event.id, event.trigger, _tell(event, entry), event.confidence)
        for entity in report.entities:
            entry = next(
                (entities[report.id, m.span] for m in entity.mentions if (report.id, m.span) in entities), None
            )
            spans = tuple(m.span for m in entity.mentions)
            yield _annotation(report, entity.id, spans, _name(entity, entry))
        for number, timex in enumerate(report.timexes, 1):
            yield _annotation(report, f"t{number}", (timex.span,), _date(timex))
    for disagreement in record.disagreements:
        yield _disagree(disagreement, index.analyses)


def _annotation(report: Analysis, fact: str, spans: Part, bodies: list[Node], confidence: float | None = None) -> Node:
    told: Node = {"confidence": confidence} if confidence is not None else {}
    return {
        "id": f"urn:onrecord:{report.id}:{fact}",
        "type": "Annotation",
        "motivation": "describing",
        "body": bodies,
        "target": point_at(report, spans),
        **told,
    }


def point_at(report: Analysis, spans: Part) -> Node | list[Node]:
    """One target or several; of a fact that has no words the whole report."""
    urn = f"urn:onrecord:{report.id}"
    source = {"source": report.url if _is_address(report.url) else urn, "scope": urn}
    targets = [{"type": "SpecificResource", **source, "selector": _select(report.text, *span)} for span in spans]
    targets = targets or [{"type": "SpecificResource", **source}]
    return targets[0] if len(targets) == 1 else targets


def _select(text: str, start: int, end: int) -> list[Node]:
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - AROUND) : start],
            "suffix": text[end : end + AROUND],
        },
    ]


def _say(said: Attribution, claim: str | None) -> list[Node]:
    """Whose words they are, by whom they came, how they are meant."""
    who = said.speaker.name or word_class(said.speaker.class_)
    words = [f"said by {who}", CHANNELS[said.channel], f"to {said.addressee}" if said.addressee else ""]
    words += [f"known through {word_chain(said.chain)}" if len(said.chain) > 1 else "", word_stance(said)]
    linked = [_resource("linking", claim)] if claim else []
    return [_text("tagging", "statement"), _text("describing", ", ".join(filter(None, words))), *linked]


def _tell(event: Event, entry: str | None) -> list[Node]:
    parties = ", ".join((*event.actors, *event.recipients))
    words = [
        event.kind,
        f"({event.status})",
        f"of {parties}" if parties else "",
        f"in {event.place}" if event.place else "",
    ]
    tags = [_text("tagging", tag) for tag in ("event", event.type) if tag]
    linked = [_resource("linking", entry)] if entry else []
    return [*tags, _text("describing", " ".join(filter(None, words))), *linked]


def _name(entity: Entity, entry: str | None) -> list[Node]:
    linked = [_resource("identifying", entry)] if entry else []
    words = f"{entity.name} ({'; '.join(entity.roles)})" if entity.roles else entity.name
    return [_text("tagging", entity.type), _text("describing", words), *linked]


def _date(timex: Timex) -> list[Node]:
    return [_text("tagging", timex.type), _text("describing", timex.value)]


def _disagree(disagreement: Disagreement, reports: Mapping[str, Analysis]) -> Node:
    targets = [point_at(reports[p.report], (p.span,)) for p in (disagreement.a, disagreement.b) if p]
    return {
        "id": f"urn:onrecord:{disagreement.id}",
        "type": "Annotation",
        "motivation": "linking",
        "body": [_text("tagging", disagreement.kind), _text("describing", disagreement.why)],
        "target": targets,
    }


def _text(purpose: str, value: str) -> Node:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _resource(purpose: str, entry: str) -> Node:
    return {"type": "SpecificResource", "purpose": purpose, "source": f"urn:onrecord:{entry}"}


def _is_address(url: str | None) -> bool:
    return bool(url) and str(url).startswith(("https://", "http://"))
