from __future__ import annotations

from hashlib import sha256

from bench.reuse import PAIRS, class_of, macro, met, report_of, restore_marks, score, text_of
from onrecord.record import Copy


def test_tokenised_sentences_become_a_text() -> None:
    lines = ["http : / / news . example / a", "Port quiet again", "`` We wait .", "We hope , '' she said .", " "]
    assert text_of(lines) == "Port quiet again\n“ We wait . We hope , ” she said ."
    assert restore_marks("`` So .\nNo ''") == "“ So .\nNo ”"


def test_a_finding_stands_for_a_label() -> None:
    assert class_of(None) == "none"
    assert class_of(Copy("a", "b", "rewrite", 0.9)) == "wholly"
    assert class_of(Copy("a", "b", "copy", 0.7)) == "partial"


def test_scores_are_of_each_class() -> None:
    scores = score([("x", "x"), ("x", "y"), ("y", "y"), ("z", "x")], ("x", "y", "z"))
    assert scores["x"] == {"precision": 0.5, "recall": 0.5, "f": 0.5}
    assert scores["y"] == {"precision": 0.5, "recall": 1.0, "f": 0.6667}
    assert scores["z"] == {"precision": 0.0, "recall": 0.0, "f": 0.0}
    assert macro(scores) == 0.3889


def test_pairs_that_share_a_key_meet() -> None:
    text = "The ferry to Port Ansel will not sail before the ice has left the sound, its captain told the town."
    other = "Eleven goats crossed the border of Norvia by night and were sent home with a stern letter in the morning."
    one, two, three = report_of("r1", text), report_of("r2", text), report_of("r3", other)
    assert met([(one, two)]) == 1.0
    assert met([(one, two), (one, three)]) == 0.5


def test_the_labelled_pairs_are_ids_and_labels_only() -> None:
    head, *rows = (line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines())
    assert head == ["a", "b", "label"]
    assert len({(a, b) for a, b, _ in rows}) == len(rows) == 150
    assert {label for *_, label in rows} == {"copy", "rewrite", "none"}
    # Those of the least SHA-256 among 469: the greatest lies near 150 / 469 of its range.
    assert 0.25 < max(int(sha256(f"{a} {b}".encode()).hexdigest(), 16) for a, b, _ in rows) / 2**256 < 0.4
