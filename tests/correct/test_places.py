from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.correct.places import Pointer, read_place
from onrecord.record import EntityEntry, OnrecordError, Place, Record, Span
from tests.correct.saying import ENTITIES, TEXT, layered, record_of
from tests.records import RECORD, part

HELD = record_of(layered(), replace(layered(id="r2"), key="https://norvia.test/a:b", text="one two\n one “two”"))


def where(place: str, record: Record = HELD) -> Span | None:
    (found,) = read_place(record, place)
    return found.span


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ('r1-key:"the quay"', "the quay"),
        ("r1-key:the quay", "the quay"),
        ("r1-key:the  quay ", "the quay"),
        ("r1:“The quay stays ours,”", "“The quay stays ours,”"),
        ('r1:"The quay stays ours,"', "The quay stays ours,"),
        ("r1-key:0-10", "Radio Sarn"),
    ],
)
def test_words_of_a_report(place: str, words: str) -> None:
    assert where(place) == part(TEXT, words)[0]


def test_straight_marks_stand_for_curved_ones_and_a_blank_for_a_line_end() -> None:
    assert where('r2:one "two"') == Span(9, 18)
    assert where("r2:two one") == Span(4, 12)
    assert where('r2:""two""') == Span(13, 18)


def test_a_key_may_hold_the_signs_that_end_one() -> None:
    assert where("https://norvia.test/a:b:two#2") == Span(14, 17)
    assert read_place(HELD, "https://norvia.test/a:b/v2") == (Pointer("r2", "event", "v2"),)


def test_words_that_stand_several_times_need_a_number() -> None:
    with pytest.raises(OnrecordError, match=r'"two" stands 2 times in "r2"; say which: r2:"two"#2'):
        read_place(HELD, 'r2:"two"')
    assert where('r2:"two"#2') == where("r2:two#2") == Span(14, 17)
    with pytest.raises(OnrecordError, match='"two" stands 2 times in "r2", there is no #3'):
        read_place(HELD, "r2:two#3")
    with pytest.raises(OnrecordError, match="there is no #0"):
        read_place(HELD, "r2:two#0")


def test_a_fact_and_a_whole_report() -> None:
    assert read_place(HELD, "r1-key/a2") == (Pointer("r1", "attribution", "a2"),)
    assert read_place(HELD, "r1/v2") == (Pointer("r1", "event", "v2"),)
    assert read_place(HELD, "r1/e3") == (Pointer("r1", "entity", "e3"),)
    assert read_place(HELD, "r1") == (Pointer("r1", "report"),)


def test_the_id_of_an_entry_is_all_its_members() -> None:
    call, claim = RECORD.events[2], RECORD.claims[1]
    assert read_place(RECORD, call.id) == (Pointer("r1", "event", "v1"), Pointer("r2", "event", "v1"))
    assert [p.id for p in read_place(RECORD, claim.id)] == ["a1", "a1", "a2"]
    assert read_place(RECORD, "t1") == (Pointer("r1", "report"), Pointer("r2", "report"))


def test_a_name_of_the_record_is_each_reports_entity_once() -> None:
    mentions = tuple(Place(r, m.span) for r in ("r1", "r2") for m in ENTITIES[0].mentions)
    entry = EntityEntry(id="e-1", name="Ilse Varrun", type="person", aliases=(), roles=(), mentions=mentions)
    held = replace(HELD, entities=(entry,))
    assert read_place(held, "e-1") == (Pointer("r1", "entity", "e1"), Pointer("r2", "entity", "e1"))


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("r1-kay:the quay", 'begins with no report\'s key and is the id of no entry; did you mean the report "r1-key"'),
        ("nonsense", 'write KEY, KEY:START-END, KEY:"words of the text"'),
        ("r1:the moon", '"the moon" does not stand in "r1"'),
        ("r1/a77", '"r1" has no fact "a77"'),
        ("r1:5-5", "5-5 is no stretch of them"),
        ("r1:0-9999", "0-9999 is no stretch of them"),
        ("r1:", 'which words of "r1"'),
        ('r1:""', 'which words of "r1"'),
        ("r1:#2", 'which words of "r1"'),
    ],
)
def test_what_points_at_nothing_is_refused_with_what_to_do(place: str, reason: str) -> None:
    with pytest.raises(OnrecordError, match=reason.replace("(", r"\(")) as refusal:
        read_place(HELD, place)
    assert "\n" not in str(refusal.value)


def test_a_key_of_two_reports_is_refused_and_an_id_is_not() -> None:
    two = record_of(layered(), replace(layered(id="r2"), key="r1-key"))
    with pytest.raises(OnrecordError, match='"r1-key" is the key of 2 reports, give an id: r1, r2'):
        read_place(two, "r1-key:the quay")
    assert read_place(two, "r2")[0].report == "r2"
