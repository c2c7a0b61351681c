from __future__ import annotations

import random
from datetime import date

import msgspec
import numpy as np
from msgspec.structs import replace

from onrecord.language import pack, split_sentences
from onrecord.link import cluster, link_stories
from onrecord.link.sketches import DAYS, alike, near_pairs, sketch
from onrecord.link.stories import join_alike
from onrecord.record import Analysis, Copy, Link, Meanings, Publication, Span, Timex
from tests.records import analysis, given

STRIKE = (
    "Dockers walked out in Port Ansel over canteen wages; freighters waited outside the mole. Union leaders cheered."
)
AGAIN = "Freighters still waited outside the mole of Port Ansel as dockers and union leaders argued over canteen wages."
CHEESE = "A goat won the mountain cheese prize, to the surprise of every shepherd between the two glaciers."


def report(id: str, text: str, day: str | None = "2031-03-04", vectors: Meanings | None = None) -> Analysis:
    return analysis(id, f"Outlet {id}", text, given(day) if day else Publication(), vectors=vectors)


def read(text: str, *directions: int) -> Meanings:
    """Vectors of the sentences, each pointing in one direction."""
    spans = [Span(*s) for s in split_sentences(text)]
    return Meanings(tuple(spans), (127 * np.eye(8, dtype=np.int8)[list(directions)]).tobytes())


def grouped(*reports: Analysis, copies: tuple[Copy, ...] = (), people: tuple[Link, ...] = ()) -> list[list[str]]:
    return cluster([r.id for r in reports], link_stories(reports, copies), people)


def likeness(a: Analysis, b: Analysis) -> float:
    return alike(sketch(a), sketch(b))


def test_reports_of_one_affair_are_one_story() -> None:
    assert grouped(report("r1", STRIKE), report("r2", CHEESE), report("r3", AGAIN)) == [["r1", "r3"], ["r2"]]


def test_the_same_words_weeks_apart_are_two_stories_where_both_days_are_known() -> None:
    late = report("r2", AGAIN, "2031-05-04")
    assert len(grouped(report("r1", STRIKE), late)) == 2
    assert len(grouped(report("r1", STRIKE), report("r2", AGAIN, "2031-03-07"))) == 1
    assert len(grouped(report("r1", STRIKE), report("r2", AGAIN, None))) == 1


def test_a_copy_is_of_its_model_s_story_whenever_it_came_out() -> None:
    copies = (Copy("r1", "r2", "copy", 1.0),)
    assert len(grouped(report("r1", STRIKE), report("r2", STRIKE, "2031-09-04"), copies=copies)) == 1


def test_a_person_s_word_parts_what_is_one_story_and_joins_what_is_two() -> None:
    def said(relation: str) -> Link:
        return msgspec.convert(
            {"left": "r1", "right": "r2", "relation": relation, "score": 1.0, "evidence": (), "by": "Ada"}, Link
        )

    assert len(grouped(report("r1", STRIKE), report("r2", AGAIN), people=(said("different"),))) == 2
    assert len(grouped(report("r1", STRIKE), report("r2", CHEESE), people=(said("same"),))) == 1


def test_scores_are_probabilities_and_nothing_links_to_itself() -> None:
    links = link_stories([report(f"r{n}", STRIKE) for n in range(4)], ())
    assert len(links) == 6
    assert all(0 <= k.score <= 1 and k.left != k.right for k in links)
    assert link_stories([report("r1", ""), report("r2", "")], ()) == []


def test_what_two_reports_are_to_each_other_depends_on_no_third_and_on_no_order() -> None:
    reports = [report("r1", STRIKE), report("r2", AGAIN), report("r3", CHEESE), report("r4", STRIKE + CHEESE)]
    whole = {frozenset((k.left, k.right)): k.score for k in link_stories(reports, ())}
    random.Random(1).shuffle(reports)
    assert {frozenset((k.left, k.right)): k.score for k in link_stories(reports, ())} == whole
    assert whole[frozenset(("r1", "r2"))] == likeness(report("r1", STRIKE), report("r2", AGAIN))
    assert likeness(report("r1", STRIKE), report("r2", AGAIN)) == likeness(report("r2", AGAIN), report("r1", STRIKE))


