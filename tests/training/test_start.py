"""A network begun from a shipped model reads as that does; torch is there where weights are trained."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

torch = pytest.importorskip("torch")

from onrecord.language import load_model  # noqa: E402
from onrecord.language.model import SHIPPED  # noqa: E402
from onrecord.language.pieces import find_windows, split_pieces  # noqa: E402
from training.network import Network  # noqa: E402
from training.score import reads, tables_of  # noqa: E402
from training.start import load_shipped  # noqa: E402

TEXT = "Harbour Minister Ada Norra said on Monday that the ferry had not sailed. She may open the pier next week."


def test_the_shipped_weights_come_back() -> None:
    network = Network().eval()
    # The table of words is the base model's own, which whoever trains has at hand.
    network.words.weight.data.copy_(_words())
    assert load_shipped(network, SHIPPED) == []
    model = load_model()
    pieces = split_pieces(TEXT, model.tokenizer)
    (window,) = find_windows(pieces.sentence)
    mine, shipped = reads(network)(pieces, window), model.score(pieces, window)
    for name in ("roles", "mentions", "tags", "timexes", "nominals"):
        one, other = getattr(mine, name), getattr(shipped, name)
        assert np.corrcoef(one.ravel(), other.ravel())[0, 1] > 0.99
        assert (one.argmax(1) == other.argmax(1)).mean() > 0.9
    for name in ("role_moves", "timex_moves", "relation", "argument", "argument_place", "pair", "first"):
        assert getattr(tables_of(network), name) == pytest.approx(getattr(model.tables, name), abs=1e-3)


def _words() -> Any:
    given = {i.name: i for i in onnx.load(SHIPPED / "model.onnx").graph.initializer}
    kept, scale, zero = (
        numpy_helper.to_array(given[f"words.weight_{p}"]).astype(np.float32)
        for p in ("quantized", "scale", "zero_point")
    )
    return torch.from_numpy((kept - zero) * scale)
