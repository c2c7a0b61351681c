from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench.stories import average_link, bcubed, half_of, peer, read_ecbplus, read_triples, stories_of, tfidf
from tests.records import ANALYSES


def test_bcubed_counts_each_report_by_its_own_cluster_and_story() -> None:
    assert bcubed([1, 1, 2], ["a", "a", "b"]) == {"b3": 1.0, "precision": 1.0, "recall": 1.0}
    assert bcubed([1, 1, 1], ["a", "a", "b"]) == {"b3": 0.7143, "precision": 0.5556, "recall": 1.0}
    assert bcubed([1, 2, 3], ["a", "a", "b"]) == {"b3": 0.8, "precision": 1.0, "recall": 0.6667}


def test_average_link_of_rare_words() -> None:
    likeness = tfidf(["goats eat cheese", "the goats eat cheese", "dockers strike again", "again dockers strike"])
    assert likeness[0, 1] > 0.5 > likeness[0, 2] == 0
    found = average_link(likeness, 0.5)
    assert found[0] == found[1] != found[2] == found[3]


def row(triplet: str, text: str) -> str:
    fields = {"title": "Goats", "date": "2031-03-04", "uuid": f"{triplet}-{text}", "source": "wire"}
    return json.dumps(fields | {"triplet-uuid": triplet, "body-paragraphs": [[text], ["More."]]})


def test_triples_are_halved_by_story(tmp_path: Path) -> None:
    names = [f"t{n}" for n in range(20)]
    (tmp_path / "articles.jsonl").write_text("\n".join(row(n, text) for n in names for text in "ab"), encoding="utf-8")
    tuned, reported = (list(read_triples(tmp_path, half)) for half in (0, 1))
    assert len(tuned) + len(reported) == 40 and tuned and reported
    assert {half_of(t.story) for t in tuned} == {0} and {half_of(t.story) for t in reported} == {1}
    assert tuned[0].report.text in ("a\n\nMore.", "b\n\nMore.")
    assert (tuned[0].report.title, tuned[0].report.published) == ("Goats", "2031-03-04")


def test_ecbplus_is_read_by_split_with_its_subtopics(tmp_path: Path) -> None:
    rows = [
        {"doc": f"1_{n}", "split": split, "subtopic": "1-orig", "sents": [[0, "Goats ."], [1, "Cheese ."]]}
        for n, split in enumerate(("train", "dev"))
    ]
    with gzip.open(tmp_path / "reports.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write("\n".join(map(json.dumps, rows)))
    (told,) = read_ecbplus(tmp_path, "dev")
    assert (told.report.key, told.report.text, told.story) == ("1_1", "Goats .\nCheese .", "1-orig")


def test_the_peer_is_cut_where_it_did_best_before(tmp_path: Path) -> None:
    words = {
        "t1": "goat cheese prize",
        "t2": "docker strike wages",
        "t3": "comet tail seen",
        "t4": "bridge rope snapped",
    }
    lines = [row(t, f"{w} {extra}") for t, w in words.items() for extra in ("monday", "tuesday")]
    (tmp_path / "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
    told = [*read_triples(tmp_path, 0), *read_triples(tmp_path, 1)]
    assert peer(told, told)["b3"] == 1.0 == peer(told, told)["best_cut_there"]


@pytest.mark.parametrize("backwards", [False, True])
def test_stories_are_told_in_the_order_of_the_reports(backwards: bool) -> None:
    given = ANALYSES[::-1] if backwards else ANALYSES
    found = dict(zip((a.id for a in given), stories_of(given), strict=True))
    assert len(found) == len(ANALYSES)
    assert found["r1"] == found["r2"]
