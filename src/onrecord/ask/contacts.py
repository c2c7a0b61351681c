"""Who was in touch with whom, to each contact with both sides' readouts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from onrecord.ask.columns import Mask, coded_in, within
from onrecord.ask.frame import Frame
from onrecord.ask.names import Who, did_you_mean, holds_words, names_of, offices_of
from onrecord.ask.shelf import Reading
from onrecord.ask.statements import count, in_language
from onrecord.record import Contact, NothingFound
from onrecord.views import Answer
from onrecord.views.calls import Call
from onrecord.views.readouts import CallSheet, Readout, list_sheets


class ContactRow(Call, frozen=True, kw_only=True):
    """A contact with the account that each origin gives of it."""

    readouts: tuple[Readout, ...]


def find_contacts(
    reading: Reading, frame: Frame, *, between: Sequence[str] = (), kinds: Collection[str] = ()
) -> Answer:
    """The contacts by day of `kinds` (all, if none are given) in which each of `between` took part.

    Raises:
        NothingFound: nobody of a name took part in any.
    """
    columns, names = reading.entries("contacts"), names_of(reading)
    parties = reading.lists.once("parties", reading.store.parties)
    rows: Mask = columns.confidence >= frame.least
    rows &= within(columns.earliest, columns.latest, frame)
    rows &= in_language(reading, columns.report, frame.language)
    if kinds:
        rows &= coded_in(columns.noun, kinds)
    meant = [_Meant(name, names.find(name)) for name in between]
    for one in meant:
        if not any(one.among(took_part) for took_part in parties.values()):
            known = {party for took_part in parties.values() for party in took_part}
            raise NothingFound(f'no contact of "{one.name}" in this record{did_you_mean(one.name, known)}')
    if meant:
        rows &= np.fromiter((_all_took_part(parties[id], meant) for id in columns.ids), bool, len(columns.ids))
    notes = [one.who.note for one in meant if one.who.note]
    ids = [columns.ids[n] for n in np.flatnonzero(rows)]
    found = [row_of(sheet) for sheet in read_sheets(reading, ids[: frame.limit])]
    summary = count(reading, len(ids), "contact", shown=len(found))
    return Answer("Who was in contact", "contacts", ContactRow, found, summary, tuple(notes), total=len(ids))


def read_sheets(reading: Reading, ids: Sequence[str]) -> list[CallSheet]:
    """The contacts of these ids by day, with what one account has and another leaves out."""
    contacts: list[Contact] = reading.store.entries("contacts", ids)
    omissions = reading.store.unlike({m.report for c in contacts for m in c.members})
    offices = offices_of(reading, {name for c in contacts for name in c.participants})
    sheets = list_sheets(reading.part(ids=[*ids, *omissions]), offices=lambda name: offices.get(name, ()))
    order = reading.rows("contacts")
    return sorted((s for s in sheets if s.call.id in set(ids)), key=lambda s: order[s.call.id])


class _Meant(NamedTuple):
    """Whom a name means."""

    name: str
    who: Who

    def among(self, parties: Collection[str]) -> list[str]:
        """Those of `parties` that are meant."""
        if self.who.ids:
            return [party for party in parties if party in self.who.names]
        return holds_words(parties, self.name)


def _all_took_part(parties: Collection[str], meant: Sequence[_Meant]) -> bool:
    """Whether each name means somebody else among `parties`: nobody is in touch with himself."""
    return any(len(set(ones)) == len(meant) for ones in product(*(one.among(parties) for one in meant)))


def row_of(sheet: CallSheet) -> ContactRow:
    """The row of a contact and its readouts."""
    held = {field: getattr(sheet.call, field) for field in Call.__struct_fields__}
    return ContactRow(**held, readouts=sheet.readouts)
