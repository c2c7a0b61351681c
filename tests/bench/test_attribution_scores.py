"""The scorer against hand-made predictions."""

from __future__ import annotations

from collections import Counter

from bench.attribution_scores import count_report, figures, right_ones

TEXT = '"The port will open," Ada Holm said. Officials in Norra believe that it will stay shut.'
GOLD = [
    {"content": [(0, 21)], "source": [(22, 30)], "cue": [(31, 35)]},
    {"content": [(64, 87)], "source": [(37, 55)], "cue": [(56, 63)]},
]


def test_gold_against_itself_is_perfect() -> None:
    scores = figures(count_report(TEXT, GOLD, GOLD))
    kinds = ("link_direct", "link_mixed", "link_indirect", "saying_cues_recall", "sourceless_recall")
    assert {v for k, v in scores.items() if k not in kinds} == {1.0}


def test_kinds_are_told_by_the_quotation_marks_and_cues_by_their_verb() -> None:
    text = "“It is shut,” she said. He hopes that it “opens” soon."
    first = {"content": [(0, 13)], "source": [(14, 17)], "cue": [(18, 22)]}
    last = {"content": [(33, 54)], "source": [(24, 26)], "cue": [(27, 32)]}
    scores = figures(count_report(text, [first], [first, last]))
    assert (scores["link_direct"], scores["link_mixed"], scores["link_indirect"]) == (1.0, 0.0, 0.0)
    assert scores["saying_cues_recall"] == 0.5


def test_a_wrong_source_costs_the_link_and_not_the_content() -> None:
    wrong = [GOLD[0] | {"source": [(37, 46)]}, GOLD[1]]
    scores = figures(count_report(TEXT, wrong, GOLD))
    assert scores["link_dice50"] == 0.5
    assert scores["content_dice50"] == 1.0
    assert scores["source_given_content"] == 0.5
    assert right_ones(TEXT, wrong, GOLD) == {1}


def test_two_predictions_never_share_one_gold() -> None:
    twice = [GOLD[0], GOLD[0]]
    n = count_report(TEXT, twice, GOLD)
    assert (n["link hit"], n["link given"], n["link gold"]) == (1, 2, 2)


def test_no_source_agrees_only_with_no_source() -> None:
    bare = [{"content": [(0, 21)], "source": [], "cue": []}]
    assert right_ones(TEXT, bare, GOLD) == set()
    assert right_ones(TEXT, bare, bare) == {0}


def test_half_of_the_words_is_enough_and_less_is_not() -> None:
    text = "one two three four five six"
    gold = [{"content": [(0, 18)], "source": [(19, 23)], "cue": []}]
    assert right_ones(text, [{"content": [(0, 7)], "source": [(19, 23)], "cue": []}], gold) == {0}
    assert right_ones(text, [{"content": [(0, 3)], "source": [(19, 23)], "cue": []}], gold) == set()


def test_nothing_scores_nothing() -> None:
    assert set(figures(Counter[str]()).values()) == {0.0}


def test_a_content_that_is_nearly_right_counts_for_the_match_and_not_for_the_exact_fragments() -> None:
    nearly = [GOLD[0] | {"content": [(0, 14)]}, GOLD[1]]
    scores = figures(count_report(TEXT, nearly, GOLD))
    assert scores["content_dice50"] == 1.0
    assert scores["content_fragment"] == 0.5
