from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading
from onrecord.ask.statements import find_said
from onrecord.ask.things import find_thing
from onrecord.record import AttributionMember, OnrecordError
from onrecord.store import read_record
from tests.ask.asking import RECORD, ref, spelled
from tests.ask.reports import BY_KEY

ALL = [
    ("gaz-1", "a1"),
    ("gaz-1", "a2"),
    ("gaz-1", "a3"),
    ("gaz-2", "a1"),
    ("gaz-2", "a2"),
    ("dis-1", "a1"),
    ("dis-1", "a2"),
    ("dis-1", "a3"),
    ("mol-1", "a1"),
    ("bot-1", "a1"),
    ("gaz-3", "a2"),
    ("gaz-3", "a3"),
    ("ost-1", "a1"),
]


def asked(reading: Reading, frame: Frame = Frame(), **conditions: Any) -> list[str]:  # noqa: B008
    return [row.ref for row in find_said(reading, frame, **conditions).rows]  # type: ignore[attr-defined]


def refs(*statements: tuple[str, str]) -> list[str]:
    return [ref(*statement) for statement in statements]


def one(key: str, *numbers: int) -> list[tuple[str, str]]:
    return [(key, f"a{n}") for n in numbers]


def test_all_come_in_the_order_of_the_record_and_none_twice(mine: Reading) -> None:
    """Radio Sill only relays the aide's very words."""
    assert asked(mine) == refs(*ALL)


def test_the_words_are_those_at_their_spans(mine: Reading) -> None:
    for row in find_said(mine, Frame()).rows:
        words = row.words  # type: ignore[attr-defined]
        assert words.quote == spelled(BY_KEY[words.key].text, words.spans)


@pytest.mark.parametrize(
    ("by", "statements"),
    [
        ("José Ávila", [*one("gaz-1", 1, 3), *one("gaz-2", 1)]),
        ("avila", [*one("gaz-1", 1, 3), *one("gaz-2", 1)]),
        ("BRENN", [*one("dis-1", 1), *one("bot-1", 1), *one("gaz-3", 3), *one("ost-1", 1)]),
        ("marta brenn", [*one("dis-1", 1), *one("bot-1", 1), *one("gaz-3", 3)]),
        ("Pell Brenn", one("ost-1", 1)),
        ("Quenland official", one("dis-1", 2, 3)),
        ("a Quenland official", one("dis-1", 2, 3)),
        ("Tarvel Foreign Ministry", [*one("gaz-1", 2), *one("gaz-2", 2)]),
        ("an aide", one("gaz-3", 2)),
    ],
)
def test_who_said_it(mine: Reading, by: str, statements: list[tuple[str, str]]) -> None:
    assert asked(mine, by=by) == refs(*statements)


@pytest.mark.parametrize(
    ("about", "statements"),
    [
        ("miners missing", [*one("dis-1", 3), *one("mol-1", 1), *one("ost-1", 1)]),
        ("Marta Brenn", [*one("gaz-1", 2), *one("gaz-2", 2), *one("dis-1", 2), *one("gaz-3", 2)]),
        ("Pell Brenn", one("gaz-3", 2)),
        ("José Ávila", one("dis-1", 2)),
        ("port hask", one("gaz-3", 2)),
        ("June", one("gaz-2", 1)),
        ("Koril", [*one("gaz-1", 1), *one("gaz-2", 1), *one("dis-1", 1), *one("mol-1", 1)]),
        ("reopen", [*one("gaz-1", 1), *one("gaz-2", 1), *one("dis-1", 1)]),
    ],
)
def test_what_it_is_about(mine: Reading, about: str, statements: list[tuple[str, str]]) -> None:
    assert asked(mine, about=about) == refs(*statements)


@pytest.mark.parametrize(
    ("conditions", "statements"),
    [
        ({"to": "Marta Brenn"}, one("gaz-1", 3)),
        ({"to": "brenn"}, one("gaz-1", 3)),
        ({"outlet": "Quenland Dispatch"}, one("dis-1", 1, 2, 3)),
        ({"outlet": "tarvel gazette"}, [*one("gaz-1", 1, 2, 3), *one("gaz-2", 1, 2), *one("gaz-3", 2, 3)]),
        ({"quotes": ("direct",)}, one("gaz-1", 3)),
        ({"unnamed": True}, [*one("dis-1", 2), *one("gaz-3", 2)]),
        ({"min_reports": 3}, [*one("dis-1", 3), *one("mol-1", 1), *one("ost-1", 1)]),
        ({"by": "avila", "min_reports": 2}, [*one("gaz-1", 1), *one("gaz-2", 1)]),
        ({"by": "brenn", "outlet": "gazette"}, one("gaz-3", 3)),
        ({"by": "avila", "about": "miner"}, one("gaz-1", 3)),
        ({"by": "avila", "to": "brenn", "quotes": ("direct", "mixed")}, one("gaz-1", 3)),
        ({"by": "an aide", "quotes": ("direct",)}, []),
    ],
)
def test_all_conditions_must_hold(mine: Reading, conditions: dict[str, Any], statements: list[tuple[str, str]]) -> None:
    assert asked(mine, **conditions) == refs(*statements)


