"""Data folders to trained weights: one resumable run, a checkpoint an epoch, scores on the dev splits."""

from __future__ import annotations

import copy
import hashlib
import json
import random
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from bench.attribution_scores import count_report, figures
from bench.data import Example, read_gum, read_iob, read_polnear
from onrecord.language.decode import Leaning, Linker, Scores, decode
from onrecord.language.pieces import Pieces, Window, find_windows, split_pieces
from training.losses import LINK_WEIGHT, link_loss, mention_loss, role_loss
from training.network import Network, load_base
from training.tune import calibrate, char_relations, mention_f1, tune
from training.windows import CLS, SEP, Sample, collate, cut, mark

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH, TRUNK_RATE, HEAD_RATE, WARMUP, AVERAGE = 8, 2e-4, 1e-3, 0.06, 0.998


def check_base(folder: Path) -> Path:
    """The base weights in `folder`, refused unless their hash is the one that this project was built on."""
    path = folder / "model.safetensors"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise SystemExit(f"{path}: sha256 is {found}, not {BASE_SHA256}")
    return path


def batches(samples: list[Sample], rng: random.Random) -> list[list[Sample]]:
    """Batches of windows of like length, shuffled."""
    rng.shuffle(samples)
    order = sorted(samples, key=lambda s: s.inputs.shape[1] // 32)
    out = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    rng.shuffle(out)
    return out


def epoch_batches(data: Path, tokenizer: Tokenizer, seed: int, limit: int | None) -> list[list[Sample]]:
    """One epoch: every attribution report and every name sentence once, half of the latter packed as in a text."""
    rng = random.Random(seed)
    reports = list(read_polnear(data / "polnear" / "train"))[:limit]
    names = data / "uner-ewt" / "en_ewt-ud-train.2022-12-02.iob2.gz"
    packed, single = list(read_iob(names, True))[:limit], list(read_iob(names, False))[: 4 * limit if limit else None]
    rng.shuffle(packed)
    rng.shuffle(single)
    more = list(read_gum(data / "gum" / "gum-train.conllu.gz"))[:limit]
    sets: list[list[Example]] = [reports, packed[: len(packed) // 2] + single[: len(single) // 2] + more]
    out: list[list[Sample]] = []
    for examples in sets:
        out += batches([s for e in examples for s in cut(mark(e, tokenizer, rng), rng)], rng)
    rng.shuffle(out)
    return out


def run_windows(network: Network, pieces: Pieces, longest: int | None = None) -> tuple[list[Window], list[Scores]]:
    """The network's scores for each of a text's windows, as the shipped model gives them."""
    windows = find_windows(pieces.sentence) if longest is None else find_windows(pieces.sentence, longest)
    out: list[Scores] = []
    for w in windows:
        rows = [getattr(pieces, f)[w.start : w.end] for f in ("ids", "case", "quote", "line")]
        rows = [np.concatenate(([a], r, [b])) for r, a, b in zip(rows, (CLS, 0, 0, 0), (SEP, 0, 0, 0), strict=True)]
        with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
            scores = network(*[torch.from_numpy(r)[None] for r in rows])
        out.append(Scores(*[s[0, 1:-1].float().numpy() for s in scores]))
    return windows, out


def score_dev(network: Network, data: Path, tokenizer: Tokenizer, search: bool) -> tuple[dict[str, float], Leaning]:
    """Scores on the dev splits; with `search`, the leaning that serves them best."""
    network.eval()
    linker = Linker(network.near.detach().numpy(), network.none.detach().numpy())
    read = []
    for example in read_polnear(data / "polnear" / "dev"):
        pieces = split_pieces(example.text, tokenizer)
        read.append((example, pieces, *run_windows(network, pieces)))
    leaning, error = calibrate(read, linker, tune(read, linker)) if search else (Leaning(), 0.0)
    total = Counter[str]()
    for example, pieces, windows, scores in read:
        reading = decode(windows, scores, linker, leaning)
        total += count_report(example.text, char_relations(reading, pieces), gold_relations(example))
    out = figures(total) | ({"confidence_error": error} if search else {})
    for name, packed in (("packed", True), ("single", False)):
        rows = []
        for example in read_iob(data / "uner-ewt" / "en_ewt-ud-dev.iob2.gz", packed):
            pieces = split_pieces(example.text, tokenizer)
            windows, scores = run_windows(network, pieces)
            rows.append((example, pieces, decode(windows, scores, linker, leaning)))
        out.update({f"names_{name}_{k}": v for k, v in mention_f1(rows).items()})
    network.train()
    return out, leaning


def gold_relations(example: Example) -> list[dict[str, tuple[tuple[int, int], ...]]]:
    """An example's attributions in the scorer's form."""
    return [{"source": a.source, "cue": a.cue, "content": a.content} for a in example.attributions or ()]


def train(data: Path, base: Path, work: Path, epochs: int, limit: int | None = None) -> Path:
    """Trains for `epochs`, going on from `work`'s checkpoint where there is one; returns the averaged weights' path."""
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    network = Network()
    load_base(network, check_base(base))
    average = copy.deepcopy(network)
    heads = ("roles", "mentions", "link", "near", "none", "case", "quote", "line.")
    named = [(n, p) for n, p in network.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in named if not n.startswith(heads)], "lr": TRUNK_RATE},
        {"params": [p for n, p in named if n.startswith(heads)], "lr": HEAD_RATE},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    per_epoch = len(epoch_batches(data, tokenizer, 0, limit))
    total = per_epoch * epochs

    def rate(step: int) -> float:
        return min((step + 1) / (WARMUP * total), max(0.02, (total - step) / total))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    done, checkpoint = 0, work / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        done = state["epochs"]
    for epoch in range(done, epochs):
        started, pieces = time.time(), 0
        torch.manual_seed(1000 + epoch)
        losses: dict[str, float] = defaultdict(float)
        for step, batch in enumerate(epoch_batches(data, tokenizer, epoch, limit)):
            pieces += sum(s.inputs.shape[1] for s in batch)
            for name, value in learn(network, batch, optimiser).items():
                losses[name] += value
                losses[f"{name} n"] += 1
            schedule.step()
            with torch.no_grad():
                for mine, theirs in zip(average.parameters(), network.parameters(), strict=True):
                    if theirs.requires_grad:
                        mine.lerp_(
                            theirs, 1 - min(AVERAGE, (1 + step + epoch * per_epoch) / (10 + step + epoch * per_epoch))
                        )
            if step % 50 == 0:
                means = {k: round(v / losses[f"{k} n"], 4) for k, v in losses.items() if not k.endswith(" n")}
                speed = pieces / (time.time() - started)
                print(
                    json.dumps({"epoch": epoch, "step": step, "of": per_epoch, "pieces_per_s": round(speed), **means}),
                    flush=True,
                )
        state = {"network": network.state_dict(), "average": average.state_dict(), "epochs": epoch + 1}
        state |= {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
        torch.save(state, work / "new.pt")
        (work / "new.pt").replace(checkpoint)
        scores, _ = score_dev(average, data, tokenizer, search=False)
        print(json.dumps({"epoch": epoch, "seconds": round(time.time() - started), "dev": scores}), flush=True)
    scores, leaning = score_dev(average, data, tokenizer, search=True)
    print(json.dumps({"dev": scores, "leaning": leaning_dict(leaning)}), flush=True)
    torch.save({"network": average.state_dict(), "leaning": leaning_dict(leaning), "dev": scores}, work / "final.pt")
    return work / "final.pt"


def learn(network: Network, batch: list[Sample], optimiser: torch.optim.Optimizer) -> dict[str, float]:
    """One step of training on one batch, whose windows are all of one task."""
    inputs, mask = collate(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        roles, mentions, links = network(*inputs, mask)
    losses: dict[str, torch.Tensor] = {}
    if batch[0].roles is not None:
        losses["roles"] = role_loss(roles.float(), batch)
        losses["links"] = LINK_WEIGHT * link_loss(network, links.float(), batch)
    else:
        losses["mentions"] = mention_loss(mentions.float(), batch)
    optimiser.zero_grad(set_to_none=True)
    sum(losses.values(), torch.zeros(())).backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return {k: float(v.detach()) for k, v in losses.items()}


def leaning_dict(leaning: Leaning) -> dict[str, float]:
    """A leaning as the model's card keeps it."""
    return {k: getattr(leaning, k) for k in Leaning.__slots__}
