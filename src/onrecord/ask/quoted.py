"""A statement, claim, event or report to the words of it that can be cited."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct
from msgspec.structs import replace

from onrecord.ask.shelf import Reading
from onrecord.ask.sources import claim_with
from onrecord.ask.things import Thing, an
from onrecord.ask.trace import trace_claim
from onrecord.record import Analysis, AttributionMember, OnrecordError, Part, Record
from onrecord.views.calls import stand
from onrecord.views.index import GAP, Index
from onrecord.views.refs import refer
from onrecord.views.statements import state
from onrecord.views.wording import word_standing


class Quoted(Struct, frozen=True, kw_only=True):
    """Words of a report: their spans (none of a whole report), who said them and through whom, when the report came.

    `standing` says what stands behind the claim or event that they are of; empty where they are of none. `first` says
    that no other report that holds the claim can have been earlier.
    """

    report: Analysis
    spans: Part
    speaker: str | None = None
    chain: str = ""
    standing: str = ""
    arrived: str | None = None
    first: bool = False

    @property
    def quote(self) -> str:
        """The words, stretches set off by " … "."""
        return GAP.join(self.report.text[start:end] for start, end in self.spans)


def quote_thing(reading: Reading, thing: Thing) -> list[Quoted]:
    """The words of each report that holds `thing`, in the order of the record.

    Raises:
        OnrecordError: it is nothing that stands in so many words.
    """
    if thing.member:
        claim = claim_with(reading, thing.member)
        part = reading.part(statements=[thing.member], ids=[claim.id] if claim else ())
        return _arrived(reading, [_said(part, thing.member)])
    if thing.kind == "claim":
        part = reading.part(ids=[thing.id])
        index = Index(part)
        claim = next(c for c in part.claims if c.id == thing.id)
        quoted = [_said(part, m) for m in claim.members if not index.is_relay(m)]
        firsts = {row.words.report for row in trace_claim(part, claim) if row.first}
        return _arrived(reading, [replace(q, first=q.report.id in firsts) for q in quoted])
    if thing.kind in ("event", "contact"):
        return _arrived(reading, _told(reading.part(ids=[thing.id]), thing.id))
    if thing.kind == "report":
        analysis = next(a for a in reading.part(reports=[thing.id]).analyses if a.id == thing.id)
        return _arrived(reading, [Quoted(report=analysis, spans=())])
    named = f"{refer(thing.kind, thing.id)} is {an(thing.kind)}"
    raise OnrecordError(f"{named}, which cannot be cited; ask for a statement (S-…), claim, event, contact or report")


def _said(part: Record, member: AttributionMember) -> Quoted:
    index = Index(part)
    said, row, claim = index.attribution(member), state(index, member), index.claim(member)
    standing = ""
    if claim:
        standing = word_standing(len({m.report for m in claim.members}), claim.independent, len(claim.untraced))
    return Quoted(
        report=index.analyses[member.report],
        spans=said.content,
        speaker=row.speaker,
        chain=row.chain,
        standing=standing,
    )


def _told(part: Record, id: str) -> list[Quoted]:
    index = Index(part)
    entry = next(e for e in part.events if e.id == id)
    events = [(m.report, index.event(m)) for m in entry.members]
    return [
        Quoted(report=index.analyses[r], spans=event.evidence or event.trigger, standing=stand(entry))
        for r, event in events
    ]


def _arrived(reading: Reading, quoted: list[Quoted]) -> list[Quoted]:
    """The same with the day on which each report came into the record."""
    came = reading.store.arrivals({q.report.id for q in quoted})
    return [_with_day(q, came.get(q.report.id)) for q in quoted]


def _with_day(quoted: Quoted, at: int | None) -> Quoted:
    day = datetime.fromtimestamp(at, UTC).date().isoformat() if at is not None else None
    return replace(quoted, arrived=day)