def test_each_day_between_two_reports_speaks_against_one_story_less_so_if_both_tell_of_one_day() -> None:
    first, near, far = (report("r", AGAIN, day) for day in ("2031-03-04", "2031-03-08", "2031-03-13"))
    assert likeness(first, first) > likeness(first, near) > likeness(first, far) > 0
    that_day = Timex(Span(0, 5), "DATE", "2031-03-04", date(2031, 3, 4), date(2031, 3, 4))
    telling = [replace(r, timexes=(that_day,)) for r in (first, far)]
    assert likeness(first, far) < likeness(*telling) < likeness(first, first)
    assert likeness(first, report("r", AGAIN, f"2031-03-{4 + DAYS + 1}")) == 0


def test_a_meeting_held_every_week_is_a_story_each_time() -> None:
    def met(id: str, day: int, topics: str) -> Analysis:
        text = f"Ministers Ilse Varrun and Omar Teshk met in Port Ister on Tuesday to talk about {topics}."
        on_that_day = date(2031, 3, day)
        tuesday = Timex(Span(57, 64), "DATE", f"{on_that_day}", on_that_day, on_that_day)
        return replace(report(id, text, f"{on_that_day}"), timexes=(tuesday,))

    first = met("r1", 4, "the grain road, customs and a lighthouse")
    assert len(grouped(first, met("r2", 11, "captive sailors, herring quotas and visas"))) == 2
    assert len(grouped(first, met("r2", 4, "captive sailors, herring quotas and visas"))) == 1


def test_undated_reports_of_different_years_are_less_likely_of_one_story() -> None:
    same = likeness(report("r", f"{AGAIN} In 2029.", None), report("r", f"{STRIKE} In 2029.", None))
    assert likeness(report("r", f"{AGAIN} In 2029.", None), report("r", f"{STRIKE} In 2030.", None)) < same


def test_leads_of_one_meaning_make_one_story_more_likely_and_others_rule_it_out() -> None:
    one, other = report("r1", STRIKE, vectors=read(STRIKE, 0, 1)), report("r2", AGAIN, vectors=read(AGAIN, 0))
    far = report("r2", AGAIN, vectors=read(AGAIN, 5))
    assert likeness(one, other) > likeness(one, far) == 0
    assert likeness(one, report("r2", AGAIN)) > 0


def test_headings_do_not_count_for_the_lead() -> None:
    headed = "The following is from the office of Union Leader Ada Holm:\n" + AGAIN
    own = report("r1", AGAIN, vectors=read(AGAIN, 0))
    assert sketch(report("r2", headed, vectors=read(headed, 3, 0))).row == sketch(own).row


def test_near_pairs_are_those_that_a_later_report_finds_as_well() -> None:
    sketches = [sketch(r) for r in (report("r1", STRIKE), report("r2", CHEESE), report("r3", AGAIN))]
    assert [(p.i, p.j, p.near) for p in near_pairs(sketches)] == [(0, 2, True)]
    assert [(p.i, p.j, p.near) for p in near_pairs(sketches[2:], sketches[:2])] == [(0, 0, True)]
    assert list(near_pairs([], sketches)) == list(near_pairs(sketches, [])) == []


def test_a_sketch_is_small_however_long_the_report() -> None:
    words = [
        f"{a}{b}{c} {n}" for n, (a, b, c) in enumerate((a, b, c) for a in "bdfg" for b in "aeiou" for c in "klmnpr")
    ]
    long = ". ".join(" ".join(words[n:] + words[:n]) for n in range(0, len(words), 10))
    row = np.full((len(split_sentences(long)), 384), 384**-0.5, dtype=np.float32)
    vectors = pack([Span(*s) for s in split_sentences(long)], row)
    assert 512 < len(msgspec.msgpack.encode(sketch(report("r", long, vectors=vectors)))) < 2048


def test_a_chain_of_likenesses_is_no_story() -> None:
    chain = {("a", "b"): 0.9, ("b", "c"): 0.2, ("c", "d"): 0.9}
    homes = join_alike("abcd", chain)
    assert homes == {"a": "a", "b": "a", "c": "c", "d": "c"}
    assert set(join_alike("abcd", chain | {("a", "c"): 0.3, ("b", "d"): 0.3}).values()) == {"a"}
    assert join_alike("abcd", chain, [("a", "d")])["d"] == "a"