@pytest.mark.parametrize(
    ("since", "until", "statements"),
    [
        ("2031-05-02", "2031-05-02", [*one("gaz-1", 1, 3), *one("gaz-2", 1)]),
        ("2031-05-03", "2031-05-03", one("gaz-1", 2)),
        ("2031-05-05", "2031-05-06", [*one("dis-1", 1, 2, 3), *one("mol-1", 1)]),
        ("2031-05-11", None, one("gaz-3", 2, 3)),
        (None, "2031-05-02", [*one("gaz-1", 1, 3), *one("gaz-2", 1)]),
        ("2031-05-07", "2031-05-09", []),
    ],
)
def test_a_statement_without_a_day_counts_by_the_day_of_its_report(
    mine: Reading, since: str | None, until: str | None, statements: list[tuple[str, str]]
) -> None:
    frame = Frame(
        since=date.fromisoformat(since) if since else None, until=date.fromisoformat(until) if until else None
    )
    assert asked(mine, frame) == refs(*statements)


def test_what_has_no_day_at_all_is_of_no_days(mine: Reading) -> None:
    assert ref("ost-1", "a1") not in asked(mine, Frame(since=date(2031, 5, 5), until=date(2031, 5, 5)))
    assert ref("ost-1", "a1") in asked(mine)


def test_the_frame_bounds_the_question(mine: Reading) -> None:
    assert asked(mine, Frame(language="de")) == refs(*one("bot-1", 1))
    assert asked(mine, Frame(least=0.9)) == [r for r in refs(*ALL) if r not in refs(*UNSURE)]
    assert asked(mine, Frame(limit=2)) == refs(*ALL[:2])
    assert asked(mine, Frame(limit=500)) == refs(*ALL)


UNSURE = [("gaz-1", "a2"), ("gaz-1", "a3"), ("bot-1", "a1")]


def test_the_answer_in_a_line_counts_what_was_found(mine: Reading) -> None:
    assert "13 statements" in find_said(mine, Frame()).summary
    assert "1 statement " in find_said(mine, Frame(), by="Pell Brenn").summary


def test_a_limit_does_not_hide_how_many_there_are(mine: Reading) -> None:
    """“2 statements in these 7 reports” would be untrue."""
    limited = find_said(mine, Frame(limit=2))
    assert "13" in " ".join((limited.summary, *limited.notes))


@pytest.mark.parametrize("condition", ["by", "about", "to", "outlet"])
def test_whom_nobody_is_called_is_said_in_a_line(mine: Reading, condition: str) -> None:
    with pytest.raises(OnrecordError) as refusal:
        find_said(mine, Frame(), **{condition: "Zebulon Quax"})  # type: ignore[arg-type]
    assert "Zebulon Quax" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("condition", "typed", "meant"),
    [
        ("by", "Marta Bren", "Marta Brenn"),
        ("to", "Marta Bren", "Marta Brenn"),
        ("outlet", "Quenland Dispach", "Quenland Dispatch"),
        ("by", "Jose Avilla", "José Ávila"),
    ],
)
def test_a_slip_is_asked_back(mine: Reading, condition: str, typed: str, meant: str) -> None:
    with pytest.raises(OnrecordError, match=f'did you mean "{meant}"'):
        find_said(mine, Frame(), **{condition: typed})  # type: ignore[arg-type]


WORD = st.sampled_from(["brenn", "avila", "official", "Koril", "miners", "reopen", "the", ""]) | st.text(max_size=12)


@settings(max_examples=60, deadline=None)
@given(by=st.none() | WORD, about=st.none() | WORD, days=st.none() | st.dates(date(2031, 4, 25), date(2031, 5, 20)))
def test_any_question_narrows_the_whole(mine: Reading, by: str | None, about: str | None, days: date | None) -> None:
    """No question crashes, repeats a row, or shows what the plain question does not, and in its order."""
    try:
        found = asked(mine, Frame(since=days, until=days), by=by, about=about)
    except OnrecordError:
        return
    assert found == [r for r in refs(*ALL) if r in set(found)]


def test_statements_of_a_record_that_was_read(quay: Reading, harbour_path: Path) -> None:
    record = read_record(harbour_path)
    texts = {a.key: a.text for a in record.analyses}
    rows: Sequence[Any] = find_said(quay, Frame()).rows
    assert len({row.ref for row in rows}) == len(rows)
    for row in rows:
        assert row.words.quote == spelled(texts[row.words.key], row.words.spans)
        assert find_thing(quay, row.ref).member == AttributionMember(row.words.report, "a" + row.ref.split(".")[1])
    order = {a.id: n for n, a in enumerate(record.analyses)}
    places = [(order[row.words.report], row.words.spans[0][0]) for row in rows]
    assert places == sorted(places)
    assert {a.id for a in RECORD.analyses}.isdisjoint(order)
