from __future__ import annotations

from onrecord.link import cluster, link_stories
from onrecord.record import Analysis, Copy, Publication
from tests.records import analysis, given

STRIKE = (
    "Dockers walked out in Port Ansel over canteen wages; freighters waited outside the mole. Union leaders cheered."
)
AGAIN = "Freighters still waited outside the mole of Port Ansel as dockers and union leaders argued over canteen wages."
CHEESE = "A goat won the mountain cheese prize, to the surprise of every shepherd between the two glaciers."


def report(id: str, text: str, day: str | None = "2031-03-04") -> Analysis:
    return analysis(id, f"Outlet {id}", text, given(day) if day else Publication())


def grouped(*reports: Analysis, copies: tuple[Copy, ...] = ()) -> list[list[str]]:
    return cluster([r.id for r in reports], link_stories(reports, copies))


def test_reports_of_one_affair_are_one_story() -> None:
    assert grouped(report("r1", STRIKE), report("r2", CHEESE), report("r3", AGAIN)) == [["r1", "r3"], ["r2"]]


def test_the_same_words_weeks_apart_are_two_stories_where_both_days_are_known() -> None:
    late = report("r2", AGAIN, "2031-05-04")
    assert len(grouped(report("r1", STRIKE), late)) == 2
    assert len(grouped(report("r1", STRIKE), report("r2", AGAIN, "2031-03-14"))) == 1
    assert len(grouped(report("r1", STRIKE), report("r2", AGAIN, None))) == 1


def test_a_copy_is_of_its_model_s_story_whenever_it_came_out() -> None:
    copies = (Copy("r1", "r2", "copy", 1.0),)
    assert len(grouped(report("r1", STRIKE), report("r2", STRIKE, "2031-09-04"), copies=copies)) == 1


def test_scores_are_probabilities_and_nothing_links_to_itself() -> None:
    links = link_stories([report(f"r{n}", STRIKE) for n in range(4)], ())
    assert len(links) == 6
    assert all(0 <= k.score <= 1 and k.left != k.right for k in links)
    assert link_stories([report("r1", ""), report("r2", "")], ()) == []
