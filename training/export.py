"""Trained weights to the folder of files that the package ships: int8 ONNX, tokenizer, card."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from onrecord.language.model import Card
from training.network import HIDDEN, Network
from training.windows import CLS, SEP

_INPUTS = ("ids", "case", "quote", "line")


def export(weights: Path, base: Path, folder: Path) -> Path:
    """Writes model.onnx, tokenizer.json and model.json into `folder`; `weights` is what `train` returned."""
    state = torch.load(weights, weights_only=True)
    network = Network()
    network.load_state_dict(state["network"])
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temp:
        plain, whole = Path(temp, "plain.onnx"), Path(temp, "whole.onnx")
        example = tuple(torch.ones(1, 16, dtype=torch.long) for _ in _INPUTS)
        length = torch.export.Dim("length", min=2, max=512)
        torch.onnx.export(
            network,
            example,
            plain,
            input_names=list(_INPUTS),
            output_names=["roles", "mentions", "links"],
            dynamic_shapes={name: {1: length} for name in _INPUTS},
            dynamo=True,
            external_data=False,
        )
        onnx.save(onnx.shape_inference.infer_shapes(onnx.load(plain)), whole)
        # Scales a row of weights each: one scale for a whole matrix costs several points.
        quantize_dynamic(
            whole,
            folder / "model.onnx",
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
    _strip(folder / "model.onnx")
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    card = Card(
        name=f"onrecord trunk, all-MiniLM-L6-v2, {HIDDEN} wide",
        cls=CLS,
        sep=SEP,
        near=tuple(tuple(round(v, 6) for v in row) for row in network.near.tolist()),  # type: ignore[arg-type]
        none=tuple(tuple(round(v, 6) for v in row) for row in network.none.tolist()),  # type: ignore[arg-type]
        leaning=state["leaning"],
        dev=state["dev"],
    )
    (folder / "model.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
    return folder


def _strip(path: Path) -> None:
    """Takes out what the exporter notes beside the graph: names and paths of the code and machine that it ran on."""
    model = onnx.load(path)
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    onnx.save(model, path)
