"""Data folders to trained weights: one resumable run, a checkpoint an epoch, scores on the dev splits."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer

from bench.data import Example, read_polnear
from bench.frames import read_framed
from bench.timeml import joined, read_marked, read_timeml
from bench.treebank import read_ewt, read_gum_seen
from onrecord.language.decode import Leaning
from onrecord.language.model import load_tokenizer
from training.losses import batch_losses
from training.network import Linear, Network, load_base
from training.score import reads, score_dev, tables_of
from training.start import load_shipped
from training.swap import name_pool, swap_names
from training.windows import Sample, batches, collate, cut, mark

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TRUNK_RATE, HEAD_RATE, WARMUP, AVERAGE = 2e-4, 1e-3, 0.06, 0.998
# About so many wordpieces a step: contents are long and few, the labels of syntax stand on every word.
SPEECH_PIECES, SYNTAX_PIECES = 2048, 1024
# From this part of the run on the network feels the rounding of int8.
ROUNDING_FROM = 0.7
TIMEX2_ALONE = ("former", "the same time")
# Sentences with marked time expressions, written for this project.
SENTENCES = Path(__file__).parent / "timexes"
# The share of the treebank's texts, each epoch, in which names are changed for others of their kind.
SWAP = 0.3


@dataclass(slots=True)
class Corpus:
    """The training splits, read once."""

    reports: list[Example]
    packed: list[Example]
    single: list[Example]
    wars: list[Example]
    own: list[Example]

    @classmethod
    def read(cls, data: Path, limit: int | None) -> Corpus:
        """Those of `data`, or the first `limit` texts of each."""
        treebank = data / "ud-ewt" / "en_ewt-ud-train.rebuilt.conllu.gz"
        names = data / "uner-ewt" / "en_ewt-ud-train.2022-12-02.iob2.gz"
        framed = read_framed(data / "propbank-ewt" / "train.jsonl.gz", data / "factuality-ewt" / "train.jsonl.gz")
        texts, sentences = (list(read_gum_seen(data, packed)) for packed in (True, False))
        return cls(
            list(read_polnear(data / "polnear" / "train"))[:limit],
            [*read_ewt(treebank, names, True, framed)][:limit] + texts[:limit],
            [*read_ewt(treebank, names, False, framed)][: limit and 4 * limit] + sentences[: limit and 4 * limit],
            [_as_timeml(e) for e in read_timeml(data / "wikiwars" / "tml_train")][:limit],
            [e for path in sorted(SENTENCES.glob("*.txt")) for e in read_marked(path)][: limit and 4 * limit],
        )

    def epoch(self, tokenizer: Tokenizer, seed: int) -> list[list[Sample]]:
        """Half of the reports; of the treebanks half of the texts packed and half of the sentences alone; all times.

        The sentences that we wrote come alone and, once more, several as the paragraphs of one text.
        """
        rng = random.Random(seed)
        pool = name_pool(self.single)
        reports = rng.sample(self.reports, len(self.reports) // 2)
        syntax = rng.sample(self.packed, len(self.packed) // 2) + rng.sample(self.single, len(self.single) // 2)
        syntax = [swap_names(e, pool, rng) if rng.random() < SWAP else e for e in syntax]
        own = rng.sample(self.own, len(self.own))
        times = self.wars + own + [joined(own[n : n + 8], f"own {n}") for n in range(0, len(own), 8)]
        out: list[list[Sample]] = []
        for examples, pieces in ((reports, SPEECH_PIECES), (syntax, SYNTAX_PIECES), (times, SYNTAX_PIECES)):
            samples = [s for e in examples for s in cut(mark(e, tokenizer, rng), rng)]
            out += batches(samples, pieces, rng)
        rng.shuffle(out)
        return out


def _as_timeml(example: Example) -> Example:
    """`example` without what TIMEX2 marked and TimeML does not."""
    kept = tuple(t for t in example.timexes or () if example.text[t[0] : t[1]].casefold() not in TIMEX2_ALONE)
    return replace(example, timexes=kept)


def check_base(folder: Path) -> Path:
    """The base weights in `folder`, refused unless their hash is the one that this project was built on."""
    path = folder / "model.safetensors"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise SystemExit(f"{path}: sha256 is {found}, not {BASE_SHA256}")
    return path


def train(
    data: Path,
    base: Path,
    work: Path,
    epochs: int,
    limit: int | None = None,
    start: Path | None = None,
    trunk_rate: float = TRUNK_RATE,
    seed: int = 1,
) -> Path:
    """Trains for `epochs`, going on from `work`'s checkpoint where there is one; returns the averaged weights' path.

    `start` is the folder of a shipped model to begin with in place of the bare encoder.
    """
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    tokenizer = load_tokenizer(base)
    corpus = Corpus.read(data, limit)
    network = Network()
    load_base(network, check_base(base))
    if start is not None:
        print(json.dumps({"new": load_shipped(network, start)}), flush=True)
    average = copy.deepcopy(network).eval()
    optimiser = make_optimiser(network, trunk_rate)
    total = len(corpus.epoch(tokenizer, 0)) * epochs

    def rate(step: int) -> float:
        return min((step + 1) / (WARMUP * total), max(0.02, (total - step) / total))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    done, steps, checkpoint = 0, 0, work / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        done, steps = state["epochs"], state["steps"]
    for epoch in range(done, epochs):
        started, pieces = time.time(), 0
        torch.manual_seed(1000 * seed + epoch)
        losses: dict[str, list[float]] = defaultdict(list)
        work_of_epoch = corpus.epoch(tokenizer, 1000 * seed + epoch)
        for step, batch in enumerate(work_of_epoch):
            Linear.rounding = steps >= ROUNDING_FROM * total
            pieces += sum(s.inputs.shape[1] for s in batch)
            for name, value in learn(network, batch, optimiser).items():
                losses[name].append(value)
            schedule.step()
            update_average(average, network, min(AVERAGE, (1 + steps) / (10 + steps)))
            steps += 1
            if step % 100 == 0:
                means = {k: round(sum(v) / len(v), 4) for k, v in losses.items()}
                speed = round(pieces / (time.time() - started))
                row = {"epoch": epoch, "step": step, "of": len(work_of_epoch), "pieces_per_s": speed, **means}
                print(json.dumps(row), flush=True)
                losses.clear()
        state = {"network": network.state_dict(), "average": average.state_dict(), "epochs": epoch + 1, "steps": steps}
        state |= {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
        torch.save(state, work / "new.pt")
        (work / "new.pt").replace(checkpoint)
        scores = score_dev(reads(average), tables_of(average), data, tokenizer, Leaning())
        print(json.dumps({"epoch": epoch, "seconds": round(time.time() - started), "dev": scores}), flush=True)
    torch.save(average.state_dict(), work / "final.pt")
    return work / "final.pt"


def make_optimiser(network: Network, trunk_rate: float) -> torch.optim.Optimizer:
    """AdamW with a rate for the encoder and a higher one for all that is new."""
    named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    new = ("heads.", "case.", "quote.", "line.")
    groups = [
        {"params": [p for n, p in named if not n.startswith(new)], "lr": trunk_rate},
        {"params": [p for n, p in named if n.startswith(new)], "lr": HEAD_RATE},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def learn(network: Network, batch: list[Sample], optimiser: torch.optim.Optimizer) -> dict[str, float]:
    """One step of training on one batch."""
    inputs, mask = collate(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = network(*inputs, mask)
    losses = batch_losses(network.heads, out, batch)
    optimiser.zero_grad(set_to_none=True)
    sum(losses.values(), torch.zeros(())).backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return {k: float(v.detach()) for k, v in losses.items()}


@torch.no_grad()  # type: ignore[untyped-decorator]
def update_average(average: Network, network: Network, keep: float) -> None:
    """Moves `average` a step of 1 - `keep` towards `network` (Polyak and Juditsky 1992)."""
    pairs = [(a, b) for a, b in zip(average.parameters(), network.parameters(), strict=True) if b.requires_grad]
    torch._foreach_lerp_([a for a, _ in pairs], [b for _, b in pairs], 1 - keep)
