"""The record to both sides' accounts of each contact, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from onrecord.record import Contact, Disagreement, Record
from onrecord.views.calls import Call, Offices, list_calls, reached, tell
from onrecord.views.index import Evidence, Index
from onrecord.views.wording import is_named


class Readout(Struct, frozen=True):
    """One side's account of a contact, the words that tell of it, and what only the other account has."""

    name: str
    words: tuple[Evidence, ...]
    left_out: tuple[Evidence, ...]

    def __str__(self) -> str:
        return f"{self.name}: {'; '.join(map(str, self.words))}"


class CallSheet(Struct, frozen=True):
    """A contact and the account that each origin gives of it; `places` are its members, as a correction names them."""

    call: Call
    readouts: tuple[Readout, ...]
    places: tuple[tuple[str, str], ...]


def list_sheets(record: Record, min_confidence: float = 0.0, offices: Offices | None = None) -> list[CallSheet]:
    """The contacts of `record` by day, each with its readouts; `offices` as in `list_calls`."""
    index, contacts = Index(record), {c.id: c for c in record.contacts}
    calls = list_calls(record, min_confidence, offices)
    omissions = [d for d in record.disagreements if d.kind == "omission" and d.b]
    return [_sheet(index, call, contacts[call.id], omissions) for call in calls]


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
