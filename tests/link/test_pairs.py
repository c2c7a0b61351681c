from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from onrecord.link.event_rows import EVENT_COLUMNS, compare_events
from onrecord.link.pairs import REPORT_COLUMNS, as_rows, compare_reports
from onrecord.link.scorer import Judge, load_scorer, probability
from onrecord.link.sights import see_events, see_report, stem
from onrecord.record import Analysis
from tests.link.test_events import deed, report, told


def columns(a: Analysis, b: Analysis) -> dict[str, float]:
    """What the first events of two reports have in common, by name."""
    sights, seen = [*see_events(a, 0), *see_events(b, 1)], {0: see_report(a), 1: see_report(b)}
    (row,) = compare_events(sights, (np.array([0]), np.array([1])), seen, {(0, 1): 0.5}).tolist()
    return dict(zip(EVENT_COLUMNS, row, strict=True))


def test_each_column_has_a_name() -> None:
    one = told("r1")
    assert len(compare_reports(see_report(one), see_report(one))) == len(REPORT_COLUMNS)
    assert len(set(EVENT_COLUMNS)) == len(EVENT_COLUMNS)
    assert as_rows([], 3).shape == (0, 3)


def test_the_same_deed_agrees_in_all() -> None:
    found = columns(told("r1"), told("r2"))
    assert found["word"] == found["stem"] == found["who"] == found["whom"] == found["type"] == 1
    assert [found[k] for k in ("trigger", "near", "parties")] == pytest.approx([1, 1, 1])
    assert found["not_who"] == found["not_whom"] == found["no_party"] == found["report"] == 0
    assert found["affair"] == found["stem_affair"] == 0.5


def test_other_parties_are_a_conflict_and_unnamed_ones_none() -> None:
    other = columns(told("r1"), told("r2", actors=("Weavers Guild",), recipients=()))
    assert (other["who"], other["not_who"], other["whom"], other["not_whom"]) == (0, 1, 0, 0)
    assert other["no_party"] == 1
    swapped = columns(told("r1"), told("r2", actors=("Tollgate Board",), recipients=("Harbour Union",)))
    assert swapped["across"] == 1 and swapped["no_party"] == 0


def test_words_of_one_root_are_near() -> None:
    text = "The guild {} the old mill in Ister."
    found = columns(told("r1", text.format("acquired"), "acquired"), told("r2", "An acquisition.", "acquisition"))
    assert found["stem"] == 0 and found["prefix"] > 0.4
    other = columns(told("r1", text.format("acquired"), "acquired"), told("r2", "A feast.", "feast"))
    assert other["prefix"] == 0


@pytest.mark.parametrize(("one", "other"), [("strike", "strikes"), ("attack", "attacked"), ("struck", "strikes")])
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_light_verb_is_not_the_word_of_an_event() -> None:
    text = "The guild carried out a raid in Ister."
    light, noun = deed(text, "carried"), deed(text, "raid")
    joined = report("r1", text, replace(noun, trigger=(*light.trigger, *noun.trigger)))
    (sight,) = see_events(joined, 0)
    assert sight.word == "raid"


def test_a_pair_of_events_has_the_same_row_in_whatever_company() -> None:
    texts = (
        "Dockers blocked the old port in Ister.",
        "Dockers reopened the port.",
        "The guild blocked a road to Ister.",
    )
    reports = [told(f"r{n}", text, text.split()[1 + (n == 2)]) for n, text in enumerate(texts)]
    sights = [s for n, r in enumerate(reports) for s in see_events(r, n)] * 200
    seen = {n: see_report(r) for n, r in enumerate(reports)}
    left, right = np.triu_indices(len(sights), 1)
    near = right - left <= 7
    rows = compare_events(sights, (left[near], right[near]), seen, {})
    for n in (0, 1, 500, 2900, 4000):
        pair = [sights[left[near][n]], sights[right[near][n]]]
        alone = compare_events(pair, (np.array([0]), np.array([1])), seen, {})
        assert alone.tolist() == rows[n : n + 1].tolist()


def test_the_words_of_one_report_are_as_near_as_they_can_be() -> None:
    found = dict(zip(REPORT_COLUMNS, compare_reports(see_report(told("r1")), see_report(told("r2"))), strict=True))
    assert [found[k] for k in ("sentences", "lead", "whole", "words")] == pytest.approx([1, 1, 1, 1])
    assert found["apart"] == 0
    text = "Dockers of the Harbour Union marched."
    late = report("r2", text, deed(text), day="2031-05-01")
    assert compare_reports(see_report(told("r1")), see_report(late))[REPORT_COLUMNS.index("apart")] == 1


def test_a_judge_adds_a_straight_line_and_hidden_units() -> None:
    judge = Judge(
        mean=np.array([1.0, 0.0]),
        scale=np.array([2.0, 1.0]),
        straight=np.array([1.0, 0.5]),
        bias=np.array(0.25),
        hidden=np.array([[1.0], [-1.0]]),
        hidden_bias=np.array([0.0]),
        out=np.array([2.0]),
    )
    assert judge.odds(np.array([[3.0, 0.0]])).tolist() == [1 + 0.25 + 2]
    assert judge.odds(np.array([[1.0, 2.0]])).tolist() == [1 + 0.25]
    assert judge.odds(np.array([[1.0, 99.0]])).tolist() == [2.5 + 0.25]
    assert probability(np.array([0.0])).tolist() == [0.5]


def test_a_row_is_judged_alike_in_any_company() -> None:
    rows = np.random.default_rng(1).normal(size=(300, len(EVENT_COLUMNS)))
    judge = load_scorer().of_events
    together = judge.odds(rows)
    assert [float(judge.odds(rows[n : n + 1])[0]) for n in range(300)] == together.tolist()
