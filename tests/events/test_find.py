from __future__ import annotations

import pytest

from onrecord.events import find_events
from onrecord.language import load_vectors
from onrecord.record import Interval
from tests.events.reading import PUBLISHED, contacts, events, read, told, words
from tests.records import days

MONDAY, TUESDAY, WEDNESDAY = days("2031-03-03"), days("2031-03-04"), days("2031-03-05")

REPORT = (
    "President Ada Holm of Norra spoke by phone on Monday with the Sennish foreign minister, Bela Renko. Rebels carried"
    " out a strike in Harn, and the police arrested General Ina Sorel. Renko said that the navy had seized a trawler."
    " The call lasted an hour."
)


@pytest.mark.parametrize(
    ("text", "trigger", "when", "words_of_it"),
    [
        ("Norran troops attacked Port Senn on Monday.", "attacked", MONDAY, "Monday"),
        ("On Monday Norran troops attacked Port Senn.", "attacked", MONDAY, "Monday"),
        ("The army withdrew on Monday, and Norra seized a trawler on Wednesday.", "seized", WEDNESDAY, "Wednesday"),
        ("The army withdrew on Monday, and Norra seized a trawler on Wednesday.", "withdrew", MONDAY, "Monday"),
        ("Norra seized a trawler on Tuesday after Senn expelled two envoys on Monday.", "seized", TUESDAY, "Tuesday"),
        ("Norra seized a trawler on Tuesday after Senn expelled two envoys on Monday.", "expelled", MONDAY, "Monday"),
        ("Norra said on Wednesday that Senn had seized a trawler on Monday.", "seized", MONDAY, "Monday"),
        ("Norra said on Wednesday that Senn had seized a trawler.", "seized", None, None),
        ("Rebels carried out a strike in Port Senn on Monday.", "strike", MONDAY, "Monday"),
        ("The navy, which seized the trawler on Tuesday, has left the strait.", "seized", TUESDAY, "Tuesday"),
        ("The navy, which seized the trawler on Tuesday, has left the strait.", "left", None, None),
        ("On Monday it rained, and Ada Holm telephoned Bela Renko on Tuesday.", "telephoned", TUESDAY, "Tuesday"),
        ("It was the first call between Ada Holm and Bela Renko since the summer.", "call", None, None),
        ("It was the first call between President Ada Holm and Bela Renko since January.", "call", None, None),
    ],
)
def test_when_is_the_time_of_its_own_clause(
    text: str, trigger: str, when: Interval | None, words_of_it: str | None
) -> None:
    found = told(text, trigger)
    assert found.when == when
    assert (text[slice(*found.when_by)] if found.when_by else None) == words_of_it


@pytest.mark.parametrize(
    ("text", "trigger", "speakers"),
    [
        ("Bela Renko said that Norra had seized the trawler.", "seized", ["Bela Renko"]),
        (
            "Bela Renko said that Ada Holm had told the council that Norra had seized the trawler.",
            "seized",
            ["Bela Renko", "Ada Holm"],
        ),
        ("Norra seized the trawler, and Bela Renko said that he was well.", "seized", []),
        ("Norra attacked Harn on Monday. Bela Renko said that it was calm.", "attacked", []),
    ],
)
def test_within_is_the_innermost_attribution(text: str, trigger: str, speakers: list[str]) -> None:
    found, seen = told(text, trigger), read(text)
    at = found.trigger[0].start
    holding = {a.id: a for a in seen.attributions if any(s <= at < e for s, e in a.content)}
    assert sorted(str(a.speaker.name) for a in holding.values()) == sorted(speakers)
    if speakers:
        assert holding[found.within or ""].speaker.name == speakers[-1]
    else:
        assert found.within is None


def test_without_attributions_nothing_is_within() -> None:
    seen = read("Bela Renko said that Norra had seized the trawler.")
    found, _ = find_events(seen.parse, seen.entities, seen.timexes, (), load_vectors().of(seen.parse.text))
    assert found
    assert {e.within for e in found} == {None}


def test_the_order_of_the_entities_changes_nothing() -> None:
    seen = read(REPORT)
    vectors = load_vectors().of(seen.parse.text)
    given = (seen.parse, tuple(reversed(seen.entities)), seen.timexes, (), vectors, seen.attributions, PUBLISHED)
    assert len(seen.entities) > 2
    assert find_events(*given)[0] == events(REPORT)


def test_running_twice_changes_nothing() -> None:
    assert events(REPORT) == events(REPORT)
    assert len(events(REPORT)) >= 4


def test_what_a_report_tells() -> None:
    (call,) = contacts(REPORT)
    assert words(REPORT, call.trigger) == ["spoke", "call"]
    assert words(REPORT, call.evidence)[1] == "The call lasted an hour."
    assert told(REPORT, "arrested").recipients == ("Ina Sorel",)
    assert told(REPORT, "seized").within is not None
    assert events(REPORT)[0] == call


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Rebels carried out a strike in Harn on Monday. The strike killed eleven people.", "strike"),
        ("A bombing shook the port of Harn on Monday. The bombing killed eleven people.", "bombing"),
    ],
)
def test_the_strike_is_the_one_told_before(text: str, trigger: str) -> None:
    found = told(text, trigger)
    assert words(text, found.trigger).count(trigger) == 2
    assert len(found.evidence) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked Port Senn on Monday. The army attacked Harn on Tuesday.",
        "Rebels attacked Harn on Monday. Rebels attacked Harn on Wednesday.",
        "Rebels attacked Harn on Monday. The rebels will attack Harn again next week.",
    ],
)
def test_other_sides_days_and_statuses_are_other_events(text: str) -> None:
    found = [e for e in events(text) if {"attacked", "attack"} & set(words(text, e.trigger))]
    assert [len(e.trigger) for e in found] == [1, 1]


@pytest.mark.parametrize("text", [REPORT, "Ada Holm met Bela Renko in Harn. " * 30, "Rebels attacked Harn. " * 60])
def test_the_laws_of_every_event(text: str) -> None:
    found = events(text)
    names = [e.name for e in read(text).entities]
    assert found
    for event in found:
        assert not set(event.actors) & set(event.recipients)
        assert 0 < event.confidence <= 1
        assert event.kind == event.kind.strip() != ""
        assert (event.contact is None) or (event.actors and event.recipients)
        assert event.place is None or event.place in names
