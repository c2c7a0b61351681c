"""The judge of pairs learns what decides; torch is there where weights are trained."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from training.coreference import Judged, fit  # noqa: E402


def made(seed: int) -> Judged:
    """Six mentions; a pair means one thing where its second feature says so."""
    draw = torch.Generator().manual_seed(seed)
    edges = [0, 0, 1, 3, 6, 10, 15]
    same = torch.rand(15, generator=draw) < 0.3
    pairs = torch.stack([torch.rand(15, generator=draw), same.float()], 1)
    return Judged(torch.rand((6, 3), generator=draw), pairs, edges, same)


def test_the_feature_that_decides_decides() -> None:
    weights = fit([made(n) for n in range(60)])
    assert set(weights) == {"alone", "alone_hidden", "pair", "pair_hidden"}

    def score(*features: float) -> float:
        row = torch.tensor(features)
        hidden = (row @ weights["pair_hidden"][:-1] + weights["pair_hidden"][-1]).relu()
        return float(hidden @ weights["pair"][:-1] + weights["pair"][-1])

    none = torch.full((3,), 0.5)
    hidden = (none @ weights["alone_hidden"][:-1] + weights["alone_hidden"][-1]).relu()
    alone = float(hidden @ weights["alone"][:-1] + weights["alone"][-1])
    assert score(0.5, 1.0) > alone > score(0.5, 0.0)
