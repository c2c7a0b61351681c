"""Who was in touch with whom, to each contact with both sides' readouts."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from onrecord.ask.columns import Mask, coded_in, within
from onrecord.ask.frame import Frame
from onrecord.ask.names import Who, did_you_mean, holds_words, names_of
from onrecord.ask.shelf import Reading
from onrecord.ask.statements import count, in_language
from onrecord.record import NothingFound
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
    notes = []
    for name in between:
        who = names.find(name)
        held = {id for id, took_part in parties.items() if _took_part(took_part, who, name)}
        if not held:
            known = {party for took_part in parties.values() for party in took_part}
            raise NothingFound(f'no contact of "{name}" in this record{did_you_mean(name, known)}')
        notes += [who.note] if who.note else []
        rows &= np.fromiter((id in held for id in columns.ids), bool, len(columns.ids))
    ids = [columns.ids[n] for n in np.flatnonzero(rows)][: frame.limit]
    found = [row_of(sheet) for sheet in read_sheets(reading, ids)]
    return Answer(
        "Who was in contact", "contacts", ContactRow, found, count(reading, len(found), "contact"), tuple(notes)
    )


def read_sheets(reading: Reading, ids: Sequence[str]) -> list[CallSheet]:
    """The contacts of these ids by day, with what one account has and another leaves out."""
    unlike, contacts = reading.entries("disagreements"), reading.entries("contacts")
    reports = {m.report for c in reading.part(ids=ids).contacts for m in c.members}
    there = coded_in(unlike.report, reports)
    omissions = [unlike.ids[n] for n in np.flatnonzero(there)]
    order = {id: n for n, id in enumerate(contacts.ids)}
    sheets = [s for s in list_sheets(reading.part(ids=[*ids, *omissions])) if s.call.id in set(ids)]
    return sorted(sheets, key=lambda s: order[s.call.id])


def _took_part(parties: Collection[str], who: Who, name: str) -> bool:
    return bool(who.names.intersection(parties)) or (not who.ids and bool(holds_words(parties, name)))


def row_of(sheet: CallSheet) -> ContactRow:
    """The row of a contact and its readouts."""
    held = {field: getattr(sheet.call, field) for field in Call.__struct_fields__}
    return ContactRow(**held, readouts=sheet.readouts)
