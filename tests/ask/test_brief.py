from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from onrecord.ask.brief import Brief, find_brief
from onrecord.ask.frame import Frame
from onrecord.ask.shelf import Reading
from onrecord.record import OnrecordError
from onrecord.views.index import Evidence
from onrecord.views.refs import refer
from tests.ask.asking import CALL, DENIED, MEET, MEETING, MINE, MISSING, PHONED, REOPENS, VISIT, spelled
from tests.ask.reports import BY_KEY


def evidence(of: Any) -> Iterator[Evidence]:
    """All words that stand anywhere in `of`."""
    if isinstance(of, Evidence):
        yield of
    elif isinstance(of, msgspec.Struct):
        for name in of.__struct_fields__:
            yield from evidence(getattr(of, name))
    elif isinstance(of, tuple | list):
        for item in of:
            yield from evidence(item)


def ids(rows: Any) -> set[str]:
    return {row.id for row in rows}


def test_a_person_s_brief_is_of_what_names_them(mine: Reading) -> None:
    brief = find_brief(mine, Frame(), "Ávila")
    assert CALL in ids(brief.events) | ids(brief.contacts)
    assert REOPENS in ids(brief.claims)
    assert DENIED in ids(brief.disputes)
    assert MISSING not in ids(brief.claims)
    assert MEET not in ids(brief.events) | ids(brief.contacts)


def test_words_are_a_matter_too(mine: Reading) -> None:
    brief = find_brief(mine, Frame(), "miners missing")
    assert ids(brief.claims) == {MISSING}


def test_a_story_s_brief_is_of_its_reports(mine: Reading) -> None:
    brief = find_brief(mine, Frame(), refer("story", MINE))
    assert {MISSING, REOPENS, PHONED} <= ids(brief.claims)
    assert MEETING not in ids(brief.claims)
    assert brief.reports == 6
    visit = find_brief(mine, Frame(), refer("story", VISIT))
    assert ids(visit.claims) == {MEETING}
    assert visit.reports == 1


@pytest.mark.parametrize("about", ["Ávila", "brenn", "Koril", "Port Hask", "T-50000000aa", "T-50000000bb"])
def test_nothing_stands_twice(mine: Reading, about: str) -> None:
    brief = find_brief(mine, Frame(), about)
    happened = [*(row.id for row in brief.events), *(row.id for row in brief.contacts)]
    assert len(set(happened)) == len(happened)
    assert len(ids(brief.claims)) == len(brief.claims)
    assert len(ids(brief.disputes)) == len(brief.disputes)
    assert len(ids(brief.expected)) == len(brief.expected)


@pytest.mark.parametrize("about", ["Ávila", "brenn", "Koril", "T-50000000aa"])
def test_all_words_are_those_at_their_spans(mine: Reading, about: str) -> None:
    found = list(evidence(find_brief(mine, Frame(), about)))
    assert found
    for words in found:
        assert words.quote == spelled(BY_KEY[words.key].text, words.spans)


def test_a_list_is_at_most_as_long_as_was_asked_for_and_says_how_many_more(mine: Reading) -> None:
    whole: Brief = find_brief(mine, Frame(), refer("story", MINE))
    short = find_brief(mine, Frame(limit=1), refer("story", MINE))
    assert len(short.claims) == 1
    assert short.claims[0].id == whole.claims[0].id
    assert short.left_out["claims"] == len(whole.claims) - 1
    assert short.left_out["disputes"] == len(whole.disputes) - 1
    assert not any(whole.left_out.values())


def test_days_bound_it(mine: Reading) -> None:
    brief = find_brief(mine, Frame(since=date(2031, 5, 9), until=date(2031, 5, 11)), "Brenn")
    assert MEET in ids(brief.events) | ids(brief.contacts)
    assert CALL not in ids(brief.events) | ids(brief.contacts)


def test_several_of_a_surname_are_noted(mine: Reading) -> None:
    notes = find_brief(mine, Frame(), "Brenn").notes
    assert any("Marta Brenn" in note and "Pell Brenn" in note for note in notes)


@pytest.mark.parametrize("about", ["Zebulon Quax", "T-ffffffffff", "qwxzj", "*", "", " ", '"'])
def test_of_what_the_record_holds_nothing_there_is_no_brief(mine: Reading, about: str) -> None:
    with pytest.raises(OnrecordError):
        find_brief(mine, Frame(), about)
