"""The nouns as they are written and read again."""

from datetime import date
from typing import Any, get_args

import msgspec
import pytest

import onrecord.record as nouns
from onrecord.record import (
    Analysis,
    Attribution,
    EventType,
    Interval,
    Link,
    Mention,
    Origin,
    Place,
    Publication,
    Record,
    Report,
    Span,
    Speaker,
)
from tests.records import ANALYSES, HOSTILE, RECORD

STRUCTS = [
    v
    for v in vars(nouns).values()
    if isinstance(v, type) and issubclass(v, msgspec.Struct) and v.__module__ == nouns.__name__
]
ATTRIBUTION = msgspec.to_builtins(next(x for a in ANALYSES for x in a.attributions))


def written(noun: object) -> Any:
    return msgspec.json.decode(msgspec.json.encode(noun))


def test_a_span_is_two_offsets_that_cut_the_text() -> None:
    assert written(Mention(Span(3, 7), "name")) == {"span": [3, 7], "form": "name"}
    start, end = Span(3, 7)
    assert "an Ada Holm"[start:end] == "Ada "


def test_an_interval_is_two_days_that_may_be_open() -> None:
    assert written(Interval(date(2031, 5, 14))) == {"earliest": "2031-05-14", "latest": None}
    assert msgspec.json.decode(b'{"earliest": null, "latest": "2031-05-14"}', type=Interval) == Interval(
        None, date(2031, 5, 14)
    )


def test_a_class_goes_by_that_name() -> None:
    assert written(Speaker("e1", "Ada Holm", "named_person", None))["class"] == "named_person"
    assert list(written(Origin("Ada Holm", "named_person", ("r1",)))) == [
        "name",
        "class",
        "reports",
        "ways",
    ]


def test_nothing_known_of_a_publication_is_written_as_null() -> None:
    assert written(Publication()) == {"earliest": None, "latest": None, "edtf": None, "given": False, "basis": []}


def test_an_empty_record_names_its_version_and_every_kind() -> None:
    empty = written(Record())
    assert empty.pop("onrecord") == 1
    kinds = "reports analyses copies stories entities events contacts claims expectations absent disagreements links"
    assert list(empty) == kinds.split()
    assert set(map(tuple, empty.values())) == {()}


@pytest.mark.parametrize("record", [Record(), RECORD, HOSTILE])
def test_a_record_is_read_as_it_was_written(record: Record) -> None:
    assert msgspec.json.decode(msgspec.json.encode(record), type=Record) == record


def test_an_analysis_is_read_as_it_was_written_by_either_coder() -> None:
    for analysis in ANALYSES:
        assert msgspec.json.decode(msgspec.json.encode(analysis), type=Analysis) == analysis
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(analysis), type=Analysis) == analysis


@pytest.mark.parametrize("noun", STRUCTS, ids=lambda noun: noun.__name__)
def test_every_noun_is_frozen_and_says_what_it_is(noun: type[msgspec.Struct]) -> None:
    assert noun.__struct_config__.frozen
    assert noun.__doc__
    assert noun.__doc__.rstrip().endswith(".")


def test_a_frozen_noun_can_stand_in_a_set() -> None:
    report = Report(id="1", key="r", text="Holm left.")
    assert len({report, Report(id="1", key="r", text="Holm left.")}) == 1
    with pytest.raises(AttributeError):
        report.text = "Holm stayed."  # type: ignore[misc]
    assert len({*ANALYSES, *ANALYSES}) == len(ANALYSES)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("confidence", 1.01),
        ("confidence", -0.01),
        ("content", [[1]]),
        ("content", [[1, 2, 3]]),
        ("content", None),
        ("speaker", {"entity": None, "name": None, "class": "witness", "count": None}),
        ("channel", "telegram"),
        ("modality", ""),
        ("said", {"earliest": "14 May 2031", "latest": None}),
    ],
)
def test_what_is_no_attribution_is_not_read_as_one(field: str, value: object) -> None:
    assert msgspec.convert(ATTRIBUTION, Attribution)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**ATTRIBUTION, field: value}, Attribution)


# Added since the first version: an attribution written before has none.
_ADDED = {"said_by"}


@pytest.mark.parametrize("missing", sorted(set(ATTRIBUTION) - _ADDED))
def test_no_field_of_an_attribution_may_be_left_out(missing: str) -> None:
    with pytest.raises(msgspec.ValidationError, match=missing):
        msgspec.convert({k: v for k, v in ATTRIBUTION.items() if k != missing}, Attribution)


def test_a_link_is_one_of_four_relations() -> None:
    link = Link(left="a", right="b", relation="same", score=0.5, evidence=(Place("r1", Span(0, 1)),), by="1")
    assert msgspec.convert(msgspec.to_builtins(link), Link) == link
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(link), "relation": "alike"}, Link)


def test_event_types_are_those_of_plover() -> None:
    assert len(get_args(EventType)) == 16
    assert all(name.isupper() for name in get_args(EventType))


def test_an_interval_misses_another_only_where_no_day_can_be_in_both() -> None:
    third, fifth = date(2031, 3, 3), date(2031, 3, 5)
    early, late = Interval(third, third), Interval(fifth, None)
    assert early.misses(late)
    assert late.misses(early)
    assert not early.misses(Interval(None, fifth))
    assert not Interval().misses(early)
    assert not Interval(third, fifth).misses(late)
