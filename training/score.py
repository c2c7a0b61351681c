"""A network's readings of the dev splits to scores, and to the leaning that serves them best."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from bench import calibration, timex
from bench.data import Example, read_polnear
from bench.language import Read, read_set, score_windows
from bench.timeml import read_timeml
from onrecord.language.decode import Leaning
from onrecord.language.pieces import Pieces, Window, find_windows, split_pieces
from onrecord.language.scores import Scores, Tables
from training.network import Network
from training.tune import tune
from training.windows import CLS, SEP


def tables_of(network: Network) -> Tables:
    """The trained numbers that are read beside the network's scores."""
    heads = network.heads
    with torch.inference_mode():
        roles, mentions, timexes = heads.moves()
        relation, argument = (torch.cat([m.weight.T, m.bias[None]]) for m in (heads.relation, heads.argument))
        fitted = (heads.alone_hidden, heads.alone, heads.pair_hidden, heads.pair)
        both = (argument, heads.argument_place, heads.argument_both)
        parts = (heads.near, heads.none, roles, mentions, relation, *both, timexes, heads.first, *fitted)
        return Tables(*[part.float().clone().numpy() for part in parts])


def reads(network: Network) -> Read:
    """The network as a function of a text's pieces and a window, in full precision, as the shipped model is one."""

    def read(pieces: Pieces, window: Window) -> Scores:
        rows = [getattr(pieces, f)[window.start : window.end] for f in ("ids", "case", "quote", "line")]
        rows = [np.concatenate(([a], r, [b])) for r, a, b in zip(rows, (CLS, 0, 0, 0), (SEP, 0, 0, 0), strict=True)]
        with torch.inference_mode():
            out = network(*[torch.from_numpy(r)[None] for r in rows])
        inner = {name: value[0, 1:-1].float().numpy() for name, value in out._asdict().items()}
        return Scores(**inner | {"arcs": inner["arcs"][:, :-1]})

    return read


def score_dev(read: Read, tables: Tables, data: Path, tokenizer: Tokenizer, leaning: Leaning) -> dict[str, float]:
    """Scores of the dev splits' texts in packed windows, by corpus and measure."""
    out: dict[str, float] = {}
    for name in ("attribution", "ewt", "gum"):
        examples = read_set(data, name, "dev", packed=True)
        found = score_windows(read, tables, leaning, tokenizer, examples)
        out |= {f"{name}_{k}": v for k, v in found.items()}
    return out


def tune_reader(read: Read, tables: Tables, data: Path, tokenizer: Tokenizer) -> Leaning:
    """The leaning that serves the dev splits best: attributions on polnear, all else on one half of the texts."""

    def seen(examples: Iterable[Example]) -> list[tuple[Example, Pieces, list[Window], list[Scores]]]:
        out = []
        for example in examples:
            pieces = split_pieces(example.text, tokenizer)
            windows = find_windows(pieces.sentence)
            if windows:
                out.append((example, pieces, windows, [read(pieces, w) for w in windows]))
        return out

    words = (e for e in read_set(data, "ewt", "dev", packed=True) if calibration.half(e.name) == 0)
    times = (e for e in read_timeml(data / "timebank") if timex.half(e.name) == "tune")
    return tune(seen(read_polnear(data / "polnear" / "dev")), seen(words), seen(times), tables)
