from __future__ import annotations

import pytest

from bench.event_links import by_lemma, figures
from bench.event_mentions import Marked, head_of, print_text
from bench.event_scores import agreement
from tests.records import analysis, given


def clusters(*groups: str) -> dict[str, str]:
    return {mention: group for group in groups for mention in group}


def test_scores_are_those_that_the_papers_give() -> None:
    # Bagga and Baldwin 1998, and Luo 2005 for CEAF-e
    found = agreement(clusters("12345", "67", "89abc"), clusters("12345", "6789abc"))
    assert found["muc"] == pytest.approx(2 * 0.9 / 1.9)
    assert found["b3"] == pytest.approx(2 * (16 / 21) / (16 / 21 + 1))
    aligned = 1 + 2 * 5 / 12
    assert found["ceafe"] == pytest.approx(2 * (aligned / 2) * (aligned / 3) / (aligned / 2 + aligned / 3))
    assert found["conll"] == pytest.approx((found["muc"] + found["b3"] + found["ceafe"]) / 3)


def test_lea_counts_links_and_those_alone() -> None:
    # Precision: one of six links in the cluster of four, all of the cluster of one is wrong.
    found = agreement(clusters("abc", "d"), clusters("ab", "cd"))
    precision, recall = (2 * 1 + 2 * 0) / 4, (3 * (1 / 3) + 0) / 4
    assert found["lea"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_the_same_clusters_score_one_and_all_alone_have_no_links() -> None:
    gold = clusters("abc", "de", "f")
    assert set(agreement(gold, gold).values()) == {1.0}
    alone = agreement(gold, {m: m for m in gold})
    assert alone["muc"] == 0
    assert 0 < alone["b3"] < 1


def marked(id: str, *mentions: tuple[str, str, str]) -> Marked:
    """A report whose mentions have a name, a chain and a lemma each."""
    return Marked(
        topic=1,
        subtopic="1",
        analysis=analysis(id, None, "A march.", given("2031-03-04")),
        heads={},
        chains={n: c for n, c, _ in mentions},
        lemmas={n: m for n, _, m in mentions},
        told={},
    )


def test_kept_apart_is_of_one_lemma_in_one_story() -> None:
    reports = [
        marked("r1", ("m1", "x", "march"), ("m2", "y", "vote")),
        marked("r2", ("m3", "z", "march"), ("m4", "y", "vote")),
        marked("r3", ("m5", "w", "march")),
    ]
    stories = [["r1", "r2"], ["r3"]]
    peer = by_lemma(reports, stories)
    assert peer["r1/m1"] == peer["r2/m3"] != peer["r3/m5"]
    assert figures(reports, stories, peer)["kept_apart"] == 0
    assert figures(reports, stories, {**peer, "r1/m1": "alone"})["kept_apart"] == 1
    assert figures(reports, [["r1", "r2", "r3"]], peer)["kept_apart"] == pytest.approx(2 / 3, abs=1e-4)


def test_sentences_are_printed_and_their_words_found_again() -> None:
    given = [
        (0, "http : / / news . example"),
        (1, "`` We left at 5 : 30 p . m . , '' the 59 - year - old said ( again ) ."),
        (2, "Senn ’ s port cost $ 2 . 6 million , 1 , 200 berths ; May 2 , 2031"),
    ]
    text, places = print_text(given, frozenset())
    assert text.split("\n") == [
        '"We left at 5:30 p.m.," the 59-year-old said (again).',
        "Senn’s port cost $2.6 million, 1,200 berths; May 2, 2031",
        "",
    ]
    for number, words in given[1:]:
        for k, word in enumerate(words.split()):
            printed = text[slice(*places[number, k])]
            assert printed == (word if word not in ("``", "''") else '"')
    assert print_text(given, frozenset({0}))[0].startswith("http")


def test_the_head_of_a_mention_is_the_word_that_gold_names() -> None:
    text, places = print_text([(0, "Renko carried out a strike")], frozenset())
    assert text[slice(*head_of({"sent": 0, "tok": [1, 2], "head": "carried"}, text, places))] == "carried"
    assert text[slice(*head_of({"sent": 0, "tok": [1, 2], "head": "nothing"}, text, places))] == "out"
