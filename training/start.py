"""The weights of a shipped int8 model to those of a network that goes on from them."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.network import NEVER, Network

# What the exporter calls the factors of a mix once it has worked them out.
_FACTOR = re.compile(r"getitem(?:_(\d+))?")


@torch.no_grad()  # type: ignore[untyped-decorator]
def load_shipped(network: Network, folder: Path) -> list[str]:
    """Fills `network` with what the model in `folder` holds; returns the names of its parameters that this lacks."""
    graph = onnx.load(folder / "model.onnx").graph
    given = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = _plain(given) | _dense(graph, given) | _tables(given) | _mixes(given, len(network.heads.mixes))
    own = network.state_dict()
    for name in list(found):
        if name in own and own[name].shape == found[name].shape:
            own[name].copy_(torch.from_numpy(np.array(found[name], dtype=np.float32, order="C")))
    return [name for name in own if name not in found and not name.startswith("words.")]


def _plain(given: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Parameters kept as they are, and the embeddings, which have one scale a table."""
    out = {name: value for name, value in given.items() if value.dtype == np.float32}
    for name in ("case", "quote", "line"):
        zero, scale = (given[f"{name}.weight_{part}"] for part in ("zero_point", "scale"))
        out[f"{name}.weight"] = (given[f"{name}.weight_quantized"].astype(np.float32) - zero) * scale
    return out


def _dense(graph: onnx.GraphProto, given: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The weights of dense maps, each known by the bias that is added to its product."""
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    out = {}
    for name, value in given.items():
        if not name.endswith("_quantized"):
            continue
        stem = name.removesuffix("_quantized")
        node = users[name][0]
        while node.op_type != "Add" and node.output and node.output[0] in users:
            node = users[node.output[0]][0]
        bias = next((i for i in node.input if i.endswith(".bias")), None)
        if bias:
            weight = (value.astype(np.float32) - given[f"{stem}_zero_point"]) * given[f"{stem}_scale"]
            out[bias.removesuffix("bias") + "weight"] = weight.T
    return out


def _tables(given: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    out = {}
    for name, value in given.items():
        if not name.endswith(".table"):
            continue
        stem = name.removesuffix(".table")
        if stem in ("relation", "argument"):
            out[f"heads.{stem}.weight"], out[f"heads.{stem}.bias"] = value[:-1].T, value[-1]
        else:
            out[f"heads.{stem}"] = np.where(value < NEVER / 2, value - NEVER, value)
    return out


def _mixes(given: dict[str, np.ndarray], count: int) -> dict[str, np.ndarray]:
    """The shares of the layers as scores; a network may have more mixes than the model had."""
    factors = sorted((int(m[1] or 0), float(given[n])) for n in given if (m := _FACTOR.fullmatch(n)))
    rows = np.log(np.array([v for _, v in factors])).reshape(-1, 7)[:count]
    return {f"heads.mixes.{n}.weight": row for n, row in enumerate(rows)}
