"""A folder of weights to a model that scores wordpieces."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from onrecord.language.decode import DISTANCES, LINK_SIZE, Leaning, Linker, Reading, Scores, decode
from onrecord.language.pieces import Pieces, Window, find_windows, split_pieces
from onrecord.record import OnrecordError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

SHIPPED = Path(__file__).parent / "weights"
FILES = ("model.onnx", "tokenizer.json", "model.json")


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """What `model.json` holds beside the graph: the linker's small tables, the leaning, and where it came from."""

    name: str
    cls: int
    sep: int
    near: tuple[tuple[float, ...], tuple[float, ...]]
    none: tuple[tuple[float, ...], tuple[float, ...]]
    leaning: dict[str, float]
    dev: dict[str, float]


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model. `maker` names its weights by their hash."""

    session: InferenceSession
    tokenizer: Tokenizer
    card: Card
    linker: Linker
    leaning: Leaning
    maker: str

    def read(self, text: str) -> tuple[Pieces, Reading]:
        """The wordpieces of `text` and what the model reads in them."""
        pieces = split_pieces(text, self.tokenizer)
        windows = find_windows(pieces.sentence)
        return pieces, decode(windows, [self.score(pieces, w) for w in windows], self.linker, self.leaning)

    def score(self, pieces: Pieces, window: Window) -> Scores:
        """The scores of one window.

        Windows are run one by one: the scales of an int8 product are taken from all that is multiplied with it, so a
        window's answer would otherwise depend on what else is in its batch.
        """
        ids = np.concatenate(([self.card.cls], pieces.ids[window.start : window.end], [self.card.sep]))
        prints = {
            name: np.concatenate(([0], getattr(pieces, name)[window.start : window.end], [0]))[None]
            for name in ("case", "quote", "line")
        }
        roles, mentions, links = self.session.run(None, {"ids": ids[None], **prints})
        return Scores(roles[0, 1:-1], mentions[0, 1:-1], links[0, 1:-1])


def load_model(path: str | Path | None = None) -> Model:
    """The model in the folder `path`, or the shipped one.

    Raises:
        OnrecordError: the folder lacks a file or holds one that is no model.
    """
    folder = Path(path) if path else SHIPPED
    for name in FILES:
        if not (folder / name).is_file():
            raise OnrecordError(f"{folder}: no model here ({name} is missing)")
    from onnxruntime import GraphOptimizationLevel, InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    # One thread: sums are then added in one order, and workers share the cores instead of fighting for them.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = 3
    try:
        card = msgspec.json.decode((folder / "model.json").read_bytes(), type=Card)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        near = np.array(card.near, dtype=np.float32).reshape(2, DISTANCES)
        none = np.array(card.none, dtype=np.float32).reshape(2, LINK_SIZE)
        leaning = Leaning(**card.leaning)
    except Exception as error:  # both libraries raise bare exceptions of their own
        raise OnrecordError(f"{folder}: not a model ({(str(error) or repr(error)).splitlines()[0][:120]})") from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Model(session, tokenizer, card, Linker(near, none), leaning, _hash(folder))


def _hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in FILES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]
