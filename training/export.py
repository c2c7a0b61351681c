"""Trained weights to the folder of files that the package ships: int8 ONNX, tokenizer, card."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import msgspec
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from bench import calibration
from onrecord.language.decode import Leaning
from onrecord.language.model import SCORES, Card, load_model, load_tokenizer
from training.calibrate import fit_scales
from training.coreference import fit_judge
from training.network import HIDDEN, Network, load_base
from training.score import reads, score_dev, tables_of, tune_reader
from training.train import check_base
from training.windows import CLS, SEP

_INPUTS = ("ids", "case", "quote", "line")


def load_network(weights: Path) -> Network:
    """The network with the weights that `train` returned, to be read and not trained."""
    network = Network()
    network.load_state_dict(torch.load(weights, weights_only=True))
    return network.eval()  # type: ignore[no-any-return]


def export(weights: Path, base: Path, data: Path, folder: Path) -> Path:
    """Writes model.onnx, vectors.onnx, tokenizer.json and model.json into `folder`.

    The weights of coreference, the leaning and the calibration are fitted as the int8 model reads, since that is what
    is shipped: the first on GUM's train split, the others on dev splits.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(base)
    network = load_network(weights)
    with tempfile.TemporaryDirectory() as temp:
        bare, graph = Path(temp, "bare"), Path(temp, "graph.onnx")
        bare.mkdir()
        write_graph(network, graph)
        write_tables(network, graph, bare / "model.onnx")
        write_vectors(base, bare / "vectors.onnx")
        tokenizer.save(str(bare / "tokenizer.json"), pretty=False)
        name = f"onrecord trunk, all-MiniLM-L6-v2, {HIDDEN} wide"
        card = Card(name=name, cls=CLS, sep=SEP, leaning=asdict(Leaning()), calibration={}, dev={})
        write_card(card, bare)
        model = load_model(bare)
        judge, antecedent = fit_judge(model, data)
        for part, table in judge.items():
            getattr(network.heads, part).copy_(table)
        write_tables(network, graph, bare / "model.onnx")
        model = load_model(bare)
        leaning = replace(tune_reader(model.score, model.tables, data, tokenizer), antecedent=antecedent)
        whole = score_dev(reads(network), tables_of(network), data, tokenizer, leaning)
        dev = score_dev(model.score, model.tables, data, tokenizer, leaning)
        print(json.dumps({"fp32": whole, "int8": dev}), flush=True)
        card = msgspec.structs.replace(card, leaning=asdict(leaning), dev=dev)
        write_card(card, bare)
        scales = fit_scales(calibration.judge(load_model(bare), data, 0))
        write_card(msgspec.structs.replace(card, calibration=scales), bare)
        for file in bare.iterdir():
            shutil.copyfile(file, folder / file.name)
    return folder


def write_card(card: Card, folder: Path) -> None:
    """Writes model.json."""
    (folder / "model.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")


def write_graph(network: Network, path: Path) -> None:
    """Writes the network as int8 ONNX, without its tables."""
    _write(network, path, _INPUTS, SCORES)


def write_vectors(base: Path, path: Path) -> None:
    """Writes the base model as int8 ONNX: the numbers of pieces to the outputs of its last layer."""
    network = Network(dropout=0.0)
    load_base(network, check_base(base))
    _write(Encoder(network).eval(), path, ("ids",), ("vectors",))


class Encoder(torch.nn.Module):  # type: ignore[misc]
    """The encoder of a network alone, blind to the features of print."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor) -> Tensor:
        """(1, length) → (1, length, HIDDEN)."""
        n = self.network
        x = n.norm(n.words(ids) + n.places.weight[: ids.shape[1]] + n.kind)
        for layer in n.layers:
            x = layer(x, None)
        return x


def _write(module: torch.nn.Module, path: Path, inputs: Sequence[str], outputs: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as temp:
        plain, whole = Path(temp, "plain.onnx"), Path(temp, "whole.onnx")
        length = torch.export.Dim("length", min=2, max=512)
        torch.onnx.export(
            module,
            tuple(torch.ones(1, 16, dtype=torch.long) for _ in inputs),
            plain,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes={name: {1: length} for name in inputs},
            dynamo=True,
            external_data=False,
        )
        onnx.save(onnx.shape_inference.infer_shapes(onnx.load(plain)), whole)
        # Scales a row of weights each: one scale for a whole matrix costs several points.
        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            extra_options={"MatMulConstBOnly": True},
        )
    model = onnx.load(path)
    _strip(model)
    onnx.save(model, path)


def write_tables(network: Network, graph: Path, path: Path) -> None:
    """Writes `graph` with the network's tables as constants among its outputs."""
    model = onnx.load(graph)
    for name, table in asdict(tables_of(network)).items():
        _add_constant(model.graph, name, table)
    onnx.save(model, path)


def _add_constant(graph: onnx.GraphProto, name: str, table: np.ndarray) -> None:
    graph.initializer.append(numpy_helper.from_array(table.astype(np.float32), f"{name}.table"))
    graph.node.append(helper.make_node("Identity", [f"{name}.table"], [name]))
    graph.output.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, table.shape))


def _strip(model: onnx.ModelProto) -> None:
    """Takes out what the exporter notes beside the graph: names and paths of the code and machine that it ran on."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
