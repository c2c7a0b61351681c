from __future__ import annotations

from msgspec.structs import replace

from onrecord.correct import correct, find_idle
from onrecord.dating.redate import with_date
from onrecord.record import Analysis, Correction, Publication, Target
from tests.correct.saying import ENTITIES, INNER, MONDAY, OUTER, PROMISE, TOLD, at, layered, said, target_of
from tests.records import days

CALL = at("r1", "called")


def put_right(*log: Correction, of: Analysis | None = None) -> Analysis:
    (found,) = correct([of or layered()], log, with_date)
    return found


def test_without_a_word_nothing_changes() -> None:
    assert put_right() == layered()
    assert put_right(said(1, "reject", "event", at("r9", "called"))) == layered()


def test_a_speaker_is_known_to_the_report_and_stands_last_in_the_chain_and_in_those_within() -> None:
    named = replace(said(1, "speaker", "attribution", target_of(INNER), "Omar Teshk"), class_="named_person")
    outer, inner, promise, told = put_right(named).attributions
    assert (inner.speaker.name, inner.speaker.entity, inner.speaker.class_) == ("Omar Teshk", "e3", "named_person")
    assert inner.chain == ("Radio Sarn", "Omar Teshk")
    assert promise.chain == ("Radio Sarn", "Omar Teshk", "Ilse Varrun")
    assert (outer, told) == (OUTER, TOLD)
    assert (inner.confidence, inner.content, inner.source) == (1.0, INNER.content, INNER.source)


def test_a_speaker_where_none_was_found_makes_the_chain_longer() -> None:
    nobody = replace(OUTER, speaker=replace(OUTER.speaker, name=None, class_="unspecified"), chain=())
    named = said(1, "speaker", "attribution", target_of(OUTER), "Port Radio")
    (found,) = put_right(named, of=layered([nobody])).attributions
    assert (found.chain, found.speaker.entity) == (("Port Radio",), None)


def test_nobody_speaks_to_himself() -> None:
    named = said(1, "speaker", "attribution", target_of(TOLD), "Omar Teshk")
    assert put_right(named).attributions[3].addressee is None


def test_the_day_of_a_call_is_that_of_what_was_said_in_it_and_of_nothing_else() -> None:
    other = replace(PROMISE, said_by=MONDAY)
    found = put_right(said(1, "date", "event", CALL, "2031-02-24"), of=layered([PROMISE, TOLD, other]))
    assert (found.events[1].when, found.events[1].when_by) == (days("2031-02-24"), None)
    assert [x.said for x in found.attributions] == [None, days("2031-02-24"), None]
    assert found.events[0] == layered().events[0]


def test_a_statement_has_a_day_of_its_own() -> None:
    found = put_right(said(1, "date", "attribution", target_of(OUTER), "2031-02/2031-03"))
    assert [x.said for x in found.attributions] == [days("2031-02-01", "2031-03-31"), None, None, None]


def test_a_report_of_another_day_has_its_expressions_resolved_anew() -> None:
    found = put_right(said(1, "date", "report", value="2031-06-11"))
    why = "corrected by Zbigla Tohrem, 2031-06-01"
    assert (found.published.edtf, found.published.given, found.published.basis[0].why) == ("2031-06-11", True, why)
    assert found.timexes[0].value == "2031-06-09"
    assert (found.events[1].when, found.attributions[3].said) == (days("2031-06-09"), days("2031-06-09"))


def test_an_events_own_day_outlasts_another_day_of_publication_in_either_order() -> None:
    own, whole = said(1, "date", "event", CALL, "2031-02-24"), said(2, "date", "report", value="2031-06-11")
    assert put_right(own, whole) == put_right(whole, own)
    found = put_right(own, whole)
    assert (found.events[1].when, found.attributions[3].said) == (days("2031-02-24"), days("2031-02-24"))
    # Nor does a day that other reports prove later change it.
    later = with_date(found, Publication(earliest=days("2031-07-01").earliest, latest=days("2031-07-01").latest))
    assert later.events[1].when == days("2031-02-24")


def test_what_stood_within_a_rejected_attribution_moves_one_layer_out() -> None:
    found = put_right(said(1, "reject", "attribution", target_of(INNER)))
    assert [(x.id, x.within, x.chain) for x in found.attributions[:2]] == [
        ("a1", None, ("Radio Sarn",)),
        ("a3", "a1", ("Radio Sarn", "Ilse Varrun")),
    ]
    assert found.events[0].within == "a1"
    both = put_right(
        said(1, "reject", "attribution", target_of(INNER)), said(2, "reject", "attribution", target_of(OUTER))
    )
    assert [(x.id, x.within, x.chain) for x in both.attributions] == [
        ("a3", None, ("Ilse Varrun",)),
        ("a4", None, ("Ilse Varrun",)),
    ]
    assert both.events[0].within is None


def test_a_rejected_event_is_gone() -> None:
    found = put_right(said(1, "reject", "event", CALL))
    assert found == replace(layered(), events=layered().events[:1])


def test_a_rejected_name_leaves_the_speaker_a_name_of_nobody_in_the_record() -> None:
    known = replace(TOLD, speaker=replace(TOLD.speaker, entity="e1"))
    found = put_right(said(1, "reject", "entity", Target("r1", (ENTITIES[0].mentions[1].span,))), of=layered([known]))
    assert found.entities == ENTITIES[1:]
    assert found.attributions[0].speaker == replace(known.speaker, entity=None)


def test_later_words_are_about_what_earlier_ones_left() -> None:
    """Of two attributions of the same words the outer one is rejected, then the other gets its speaker."""
    log = [
        said(1, "reject", "attribution", target_of(OUTER)),
        said(2, "speaker", "attribution", target_of(INNER), "Omar Teshk"),
    ]
    assert put_right(*log).attributions[0].chain == ("Omar Teshk",)


def test_a_word_of_which_the_place_holds_nothing_is_told_and_changes_nothing() -> None:
    log = [
        said(1, "reject", "event", CALL),
        said(2, "date", "event", at("r1", "stays"), "2031"),
        said(3, "speaker", "attribution", at("r1", "stays"), "Omar Teshk"),
        said(4, "reject", "event", at("r9", "called")),
        said(5, "same", "entity", at("r1", "Ilse Varrun"), other=at("r1", "Varrun told")),
        said(6, "same", "event", CALL, other=at("r1", "promised")),
        said(7, "different", "report", other=Target("r9")),
    ]
    found = layered()
    assert put_right(*log) == put_right(log[0])
    # The sixth is about an event that was rejected.
    assert find_idle([found], log, with_date) == {"f-2", "f-3", "f-4", "f-5", "f-6", "f-7"}
    assert find_idle([found], log[5:6], with_date) == frozenset()
