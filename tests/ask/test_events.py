from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.ask.events import find_events, parties_of
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading, open_reading
from onrecord.ask.things import find_thing
from onrecord.record import OnrecordError
from onrecord.store import read_record
from onrecord.views.refs import refer
from onrecord.views.timeline import SURE
from tests.ask.asking import CALL, CALLED, MEET, RECORD, REOPENING, SHELLED, SHELLING, put, spelled
from tests.ask.reports import BY_KEY
from tests.records import days

SHELLS, PHONE, TABLE, MINES = (f"E-{id.partition('-')[2]}" for id in (SHELLING, CALL, MEET, REOPENING))
CONTACT_TOO = {refer("contact", id): refer("event", id) for id in (CALL, MEET)}


def asked(reading: Reading, frame: Frame = Frame(), **conditions: Any) -> list[str]:  # noqa: B008
    """What was found, a contact by its id as an event."""
    found: Sequence[Any] = find_events(reading, frame, **conditions).rows
    return [CONTACT_TOO.get(row.ref, row.ref) for row in found]


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({}, [SHELLS, PHONE, TABLE, MINES]),
        ({"who": "avila"}, [PHONE]),
        ({"who": "Brenn"}, [PHONE, TABLE]),
        ({"who": "Pell Brenn"}, [TABLE]),
        ({"who": "soldiers"}, [SHELLS]),
        ({"place": "Port Hask"}, [SHELLS, TABLE]),
        ({"place": "hask"}, [SHELLS, TABLE]),
        ({"place": "KORIL"}, [MINES]),
        ({"types": ("ASSAULT",)}, [SHELLS]),
        ({"types": ("CONSULT", "ASSAULT")}, [SHELLS, PHONE, TABLE]),
        ({"statuses": ("planned",)}, [MINES]),
        ({"statuses": ("happened",)}, [SHELLS, PHONE, TABLE]),
        ({"who": "Brenn", "place": "Port Hask"}, [TABLE]),
        ({"who": "avila", "statuses": ("planned",)}, []),
    ],
)
def test_events_by_day_those_without_one_at_the_end(
    mine: Reading, conditions: dict[str, Any], found: list[str]
) -> None:
    assert asked(mine, **conditions) == found


@pytest.mark.parametrize(
    ("since", "until", "found"),
    [
        ("2031-04-30", "2031-04-30", [SHELLS]),
        ("2031-05-01", "2031-05-01", [SHELLS]),
        ("2031-05-02", "2031-05-02", [PHONE]),
        ("2031-05-01", "2031-05-05", [SHELLS, PHONE, TABLE]),
        ("2031-05-11", None, [TABLE]),
        (None, "2031-04-28", [SHELLS]),
        (None, "2031-04-27", []),
    ],
)
def test_what_may_have_been_in_the_days_is_shown(
    mine: Reading, since: str | None, until: str | None, found: list[str]
) -> None:
    frame = Frame(
        since=date.fromisoformat(since) if since else None, until=date.fromisoformat(until) if until else None
    )
    assert asked(mine, frame) == found


@given(st.dates(date(2031, 4, 20), date(2031, 5, 20)), st.integers(0, 20))
@settings(deadline=None)
def test_an_interval_is_never_narrowed(mine: Reading, first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    must = [
        refer("event", e.id)
        for e in RECORD.events
        if e.when and not (e.when.earliest > last or e.when.latest < first)  # type: ignore[operator]
    ]
    assert sorted(asked(mine, Frame(since=first, until=last))) == sorted(must)
    for row in find_events(mine, Frame(since=first, until=last)).rows:
        id = find_thing(mine, row.ref).id  # type: ignore[attr-defined]
        when = next(e.when for e in RECORD.events if e.id == id)
        assert when is not None
        assert (row.when.earliest, row.when.latest) == (when.earliest, when.latest)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("earliest", "latest", "shown"),
    [
        ("2031-05-06", "", {"2031-05-06", "2031-05-20"}),
        ("", "2031-05-06", {"2031-04-20", "2031-05-06"}),
        ("2031-04-30", "2031-05-07", {"2031-05-06"}),
    ],
)
def test_an_open_side_leaves_all_days_open(tmp_path: Path, earliest: str, latest: str, shown: set[str]) -> None:
    events = tuple(replace(e, when=days(earliest, latest)) if e.id == SHELLING else e for e in RECORD.events)
    with open_reading(put(tmp_path / "open.onrecord", replace(RECORD, events=events))) as reading:
        for day in ("2031-04-20", "2031-05-06", "2031-05-20"):
            at = date.fromisoformat(day)
            assert (SHELLS in asked(reading, Frame(since=at, until=at))) == (day in shown)


def test_what_has_no_day_at_all_is_of_no_days(mine: Reading) -> None:
    assert MINES not in asked(mine, Frame(since=date(2031, 1, 1)))
    assert MINES not in asked(mine, Frame(until=date(2031, 12, 31)))
    assert MINES in asked(mine, Frame())


def test_the_other_bounds(mine: Reading) -> None:
    assert asked(mine, Frame(limit=2)) == [SHELLS, PHONE]
    assert asked(mine, Frame(language="de")) == []
    assert PHONE not in asked(mine, Frame(least=0.97))


def test_words_and_parties(mine: Reading) -> None:
    for row in find_events(mine, Frame()).rows:
        words = row.words  # type: ignore[attr-defined]
        assert words.quote == spelled(BY_KEY[words.key].text, words.spans)
    assert parties_of(CALLED) == ("José Ávila", "Marta Brenn")
    assert parties_of(SHELLED) == ("Soldiers",)


def test_names_that_no_event_has_are_said_in_a_line(mine: Reading) -> None:
    for condition in ("who", "place"):
        with pytest.raises(OnrecordError, match="Zebulon Quax"):
            find_events(mine, Frame(), **{condition: "Zebulon Quax"})
    with pytest.raises(OnrecordError, match='did you mean "Port Hask"'):
        find_events(mine, Frame(), place="Prot Hask")
    with pytest.raises(OnrecordError, match='did you mean "José Ávila"'):
        find_events(mine, Frame(), who="Jose Avilla")


def test_events_of_a_record_that_was_read(quay: Reading, harbour_path: Path) -> None:
    record = read_record(harbour_path)
    rows: list[Any] = list(find_events(quay, Frame()).rows)
    found = [find_thing(quay, row.ref).id for row in rows]
    assert len(set(found)) == len(found)
    told = {(a.id, e.id): e.confidence for a in record.analyses for e in a.events}
    sure = {e.id for e in record.events if any(told[m.report, m.event] >= SURE for m in e.members)}
    assert set(found) == sure
    dated = [row.when.earliest for row in rows if row.when.earliest]
    assert dated == sorted(dated)
