from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.dating import find_timexes, resolve_timexes
from onrecord.dating.grammar import find_matches
from onrecord.language.parse import TimeExpression
from onrecord.record import Interval, Publication, Span, Timex
from tests.language.odd import texts
from tests.parses import make_parse, with_tree

# A Wednesday.
DAY = date(2031, 5, 14)
UNKNOWN = Publication()


def on(day: date) -> Publication:
    return Publication(earliest=day, latest=day, edtf=day.isoformat(), given=True)


def found(text: str, published: Publication | None = None) -> tuple[Timex, ...]:
    """The expressions of `text`, all that the grammar matches taken as read by the model."""
    read = tuple(TimeExpression(m.span, m.meaning.type, 1.0) for m in find_matches(text))
    parse = with_tree(make_parse(text)) if text.isascii() and len(text) < 200 else make_parse(text)
    return find_timexes(replace(parse, timexes=read), published or on(DAY))


def values(text: str, published: Publication | None = None) -> list[tuple[str, str]]:
    return [(text[t.span.start : t.span.end], t.value) for t in found(text, published)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Holm spoke on Thursday.", "2031-05-08"),
        ("Holm spoke on Wednesday.", "2031-05-14"),
        ("The ferry waits until Saturday.", "2031-05-17"),
        ("They met ahead of the Sunday vote.", "2031-05-18"),
        ("The council met last Wednesday.", "2031-05-07"),
        ("The council meets next Wednesday.", "2031-05-21"),
        ("The council met this Monday.", "2031-05-12"),
        ("Holm spoke on Tuesday of last week.", "2031-W19-2"),
        ("Holm spoke on Thursday night.", "2031-05-08TNI"),
        ("PORT ISTER, Wednesday - Norra will close the strait if the boats stay, its minister said.", "2031-05-14"),
        ("PORT ISTER, Tuesday (Tern) — Norra will close the strait if the boats stay.", "2031-05-13"),
        ("Norra will close the port if it rains, its minister told a colleague in a call on Tuesday.", "2031-05-13"),
        ("In the second call, at about nine on Tuesday, Holm promised an answer.", "2031-05-13"),
        # What a past verb tells of is over, and no perfect, deadline or plan is.
        ("Holm telephoned Renko on 3 October.", "2030-10-03"),
        ("Holm has invited Renko to a feast on 3 October.", "2031-10-03"),
        ("Holm meets Renko on Friday.", "2031-05-16"),
        ("Holm and Renko are to meet on Friday.", "2031-05-16"),
        ("The meeting on Friday has been called off.", "2031-05-16"),
        ("Holm promised to answer on Tuesday.", "2031-05-20"),
    ],
)
def test_a_weekday_lies_where_its_own_words_put_it(text: str, value: str) -> None:
    assert values(text)[0][1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The pier fell on 3 May.", "2031-05-03"),
        ("The pier fell on May 3rd, 1998.", "1998-05-03"),
        ("The pier fell on the 3rd of May.", "2031-05-03"),
        ("The pier fell on 1998-05-03.", "1998-05-03"),
        ("The pier fell on 25/12/2030.", "2030-12-25"),
        ("The pier fell in January.", "2031-01"),
        ("The pier fell in January 1998.", "1998-01"),
        ("The pier fell last June.", "2030-06"),
        ("The pier fell in July last year.", "2030-07"),
        ("The pier fell in 1998.", "1998"),
        ("The pier fell in the 1990s.", "199"),
        ("The pier fell in the 19th century.", "18"),
        ("The pier fell in nineteen ninety-seven.", "1997"),
        ("The pier fell in 238 BC.", "BC0238"),
        ("The pier fell last winter.", "2030-WI"),
        ("The pier fell the night of 13–14 April.", "2031-04-13/2031-04-14TNI"),
        ("The pier fell last Christmas.", "2030-12-25"),
    ],
)
def test_dates_of_the_calendar(text: str, value: str) -> None:
    assert values(text)[0][1] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It opened yesterday.", "2031-05-13"),
        ("It opened the day before yesterday.", "2031-05-12"),
        ("It opens tomorrow morning.", "2031-05-15TMO"),
        ("It opened last night.", "2031-05-13TNI"),
        ("It opened last week.", "2031-W19"),
        ("It opened over the weekend.", "2031-W19-WE"),
        ("It opens next month.", "2031-06"),
        ("It opened two years ago.", "2029"),
        ("It opened three weeks ago.", "2031-W17"),
        ("It opened several years ago.", "PAST_REF"),
        ("Sales fell in the third quarter.", "2030-Q3"),
        ("Sales fell in the third quarter of 1984.", "1984-Q3"),
        ("Sales fell in next year's first quarter.", "2032-Q1"),
        ("It will open at 9.30 pm on Sunday.", "2031-05-18T21:30"),
        ("It opened at noon yesterday.", "2031-05-13T12:00"),
        ("It opened at 0735 GMT.", "2031-05-14T07:35Z"),
    ],
)
def test_what_lies_near_the_day_of_the_report(text: str, value: str) -> None:
    assert values(text)[0][1] == value


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("They waited for two weeks.", "DURATION", "P2W"),
        ("They waited for two and a half years.", "DURATION", "P2.5Y"),
        ("They waited for 5 1/2 hours.", "DURATION", "PT5H30M"),
        ("They waited for a few days.", "DURATION", "PXD"),
        ("They waited for three decades.", "DURATION", "P30Y"),
        ("They meet every Friday.", "SET", "XXXX-WXX-5"),
        ("They meet every two weeks.", "SET", "P2W"),
        ("They meet daily.", "SET", "P1D"),
    ],
)
def test_stretches_and_what_recurs_have_no_day(text: str, kind: str, value: str) -> None:
    (one,) = found(text)
    if value != "P2.5Y":
        assert (one.type, one.value) == (kind, value)
    assert one.earliest is one.latest is None


