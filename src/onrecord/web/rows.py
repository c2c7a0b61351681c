"""What the views list to what a page shows of it beside: readouts, differing words, ways to other pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup
from msgspec import Struct

from onrecord.record import AttributionMember, Contact, Disagreement, Record
from onrecord.views.calls import Call, list_calls, reached, tell
from onrecord.views.disagreements import MISSING, DisagreementRow, list_disagreements
from onrecord.views.index import Evidence, Index
from onrecord.views.statements import Statement, state
from onrecord.views.wording import is_named
from onrecord.web.marks import mark_differing, mark_spans


class Said(Struct, frozen=True, kw_only=True):
    """A statement; `marked` are its words with those marked that were searched for, `entity` is who said it."""

    said: Statement
    marked: Markup | None
    claim: str | None
    entity: str | None


class Readout(Struct, frozen=True):
    """One side's account of a contact, the words that tell of it, and what only the other account has."""

    name: str
    words: tuple[Evidence, ...]
    left_out: tuple[Evidence, ...]


class CallSheet(Struct, frozen=True):
    """A contact and the account that each origin gives of it; `places` are its members, as a correction names them."""

    call: Call
    readouts: tuple[Readout, ...]
    places: tuple[tuple[str, str], ...]


class Sides(Struct, frozen=True):
    """A disagreement, both sides with differing words marked; `missing` stands where the second has none."""

    row: DisagreementRow
    a: Markup
    b: Markup | None
    missing: str


def list_said(index: Index, members: Sequence[AttributionMember], entities: Sequence[str | None] = ()) -> list[Said]:
    """The statements that `members` name, in their order; `entities` are who said each, where that is known."""
    said = []
    for n, member in enumerate(members):
        claim = index.claim(member)
        who = entities[n] if entities else None
        said.append(Said(said=state(index, member), marked=None, claim=claim.id if claim else None, entity=who))
    return said


def list_sheets(record: Record, min_confidence: float = 0.0) -> list[CallSheet]:
    """The contacts of `record` by day, each with its readouts."""
    index, contacts = Index(record), {c.id: c for c in record.contacts}
    omissions = [d for d in record.disagreements if d.kind == "omission" and d.b]
    return [_sheet(index, call, contacts[call.id], omissions) for call in list_calls(record, min_confidence)]


def _sheet(index: Index, call: Call, contact: Contact, omissions: Sequence[Disagreement]) -> CallSheet:
    places = tuple((f"{m.report}/{m.event}", index.label(m.report)) for m in contact.members)
    return CallSheet(call, tuple(_readouts(index, contact, omissions)), places)


def _readouts(index: Index, contact: Contact, omissions: Sequence[Disagreement]) -> Iterable[Readout]:
    reports = {m.report for m in contact.members}
    for origin in contact.origins:
        words = tuple(tell(index, m) for m in contact.members if m.report in origin.reports)
        left = [d.a for d in omissions if d.b and d.b.report in origin.reports and d.a.report in reports]
        name = origin.name if is_named(origin.class_) else f"{origin.name} (unnamed)"
        yield Readout(name, words, tuple(dict.fromkeys(index.place(place) for place in left)))
    untold = tuple(tell(index, m) for m in contact.members if m.report not in reached(contact.origins))
    if untold:
        yield Readout("source not stated", untold, ())


def list_sides(record: Record) -> list[Sides]:
    """The disagreements of `record`, in its order."""
    return [_sides(row) for row in list_disagreements(record)]


def _sides(row: DisagreementRow) -> Sides:
    missing = MISSING.get(row.kind, MISSING["omission"])
    # What one leaves out has nothing in the other to be compared with.
    if row.b is None or row.kind == "omission":
        return Sides(row, mark_spans(row.a.quote, ()), mark_spans(row.b.quote, ()) if row.b else None, missing)
    return Sides(row, *mark_differing(row.a.quote, row.b.quote), missing)
