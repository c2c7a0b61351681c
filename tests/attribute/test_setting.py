from __future__ import annotations

import datetime

from onrecord.attribute import find_attributions, place_in_contacts
from onrecord.record import Attribution, Event, Interval, Timex
from tests.parses import Names, make_entities, make_parse, places, said, with_tree

NAMES: Names = {"Ada Holm": "person", "Bela Renko": "person"}
DAY = datetime.date(2019, 9, 12)


def _call(text: str) -> Event:
    trigger = (places(text, "telephoned")[0],)
    return Event(
        id="v1",
        type="CONSULT",
        kind="phone call",
        trigger=trigger,
        actors=("Ada Holm",),
        recipients=("Bela Renko",),
        intermediaries=(),
        place=None,
        contact="call",
        when=Interval(DAY, DAY),
        status="happened",
        within=None,
        evidence=trigger,
        confidence=0.9,
    )


def _read(text: str, content: str, source: str, cue: str, timexes: tuple[Timex, ...] = ()) -> tuple[Attribution, ...]:
    parse = with_tree(make_parse(text, said(text, content, source, cue)))
    found, _ = find_attributions(parse, make_entities(text, NAMES), (), None, timexes)
    return place_in_contacts(parse, found, (_call(text),), timexes)


def test_a_party_that_speaks_after_the_call_speaks_in_it() -> None:
    text = "Ada Holm telephoned Bela Renko. Holm said that the boats would stay."
    (found,) = _read(text, "that the boats would stay", "Holm", "said")
    assert (found.channel, found.addressee, found.said) == ("phone_call", "Bela Renko", Interval(DAY, DAY))


def test_who_says_by_what_means_or_when_speaks_elsewhere() -> None:
    text = "Ada Holm telephoned Bela Renko. Holm told reporters that the boats would stay."
    (found,) = _read(text, "that the boats would stay", "Holm", "told")
    assert (found.channel, found.addressee, found.said) == ("press_briefing", "reporters", None)
    text = "Ada Holm telephoned Bela Renko. Holm said last week that the boats would stay."
    week = Timex(places(text, "last week")[0], "DATE", "2019-W36", None, None)
    (found,) = _read(text, "that the boats would stay", "Holm", "said", (week,))
    assert (found.channel, found.addressee) == ("unspecified", None)


def test_others_are_no_party() -> None:
    text = "Ada Holm telephoned Bela Renko. The mayor said that the boats would stay."
    (found,) = _read(text, "that the boats would stay", "The mayor", "said")
    assert found.channel == "unspecified"


def test_the_day_is_that_of_the_clause_and_not_of_the_content() -> None:
    text = "Ada Holm telephoned Bela Renko. The mayor said on Friday that the boats would sail on Sunday."
    days = [datetime.date(2019, 9, 13), datetime.date(2019, 9, 15)]
    timexes = tuple(
        Timex(places(text, w)[0], "DATE", d.isoformat(), d, d) for w, d in zip(("Friday", "Sunday"), days, strict=True)
    )
    (found,) = _read(text, "that the boats would sail on Sunday", "The mayor", "said", timexes)
    assert found.said == Interval(days[0], days[0])


def test_who_was_heard_elsewhere_since_is_heard_there() -> None:
    text = "Ada Holm telephoned Bela Renko. Holm told reporters that the boats would stay. "
    text += "She said that the talks were good."
    parse = with_tree(
        make_parse(
            text,
            said(text, "that the boats would stay", "Holm", "told"),
            said(text, "that the talks were good", "She", "said"),
        )
    )
    found, _ = find_attributions(parse, make_entities(text, NAMES), (), None, ())
    placed = place_in_contacts(parse, found, (_call(text),), ())
    assert [(a.speaker.name, a.channel) for a in placed][1][1] == "unspecified"


def test_the_statement_that_tells_what_he_said_is_not_his() -> None:
    text = "Ada Holm telephoned Bela Renko. According to the statement, Renko told Holm that he would pay."
    parse = with_tree(
        make_parse(
            text,
            said(text, "Renko told Holm that he would pay", "the statement", "According to"),
            said(text, "that he would pay", "Renko", "told"),
        )
    )
    found, _ = find_attributions(parse, make_entities(text, NAMES), (), None, ())
    assert {a.channel for a in found} == {"statement"}
    placed = place_in_contacts(parse, found, (_call(text),), ())
    assert {(a.speaker.name, a.channel) for a in placed} == {
        ("the statement", "statement"),
        ("Bela Renko", "phone_call"),
    }


def test_a_day_behind_the_cue_is_the_cue_s_also_where_it_was_read_as_what_was_said() -> None:
    text = "Ada Holm telephoned Bela Renko. Renko denied Saturday having made any offer."
    day = datetime.date(2019, 9, 14)
    saturday = (Timex(places(text, "Saturday")[0], "DATE", day.isoformat(), day, day),)
    (found,) = _read(text, "Saturday having made any offer", "Renko", "denied", saturday)
    assert (found.channel, found.addressee, found.said) == ("unspecified", None, Interval(day, day))
    assert text[slice(*found.content[0])] == "having made any offer"
