from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from onrecord.record import AttributionMember, Place, Span
from onrecord.views.index import Index, When
from tests.records import ANALYSES, POST, RECORD, SECOND, days

INDEX = Index(RECORD)


def test_evidence_is_the_text_of_each_span() -> None:
    words = INDEX.evidence("r1", ANALYSES[0].attributions[0].content)
    assert words.quote == "“The grain road,” … “stays open in every season.”"
    assert [POST[start:end] for start, end in words.spans] == ["“The grain road,”", "“stays open in every season.”"]
    assert (words.outlet, words.key, words.label) == ("Norvia Post", "r1-key", "Norvia Post, 4 March 2031")
    assert INDEX.place(Place("r1", Span(0, 10))).quote == "Grain road"


def test_report_without_outlet_goes_by_its_author() -> None:
    words = INDEX.evidence("r1", ANALYSES[0].attributions[0].content)
    assert replace(words, outlet=None, author="Press Office").label == "Press Office, 4 March 2031"


def test_report_without_outlet_goes_by_its_key() -> None:
    assert INDEX.labels(["r5", "r1", "r5"]) == ("r5-key", "Norvia Post, 4 March 2031")


def test_date_is_worked_out_only_where_no_report_was_given_with_one() -> None:
    alone = INDEX.when(SECOND, ["r4"])
    assert str(alone) == "Tue 11 March 2031 (worked out)"
    assert len(alone.basis) == 1
    assert "a week after" in alone.basis[0]
    together = INDEX.when(SECOND, ["r4", "r1"])
    assert str(together) == "Tue 11 March 2031"
    assert together.basis == ()


def test_unknown_day_is_said_and_not_worked_out() -> None:
    assert str(INDEX.when(None, ["r5"])) == "day not known"
    assert str(INDEX.when(days("", ""), ["r5"], "date not known")) == "date not known"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (days("2031-03-04"), days("2031-03-05")),
        (days("2031-03-04"), days("2031-03-04", "2031-03-09")),
        (days("", "2031-03-04"), days("2031-03-05", "")),
        (days("2031-03-05"), days("2031-03-05", "")),
        (days("2031-03-05", ""), days("", "")),
    ],
)
def test_days_sort_by_first_then_last_and_unknown_last(before: object, after: object) -> None:
    first, second = (INDEX.when(interval, ["r1"]) for interval in (before, after))  # type: ignore[arg-type]
    assert isinstance(first, When)
    assert first < second
    assert not second < first


def test_relay_is_the_outer_one_of_the_same_words() -> None:
    assert INDEX.is_relay(AttributionMember("r3", "a1"))
    assert not INDEX.is_relay(AttributionMember("r3", "a2"))
    assert list(INDEX.statements(ANALYSES[2])) == [AttributionMember("r3", "a2")]


def test_roles_are_found_under_every_name() -> None:
    assert INDEX.roles("Varrun") == INDEX.roles("Ilse Varrun") == ("Foreign Minister of Norvia",)
    assert INDEX.roles("nobody") == ()


def test_role_written_in_two_ways_is_one() -> None:
    harbour = msgspec.structs.replace(RECORD.entities[0], roles=("Harbour Master", "mayor", "harbour master"))
    index = Index(msgspec.structs.replace(RECORD, entities=(harbour,)))
    assert index.roles("Ilse Varrun") == ("Harbour Master", "mayor")
