import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.dating
import onrecord.knowledge
from onrecord.dating.publication import weighed
from onrecord.dating.weigh import load_lags, weigh
from onrecord.record import Hint, Interval

DAY = date(2012, 5, 17)


def days(first: date, last: date | None = None) -> tuple[Interval, ...]:
    return (Interval(first, last or first),)


def office(first: date, last: date) -> Hint:
    return Hint("office", "an office", None, "", days(first, last))


def bounds(*hints: Hint) -> tuple[date, date]:
    found = weighed(hints, weigh(hints, load_lags()))
    assert found.earliest
    assert found.latest
    return found.earliest, found.latest


# What agrees with the day: a dateline, an office, the weekday of the call, a known event a few days before.
RIGHT = (
    Hint("dated.line", "“May 17, 2012”", None, "", days(DAY)),
    office(date(2011, 1, 3), date(2013, 6, 1)),
    Hint("weekday.back.lead", "“Wednesday”", None, f"weekday {(DAY - timedelta(1)).isoweekday()} ?"),
    Hint("known.day.back.weekdays", "“May 4”", None, "", days(date(2012, 5, 4))),
)
WRONG = st.one_of(
    st.builds(lambda n: Hint("weekday.back.body", "a weekday", None, f"weekday {n} ?"), st.integers(1, 7)),
    st.builds(lambda y, n: office(date(y, 1, 1), date(y + n, 1, 1)), st.integers(1960, 2030), st.integers(1, 12)),
    st.builds(
        lambda n: Hint("event.once.back.body", "an event", None, "", days(date(1990, 1, 1) + timedelta(n))),
        st.integers(0, 12000),
    ),
    st.builds(
        lambda n: Hint("bound.once.near", "bound", None, "weekday 3 last", days(date(1990, 1, 3) + timedelta(n))),
        st.integers(0, 12000),
    ),
)


@given(WRONG)
def test_a_clue_that_contradicts_makes_no_narrower_interval_without_the_day(wrong: Hint) -> None:
    first, last = bounds(*RIGHT)
    assert first <= DAY <= last
    begun, ended = bounds(*RIGHT, wrong)
    assert begun <= DAY <= ended or ended - begun >= last - first


@pytest.mark.parametrize("weeks", [-52, -3, 1, 40])
def test_weeks_later_the_same_clues_give_an_interval_so_much_later(weeks: int) -> None:
    def moved(hint: Hint) -> Hint:
        shift = timedelta(weeks=weeks)
        known = tuple(Interval(d.earliest and d.earliest + shift, d.latest and d.latest + shift) for d in hint.days)
        return Hint(hint.kind, hint.why, hint.span, hint.reading, known)

    first, last = bounds(*RIGHT)
    assert bounds(*map(moved, RIGHT)) == (first + timedelta(weeks=weeks), last + timedelta(weeks=weeks))


@pytest.mark.parametrize("room", [onrecord.dating, onrecord.knowledge])
def test_no_date_depends_on_the_machines_clock(room: object) -> None:
    for path in Path(str(room.__file__)).parent.glob("*.py"):  # type: ignore[attr-defined]
        called = {
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert called.isdisjoint({"today", "now", "utcnow", "localtime", "time"}), path


def test_without_what_is_known_of_an_event_the_interval_widens_and_stays_right() -> None:
    event = Hint("bound.once.close", "“Wednesday” of an event", None, "weekday 3 last", days(date(2012, 5, 16)))
    first, last = bounds(*RIGHT[1:], event)
    begun, ended = bounds(*RIGHT[1:])
    assert begun <= DAY <= ended
    assert first <= DAY <= last
    assert ended - begun > last - first
