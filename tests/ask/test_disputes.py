from __future__ import annotations

from typing import Any

import pytest

from onrecord.ask.disputes import find_disputes, read_claim, unlike
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading
from onrecord.ask.things import find_thing
from onrecord.record import Span
from onrecord.views.refs import refer
from tests.ask.asking import CALL, DENIED, LEFT_OUT, MISSING, RECORD, REOPENING, REOPENS, ref, report_ref, spelled
from tests.ask.reports import BY_KEY, IDS

NO, GAP = refer("disagreement", DENIED), refer("disagreement", LEFT_OUT)


def asked(reading: Reading, word: str | None = None, frame: Frame = Frame(), **kinds: Any) -> list[str]:  # noqa: B008
    thing = find_thing(reading, word) if word else None
    return [row.ref for row in find_disputes(reading, frame, thing, **kinds).rows]  # type: ignore[attr-defined]


def test_all_of_the_record_or_of_a_kind(mine: Reading) -> None:
    assert sorted(asked(mine)) == sorted([NO, GAP])
    assert asked(mine, kinds=("denial",)) == [NO]
    assert asked(mine, kinds=("omission", "hedge")) == [GAP]
    assert asked(mine, kinds=("specificity",)) == []
    assert len(asked(mine, frame=Frame(limit=1))) == 1


@pytest.mark.parametrize(
    ("word", "found"),
    [
        (REOPENS, [NO]),
        (MISSING, []),
        (ref("dis-1", "a1"), [NO]),
        (ref("gaz-1", "a1"), [NO]),
        (ref("gaz-1", "a3"), [GAP]),
        (ref("dis-1", "a3"), []),
        (report_ref("dis-1"), [NO]),
        (report_ref("bot-1"), []),
        (REOPENING, [NO]),
        (CALL, []),
    ],
)
def test_those_of_which_one_side_lies_in_it(mine: Reading, word: str, found: list[str]) -> None:
    assert asked(mine, word) == found


def test_both_of_a_report(mine: Reading) -> None:
    assert sorted(asked(mine, report_ref("gaz-1"))) == sorted([NO, GAP])
    assert asked(mine, report_ref("gaz-1"), kinds=("omission",)) == [GAP]


def test_what_two_sides_say_stands_in_their_own_words(mine: Reading) -> None:
    for row in find_disputes(mine, Frame()).rows:
        for side in (row.a, row.b):  # type: ignore[attr-defined]
            if side:
                assert side.quote == spelled(BY_KEY[side.key].text, side.spans)


def test_language_of_the_reports(mine: Reading) -> None:
    assert asked(mine, frame=Frame(language="de")) == []
    assert sorted(asked(mine, frame=Frame(language="en"))) == sorted([NO, GAP])


def test_spans_that_only_touch_do_not_meet() -> None:
    """[a, b) and [b, c) have no character in common."""
    at = next(d.a.span for d in RECORD.disagreements if d.id == DENIED)

    def found(*spans: tuple[int, int]) -> list[str]:
        return [d.id for d in unlike(RECORD, {(IDS["gaz-1"], Span(*s)) for s in spans})]

    assert DENIED in found((at.start, at.start + 1))
    assert DENIED not in found((0, at.start), (at.end, at.end + 3))


def test_a_claim_comes_with_what_disagrees_with_it(mine: Reading) -> None:
    part = read_claim(mine, REOPENS)
    assert [c.id for c in part.claims if c.id == REOPENS] == [REOPENS]
    assert DENIED in [d.id for d in part.disagreements]
