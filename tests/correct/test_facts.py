from __future__ import annotations

from msgspec.structs import replace

from onrecord.correct.facts import alike, find_fact, join_spans, name_mention
from onrecord.record import Span, Target
from tests.correct.saying import ENTITIES, INNER, OUTER, PROMISE, TEXT, at, layered, target_of
from tests.records import event, part


def test_likeness_is_the_share_of_the_characters_of_either() -> None:
    assert alike((Span(0, 4),), (Span(0, 4),)) == 1
    assert alike((Span(0, 4),), (Span(2, 6),)) == 1 / 3
    assert alike((Span(0, 4), Span(6, 8)), (Span(2, 8),)) == 1 / 2
    assert alike((Span(0, 4),), (Span(4, 6),)) == 0
    assert alike((), ()) == 0


def test_spans_that_touch_are_one() -> None:
    assert join_spans([Span(5, 9), Span(0, 3), Span(2, 5), Span(11, 12)]) == (Span(0, 9), Span(11, 12))


def test_of_two_attributions_of_the_same_words_cue_and_source_tell_which() -> None:
    found = layered()
    assert [find_fact(found, "attribution", target_of(x)) for x in (OUTER, INNER, PROMISE)] == ["a1", "a2", "a3"]


def test_a_new_reading_may_give_a_fact_another_id_and_other_ends() -> None:
    shorter = replace(INNER, id="a9", content=part(TEXT, "Ilse Varrun promised on Monday to reopen the quay"))
    assert find_fact(layered([OUTER, shorter]), "attribution", target_of(INNER)) == "a9"
    longer = event("v7", TEXT, "called Omar Teshk", "called Omar Teshk")
    assert find_fact(layered(events=[longer]), "event", at("r1", "called")) == "v7"


def test_what_holds_or_is_held_by_a_fact_that_is_gone_is_another_fact() -> None:
    assert find_fact(layered([OUTER, INNER]), "attribution", target_of(PROMISE)) is None
    assert find_fact(layered([PROMISE]), "attribution", target_of(INNER)) is None


def test_a_fact_of_another_kind_is_none() -> None:
    assert find_fact(layered(events=[]), "event", at("r1", "called")) is None
    assert find_fact(layered(), "event", target_of(PROMISE)) is None


def test_an_entity_stands_at_each_of_its_mentions_and_is_pointed_at_by_name() -> None:
    assert {find_fact(layered(), "entity", Target("r1", (m.span,))) for m in ENTITIES[0].mentions} == {"e1"}
    assert name_mention(replace(ENTITIES[0], mentions=ENTITIES[0].mentions[::-1])) == ENTITIES[0].mentions[0].span


def test_of_equals_it_is_the_first_by_id_in_any_order() -> None:
    twins = [event(id, TEXT, "called", "called") for id in ("v5", "v4")]
    assert find_fact(layered(events=twins), "event", at("r1", "called")) == "v4"
    assert find_fact(layered(events=twins[::-1]), "event", at("r1", "called")) == "v4"
