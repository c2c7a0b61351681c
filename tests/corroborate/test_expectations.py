from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from onrecord.corroborate.expectations import build_expectations
from onrecord.record import (
    Analysis,
    Attribution,
    AttributionMember,
    Claim,
    Event,
    EventEntry,
    EventMember,
    Expectation,
    Interval,
    Modality,
    Polarity,
    Publication,
    Timex,
)
from tests.records import analysis, attribution, days, event, given, happened, part

PLEDGE = "Ilse Varrun promised that the Dorvan crossing will reopen on Monday"
WORDS = "that the Dorvan crossing will reopen on Monday"
DONE = "The Dorvan crossing reopened on Monday"
FIRST, DAY, AFTER = "2031-03-05", "2031-03-10", "2031-03-11"


def expected(text: str, content: str, modality: Modality = "committed", **fields: Any) -> Attribution:
    fields = {"id": "a1", "speaker": "Ilse Varrun", "modality": modality, **fields}
    return attribution(fields.pop("id"), text, content, **fields)


def told(text: str, trigger: str, **fields: Any) -> Event:
    """What a report tells of the Dorvan crossing, as done unless `fields` say otherwise."""
    plain = {"id": "v1", "actors": ("Dorvan crossing",), "recipients": (), "contact": None, "kind": "reopened"}
    fields = {**plain, **fields}
    return event(fields.pop("id"), text, trigger, text, **fields)


def pledged(day: str = FIRST, **fields: Any) -> Analysis:
    """The report of the promise."""
    ahead = {"status": "planned", "when": days(DAY), "within": "a1"}
    return analysis(
        "r1",
        "Sarn Post",
        PLEDGE,
        given(day),
        attributions=(expected(PLEDGE, WORDS),),
        events=(told(PLEDGE, "reopen", **{**ahead, **fields}),),
    )


def later(text: str = DONE, day: str = AFTER, said: tuple[Attribution, ...] = (), **fields: Any) -> Analysis:
    """A report of what came of it."""
    found = told(text, fields.pop("trigger", "reopened"), **fields)
    return analysis("r2", "Harbour Wire", text, given(day), attributions=said, events=(found,))


def entry(*reports: Analysis) -> EventEntry:
    """The one event of these reports."""
    return happened("v-1", *(EventMember(r.id, e.id) for r in reports for e in r.events))


def build(*reports: Analysis) -> Expectation:
    """The only expectation of these reports."""
    (found,) = build_expectations(reports, [entry(*reports)])
    return found


def windows(words: str, *times: Timex, **fields: Any) -> Interval | None:
    """The window of a promise of 5 March in those words, in which no event was found."""
    report = analysis(
        "r1", None, words, given(FIRST), attributions=(expected(words, words, **fields),), timexes=tuple(times)
    )
    (found,) = build_expectations([report], [])
    return found.window


def timex(text: str, words: str, first: str, last: str | None = None) -> Timex:
    span = days(first, last)
    return Timex(part(text, words)[0], "DATE", first, span.earliest, span.latest)


def test_a_promise_is_tied_to_its_event_and_to_what_became_of_it() -> None:
    found = build(pledged(), later(when=days(DAY)))
    assert (found.kind, found.member, found.event) == ("pledge", AttributionMember("r1", "a1"), "v-1")
    assert (found.window, found.outcome) == (days(DAY), "happened")
    assert found.id.startswith("x-")


def test_nothing_is_known_of_what_no_later_report_tells() -> None:
    assert build(pledged()).outcome == "unknown"
    assert build(later(day="2031-03-01"), pledged()).outcome == "unknown"


@pytest.mark.parametrize("actors", [("Tolm crossing",), ("crossing at Tolm",)])
def test_another_crossing_is_not_the_one_promised(actors: tuple[str, ...]) -> None:
    assert build(pledged(), later(actors=actors)).outcome == "unknown"


def test_another_place_is_not_the_one_spoken_of() -> None:
    assert build(pledged(place="Dorvan"), later(place="Tolm")).outcome == "unknown"
    assert (
        build(pledged(place="Dorvan"), later("It reopened in Lower Dorvan", place="Lower Dorvan")).outcome == "happened"
    )


def test_a_town_and_its_country_are_one_place() -> None:
    text = "The crossing at Dorvan, Norvia, reopened"
    assert build(pledged(place="Dorvan"), later(text, place="Norvia")).outcome == "happened"


def test_a_bare_word_could_mean_anything() -> None:
    text = "Lorries were parked in protest at the closure"
    assert build(pledged(), later(text, trigger="closure", actors=())).outcome == "unknown"


def test_a_bare_word_counts_with_a_day_in_the_window() -> None:
    text = "Lorries passed after the reopening on Monday"
    bare = later(text, trigger="reopening", actors=())
    report = replace(bare, timexes=(timex(text, "Monday", DAY),))
    assert build(pledged(), report).outcome == "happened"


