from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.ask.claims import find_claims, read_claims
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading
from onrecord.record import OnrecordError
from onrecord.store import read_record
from onrecord.views.claims import list_claims
from onrecord.views.refs import refer
from tests.ask.asking import MEETING, MISSING, PHONED, RECORD, REOPENS, SHUT, spelled
from tests.ask.reports import BY_KEY

Q = {id: refer("claim", id) for id in (MISSING, REOPENS, PHONED, MEETING, SHUT)}


def asked(reading: Reading, frame: Frame = Frame(), **conditions: Any) -> list[str]:  # noqa: B008
    return [row.ref for row in find_claims(reading, frame, **conditions).rows]  # type: ignore[attr-defined]


def test_those_that_most_reports_hold_come_first(mine: Reading) -> None:
    found = asked(mine)
    assert found[0] == Q[MISSING]
    assert set(found[1:3]) == {Q[REOPENS], Q[PHONED]}
    assert sorted(found) == sorted(Q.values())


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"by": "avila"}, [REOPENS]),
        ({"by": "Pell Brenn"}, [MISSING]),
        ({"by": "brenn"}, [MISSING, SHUT]),
        ({"by": "quenland official"}, [MISSING]),
        ({"about": "miners"}, [MISSING]),
        ({"about": "Marta Brenn"}, [PHONED, MEETING]),
        ({"min_reports": 3}, [MISSING]),
        ({"min_reports": 2}, [MISSING, REOPENS, PHONED]),
        ({"min_origins": 2}, [MISSING]),
        ({"min_origins": 3}, []),
        ({"by": "brenn", "min_reports": 2}, [MISSING]),
    ],
)
def test_all_conditions_must_hold(mine: Reading, conditions: dict[str, Any], found: list[str]) -> None:
    assert set(asked(mine, **conditions)) == {Q[id] for id in found}


def test_the_frame_bounds_the_question(mine: Reading) -> None:
    assert asked(mine, Frame(language="de")) == [Q[SHUT]]
    assert asked(mine, Frame(limit=1)) == [Q[MISSING]]
    assert asked(mine, Frame(since=date(2031, 5, 10), until=date(2031, 5, 10))) == [Q[SHUT]]


def test_nobody_of_the_name_is_said_in_a_line(mine: Reading) -> None:
    with pytest.raises(OnrecordError, match="Zebulon Quax"):
        find_claims(mine, Frame(), by="Zebulon Quax")


def test_rows_come_in_the_order_of_their_ids_with_their_words(mine: Reading) -> None:
    found = read_claims(mine, [SHUT, MISSING, REOPENS])
    assert [row.id for row in found] == [SHUT, MISSING, REOPENS]
    assert found[1].standing == "3 reports, 2 traced origins, 1 doesn't say"
    for row in found:
        assert row.text == next(c.text for c in RECORD.claims if c.id == row.id)
        for words in row.evidence:
            assert words.quote == spelled(BY_KEY[words.key].text, words.spans)


def test_rows_without_their_words_say_what_those_of_the_whole_record_say(quay: Reading, harbour_path: Path) -> None:
    rows = list_claims(read_record(harbour_path))
    assert any(row.doubts or row.untraced for row in rows)
    ids = [row.id for row in rows]
    assert read_claims(quay, ids, quoted=False) == [replace(row, evidence=()) for row in rows]
    assert read_claims(quay, ids) == rows
