"""The record to W3C PROV-JSON: what is derived from what, what quotes what, and to whom it goes back.

A claim is derived from statements. A statement quotes its report, and by the links of its chain what each of these
told, the nearest to the reader first. A report that copies another is derived from it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any, BinaryIO

import msgspec

from onrecord.export.flatten import name_entities
from onrecord.record import Analysis, Attribution, AttributionMember, Claim, Record, SpeakerClass
from onrecord.views.index import Index

PREFIXES = {"onrecord": "urn:onrecord:"}
_PERSONS: tuple[SpeakerClass, ...] = ("named_person", "anonymous_official", "anonymous_other")
_ORGANISATIONS: tuple[SpeakerClass, ...] = ("named_organisation", "outlet")


def write_prov(record: Record, out: BinaryIO) -> None:
    """Reports, statements, claims and those whom they are attributed to as one PROV-JSON object, UTF-8."""
    out.write(msgspec.json.encode(_Document(record).build()) + b"\n")


class _Document:
    """The parts of a PROV document, each thing and each relation once."""

    def __init__(self, record: Record) -> None:
        self._record, self._index = record, Index(record)
        self._names = name_entities(record.entities)
        self._parts: dict[str, dict[str, Any]] = defaultdict(dict)

    def build(self) -> dict[str, Any]:
        """The whole, in the order of the record."""
        for report in self._record.analyses:
            self._report(report)
        for copy in self._record.copies:
            self._derive(copy.b, copy.a, **{"onrecord:relation": copy.relation, "onrecord:share": copy.share})
        for claim in self._record.claims:
            self._claim(claim)
        return {"prefix": PREFIXES, **self._parts}

    def _report(self, report: Analysis) -> None:
        told = {"onrecord:url": report.url, "onrecord:published": report.published.edtf}
        self._entity(report.id, "Report", report.title or report.key, **told)
        if report.outlet:
            self._attribute(report.id, report.outlet, "outlet", "published by")
        for said in report.attributions:
            self._statement(report, said)

    def _statement(self, report: Analysis, said: Attribution) -> None:
        """The words in the report, and behind them as each link of the chain told them, the speaker last."""
        words = self._index.evidence(report.id, said.content).quote
        at = ",".join(f"{start}-{end}" for start, end in said.content)
        id = f"{report.id}.{said.id}"
        self._entity(id, "Statement", words, **{"onrecord:characters": at, "onrecord:confidence": said.confidence})
        self._quote(id, report.id)
        links = said.chain or tuple(filter(None, (said.speaker.name,)))
        for number, link in enumerate(links, 1):
            told = f"{id}.{number}"
            self._entity(told, "Telling", f"what {link} told")
            self._quote(id if number == 1 else f"{id}.{number - 1}", told)
            class_: SpeakerClass = said.speaker.class_ if link == said.speaker.name else "unspecified"
            self._attribute(told, link, class_, "speaker" if number == len(links) else "link")

    def _claim(self, claim: Claim) -> None:
        self._entity(claim.id, "Claim", claim.text, **{"onrecord:independent": claim.independent})
        for member in claim.members:
            self._derive(claim.id, _name(member))
        for origin in claim.origins:
            self._attribute(claim.id, origin.name, origin.class_, "origin")

    def _entity(self, id: str, type: str, label: str, **told: object) -> None:
        held = {name: value for name, value in told.items() if value is not None}
        self._parts["entity"][_id(id)] = {"prov:type": _qualified(f"onrecord:{type}"), "prov:label": label, **held}

    def _agent(self, name: str, class_: SpeakerClass) -> str:
        """The one of that name; of one who has no name on record, of those words: they may stand for several."""
        id = _id(self._names.get(name) or f"agent-{_hash(name)}")
        kind = "prov:Person" if class_ in _PERSONS else "prov:Organization" if class_ in _ORGANISATIONS else None
        agent = self._parts["agent"].setdefault(id, {"prov:label": name})
        if kind:
            agent.setdefault("prov:type", _qualified(kind))
        return id

    def _attribute(self, id: str, name: str, class_: SpeakerClass, role: str) -> None:
        agent = self._agent(name, class_)
        self._relate("wasAttributedTo", {"prov:entity": _id(id), "prov:agent": agent, "onrecord:role": role})

    def _derive(self, id: str, source: str, **told: object) -> None:
        self._relate("wasDerivedFrom", {"prov:generatedEntity": _id(id), "prov:usedEntity": _id(source), **told})

    def _quote(self, id: str, source: str) -> None:
        self._derive(id, source, **{"prov:type": _qualified("prov:Quotation")})

    def _relate(self, relation: str, told: dict[str, object]) -> None:
        self._parts[relation][f"_:{relation}-{_hash(msgspec.json.encode(told).decode())}"] = told


def _id(id: str) -> str:
    return f"onrecord:{id}"


def _name(member: AttributionMember) -> str:
    return f"{member.report}.{member.attribution}"


def _qualified(name: str) -> dict[str, str]:
    """A name as a value. In PROV-JSON a quotation is a derivation of that type."""
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:16]
