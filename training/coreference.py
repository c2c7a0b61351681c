"""The vectors of mentions, as the trained model gives them, to the weights by which pairs of mentions are judged."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bench.coreference import GENRES, score
from bench.data import Example
from bench.treebank import GUM_GENRES, read_gum, read_gum_seen
from onrecord.language import Mention, Model
from onrecord.language.coreference import find_clusters
from onrecord.language.mentions import alone_features, candidates, mention_features, pair_features
from onrecord.language.parse import parse_scene
from training.network import NEVER, UNITS

EPOCHS, RATE, DROP = 4, 1e-2, 0.1
# The network has learnt the texts that it was trained on by heart, so that its vectors say more in them than in others:
# texts that it has not seen count for so many.
UNSEEN = 5
_LEANINGS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0)


def fit_judge(model: Model, data: Path) -> tuple[dict[str, Tensor], float]:
    """The weights by which `model` judges pairs of mentions, and how much is added to each pair's score.

    Fitted on GUM's texts for training and, to more weight, on those of its dev split that `bench.coreference` leaves
    alone; the second is tuned on these.
    """
    others = [g for g in GUM_GENRES if g not in GENRES]
    unseen = list(read_gum(data / "gum" / "gum-dev.conllu.gz", True, others))
    judged = [judge(e, model) for e in read_gum_seen(data, packed=True)]
    weights = fit(judged + [judge(e, model) for e in unseen] * UNSEEN)
    tables = replace(model.tables, **{name: table.numpy() for name, table in weights.items()})
    scenes = {e.text: parse_scene(e.text, model) for e in unseen}

    def worth(lean: float) -> float:
        def read(text: str) -> Clusters:
            found, scene = scenes[text]
            return find_clusters(scene, tables, lean), [(t.span.start, t.span.end) for t in found.tokens]

        found = score(read, unseen)
        return float(found["conll"]) + float(found["pronouns"])  # type: ignore[arg-type]

    return weights, max(_LEANINGS, key=worth)


Clusters = tuple[Sequence[tuple[Mention, ...]], Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Judged:
    """One report's mentions and pairs with what they show, and which pairs mean one thing.

    `edges` are where each mention's pairs begin, and their number at the end.
    """

    alone: Tensor
    pairs: Tensor
    edges: list[int]
    same: Tensor


def judge(example: Example, model: Model) -> Judged:
    """`example` as the model reads it: a mention of its own is of gold's thing where they have one head."""
    found, scene = parse_scene(example.text, model)
    words = example.words or ()
    of = {words[m.head].start: n for n, cluster in enumerate(example.clusters or ()) for m in cluster}
    groups = np.array([of.get(found.tokens[m.head].span.start, -1) for m in scene.mentions], dtype=np.int64)
    later, earlier = candidates(scene)
    shown = mention_features(scene)
    pairs = np.concatenate([pair_features(scene, later, earlier), shown[later], shown[earlier]], axis=1)
    return Judged(
        torch.from_numpy(alone_features(scene, model.tables.first)),
        torch.from_numpy(pairs),
        np.searchsorted(later, np.arange(len(groups) + 1)).tolist(),
        torch.from_numpy((groups[later] == groups[earlier]) & (groups[later] >= 0)),
    )


class Judge(nn.Module):  # type: ignore[misc]
    """The two small networks of `onrecord.language.coreference`."""

    def __init__(self, alone: int, pairs: int) -> None:
        super().__init__()
        self.alone = nn.Sequential(nn.Linear(alone, UNITS), nn.ReLU(), nn.Dropout(DROP), nn.Linear(UNITS, 1))
        self.pairs = nn.Sequential(nn.Linear(pairs, UNITS), nn.ReLU(), nn.Dropout(DROP), nn.Linear(UNITS, 1))

    def loss(self, judged: Judged) -> Tensor:
        """How unlikely it is that each mention chooses one of its antecedents, or none where it has none."""
        alone, pairs = self.alone(judged.alone)[:, 0], self.pairs(judged.pairs)[:, 0]
        sizes = torch.tensor(judged.edges).diff()
        # A row a mention: none, then its pairs, filled up.
        scores = torch.full((len(sizes), int(sizes.max()) + 1), NEVER)
        right = torch.zeros(scores.shape, dtype=torch.bool)
        rows = torch.repeat_interleave(torch.arange(len(sizes)), sizes)
        columns = torch.arange(len(pairs)) - torch.tensor(judged.edges)[rows] + 1
        scores = scores.index_put((rows, columns), pairs)
        right[rows, columns] = judged.same
        scores[:, 0] = alone
        right[:, 0] = ~right.any(1)
        return (scores.logsumexp(1) - scores.masked_fill(~right, NEVER).logsumexp(1)).mean()

    def weights(self) -> dict[str, Tensor]:
        """Those of both, as the tables of the model have them: inputs by units, the bias last."""
        out = {}
        for name, net in (("alone", self.alone), ("pair", self.pairs)):
            for part, layer in (("_hidden", net[0]), ("", net[3])):
                table = torch.cat([layer.weight.T, layer.bias[None]]).detach()
                out[name + part] = table if part else table[:, 0]
        return out


def fit(judged: Sequence[Judged], seed: int = 1) -> dict[str, Tensor]:
    """The weights that serve those reports."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    useful = [j for j in judged if len(j.pairs)]
    judge_ = Judge(useful[0].alone.shape[1], useful[0].pairs.shape[1])
    optimiser = torch.optim.AdamW(judge_.parameters(), RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.05, EPOCHS * len(useful))
    for _ in range(EPOCHS):
        for item in rng.sample(useful, len(useful)):
            optimiser.zero_grad()
            judge_.loss(item).backward()
            optimiser.step()
            schedule.step()
    return judge_.weights()
