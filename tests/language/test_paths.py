import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language.paths import Found, Group, find_runs, join_runs, likeliest_paths, softmax

GROUPS = (Group("", (1, 3), 2),)


def test_softmax_takes_any_size_of_score() -> None:
    assert softmax(np.array([[1e4, -1e4, 1e4]], dtype=np.float32)).tolist() == [[0.5, 0.0, 0.5]]


def test_no_pieces_have_no_path() -> None:
    assert likeliest_paths(np.zeros((0, 2, 3)), np.zeros((2, 3, 3))).shape == (0, 2)


def test_like_paths_take_the_lower_labels() -> None:
    assert likeliest_paths(np.zeros((3, 1, 4)), np.zeros((1, 4, 4))).tolist() == [[0], [0], [0]]


def test_a_path_begins_outside() -> None:
    moves = np.zeros((1, 2, 2))
    moves[0, 0, 1] = -5
    assert likeliest_paths(np.array([[[0.0, 4.0]], [[0.0, 4.0]]]), moves).tolist() == [[1], [1]]
    assert likeliest_paths(np.array([[[0.0, 4.0]]]), moves).tolist() == [[0]]


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(1, 3), st.integers(2, 4), st.integers(0, 2**32 - 1))
def test_the_path_found_is_the_best_of_all(length: int, rows: int, labels: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    scores, moves = draw.normal(size=(length, rows, labels)), draw.normal(size=(rows, labels, labels))
    found = likeliest_paths(scores, moves)

    def worth(row: int, path: tuple[int, ...]) -> float:
        steps = sum(moves[row, a, b] for a, b in itertools.pairwise((0, *path)))
        return float(steps + sum(scores[n, row, label] for n, label in enumerate(path)))

    for row in range(rows):
        best = max(worth(row, path) for path in itertools.product(range(labels), repeat=length))
        assert worth(row, tuple(found[:, row])) == pytest.approx(best)


def test_a_run_ends_where_its_inside_does() -> None:
    sure = np.full((6, 4), 0.25, dtype=np.float32)
    found = find_runs(np.array([1, 2, 0, 3, 2, 1]), sure, GROUPS)
    assert [(f.runs, f.label) for f in found] == [(((0, 2),), ""), (((3, 5),), "R"), (((5, 6),), "")]
    assert found[0].probability == pytest.approx(0.75)


def test_a_run_that_resumes_joins_the_one_before_it_when_that_is_near() -> None:
    first, more = Found(((0, 2),), 0.5), Found(((4, 10),), 0.9, "R")
    (joined,) = join_runs([first, more])
    assert joined.runs == ((0, 2), (4, 10))
    assert joined.probability == pytest.approx(0.8)
    assert [f.runs for f in join_runs([first, more], farthest=1)] == [first.runs, more.runs]
    assert [f.runs for f in join_runs([more])] == [more.runs]
