from datetime import date
from functools import cache

from msgspec.structs import replace

from onrecord.dating.told import ToldByBoth
from onrecord.link import compare_undated, fact
from onrecord.pipeline import Reader, build, extract
from onrecord.record import Analysis, Interval, Link, Report

TOLD = (
    "PORT ISTER - A court in Ister sentenced the shipowner Olav Tveit to four years in prison on Tuesday for the loss "
    "of the trawler Maren Kvist.\n\nTveit will appeal, his lawyer said."
)
UNDATED = (
    "The shipowner Olav Tveit was sentenced to four years in prison by a court in Ister yesterday over the loss of the "
    "trawler Maren Kvist.\n\nThe sister of the skipper wept in the gallery."
)


@cache
def reader() -> Reader:
    return Reader()


def read(key: str, text: str, published: str | None = None) -> Analysis:
    return extract(Report(id=f"{key}-id", key=key, text=text, published=published), reader())


def named(analysis: Analysis, word: str) -> str:
    """The event of that trigger."""
    return next(e.id for e in analysis.events if any(analysis.text[slice(*s)] == word for s in e.trigger))


def test_an_event_that_another_report_knows_the_day_of_dates_the_report() -> None:
    found = {a.key: a for a in build([read("told", TOLD, "2031-05-14"), read("undated", UNDATED)], {}).analyses}
    assert found["undated"].published.earliest == found["undated"].published.latest == date(2031, 5, 14)
    assert any("tells of the same event on 2031-05-13" in clue.why for clue in found["undated"].published.basis)


def test_only_what_is_likely_one_is_told_of() -> None:
    told, undated = read("told", TOLD, "2031-05-14"), read("undated", UNDATED)
    links = compare_undated([told, undated], (), 0.5)
    pair = {fact(told.id, named(told, "sentenced")), fact(undated.id, named(undated, "sentenced"))}
    assert pair in [{k.left, k.right} for k in links]
    assert all(k.score >= 0.5 for k in links)
    assert compare_undated([told], (), 0.5) == []
    assert compare_undated([undated, read("other", TOLD)], (), 0.0) == []


def test_the_likeliest_of_several_is_asked_and_none_whose_report_is_not_settled() -> None:
    told, undated = read("told", TOLD, "2031-05-14"), read("undated", UNDATED)
    mine, theirs = fact(undated.id, named(undated, "sentenced")), named(told, "sentenced")
    early = replace(
        told,
        id="early",
        events=tuple(replace(e, when=Interval(date(2031, 3, 4), date(2031, 3, 4))) for e in told.events),
    )
    links = [
        Link(left=mine, right=fact(told.id, theirs), relation="same", score=0.9, evidence=(), by="link.events"),
        Link(left=fact("early", theirs), right=mine, relation="same", score=0.6, evidence=(), by="link.events"),
    ]
    (hint,) = ToldByBoth(links).hints(undated, {told.id: told, "early": early})
    assert (hint.kind, hint.reading.split(" ")[:3]) == ("bound.same.9", ["shift", "D", "-1"])
    assert hint.days == (Interval(date(2031, 5, 13), date(2031, 5, 13)),)
    (hint,) = ToldByBoth(links).hints(undated, {"early": early})
    assert hint.kind == "bound.same.6"
    assert ToldByBoth(links).hints(undated, {}) == []
    assert ToldByBoth(()).hints(undated, {told.id: told}) == []


def test_a_month_is_no_day() -> None:
    told, undated = read("told", TOLD, "2031-05-14"), read("undated", UNDATED)
    long = Interval(date(2031, 5, 1), date(2031, 5, 31))
    vague = replace(told, events=tuple(replace(e, when=long) for e in told.events))
    mine, theirs = fact(undated.id, named(undated, "sentenced")), fact(told.id, named(told, "sentenced"))
    link = Link(left=mine, right=theirs, relation="same", score=0.9, evidence=(), by="link.events")
    assert ToldByBoth([link]).hints(undated, {told.id: vague}) == []
