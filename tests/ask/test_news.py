from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest

from onrecord.ask.frame import Frame
from onrecord.ask.news import find_new
from onrecord.ask.shelf import Reading, open_reading
from tests.ask.asking import RECORD, put, report_ref
from tests.ask.reports import IDS

# When each came, by the clock of this machine; two came at once.
CAME = {
    "gaz-1": datetime(2031, 5, 3, 9, 30),
    "gaz-2": datetime(2031, 5, 4, 9, 30),
    "dis-1": datetime(2031, 5, 5, 0, 0),
    "mol-1": datetime(2031, 5, 6, 8, 0),
    "bot-1": datetime(2031, 5, 10, 8, 0),
    "gaz-3": datetime(2031, 5, 12, 8, 0),
    "ost-1": datetime(2031, 5, 12, 23, 59),
}


@pytest.fixture(scope="module")
def arriving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    path = put(tmp_path_factory.mktemp("news") / "mine.onrecord", RECORD)
    with sqlite3.connect(path) as database:
        rows = [(int(at.timestamp()), IDS[key]) for key, at in CAME.items()]
        database.executemany("UPDATE arrivals SET at = ? WHERE report = ?", rows)
    database.close()
    with open_reading(path) as reading:
        yield reading


def rows(reading: Reading, since: str = "2031-05-01", frame: Frame = Frame()) -> dict[str, Any]:  # noqa: B008
    found = find_new(reading, frame, date.fromisoformat(since)).rows
    keys = {report_ref(key): key for key in IDS}
    return {keys[row.ref]: row for row in found}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("since", "keys"),
    [
        ("2031-05-01", ["ost-1", "gaz-3", "bot-1", "mol-1", "dis-1", "gaz-2", "gaz-1"]),
        ("2031-05-05", ["ost-1", "gaz-3", "bot-1", "mol-1", "dis-1"]),
        ("2031-05-06", ["ost-1", "gaz-3", "bot-1", "mol-1"]),
        ("2031-05-12", ["ost-1", "gaz-3"]),
        ("2031-05-13", []),
    ],
)
def test_what_came_on_the_day_or_later_the_latest_first(arriving: Reading, since: str, keys: list[str]) -> None:
    assert list(rows(arriving, since)) == keys


def test_what_a_report_brings_and_what_it_repeats(arriving: Reading) -> None:
    found = rows(arriving)
    assert any("that the salt mine at Koril would reopen" in claim for claim in found["gaz-1"].brings)
    assert not found["gaz-1"].repeats
    assert not found["gaz-2"].brings
    assert any("that the salt mine at Koril would reopen" in claim for claim in found["gaz-2"].repeats)
    assert any("40 miners" in claim for claim in found["dis-1"].brings)
    assert any("40 miners" in claim for claim in found["ost-1"].repeats)
    assert not found["ost-1"].brings


def test_what_was_there_before_the_days_asked_for_is_repeated(arriving: Reading) -> None:
    found = rows(arriving, "2031-05-12")
    assert found["ost-1"].brings == ()
    assert any("40 miners" in claim for claim in found["ost-1"].repeats)
    assert any("met in Port Hask" in claim for claim in found["gaz-3"].brings)


def test_nothing_is_brought_twice(arriving: Reading) -> None:
    """A claim that several reports hold is new with the one that came first."""
    brought = [claim for row in rows(arriving).values() for claim in row.brings]
    assert len(set(brought)) == len(brought) == len(RECORD.claims)


def test_when_it_came_is_in_local_time_to_the_minute(arriving: Reading) -> None:
    found = rows(arriving)
    assert found["gaz-1"].arrived == "2031-05-03 09:30"
    assert found["dis-1"].arrived == "2031-05-05 00:00"


def test_in_which_story_and_against_what(arriving: Reading) -> None:
    found = rows(arriving)
    assert found["gaz-3"].story is not None
    assert "A meeting at Port Hask" in found["gaz-3"].story
    assert "The salt mine at Koril" in found["dis-1"].story
    assert {key: row.disputes for key, row in found.items()} == {
        "gaz-1": 2,
        "gaz-2": 0,
        "dis-1": 1,
        "mol-1": 0,
        "bot-1": 0,
        "gaz-3": 0,
        "ost-1": 0,
    }


def test_the_frame_bounds_the_question(arriving: Reading) -> None:
    assert list(rows(arriving, frame=Frame(language="de"))) == ["bot-1"]
    assert list(rows(arriving, frame=Frame(limit=2))) == ["ost-1", "gaz-3"]


def test_of_reports_of_one_build_the_first_of_the_record_brings_a_claim(mine: Reading) -> None:
    found = rows(mine, "2000-01-01")
    assert set(found) == set(IDS)
    brought = [claim for row in found.values() for claim in row.brings]
    assert len(set(brought)) == len(brought) == len(RECORD.claims)
