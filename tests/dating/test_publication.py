from datetime import date

import pytest

from onrecord.dating import find_publication
from onrecord.record import Clue, Publication, Report, Span


def published(given: str | None) -> Publication:
    return find_publication(Report(id="1", key="r", text="Holm left.", published=given))


@pytest.mark.parametrize(
    "given",
    [
        "2026-04-11",
        "20260411",
        "2026-W15-6",
        "2026W156",
        "2026-04-11T00:00",
        "2026-04-11 23:59:59",
        "20260411T0930",
        "2026-04-11T09:30:00.250Z",
        "2026-04-11T23:30:00-05:00",
        "2026-04-11T00:30+14:00",
        "20260411T003000+1400",
        "2026-W15-6T23:30-11:00",
    ],
)
def test_the_day_is_that_of_the_offset_it_was_given_with(given: str) -> None:
    day = date(2026, 4, 11)
    found = published(given)
    assert (found.earliest, found.latest, found.edtf, found.given) == (day, day, "2026-04-11", True)
    assert [(clue.span, clue.why) for clue in found.basis] == [(None, "given with the report")]


@pytest.mark.parametrize("given", ["2026-W15", "2026W15"])
def test_a_week_stays_a_week(given: str) -> None:
    found = published(given)
    assert (found.earliest, found.latest) == (date(2026, 4, 6), date(2026, 4, 12))
    assert found.edtf == "2026-04-06/2026-04-12"


def test_without_a_date_nothing_is_known() -> None:
    assert published(None) == Publication()
    assert not published(None).given


def test_what_a_page_says_of_its_date_is_the_basis() -> None:
    taken = Clue(Span(0, 4), "taken from the page: meta date says 2031-05-04")
    report = Report(id="1", key="r", text="Holm left.", published="2031-05-04", clues=(taken,))
    assert find_publication(report).basis == (taken,)
    other = Clue(None, "also in the page: meta lastmod says modified 2031-05-06")
    undated = Report(id="1", key="r", text="Holm left.", clues=(other,))
    assert find_publication(undated) == Publication(basis=(other,))
