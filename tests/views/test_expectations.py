from __future__ import annotations

from typing import get_args, get_type_hints

from msgspec.structs import replace

from onrecord.record import Expectation
from onrecord.views.expectations import KINDS, OUTCOMES, list_expectations
from tests.records import RECORD


def test_expectation_says_what_came_of_it() -> None:
    pledge, threat = list_expectations(RECORD)
    assert (pledge.kind, str(pledge.window)) == ("promise", "on or after 5 March 2031")
    assert pledge.outcome == "reported as having happened"
    assert (pledge.event, str(pledge.event_when)) == (
        "phone call: Ilse Varrun → Omar Teshk",
        "Tue 11 March 2031 (worked out)",
    )
    assert (threat.speaker, threat.outcome, threat.event) == ("Omar Teshk", "nothing on record of it yet", None)
    assert threat.words.quote == "to recall his envoy if the grain road was closed"


def test_only_what_has_happened_has_a_day() -> None:
    denied = tuple(replace(e, outcome="denied") for e in RECORD.expectations)
    pledge, _ = list_expectations(replace(RECORD, expectations=denied))
    assert (pledge.outcome, pledge.event) == ("reported as denied", "phone call: Ilse Varrun → Omar Teshk")
    assert pledge.event_when is None


def test_every_kind_and_outcome_has_its_words() -> None:
    types = get_type_hints(Expectation)
    assert set(KINDS) == set(get_args(types["kind"]))
    assert set(OUTCOMES) == set(get_args(types["outcome"]))
