from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.ask.shelf import Reading, open_reading
from onrecord.ask.things import Thing, entry_of, find_thing, members_of
from onrecord.record import Analysis, Attribution, AttributionMember, OnrecordError, Record
from onrecord.store import read_record
from onrecord.views.refs import Kind, refer, refer_statement
from tests.ask.asking import (
    CALL,
    DENIED,
    MARTA_ID,
    MEETING,
    MINE,
    MISSING,
    PHONED,
    PLEDGE,
    RECORD,
    REOPENING,
    REOPENS,
    SHUT,
    member,
    put,
    ref,
    report_ref,
)
from tests.ask.reports import IDS

FIELDS: dict[Kind, str] = {
    "report": "reports",
    "event": "events",
    "contact": "contacts",
    "entity": "entities",
    "claim": "claims",
    "disagreement": "disagreements",
    "expectation": "expectations",
    "story": "stories",
}


def short_ids(record: Record) -> dict[str, tuple[Kind, str]]:
    """Each short id of a record, with what it must mean."""
    entries = {
        refer(kind, entry.id): (kind, entry.id) for kind, field in FIELDS.items() for entry in getattr(record, field)
    }
    return entries


def test_every_short_id_means_its_own_thing(mine: Reading) -> None:
    ids = short_ids(RECORD)
    assert len(ids) == sum(len(getattr(RECORD, field)) for field in FIELDS.values())
    for word, (kind, id) in ids.items():
        assert find_thing(mine, word) == Thing(kind, id)


def shown_statements(a: Analysis) -> list[Attribution]:
    """All but those that only relay another one's very words, which no answer shows."""
    inner = {(x.within, x.content) for x in a.attributions if x.within}
    return [x for x in a.attributions if (x.id, x.content) not in inner]


def test_every_statement_is_found_by_report_and_number(mine: Reading) -> None:
    for a in RECORD.analyses:
        for said in shown_statements(a):
            thing = find_thing(mine, refer_statement(a.id, said.id))
            assert (thing.kind, thing.member) == ("statement", AttributionMember(a.id, said.id))


def test_ids_of_a_record_that_was_read_come_back(quay: Reading, harbour_path: Path) -> None:
    record = read_record(harbour_path)
    for word, (kind, id) in short_ids(record).items():
        thing = find_thing(quay, word)
        assert (thing.kind, thing.id) == (kind, id)
    for a in record.analyses:
        for said in shown_statements(a):
            assert find_thing(quay, refer_statement(a.id, said.id)).member == AttributionMember(a.id, said.id)


@pytest.mark.parametrize(
    ("id", "kinds"),
    [
        (REOPENS, {"claim"}),
        (MARTA_ID, {"entity"}),
        (DENIED, {"disagreement"}),
        (PLEDGE, {"expectation"}),
        (MINE, {"story"}),
        (REOPENING, {"event"}),
        (CALL, {"event", "contact"}),
        (IDS["gaz-1"], {"report"}),
    ],
)
def test_the_record_s_own_ids_are_understood(mine: Reading, id: str, kinds: set[str]) -> None:
    thing = find_thing(mine, id)
    assert thing.id == id
    assert thing.kind in kinds


def test_capitals_tell_a_contact_from_a_claim(tmp_path: Path) -> None:
    """The digits of a claim (c-…) may be those of a contact (C-…)."""
    digits = CALL.partition("-")[2]
    claims = tuple(replace(c, id=f"c-{digits}") if c.id == SHUT else c for c in RECORD.claims)
    with open_reading(put(tmp_path / "twins.onrecord", replace(RECORD, claims=claims))) as reading:
        assert find_thing(reading, f"C-{digits}") == Thing("contact", CALL)
        assert find_thing(reading, f"c-{digits}") == Thing("claim", f"c-{digits}")
        assert find_thing(reading, f"Q-{digits}") == Thing("claim", f"c-{digits}")
        assert find_thing(reading, f"E-{digits}") == Thing("event", CALL)


@pytest.mark.parametrize("key", sorted(IDS))
def test_a_report_goes_by_its_key(mine: Reading, key: str) -> None:
    assert find_thing(mine, key) == Thing("report", IDS[key])


@pytest.mark.parametrize("kind", ["claim", "event", "contact", "entity", "disagreement", "expectation", "story"])
def test_any_beginning_will_do_that_begins_no_other(mine: Reading, kind: Kind) -> None:
    ids = [entry.id for entry in getattr(RECORD, FIELDS[kind])]
    for id in ids:
        word = refer(kind, id)
        for length in range(5, len(word) + 1):
            beginning = word[:length]
            if [refer(kind, other).startswith(beginning) for other in ids].count(True) == 1:
                assert find_thing(mine, beginning) == Thing(kind, id), beginning