def test_four_million_are_not_the_ten_that_were_promised() -> None:
    for number, outcome in (("4", "unknown"), ("10", "happened")):
        text = f"Kesland paid {number} million florins"
        paid = later(text, trigger="paid", actors=("Kesland",))
        assert build(pledged(recipients=("10 million florins",)), paid).outcome == outcome


def test_what_happened_before_it_was_promised_is_not_its_outcome() -> None:
    assert build(pledged(), later(when=days("2031-03-01"))).outcome == "unknown"


def test_what_happened_before_the_window_is_not_its_outcome() -> None:
    assert build(pledged(), later(when=days("2031-03-07"))).outcome == "unknown"


def test_a_report_of_unknown_day_is_not_later() -> None:
    unknown = Publication()
    undated = analysis("r2", None, DONE, unknown, events=(told(DONE, "reopened"),))
    assert build(pledged(), undated).outcome == "unknown"


def test_an_outcome_is_not_undone_by_a_later_word() -> None:
    again = analysis("r3", None, DONE, given("2031-03-20"), events=(told(DONE, "reopened", status="not_yet"),))
    assert build(pledged(), later(), again).outcome == "happened"


@pytest.mark.parametrize("status", ["denied", "not_yet"])
def test_the_last_word_counts_where_it_did_not_happen(status: Any) -> None:
    assert build(pledged(), later(status=status)).outcome == status


@pytest.mark.parametrize(("polarity", "outcome"), [("denied", "denied"), ("declined", "unknown")])
def test_who_denies_that_it_will_come_denies_it(polarity: Polarity, outcome: str) -> None:
    text = "Norvia spoke of the Dorvan crossing and that it would be reopened"
    said = attribution("a1", text, "that it would be reopened", speaker="Norvia", polarity=polarity)
    assert build(pledged(), later(text, said=(said,), status="planned", within="a1")).outcome == outcome


def test_what_somebody_only_asks_for_has_not_happened() -> None:
    text = "Lorry drivers asked that the Dorvan crossing be reopened"
    said = attribution("a1", text, "the Dorvan crossing be reopened", speaker="drivers", modality="requested")
    assert build(pledged(), later(text, said=(said,), within="a1")).outcome == "unknown"


def test_what_was_not_to_be_is_denied_where_it_happened() -> None:
    assert build(pledged(status="denied"), later()).outcome == "denied"
    assert build(pledged(status="denied"), later(status="denied")).outcome == "unknown"


def test_the_same_report_may_tell_what_came_of_it() -> None:
    text = f"{PLEDGE}. It reopened."
    events = (
        told(text, "reopen", status="planned", within="a1"),
        told(text, "reopened", id="v2", when=days(DAY)),
    )
    report = analysis(
        "r1", None, text, given(AFTER), attributions=(expected(text, WORDS, said=days(FIRST)),), events=events
    )
    assert build(report).outcome == "happened"


@pytest.mark.parametrize(
    ("modality", "kind"),
    [
        ("threatened", "threat"),
        ("predicted", "prediction"),
        ("committed", "pledge"),
        ("intended", "plan"),
        ("conditional", "condition"),
    ],
)
def test_each_kind_is_told_by_its_words(modality: Modality, kind: str) -> None:
    text = "the crossing will be shut if the rent is not paid"
    report = analysis("r1", None, text, given(FIRST), attributions=(expected(text, text, modality),))
    (found,) = build_expectations([report], [])
    assert (found.kind, found.event, found.window, found.outcome) == (kind, None, None, "unknown")


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("the crossing reopened", {"modality": "asserted"}),
        ("the crossing will reopen", {"polarity": "denied"}),
        ("We would have stayed all winter", {"modality": "intended"}),
        ("it", {}),
    ],
)
def test_what_does_not_look_ahead_is_no_expectation(words: str, fields: Any) -> None:
    report = analysis("r1", None, words, given(FIRST), attributions=(expected(words, words, **fields),))
    assert build_expectations([report], []) == ()


def test_what_was_over_when_it_was_said_is_no_expectation() -> None:
    over = pledged(status="happened", when=days("2031-03-01"))
    assert build_expectations([over], [entry(over)]) == ()


def test_a_promise_that_is_denied_is_none() -> None:
    text = "Omar Teshk denied that Ilse Varrun had promised to reopen the crossing"
    outer = attribution(
        "a1", text, "that Ilse Varrun had promised to reopen the crossing", speaker="Omar Teshk", polarity="denied"
    )
    inner = expected(text, "to reopen the crossing", id="a2", within="a1")
    assert build_expectations([analysis("r1", None, text, given(FIRST), attributions=(outer, inner))], []) == ()


