from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.ask.contacts import find_contacts, read_sheets
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading, open_reading
from onrecord.record import OnrecordError, Record
from onrecord.store import read_record
from onrecord.views.readouts import list_sheets
from onrecord.views.refs import refer
from tests.ask.asking import CALL, CALLED, MEET, RECORD, happening, put, spelled
from tests.ask.reports import BY_KEY, MINISTRY, OFFICIAL
from tests.records import contact

PHONE, TABLE = refer("contact", CALL), refer("contact", MEET)


def asked(reading: Reading, frame: Frame = Frame(), **conditions: Any) -> list[str]:  # noqa: B008
    return [row.ref for row in find_contacts(reading, frame, **conditions).rows]  # type: ignore[attr-defined]


def test_call_sheets_are_those_of_the_whole_record(quay: Reading, harbour_path: Path) -> None:
    sheets = list_sheets(read_record(harbour_path))
    assert any(p.roles for s in sheets for p in s.call.participants)
    assert read_sheets(quay, [s.call.id for s in reversed(sheets)]) == sheets
    for sheet in sheets:
        assert read_sheets(quay, [sheet.call.id]) == [sheet]


@pytest.mark.parametrize(
    ("between", "found"),
    [
        ((), [PHONE, TABLE]),
        (("José Ávila", "Marta Brenn"), [PHONE]),
        (("Marta Brenn", "José Ávila"), [PHONE]),
        (("avila", "brenn"), [PHONE]),
        (("Marta Brenn", "Pell Brenn"), [TABLE]),
        (("pell brenn",), [TABLE]),
        (("brenn",), [PHONE, TABLE]),
        (("Ávila", "Pell Brenn"), []),
    ],
)
def test_each_of_them_took_part(mine: Reading, between: tuple[str, ...], found: list[str]) -> None:
    assert asked(mine, between=between) == found


@pytest.mark.parametrize("between", [("Brenn", "Brenn"), ("Marta Brenn", "Brenn"), ("brenn", "MARTA BRENN")])
def test_nobody_is_in_touch_with_himself(mine: Reading, between: tuple[str, str]) -> None:
    """Between two names of which one takes in the other are only the contacts of two people."""
    assert asked(mine, between=between) == [TABLE]


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2031-05-02", "2031-05-02", [PHONE]),
        ("2031-05-03", "2031-05-04", []),
        ("2031-05-07", "2031-05-08", [TABLE]),
        ("2031-05-11", None, [TABLE]),
        ("2031-05-12", None, []),
        (None, "2031-05-05", [PHONE, TABLE]),
        (None, "2031-05-01", []),
    ],
)
def test_what_may_have_been_in_the_days_is_shown(
    mine: Reading, since: str | None, until: str | None, found: list[str]
) -> None:
    frame = Frame(
        since=date.fromisoformat(since) if since else None, until=date.fromisoformat(until) if until else None
    )
    assert asked(mine, frame) == found


def test_the_other_bounds(mine: Reading) -> None:
    assert asked(mine, kinds=("meeting",)) == [TABLE]
    assert asked(mine, kinds=("call", "meeting")) == [PHONE, TABLE]
    assert asked(mine, Frame(limit=1)) == [PHONE]
    assert asked(mine, Frame(least=0.98)) == [TABLE]
    assert asked(mine, Frame(language="de")) == []
    assert asked(mine, Frame(language="en")) == [PHONE, TABLE]


def test_both_sides_accounts_stand_side_by_side(mine: Reading) -> None:
    (row,) = find_contacts(mine, Frame(), between=("Ávila",)).rows
    names = [readout.name for readout in row.readouts]  # type: ignore[attr-defined]
    assert len(names) == 2
    assert any(MINISTRY[4:] in name for name in names)
    assert any(OFFICIAL[2:] in name for name in names)
    assert [p.name for p in row.participants] == ["José Ávila", "Marta Brenn"]  # type: ignore[attr-defined]
    for words in [e for r in row.readouts for e in r.words] + list(row.told_in):  # type: ignore[attr-defined]
        assert words.quote == spelled(BY_KEY[words.key].text, words.spans)


def test_nothing_stands_twice_in_an_account(mine: Reading) -> None:
    for row in find_contacts(mine, Frame()).rows:
        for readout in row.readouts:  # type: ignore[attr-defined]
            places = [(e.report, e.spans) for e in (*readout.words, *readout.left_out)]
            assert len(set(places)) == len(places)


def test_a_contact_without_a_day_stands_at_the_end_and_is_of_no_days(tmp_path: Path) -> None:
    undated = replace(CALLED, id="v-00000000aa", when=None, members=(happening("dis-1", "v1"),))
    record: Record = replace(RECORD, events=(*RECORD.events, undated), contacts=(contact(undated), *RECORD.contacts))
    with open_reading(put(tmp_path / "undated.onrecord", record)) as reading:
        assert asked(reading) == [PHONE, TABLE, "C-00000000aa"]
        assert asked(reading, Frame(since=date(2031, 1, 1), until=date(2031, 1, 1))) == []


def test_whom_no_contact_has_is_said_in_a_line(mine: Reading) -> None:
    with pytest.raises(OnrecordError, match="Zebulon Quax"):
        find_contacts(mine, Frame(), between=("Zebulon Quax",))
    with pytest.raises(OnrecordError, match='did you mean "Marta Brenn"'):
        find_contacts(mine, Frame(), between=("José Ávila", "Marta Bren"))


def test_who_several_are_is_noted(mine: Reading) -> None:
    notes = find_contacts(mine, Frame(), between=("Ávila", "Brenn")).notes
    assert any("Marta Brenn" in note and "Pell Brenn" in note for note in notes)


def test_contacts_of_a_record_that_was_read(quay: Reading, harbour_path: Path) -> None:
    record = read_record(harbour_path)
    assert sorted(asked(quay)) == sorted(refer("contact", c.id) for c in record.contacts)
    for c in record.contacts:
        for name in c.participants:
            assert refer("contact", c.id) in asked(quay, between=(name,))
