from datetime import date
from functools import cache

import pytest

from onrecord.pipeline import Reader, build, extract
from onrecord.record import Analysis, Report

CALL = (
    "PORT ISTER - Foreign Minister Ada Holm of Norra telephoned her Sennish counterpart, Bela Renko, on Tuesday about "
    "the trawler Maren Kvist, held since Sunday at Skarvik harbour.\n\nRenko told reporters that the skipper, Olav "
    "Tveit, would be freed."
)
LATER = (
    "The trawler Maren Kvist left Skarvik harbour this morning. Its skipper, Olav Tveit, waved.\n\n"
    "Bela Renko and Ada Holm had spoken on Tuesday. Tomorrow, Friday, the owners will meet."
)


@cache
def reader() -> Reader:
    return Reader()


def read(key: str, text: str, published: str | None = None, outlet: str | None = None) -> Analysis:
    return extract(Report(id=f"{key}-id", key=key, text=text, published=published, outlet=outlet), reader())


def dated(*analyses: Analysis) -> dict[str, Analysis]:
    return {a.key: a for a in build(analyses, {}).analyses}


def test_a_report_of_the_same_affair_gives_an_interval_around_the_true_day() -> None:
    alone = read("later", LATER)
    assert alone.published.earliest is None
    found = dated(read("call", CALL, "2031-05-13"), alone)["later"]
    first, last = found.published.earliest, found.published.latest
    assert first is not None
    assert last is not None
    assert first <= date(2031, 5, 15) <= last
    assert (last - first).days < 120
    assert not found.published.given
    assert any("tomorrow" in c.why.casefold() and c.span for c in found.published.basis)
    # What is not known to the day is not told to the day.
    assert [t.value for t in found.timexes if "Tuesday" in found.text[t.span.start : t.span.end]] == ["XXXX-WXX-2"]


def test_a_given_date_is_never_touched() -> None:
    given = read("call", CALL, "2031-05-13")
    assert dated(given, read("later", LATER))["call"].published == given.published


def test_the_order_of_reports_changes_nothing() -> None:
    reports = [read("call", CALL, "2031-05-13"), read("later", LATER), read("copy", CALL)]
    first = dated(*reports)
    assert dated(*reversed(reports)) == first
    assert first["copy"].published.earliest is not None


def test_without_any_date_in_the_record_none_is_invented() -> None:
    for found in dated(read("call", CALL), read("later", LATER)).values():
        assert found.published.earliest is None
        assert found.published.edtf is None


@pytest.mark.parametrize("other", ["The council of Lothra met on 3 May 1999.", "Nothing was said."])
def test_a_report_of_something_else_proves_nothing(other: str) -> None:
    assert dated(read("other", other, "2012-01-01"), read("later", LATER))["later"].published.earliest is None


def test_knowledge_and_calendars_can_date_a_report_alone_and_say_why() -> None:
    text = "President Barack Obama said on Thursday that Secretary of State John Kerry would go to Lothra."
    found = read("white-house", text).published
    assert found.earliest is not None
    assert found.latest is not None
    assert found.earliest >= date(2012, 1, 1)
    assert found.latest <= date(2019, 12, 31)
    assert any("John Kerry" in c.why and c.span for c in found.basis)


def test_a_second_meeting_is_not_dated_by_the_first() -> None:
    first = (
        "The harbour minister, Ivo Maas, met Dagmar Sorel, the chief executive of Ansel Ferries, for an hour on "
        "Thursday at his office in Skarvik.\n\nSorel asked for more time, an official said."
    )
    second = (
        "The chief executive of Ansel Ferries, Dagmar Sorel, met the harbour minister, Ivo Maas, {}this afternoon at "
        "his office in Skarvik.\n\nNothing was said of the ferry."
    )
    given = read("first", first, "2031-05-16")
    for turn, same in (("", True), ("for the second time ", False)):
        found = dated(given, read("again", second.format(turn)))["again"]
        assert any("tells the same" in clue.why for clue in found.published.basis) is same
