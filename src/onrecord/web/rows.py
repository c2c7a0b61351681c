"""What the views list to what a page shows of it beside: readouts, differing words, ways to other pages."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from msgspec import Struct

from onrecord.record import AttributionMember, Record
from onrecord.views.disagreements import MISSING, DisagreementRow, list_disagreements
from onrecord.views.index import Index
from onrecord.views.statements import Statement, state
from onrecord.web.marks import mark_differing, mark_spans


class Said(Struct, frozen=True, kw_only=True):
    """A statement; `marked` are its words with those marked that were searched for, `entity` is who said it."""

    said: Statement
    marked: Markup | None
    claim: str | None
    entity: str | None


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


def list_sides(record: Record) -> list[Sides]:
    """The disagreements of `record`, in its order."""
    return [_sides(row) for row in list_disagreements(record)]


def _sides(row: DisagreementRow) -> Sides:
    missing = MISSING.get(row.kind, MISSING["omission"])
    # What one leaves out has nothing in the other to be compared with.
    if row.b is None or row.kind == "omission":
        return Sides(row, mark_spans(row.a.quote, ()), mark_spans(row.b.quote, ()) if row.b else None, missing)
    return Sides(row, *mark_differing(row.a.quote, row.b.quote), missing)
