"""The example reports put right by a person, from the words on the command line to the record."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from onrecord import pipeline
from onrecord.engine import fix_record, read_log, remove_reports, undo_corrections
from onrecord.record import Analysis, Contact, OnrecordError, Record
from onrecord.store import read_record
from tests import harbour
from tests.engine.correcting import build_of
from tests.records import days


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The record of the example reports; no model can be loaded any more."""
    at = str(tmp_path / "harbour.onrecord")
    build_of(harbour.analyses(), monkeypatch)(at, harbour.reports())
    monkeypatch.setattr(pipeline, "Reader", lambda *_: 1 / 0)
    monkeypatch.setattr(pipeline, "extract", lambda *_: 1 / 0)
    return at


def by_key(record: Record, key: str) -> Analysis:
    return next(a for a in record.analyses if a.key == key)


def call(record: Record) -> Contact:
    """The call that most reports tell of."""
    return max(record.contacts, key=lambda c: (len(c.members), c.id))


def content(record: Record) -> bytes:
    return msgspec.json.encode(record)


def test_what_is_corrected_is_undone_without_a_trace_in_the_record(path: str) -> None:
    before = content(read_record(path))
    (first,) = fix_record(path, "date", ["tern-0913", "2019-09-20"], by="Ada Holm")
    (second,) = fix_record(path, "reject", ["mercury-0914/v3"], by="Ada Holm")
    assert content(read_record(path)) != before
    undone = undo_corrections(path, [second.id, first.id], by="Bela Renko")
    assert content(read_record(path)) == before
    log = read_log(path)
    assert [c.id for c in log.corrections] == [first.id, second.id, *(c.id for c in undone)]
    assert list(log.states.values()).count("undone") == 2
    undo_corrections(path, [undone[0].id], by="Ada Holm")
    assert "v3" not in [e.id for e in by_key(read_record(path), "mercury-0914").events]


def test_a_call_is_parted_and_joined_again(path: str) -> None:
    told = call(read_record(path))
    first, second = told.members[:2]
    places = [f"{m.report}/{m.event}" for m in (first, second)]
    fix_record(path, "different", places, by="Ada Holm")
    parted = read_record(path)
    assert not [c for c in parted.events if {first, second} <= set(c.members)]
    fix_record(path, "same", places[::-1], by="Bela Renko")
    assert call(read_record(path)).members == told.members
    assert sorted(read_log(path).states.values()) == ["replaced", "stands"]


def test_two_entries_are_joined_with_all_their_members_whatever_the_days_say(path: str) -> None:
    record = read_record(path)
    told, other = call(record), next(c for c in record.contacts if c.kind == "message")
    fix_record(path, "same", [told.id, other.id], by="Ada Holm")
    (joined,) = [c for c in read_record(path).contacts if set(told.members) & set(c.members)]
    assert set(joined.members) == {*told.members, *other.members}


def test_a_date_of_an_entry_is_that_of_all_its_members(path: str) -> None:
    told = call(read_record(path))
    made = fix_record(path, "date", [told.id, "2019-09-11"], by="Ada Holm")
    assert len(made) == len(told.members) > 1
    (now,) = [c for c in read_record(path).contacts if set(c.members) & set(told.members)]
    assert (now.when, now.members) == (days("2019-09-11"), told.members)


def test_people_and_stories_are_parted(path: str) -> None:
    record = read_record(path)
    name = next(e for e in record.entities if e.name == "Catrin Averill")
    first, second = list(dict.fromkeys(m.report for m in name.mentions))[:2]
    places = [next(m for m in name.mentions if m.report == r) for r in (first, second)]
    fix_record(path, "different", [f"{r}:{s.start}-{s.end}" for r, s in ((p.report, p.span) for p in places)], by="A")
    assert not [e for e in read_record(path).entities if set(places) <= set(e.mentions)]
    story = max(record.stories, key=lambda s: len(s.reports))
    fix_record(path, "different", story.reports[:2], by="A")
    assert not [s for s in read_record(path).stories if set(story.reports[:2]) <= set(s.reports)]


def test_a_speaker_is_the_origin_of_the_claim(path: str) -> None:
    fix_record(path, "speaker", ['tern-0913:"We read it off a fax,"', "Silas Orme"], by="Ada Holm")
    record = read_record(path)
    fact = next(
        x for x in by_key(record, "tern-0913").attributions if x.speaker.name == "Silas Orme" and x.quote == "direct"
    )
    assert (fact.speaker.class_, fact.chain) == ("named_person", ("Silas Orme",))
    claim = next(
        c
        for c in record.claims
        if (by_key(record, "tern-0913").id, fact.id) in {(m.report, m.attribution) for m in c.members}
    )
    assert "Silas Orme" in {o.name for o in claim.origins}


def test_what_is_said_outlasts_another_reading_with_other_ids(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fix_record(path, "reject", ["tern-0913/v2"], by="Ada Holm")
    again = [replace(a, events=tuple(replace(e, id=f"w{e.id}") for e in a.events)) for a in harbour.analyses()]
    build_of(again, monkeypatch, maker="2")(path, harbour.reports())
    kept = {e.id for e in by_key(read_record(path), "tern-0913").events}
    assert "wv1" in kept
    assert "wv2" not in kept
    assert list(read_log(path).states.values()) == ["stands"]


def test_a_word_of_which_nothing_is_left_stays_in_the_log(path: str) -> None:
    fix_record(path, "reject", ["tern-0913/v2"], by="Ada Holm")
    remove_reports(path, ["tern-0913"])
    assert list(read_log(path).states.values()) == ["holds nothing now"]


def test_reports_that_are_added_later_are_linked_by_what_was_said_before(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = call(read_record(path)).members[:2]
    words = [f"{m.report}/{m.event}" for m in members]
    fix_record(path, "different", words, by="Ada Holm")
    build, other = build_of(harbour.analyses(), monkeypatch), str(tmp_path / "other.onrecord")
    build(other, [r for r in harbour.reports() if r.id in {m.report for m in members}])
    fix_record(other, "different", words, by="Ada Holm")
    build(other, harbour.reports())
    assert content(read_record(other)) == content(read_record(path))


def test_nothing_is_noted_of_what_is_refused(path: str) -> None:
    before = content(read_record(path))
    with pytest.raises(OnrecordError, match="is no date"):
        fix_record(path, "date", ["tern-0913/v2", "Monday"], by="Ada Holm")
    with pytest.raises(OnrecordError, match="there is no correction"):
        undo_corrections(path, ["f-00000000"], by="Ada Holm")
    assert content(read_record(path)) == before
    assert read_log(path).corrections == ()
