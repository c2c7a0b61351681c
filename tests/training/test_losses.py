"""The losses against sums over everything that could have been; torch is there where weights are trained."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from onrecord.language.paths import Group, likeliest_paths  # noqa: E402
from onrecord.language.scores import REFERENT_SIZE  # noqa: E402
from training.losses import PIECEWISE, arc_mask, frame_losses, path_loss, referent_loss  # noqa: E402
from training.network import NEVER, Heads, Network, forbidden  # noqa: E402
from training.windows import Sample  # noqa: E402

GROUPS = (Group("", (1, 3), 2),)


def by_hand(scores: np.ndarray, target: list[int], moves: np.ndarray) -> float:
    """Negative log-likelihood of one path among all paths of the known pieces."""
    known = [n for n, label in enumerate(target) if label != -100]

    def worth(path: tuple[int, ...]) -> float:
        at = sum(scores[n, label] for n, label in zip(known, path, strict=True))
        return float(at + sum(moves[a, b] for a, b in itertools.pairwise(path)))

    every = [worth(path) for path in itertools.product(range(scores.shape[1]), repeat=len(known))]
    gold = worth(tuple(target[n] for n in known))
    return float(np.logaddexp.reduce(every)) - gold


def test_the_loss_of_paths_is_their_likelihood_among_all() -> None:
    draw = np.random.default_rng(3)
    scores, moves = draw.normal(size=(2, 5, 4)), draw.normal(size=(4, 4))
    # The marks around a window are asked nothing, nor is the filling of a shorter one.
    targets = [[-100, 1, 2, 0, -100], [-100, 2, 3, -100, -100]]
    rows = torch.tensor(scores), torch.tensor(targets), torch.tensor(np.stack([moves, moves]))
    pieces = torch.nn.functional.cross_entropy(rows[0].flatten(0, 1), rows[1].flatten(), ignore_index=-100)
    found = float(path_loss(*rows)) - PIECEWISE * float(pieces)
    expected = sum(by_hand(s, t, moves) for s, t in zip(scores, targets, strict=True)) / 5
    assert found == pytest.approx(expected, abs=1e-5)


def test_steps_that_are_not_well_formed_are_forbidden_in_training_as_in_reading() -> None:
    moves = forbidden(4, GROUPS)
    assert moves[:, 2].tolist() == [NEVER, 0, 0, 0]
    assert moves[:, [0, 1, 3]].abs().sum() == 0
    inside = np.zeros((3, 1, 4), dtype=np.float32)
    inside[:, 0, 2] = 5.0
    (path,) = likeliest_paths(inside, moves[None].numpy()).T.tolist()
    assert path == [1, 2, 2]


def test_a_word_depends_on_another_of_its_sentence_or_on_the_root() -> None:
    # The leading mark, two words of two pieces in all, one word of the next sentence.
    mask = arc_mask(torch.tensor([[-100, 0, -1, 0, 1]]))[0]
    allowed = [[n for n, v in enumerate(row) if v == 0] for row in mask.tolist()]
    assert allowed[1] == [0, 3]
    assert allowed[3] == [0, 1]
    assert allowed[4] == [0]


def sample(**given: object) -> Sample:
    nothing: dict[str, object] = dict.fromkeys(
        ("roles", "mentions", "nominals", "syntax", "timexes", "predicates", "pairs")
    )
    empty: dict[str, object] = {"links": [], "candidates": ([], []), "facts": [], "referents": []}
    return Sample(**{"inputs": np.zeros((4, 6), dtype=np.int64), **nothing, **empty, **given})  # type: ignore[arg-type]


def test_a_mention_chooses_any_of_its_antecedents() -> None:
    """Three mentions of one thing and one of another: the choice is among what stands before, and none."""
    heads = Heads(0.0)
    draw = torch.Generator().manual_seed(2)
    vectors = torch.randn((1, 6, 2 * REFERENT_SIZE), generator=draw)
    loss = referent_loss(heads, vectors, [sample(referents=[(1, 7, True), (2, 8, True), (3, 7, True), (4, 7, False)])])
    found = float(loss.detach())
    asks, answers = vectors[0].chunk(2, -1)
    rows = []
    for n, right in ((1, [0]), (2, [0]), (3, [1])):
        scores = torch.cat([torch.zeros(1), asks[n] @ answers[1:n].T / REFERENT_SIZE**0.5])
        rows.append(-torch.log_softmax(scores, 0)[right].logsumexp(0))
    assert found == pytest.approx(float(torch.stack(rows).mean()), abs=1e-5)


def test_frames_are_asked_where_they_were_annotated() -> None:
    torch.manual_seed(0)
    network = Network().eval()
    ids = torch.full((1, 6), 1000)
    zero = torch.zeros_like(ids)
    out = network(ids, zero, zero, zero)
    known = np.array([-100, 1, 0, -100, -100, -100])
    pairs = np.array([[1, 1, 0], [1, 2, 3]])
    found = frame_losses(network.heads, out, [sample(predicates=known, pairs=pairs, facts=[(1, 2.0)])])
    assert set(found) == {"predicates", "arguments", "facts"}
    assert all(float(v) > 0 for v in found.values())
    assert set(frame_losses(network.heads, out, [sample(predicates=np.full(6, -100))])) == set()