@pytest.mark.parametrize(("word", "thing"), [("X-9e", Thing("expectation", PLEDGE)), ("Q-c", Thing("claim", SHUT))])
def test_a_beginning_may_be_as_short_as_it_is_clear(mine: Reading, word: str, thing: Thing) -> None:
    assert find_thing(mine, word) == thing


def test_a_report_and_its_statements_go_by_a_beginning_of_the_hash(mine: Reading) -> None:
    id = IDS["dis-1"]
    for length in (4, 8, 12, 16):
        assert find_thing(mine, f"R-{id[:length]}") == Thing("report", id)
        assert find_thing(mine, f"S-{id[:length]}.3").member == member("dis-1", "a3")


def test_a_number_is_not_shortened(tmp_path: Path) -> None:
    """`S-….1` is the first statement also where there is an eleventh."""
    a = next(a for a in RECORD.analyses if a.id == IDS["mol-1"])
    many = replace(a, attributions=tuple(replace(a.attributions[0], id=f"a{n}") for n in range(1, 13)))
    record = replace(RECORD, analyses=tuple(many if x.id == a.id else x for x in RECORD.analyses))
    with open_reading(put(tmp_path / "many.onrecord", record)) as reading:
        assert find_thing(reading, f"S-{a.id[:8]}.1").member == AttributionMember(a.id, "a1")
        assert find_thing(reading, f"S-{a.id[:8]}.11").member == AttributionMember(a.id, "a11")


def test_a_beginning_of_several_is_refused_and_names_them(mine: Reading) -> None:
    with pytest.raises(OnrecordError) as refusal:
        find_thing(mine, "Q-a00")
    assert refer("claim", REOPENS) in str(refusal.value)
    assert refer("claim", MISSING) in str(refusal.value)
    assert refer("claim", MEETING) not in str(refusal.value)


@pytest.mark.parametrize(
    "word", ["Q-fff", "S-0000000.1", "no-such-key", "R-0000", "", "Z-a00", "c-ffffffffff", "S-", "Q-a000000001x"]
)
def test_what_is_not_there_is_said_in_a_line(mine: Reading, word: str) -> None:
    with pytest.raises(OnrecordError) as refusal:
        find_thing(mine, word)
    assert word in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_statement_that_its_report_has_not_is_none(mine: Reading) -> None:
    with pytest.raises(OnrecordError):
        find_thing(mine, f"S-{IDS['dis-1'][:8]}.9")


def test_a_slip_in_a_key_is_asked_back(mine: Reading) -> None:
    with pytest.raises(OnrecordError, match=r"did you mean.*gaz-1"):
        find_thing(mine, "gaz1")


def test_another_kind_than_was_asked_for_is_refused(mine: Reading) -> None:
    assert find_thing(mine, refer("claim", REOPENS), ("claim", "event")) == Thing("claim", REOPENS)
    with pytest.raises(OnrecordError):
        find_thing(mine, refer("claim", REOPENS), ("report",))
    assert find_thing(mine, CALL, ("event",)) == Thing("event", CALL)


@given(st.text(max_size=20) | st.from_regex(r"[A-Za-z]-[0-9a-f]{0,12}(\.\d{1,3})?", fullmatch=True))
def test_any_word_means_one_thing_or_is_refused(mine: Reading, word: str) -> None:
    try:
        thing = find_thing(mine, word)
    except OnrecordError as refusal:
        assert word.strip() in str(refusal)
    else:
        known = {id for _, id in short_ids(RECORD).values()}
        assert thing.id in known or thing.member is not None


def test_the_statements_that_a_thing_is_made_of(mine: Reading) -> None:
    assert members_of(mine, find_thing(mine, PHONED)) == (member("gaz-1", "a2"), member("gaz-2", "a2"))
    assert members_of(mine, find_thing(mine, ref("dis-1", "a1"))) == (member("dis-1", "a1"),)
    assert members_of(mine, find_thing(mine, PLEDGE)) == (member("gaz-1", "a3"),)
    assert members_of(mine, find_thing(mine, report_ref("dis-1"))) == ()
    assert members_of(mine, find_thing(mine, MARTA_ID)) == ()


def test_the_entry_that_a_thing_is(mine: Reading) -> None:
    assert entry_of(mine, Thing("claim", MISSING)) == next(c for c in RECORD.claims if c.id == MISSING)
    assert entry_of(mine, Thing("contact", CALL)) == next(c for c in RECORD.contacts if c.id == CALL)
    called = next(e for e in RECORD.events if e.id == CALL)
    assert entry_of(mine, Thing("event", CALL)) == called
