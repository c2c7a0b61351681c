from __future__ import annotations

import pytest
from msgspec.structs import replace

from onrecord.correct import make_corrections, make_undo
from onrecord.record import Correction, OnrecordError, Record, Span, SpeakerClass, Target
from tests.correct.saying import ENTITIES, INNER, MONDAY, OUTER, PROMISE, TEXT, at, layered, record_of, said, target_of
from tests.records import RECORD, event, part

HELD = record_of(layered(), layered(id="r2"))
NOW = "2031-06-01T10:00:00.000+02:00"


def made(*words: str, record: Record = HELD, class_: SpeakerClass | None = None) -> list[Correction]:
    return make_corrections(record, words[0], words[1:], by=" Ada Holm ", when=NOW, class_=class_)  # type: ignore[arg-type]


def one(*words: str, record: Record = HELD, class_: SpeakerClass | None = None) -> Correction:
    (found,) = made(*words, record=record, class_=class_)
    return found


def test_a_correction_says_who_and_when_and_has_an_id_of_all_that_it_says() -> None:
    found = one("reject", "r1:called")
    assert (found.by, found.when, found.kind, found.about) == ("Ada Holm", NOW, "reject", "event")
    assert found.target == at("r1", "called")
    assert found.id == one("reject", "r1/v2").id
    assert len({found.id, one("reject", "r2/v2").id, one("date", "r1/v2", "2031").id}) == 3
    assert len(found.id) == 10


def test_what_is_meant_is_what_the_words_are_most() -> None:
    assert one("reject", "r1:called Omar").target == at("r1", "called")
    assert one("reject", "r1:Omar Teshk").about == "entity"
    assert one("reject", "r1:The quay stays ours").about == "attribution"
    assert one("date", "r1:to reopen the", "2031").target == target_of(PROMISE)


def test_a_statement_can_be_pointed_at_by_its_source_or_cue() -> None:
    assert one("speaker", "r1:a Norvian official", "Omar Teshk").target == target_of(INNER)
    assert one("speaker", "r1:Radio Sarn reported", "Omar Teshk").target == target_of(OUTER)


def test_several_that_are_meant_alike_are_named() -> None:
    with pytest.raises(
        OnrecordError, match=r"several statements stand there; name one: r1-key/a1 \(that Ilse.*r1-key/a2"
    ):
        made("speaker", "r1:that Ilse Varrun promised on Monday to reopen the quay", "Omar Teshk")
    two = record_of(layered(events=[event("v1", TEXT, "promised", "promised"), event("v2", TEXT, "reopen", "reopen")]))
    with pytest.raises(OnrecordError, match="several events stand there; name one: r1-key/v1"):
        made("date", "r1:promised on Monday to reopen", "2031", record=record_of(layered([], two.analyses[0].events)))


def test_of_nearly_the_same_words_only_all_of_them_tell_which_is_meant() -> None:
    bare = replace(INNER, content=part(TEXT, "Ilse Varrun promised on Monday to reopen the quay"))
    held = record_of(layered([OUTER, bare]))
    assert one("speaker", f"r1:{TEXT[53:102]}", "Omar Teshk", record=held).target == target_of(bare)
    with pytest.raises(OnrecordError, match="several statements stand there"):
        made("speaker", "r1:promised on Monday to reopen", "Omar Teshk", record=held)


def test_the_date_of_a_whole_report_is_its_publications() -> None:
    found = one("date", "r1-key", "2031-05")
    assert (found.about, found.target, found.value) == ("report", Target("r1"), "2031-05")


@pytest.mark.parametrize(
    ("name", "value", "class_"),
    [
        ("ilse varrun", "Ilse Varrun", "named_person"),
        ("Varrun", "Varrun", "named_person"),
        ("Radio  Sarn", "Radio Sarn", "outlet"),
        ("a Norvian official", "a Norvian official", "anonymous_official"),
        ("Zbigla Tohrem", "Zbigla Tohrem", "named_person"),
        ("the Port Authority", "the Port Authority", "named_organisation"),
        ("two dockers", "two dockers", "anonymous_other"),
    ],
)
def test_a_speakers_name_is_the_one_the_record_knows(name: str, value: str, class_: str) -> None:
    found = one("speaker", "r1/a4", name)
    assert (found.value, found.class_) == (value, class_)
    assert one("speaker", "r1/a4", name, class_="document").class_ == "document"


