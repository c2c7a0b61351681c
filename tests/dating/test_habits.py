from functools import cache

from onrecord.dating.habits import Habits
from onrecord.dating.weigh import load_lags
from onrecord.pipeline import Reader, extract
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
    assert abs(sum(own) - sum(all_outlets)) < 1e-3
    assert Habits(evening_post()).lags("Lothra Times").shares == load_lags().shares
