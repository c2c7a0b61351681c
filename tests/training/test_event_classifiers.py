from __future__ import annotations

import numpy as np
import pytest

from onrecord.language.paths import Floats
from training.event_classifiers import FOLDS, fit, held_out, tempered


def groups(classes: int, rows: int = 30) -> tuple[Floats, np.ndarray]:
    """Points around a corner of their own for each class, which no two classes share, and the class of each."""
    draw = np.random.default_rng(7)
    labels = np.arange(rows * classes) % classes
    columns = 4 * np.eye(classes)[labels] + draw.normal(0, 0.3, (len(labels), classes))
    return columns.astype(np.float32), labels


def drawn(slope: float, rows: int = 6000) -> tuple[Floats, np.ndarray]:
    """Scores of two classes, and labels that are as often the second as the odds of them, times `slope`, say."""
    draw = np.random.default_rng(11)
    odds = draw.normal(0, 2, rows)
    labels = (draw.random(rows) < 1 / (1 + np.exp(-slope * odds))).astype(int)
    return np.column_stack([np.zeros(rows), odds]).astype(np.float32), labels


@pytest.mark.parametrize("classes", [2, 3])
def test_groups_that_can_be_told_apart_are(classes: int) -> None:
    columns, labels = groups(classes)
    weights = fit(columns, labels, classes, 1.0)
    assert weights.shape == (classes + 1, classes)
    assert ((columns @ weights[:-1] + weights[-1]).argmax(axis=1) == labels).all()


def test_the_last_row_of_weights_stands_for_how_frequent_a_class_is() -> None:
    labels = np.array([0] * 30 + [1] * 10)
    weights = fit(np.zeros((40, 1), dtype=np.float32), labels, 2, 1.0)
    assert weights[-1, 0] - weights[-1, 1] == pytest.approx(np.log(3), abs=0.01)


def test_what_the_rows_ask_for_and_the_draw_to_nought_are_in_balance() -> None:
    columns, labels = groups(3)
    for l2 in (1.0, 100.0):
        weights = fit(columns, labels, 3, l2)
        shares = np.exp(columns @ weights[:-1] + weights[-1])
        shares /= shares.sum(axis=1, keepdims=True)
        np.testing.assert_allclose(columns.T @ (np.eye(3)[labels] - shares), l2 * weights[:-1], atol=0.05)


def test_each_row_has_its_scores_by_weights_that_never_saw_its_part() -> None:
    columns, labels = groups(3)
    folds = np.arange(len(labels)) // 3 % FOLDS
    scores = held_out(columns, labels, folds, 3, 1.0)
    assert scores.shape == (len(labels), 3)
    assert (scores.argmax(axis=1) == labels).all()
    # A part that is labelled wrongly throughout changes the scores of the others, and its own in no way.
    wrong = np.where(folds == 2, (labels + 1) % 3, labels)
    again = held_out(columns, wrong, folds, 3, 1.0)
    np.testing.assert_array_equal(again[folds == 2], scores[folds == 2])
    assert all(np.abs(again - scores)[folds == n].max() > 0.01 for n in range(FOLDS) if n != 2)


def test_scores_that_are_too_sure_are_shrunk_and_right_ones_left() -> None:
    assert tempered(*drawn(0.4)) == pytest.approx(0.4, abs=0.06)
    assert tempered(*drawn(1.0)) == pytest.approx(1.0, abs=0.1)
    assert tempered(*drawn(1.8)) == pytest.approx(1.8, abs=0.2)


def test_the_scale_is_the_same_for_scores_that_all_are_higher() -> None:
    scores, labels = drawn(0.4, 500)
    assert tempered(scores + 1e5, labels) == tempered(scores, labels)
