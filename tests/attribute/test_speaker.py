from __future__ import annotations

import pytest

from onrecord.attribute.speaker import count_people, describe, find_head, named, singular
from onrecord.record import Entity, EntityType, Speaker, SpeakerClass


@pytest.mark.parametrize(
    ("source", "class_", "count"),
    [
        ("three Lothan officials", "anonymous_official", 3),
        ("Three US and Lothan officials", "anonymous_official", 3),
        ("US officials", "anonymous_official", None),
        ("an aide", "anonymous_official", 1),
        ("a Lothan official who asked not to be named", "anonymous_official", 1),
        ("a dozen soldiers", "anonymous_official", 12),
        ("12 diplomats", "anonymous_official", 12),
        (f"{'7' * 5_000} diplomats", "anonymous_official", None),
        ("several lawmakers", "anonymous_official", None),
        ("the official", "anonymous_official", 1),
        ("one of the officials", "anonymous_official", 1),
        ("two of the three envoys", "anonymous_official", 2),
        ("a number of judges", "anonymous_official", None),
        ("a spokesman for the shipping company", "anonymous_other", 1),
        ("the authorities", "anonymous_official", None),
        ("sources close to the minister", "anonymous_other", None),
        ("a source familiar with the talks", "anonymous_other", 1),
        ("a friend of the minister", "anonymous_other", 1),
        ("the man, 61, who has fished there half his life", "anonymous_other", 1),
        ("two people at the BBC", "anonymous_other", 2),
        ("some of the residents", "anonymous_other", None),
        ("witnesses", "anonymous_other", None),
        ("the minister's office", "named_organisation", None),
        ("the Lothan foreign ministry", "named_organisation", None),
        ("the Grain Chamber", "named_organisation", None),
        ("police", "anonymous_official", None),
        ("the harbour log", "document", None),
        ("The ministry’s statement", "document", None),
        ("a copy of the report", "anonymous_other", 1),
        ("the newspaper", "outlet", None),
        ("Lothan state broadcaster Reuters", "outlet", None),
        ("the Ansel Gazette", "outlet", None),
    ],
)
def test_class_and_count_of_a_source_without_a_name(source: str, class_: SpeakerClass, count: int | None) -> None:
    speaker = describe(source)
    assert (speaker.class_, speaker.count) == (class_, count)


def test_the_name_is_the_whole_description_verbatim() -> None:
    assert describe("two officials,  both of them tired,").name == "two officials, both of them tired"


@pytest.mark.parametrize(
    ("source", "name"),
    [("Lothan state broadcaster Reuters", "Reuters"), ("an editor at Reuters", "an editor at Reuters")],
)
def test_an_outlet_is_named_where_it_speaks_itself(source: str, name: str) -> None:
    assert describe(source).name == name


@pytest.mark.parametrize(
    ("source", "noun", "plural"),
    [
        ("three Lothan officials", "official", True),
        ("the head of the harbour board", "head", False),
        ("sources close to the minister", "source", True),
        ("the women", "woman", True),
        ("one of the officials", "official", True),
        ("", "", False),
    ],
)
def test_head(source: str, noun: str, plural: bool) -> None:
    head = find_head(source)
    assert (head.noun, head.plural) == (noun, plural)


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("deputies", "deputy"),
        ("witness", "witness"),
        ("sources", "source"),
        ("fishermen", "fisherman"),
        ("people", "person"),
        ("police", "police"),
    ],
)
def test_singular(noun: str, expected: str) -> None:
    assert singular(noun) == expected


@pytest.mark.parametrize(
    ("source", "count"), [("another two envoys", 2), ("both aides", 2), ("aides", None), ("²", None), ("", None)]
)
def test_count(source: str, count: int | None) -> None:
    assert count_people(source) == count


@pytest.mark.parametrize(
    ("type_", "class_"),
    [
        ("person", "named_person"),
        ("outlet", "outlet"),
        ("organisation", "named_organisation"),
        ("place", "named_organisation"),
        ("group", "named_organisation"),
    ],
)
def test_a_named_speaker_s_class(type_: EntityType, class_: SpeakerClass) -> None:
    assert named(Entity("e1", "Lothan", type_, (), ())) == Speaker("e1", "Lothan", class_, None)


def test_a_name_behind_a_word_for_an_outlet_is_that_outlet() -> None:
    speaker = describe("the farmers' weekly Grain")
    assert (speaker.name, speaker.class_) == ("Grain", "outlet")
    assert describe("the weekly meeting").class_ != "outlet"
