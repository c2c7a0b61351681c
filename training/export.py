"""Trained weights to the folder of files that the package ships: int8 ONNX, tokenizer, card."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import msgspec
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from onrecord.language.decode import Leaning
from onrecord.language.model import SCORES, Card, load_model
from training.network import HIDDEN, Network
from training.score import reads, score_dev, tables_of, tune_reader
from training.train import load_tokenizer
from training.windows import CLS, SEP

_INPUTS = ("ids", "case", "quote", "line")


def load_network(weights: Path) -> Network:
    """The network with the weights that `train` returned, to be read and not trained."""
    network = Network()
    network.load_state_dict(torch.load(weights, weights_only=True))
    return network.eval()  # type: ignore[no-any-return]


def export(weights: Path, base: Path, data: Path, folder: Path) -> Path:
    """Writes model.onnx, tokenizer.json and model.json into `folder`.

    The leaning and the calibration are tuned on polnear dev as the int8 model reads it, since that is what is shipped.
    """
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(base)
    with tempfile.TemporaryDirectory() as temp:
        bare = Path(temp, "bare")
        bare.mkdir()
        write_graph(load_network(weights), bare / "model.onnx")
        tokenizer.save(str(bare / "tokenizer.json"), pretty=False)
        card = Card(
            name=f"onrecord trunk, all-MiniLM-L6-v2, {HIDDEN} wide", cls=CLS, sep=SEP, leaning=asdict(Leaning()), dev={}
        )
        write_card(card, bare)
        model = load_model(bare)
        leaning, error = tune_reader(model.score, model.tables, data, tokenizer)
        network = load_network(weights)
        whole = score_dev(reads(network), tables_of(network), data, tokenizer, leaning)
        dev = score_dev(model.score, model.tables, data, tokenizer, leaning)
        print(json.dumps({"fp32": whole, "int8": dev}), flush=True)
        write_card(msgspec.structs.replace(card, leaning=asdict(leaning), dev=dev | {"confidence_error": error}), bare)
        for file in bare.iterdir():
            shutil.copyfile(file, folder / file.name)
    return folder


def write_card(card: Card, folder: Path) -> None:
    """Writes model.json."""
    (folder / "model.json").write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")


def write_graph(network: Network, path: Path) -> None:
    """Writes the network as int8 ONNX, with the tables beside its scores as constants among its outputs."""
    with tempfile.TemporaryDirectory() as temp:
        plain, whole = Path(temp, "plain.onnx"), Path(temp, "whole.onnx")
        length = torch.export.Dim("length", min=2, max=512)
        torch.onnx.export(
            network,
            tuple(torch.ones(1, 16, dtype=torch.long) for _ in _INPUTS),
            plain,
            input_names=list(_INPUTS),
            output_names=list(SCORES),
            dynamic_shapes={name: {1: length} for name in _INPUTS},
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
    for name, table in asdict(tables_of(network)).items():
        _add_constant(model.graph, name, table)
    _strip(model)
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
