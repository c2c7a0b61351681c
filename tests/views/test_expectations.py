from __future__ import annotations

from typing import get_args, get_type_hints

from onrecord.record import Expectation
from onrecord.views.expectations import OUTCOMES, list_expectations
from tests.records import RECORD


def test_expectation_says_what_came_of_it() -> None:
    pledge, threat = list_expectations(RECORD)
    assert (pledge.kind, str(pledge.window)) == ("pledge", "on or after 5 March 2031")
    assert pledge.outcome == "reported as having happened"
    assert (pledge.event, str(pledge.event_when)) == (
        "phone call: Ilse Varrun → Omar Teshk",
        "Tue 11 March 2031 (worked out)",
    )
    assert (threat.speaker, threat.outcome, threat.event) == ("Omar Teshk", "nothing on record", None)
    assert threat.words.quote == "to recall his envoy if the grain road was closed"


def test_every_outcome_has_its_words() -> None:
    assert set(OUTCOMES) == set(get_args(get_type_hints(Expectation)["outcome"]))