def test_a_mention_stands_for_the_full_name() -> None:
    short = replace(ENTITIES[0], mentions=(replace(ENTITIES[0].mentions[0], span=part(TEXT, "Varrun")[0]),))
    held = record_of(replace(layered(), entities=(short,)))
    assert one("speaker", "r1/a1", "Varrun", record=held).value == "Ilse Varrun"


def test_two_places_are_of_one_kind_of_fact() -> None:
    found = one("same", "r1:called", "r2:called")
    assert (found.about, found.target, found.other) == ("event", at("r1", "called"), at("r2", "called"))
    assert one("different", "r1:Omar Teshk", "r2:Omar Teshk").about == "entity"
    assert one("same", "r1/a1", "r2:a Norvian official").about == "attribution"
    assert one("different", "r1", "r2").other == Target("r2")


def test_a_link_of_entries_is_of_their_first_members_and_a_rejection_of_all() -> None:
    first, second = RECORD.events[1], RECORD.events[2]
    found = one("same", first.id, second.id, record=RECORD)
    assert found.other is not None
    assert (found.target.report, found.other.report) == ("r4", "r1")
    assert [c.target.report for c in made("reject", second.id, record=RECORD)] == ["r1", "r2"]
    dated = made("date", second.id, "2031-03-04", record=RECORD)
    assert [(c.target.report, c.value) for c in dated] == [("r1", "2031-03-04"), ("r2", "2031-03-04")]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["same", "r1:called"], '"same" takes PLACE PLACE'),
        (["reject", "r1:called", "2031"], '"reject" takes PLACE'),
        (["same", "r1/v2", "r1/v2"], "given twice; to part an entry, name two of its members"),
        (["same", "r1/v2", "r1:called"], "both places are of one event in one report"),
        (["same", "r1/v2", "r2/a1"], "the two places hold nothing of one kind"),
        (["same", "r1", "r2/a1"], "the two places hold nothing of one kind"),
        (["speaker", "r1:Monday. ", "Omar Teshk"], "there is no statement at r1-key:"),
        (["speaker", "r1/v2", "Omar Teshk"], "there is no statement at r1-key/v2"),
        (["speaker", "r1", "Omar Teshk"], '"r1-key" is a whole report; say which words of it'),
        (["speaker", "r1/a4", "  "], "a speaker needs a name"),
        (["date", "r1/v2", "on Monday"], '"on Monday" is no date'),
        (["date", "r1/e3", "2031"], "there is no event or statement or report at r1-key/e3"),
        (["reject", "r1"], "to take it out: onrecord remove RECORD r1-key"),
    ],
)
def test_what_makes_no_correction_is_refused_in_a_line(words: list[str], reason: str) -> None:
    with pytest.raises(OnrecordError, match=reason) as refusal:
        made(*words)
    assert "\n" not in str(refusal.value)


def test_a_claim_of_several_speakers_gets_none() -> None:
    with pytest.raises(
        OnrecordError, match="has 3 members, each with a speaker of its own; name one: r1-key/a1, r2-key/a1"
    ):
        made("speaker", RECORD.claims[1].id, "Omar Teshk", record=RECORD)


def test_nobody_corrects() -> None:
    with pytest.raises(OnrecordError, match="needs the name of the person"):
        make_corrections(HELD, "reject", ["r1/v2"], by=" ", when=NOW)


def test_an_undoing_is_about_what_is_undone() -> None:
    first = replace(said(1, "date", "event", Target("r1", (MONDAY,)), "2031"), class_=None)
    undo = make_undo([first], "f-1", by="Ada Holm", when=NOW)
    assert (undo.kind, undo.value, undo.target, undo.by) == ("undo", "f-1", Target("r1", (Span(*MONDAY),)), "Ada Holm")
    with pytest.raises(OnrecordError, match="f-1 is undone already"):
        make_undo([first, undo], "f-1", by="Ada Holm", when=NOW)
    with pytest.raises(OnrecordError, match='there is no correction "f-2"'):
        make_undo([first], "f-2", by="Ada Holm", when=NOW)
