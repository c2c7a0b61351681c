from datetime import date
from functools import cache

from onrecord.dating.habits import Habits
from onrecord.dating.weigh import load_lags
from onrecord.pipeline import Reader, build, extract
from onrecord.record import Analysis, Report


@cache
def reader() -> Reader:
    return Reader()


def read(key: str, text: str, published: str | None, outlet: str) -> Analysis:
    return extract(Report(id=f"{key}-id", key=key, text=text, published=published, outlet=outlet), reader())


def evening_post() -> list[Analysis]:
    """A paper that always tells of the day before."""
    days = ("Monday", "2031-05-13"), ("Tuesday", "2031-05-14"), ("Wednesday", "2031-05-15"), ("Thursday", "2031-05-16")
    return [read(day, f"The council of Lothra met on {day}.", given, "Evening Post") for day, given in days]


def test_an_outlet_that_always_tells_of_the_day_before_is_believed_to_do_so_again() -> None:
    kind = "weekday.back.lead"
    own, all_outlets = Habits(evening_post()).lags("Evening Post").shares[kind], load_lags().shares[kind]
    assert own[1] > all_outlets[1]
    assert sum(own) == sum(all_outlets) or abs(sum(own) - sum(all_outlets)) < 1e-3
    assert Habits(evening_post()).lags("Lothra Times").shares == load_lags().shares


def test_a_report_of_that_outlet_is_dated_by_its_habit() -> None:
    text = "Copyright Evening Post 2031. President Barack Obama spoke in Lothra on Friday."
    alone = read("obama", text, None, "Evening Post")
    by_habit = {a.key: a for a in build([*evening_post(), alone], {}).analyses}["obama"]
    assert by_habit.published.given is False
    assert (by_habit.published.earliest or date.min) <= (by_habit.published.latest or date.max)