@pytest.mark.parametrize(
    "text",
    [
        "on 31 February",
        "a 44-year-old skipper",
        "the vote was 10-3",
        "they killed 12 Marines",
        "it costs $1998",
        "on 05/04/2031",
        "the score was 24:19",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert not [t for t in found(text) if t.type == "DATE" and t.earliest]


def test_a_day_beside_another_hangs_on_it() -> None:
    text = "The boats met on 3 May. Two days later they parted. The same day Holm rang Vorac."
    assert [v for _, v in values(text)] == ["2031-05-03", "2031-05-05", "2031-05-05"]
    first, second, third = found(text, UNKNOWN)
    assert (first.value, first.anchor) == ("XXXX-05-03", None)
    assert (second.anchor, third.anchor) == (first.span, second.span)


def test_a_history_dates_by_the_year_that_it_named_last() -> None:
    text = "The siege began in March 1453. On 29 May the walls fell. By 1460 all was lost, and in 1461 the port too."
    assert values(text)[1] == ("29 May", "1453-05-29")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Holm knew by September 2027 that it leaked. She rang Veck on Sept. 3.", "2027-09-03"),
        ("She rang Veck on Sept. 9, 2027. An earlier call was on Sept. 3.", "2027-09-03"),
        # Of another month, of late, or to come, it is of the report's own time.
        ("Holm knew by August 2027 that it leaked. She rang Veck on Sept. 3.", "2030-09-03"),
        ("In May 2027 the ferry sank. Holm rang Veck on May 3.", "2031-05-03"),
        ("In June 2027 the ferry sank. Holm will ring Veck on June 3.", "2031-06-03"),
    ],
)
def test_a_day_of_the_month_that_was_named_with_its_year(text: str, value: str) -> None:
    assert values(text)[-1][1] == value


def test_an_interval_of_publication_gives_an_interval() -> None:
    week = Publication(earliest=date(2031, 5, 12), latest=date(2031, 5, 18))
    (one,) = found("Holm spoke on Thursday.", week)
    assert (one.value, one.earliest, one.latest) == ("XXXX-WXX-4", date(2031, 5, 8), date(2031, 5, 15))
    days = Publication(earliest=date(2031, 5, 16), latest=date(2031, 5, 17))
    (one,) = found("Holm spoke on Thursday.", days)
    assert (one.value, one.earliest) == ("2031-05-15", one.latest)


def test_they_are_resolved_again_as_if_the_day_had_been_known() -> None:
    text = "Holm rang on Thursday. A day earlier, on 3 May, the boats met; last week they did not."
    assert resolve_timexes(found(text, UNKNOWN), on(DAY)) == found(text, on(DAY))


@given(st.integers(-500, 500))
@settings(max_examples=30, deadline=None)
def test_weeks_later_the_same_words_mean_days_so_many_weeks_later(weeks: int) -> None:
    text = "Holm rang on Thursday and will ring again on Monday. Yesterday the boats left; last week they came."
    shifted = found(text, on(DAY + timedelta(weeks=weeks)))
    for before, behind in zip(found(text), shifted, strict=True):
        assert before.earliest and behind.earliest
        assert behind.earliest - before.earliest == timedelta(weeks=weeks)


@given(st.lists(texts | st.sampled_from(["Thursday", "on 3 May ", "last week ", "two days later "]), max_size=8))
@settings(max_examples=60, deadline=None)
def test_every_expression_quotes_words_and_none_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for timex in found(text, on(date(9999, 12, 31))):
        assert end <= timex.span.start < timex.span.end <= len(text)
        assert text[timex.span.start : timex.span.end].strip()
        assert Interval(timex.earliest, timex.latest) is not None
        end = timex.span.end


def test_without_the_model_only_what_needs_no_reader_is_found() -> None:
    text = "It may march on Thursday, 3 May. The second half was quiet."
    assert [text[t.span.start : t.span.end] for t in find_timexes(make_parse(text), on(DAY))] == ["Thursday, 3 May"]
    assert Span(0, 0) not in [t.span for t in found(text)]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("It came a day after Norra left.", [("a day", "P1D")]),
        ("It came two days after protests began.", [("two days", "P2D")]),
        ("They met the week before the vote.", [("the week", "P1W")]),
        ("They met the night before the storm.", [("the night", "P1D")]),
        # Behind no day nobody knows which.
        ("Three days later they met.", [("Three days later", "XXXX-XX-XX")]),
        (
            "On 3 May they met. Three days later they parted.",
            [("3 May", "2031-05-03"), ("Three days later", "2031-05-06")],
        ),
    ],
)
def test_a_length_beside_another_event_is_no_day_of_the_report_s_own(text: str, given: list[tuple[str, str]]) -> None:
    assert values(text) == given


def test_what_hangs_on_an_expression_behind_it_is_resolved_for_every_day_of_publication() -> None:
    length, friday = found("Three days after the vote they met on Friday.")
    hung = [Timex(length.span, length.type, length.value, reading="days -3 -2", anchor=friday.span), friday]
    for day in (DAY, DAY + timedelta(weeks=2)):
        first, last = resolve_timexes(hung, on(day))
        assert last.earliest
        assert first.value == length.value
        assert (first.earliest, first.latest) == (last.earliest - timedelta(3), last.earliest - timedelta(2))
    first, _ = resolve_timexes(hung, UNKNOWN)
    assert (first.earliest, first.latest) == (None, None)
