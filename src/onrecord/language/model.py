"""A folder of weights to a model that scores wordpieces."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from onrecord.language.calibration import PLAIN, Scale, calibrated
from onrecord.language.decode import Leaning, Reading, Relation, decode, decode_relations
from onrecord.language.pieces import Pieces, Window, find_windows, split_pieces
from onrecord.language.scores import (
    ARGUMENTS,
    DISTANCES,
    LINK_SIZE,
    MENTION_LABELS,
    REFERENT_SIZE,
    RELATIONS,
    ROLE_TAGS,
    TIMEX_LABELS,
    Scores,
    Tables,
)
from onrecord.record import OnrecordError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

SHIPPED = Path(__file__).parent / "weights"
FILES = ("model.onnx", "tokenizer.json", "model.json")


# What the graph gives for each window, in the order of the fields of `Scores`, and its constants, likewise of `Tables`.
SCORES = tuple(f.name for f in fields(Scores))
TABLES = tuple(f.name for f in fields(Tables))
_INPUTS = ("ids", "case", "quote", "line")
_WIDTHS = {
    "near": DISTANCES,
    "none": LINK_SIZE,
    "role_moves": len(ROLE_TAGS),
    "mention_moves": len(MENTION_LABELS),
    "relation": len(RELATIONS),
    "argument": len(ARGUMENTS),
    "timex_moves": len(TIMEX_LABELS),
    "first": REFERENT_SIZE,
}


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What `model.json` holds beside the graph.

    The marks around a window, the leaning, the scale of each head's probability, and where the model came from.
    """

    name: str
    cls: int
    sep: int
    leaning: dict[str, float]
    calibration: dict[str, Scale]
    dev: dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model. `maker` names its weights by their hash."""

    session: InferenceSession
    tokenizer: Tokenizer
    card: Card
    tables: Tables
    leaning: Leaning
    maker: str

    def read(self, text: str) -> tuple[Pieces, Reading]:
        """The wordpieces of `text` and what the model reads in them."""
        pieces, windows, scores = self._scored(text)
        return pieces, decode(pieces, windows, scores, self.tables, self.leaning)

    def read_relations(self, text: str) -> tuple[Pieces, list[Relation]]:
        """The wordpieces of `text` and no more than the attributions that the model reads in them."""
        pieces, windows, scores = self._scored(text)
        return pieces, decode_relations(windows, scores, self.tables, self.leaning)

    def _scored(self, text: str) -> tuple[Pieces, list[Window], Iterator[Scores]]:
        pieces = split_pieces(text, self.tokenizer)
        windows = find_windows(pieces.sentence)
        return pieces, windows, (self.score(pieces, w) for w in windows)

    def calibrated(self, head: str, probability: float) -> float:
        """How often facts of `head` are right to which it gives this probability."""
        return calibrated(probability, self.card.calibration.get(head, PLAIN))

    def score(self, pieces: Pieces, window: Window) -> Scores:
        """The scores of one window.

        Windows are run one by one: the scales of an int8 product are taken from all that is multiplied with it, so a
        window's answer would otherwise depend on what else is in its batch.
        """
        given = {name: np.zeros((1, window.end - window.start + 2), dtype=np.int64) for name in _INPUTS}
        for name, row in given.items():
            row[0, 1:-1] = getattr(pieces, name)[window.start : window.end]
        given["ids"][0, [0, -1]] = self.card.cls, self.card.sep
        found = dict(zip(SCORES, self.session.run(SCORES, given), strict=True))
        found["arcs"] = found["arcs"][..., :-1]
        return Scores(**{name: value[0, 1:-1] for name, value in found.items()})


def load_model(path: str | Path | None = None) -> Model:
    """The model in the folder `path`, or the shipped one.

    Raises:
        OnrecordError: the folder lacks a file or holds one that is no model.
    """
    folder = Path(path) if path else SHIPPED
    for name in FILES:
        if not (folder / name).is_file():
            raise OnrecordError(f"{folder}: no model here ({name} is missing)")
    try:
        card = msgspec.json.decode((folder / "model.json").read_bytes(), type=Card)
        tokenizer = load_tokenizer(folder)
        session = load_session(folder / "model.onnx")
        tables = _tables(session)
        leaning = Leaning(**card.leaning)
    except Exception as error:  # both libraries raise bare exceptions of their own
        raise OnrecordError(f"{folder}: not a model ({(str(error) or repr(error)).splitlines()[0][:120]})") from error
    return Model(session, tokenizer, card, tables, leaning, _hash(folder))


def load_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer in `folder`, which cuts nothing off and fills nothing up."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def load_session(path: Path) -> InferenceSession:
    """The graph in the file, ready to run."""
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions

    options = SessionOptions()
    # One thread: sums are then added in one order, and workers share the cores instead of fighting for them.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = 3
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _tables(session: InferenceSession) -> Tables:
    """The constants among the outputs of a graph that gives all that is read; ValueError for one that does not."""
    given = {o.name for o in session.get_outputs()}
    for name in (*SCORES, *TABLES):
        if name not in given:
            raise ValueError(f"the graph does not give {name}")
    shortest = {name: np.zeros((1, 3), dtype=np.int64) for name in _INPUTS}
    tables = Tables(*session.run(TABLES, shortest))
    for name, width in _WIDTHS.items():
        if getattr(tables, name).shape[-1] != width:
            raise ValueError(f"the graph's {name} is not {width} wide")
    return tables


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