def test_a_relay_of_a_threat_is_not_a_second_one() -> None:
    text = "Omar Teshk threatened to shell the port if the fleet did not leave, Radio Sarn reported"
    outer = attribution(
        "a1", text, text.removesuffix(", Radio Sarn reported"), speaker="Radio Sarn", modality="conditional"
    )
    inner = expected(text, "to shell the port", "threatened", id="a2", within="a1", cue=part(text, "threatened"))
    events = (
        told(text, "threatened", status="conditional", within="a1"),
        told(text, "shell", id="v2", status="conditional", within="a2"),
    )
    report = analysis("r1", None, text, given(FIRST), attributions=(outer, inner), events=events)
    (found,) = build_expectations([report], [])
    assert (found.kind, found.member.attribution) == ("threat", "a2")


def test_of_the_same_words_the_inner_one_stands() -> None:
    outer = expected(PLEDGE, WORDS, "predicted", speaker="Radio Sarn")
    inner = expected(PLEDGE, WORDS, id="a2", within="a1")
    report = analysis("r1", None, PLEDGE, given(FIRST), attributions=(outer, inner))
    assert [x.member.attribution for x in build_expectations([report], [])] == ["a2"]


@pytest.mark.parametrize(
    "text",
    [
        "If Kesland pays the rent, the Dorvan crossing will reopen",
        "The Dorvan crossing will reopen if Kesland pays the rent",
    ],
)
def test_the_event_is_that_of_the_main_clause(text: str) -> None:
    events = (
        told(text, "rent", id="v1", actors=()),
        told(text, "pays", id="v2", status="conditional", actors=("Kesland",), recipients=("rent",)),
        told(text, "crossing", id="v3", status="planned", actors=("Dorvan",)),
        told(text, "reopen", id="v4", status="planned"),
    )
    report = analysis("r1", None, text, given(FIRST), attributions=(expected(text, text),), events=events)
    entries = [happened(f"e-{e.id}", EventMember("r1", e.id)) for e in events]
    assert [x.event for x in build_expectations([report], entries)] == ["e-v4"]


def test_an_event_told_as_over_is_not_what_is_expected() -> None:
    text = "They will sort it out after the strike"
    report = analysis(
        "r1", None, text, given(FIRST), attributions=(expected(text, text),), events=(told(text, "strike"),)
    )
    assert build(report).event is None


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("will reopen on 9 March", days("2031-03-09")),
        ("will reopen by 9 March", days(FIRST, "2031-03-09")),
        ("will reopen before 9 March", days(FIRST, "2031-03-08")),
        ("will reopen no later than 9 March", days(FIRST, "2031-03-09")),
        ("will reopen after 9 March", days("2031-03-10", "")),
        ("will not reopen before the start of 9 March", days("2031-03-09", "")),
        ("will stay shut until 9 March", days(FIRST, "2031-03-09")),
        ("will reopen not before 9 March", days("2031-03-09", "")),
        ("will shut unless the rent is paid by 9 March", days("2031-03-09", "")),
        ("will shut if they come on 9 March", None),
        ("will make good 9 March's losses", None),
    ],
)
def test_a_window_is_as_wide_as_its_words(words: str, window: Interval | None) -> None:
    words = words.replace("9 March's", "9 March’s")
    assert windows(words, timex(words, "9 March", "2031-03-09")) == window


def test_a_day_before_it_was_said_closes_no_window() -> None:
    words = "will make good what was lost on 1 March"
    assert windows(words, timex(words, "1 March", "2031-03-01")) is None


def test_a_window_opens_when_it_was_said() -> None:
    words = "will reopen by 9 March"
    assert windows(words, timex(words, "9 March", "2031-03-09"), said=days("2031-02-20")) == days(
        "2031-02-20", "2031-03-09"
    )


def test_within_days_closes_the_far_side() -> None:
    words = "will reopen within ten days"
    assert windows(words, Timex(part(words, "ten days")[0], "DURATION", "P10D")) == days(FIRST, "2031-03-15")


def test_the_day_of_the_promise_is_no_window() -> None:
    by = part(PLEDGE, "Monday")[0]
    report = pledged(when_by=by)
    said = expected(PLEDGE, WORDS, said=days(DAY), said_by=by)
    report = analysis("r1", None, PLEDGE, given(DAY), attributions=(said,), events=report.events)
    assert build(report).window is None


def test_a_claim_is_one_expectation() -> None:
    other = analysis("r3", "Tern", PLEDGE, given("2031-03-06"), attributions=(expected(PLEDGE, WORDS),))
    members = (AttributionMember("r1", "a1"), AttributionMember("r3", "a1"))
    claim = Claim(
        id="c-1",
        text=WORDS,
        author="Ilse Varrun",
        members=members,
        origins=(),
        independent=0,
        untraced=(),
        confidence=1.0,
    )
    assert [x.member for x in build_expectations([pledged(), other], [])] == list(members)
    assert [x.member for x in build_expectations([pledged(), other], [], [claim])] == [members[0]]
