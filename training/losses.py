"""The network's scores and a batch's labels to numbers to make smaller."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.language.decode import distance_buckets
from onrecord.language.paths import Found
from onrecord.language.scores import DISTANCES, LINK_SIZE, REFERENT_SIZE
from training.network import NEVER, Heads, Outputs
from training.windows import Run, Sample

# Beside the likelihood of whole paths, each piece's own label counts by this much: so that a piece's softmax stays a
# probability, from which the confidence of a span is made.
PIECEWISE = 0.5
LINKS = 0.5
FACTS, REFERENTS = 0.5, 2.0


def batch_losses(heads: Heads, out: Outputs, batch: list[Sample]) -> dict[str, Tensor]:
    """The losses of those tasks for which the batch holds labels, by name."""
    losses: dict[str, Tensor] = {}
    roles, mentions, timexes = heads.moves()
    length = out.tags.shape[1]
    if any(s.roles is not None for s in batch):
        target = _padded([s.roles for s in batch], (3, length)).flatten(0, 1)
        scores = out.roles.float().view(len(batch), length, 3, 4).permute(0, 2, 1, 3).flatten(0, 1)
        losses["roles"] = 3 * path_loss(scores, target, roles.repeat(len(batch), 1, 1))
        losses["links"] = LINKS * link_loss(heads, out.links.float(), batch)
    if any(s.mentions is not None for s in batch):
        target = _padded([s.mentions for s in batch], (length,))
        losses["mentions"] = path_loss(out.mentions.float(), target, mentions.expand(len(batch), -1, -1))
    if any(s.nominals is not None for s in batch):
        target = _padded([s.nominals for s in batch], (length,))
        losses["nominals"] = F.cross_entropy(out.nominals.float().flatten(0, 1), target.flatten(), ignore_index=-100)
    if any(s.syntax is not None for s in batch):
        tags, sentences, at, relations = _padded([s.syntax for s in batch], (4, length)).unbind(1)
        losses["tags"] = F.cross_entropy(out.tags.float().flatten(0, 1), tags.flatten(), ignore_index=-100)
        arcs = out.arcs.float() + arc_mask(sentences)
        losses["arcs"] = F.cross_entropy(arcs.flatten(0, 1), at.flatten(), ignore_index=-100)
        losses["relations"] = _relation_loss(heads, out.relations, at, relations)
    if any(s.timexes is not None for s in batch):
        target = _padded([s.timexes for s in batch], (length,))
        losses["timexes"] = path_loss(out.timexes.float(), target, timexes.expand(len(batch), -1, -1))
    if any(s.predicates is not None for s in batch):
        losses |= frame_losses(heads, out, batch)
    if any(s.referents for s in batch):
        losses["referents"] = REFERENTS * referent_loss(heads, out.referents.float(), batch)
    return losses


@torch.no_grad()  # type: ignore[untyped-decorator]
def _places(arcs: Tensor, batch: list[Sample], row: Tensor, word: Tensor, predicate: Tensor) -> Tensor:
    """How each word stands to its predicate, (pairs, PLACES), by the trees that the network itself takes for likely."""
    sentences = _padded([s.syntax for s in batch], (4, arcs.shape[1]))[:, 1]
    heads = (arcs.float() + arc_mask(sentences)).softmax(-1)
    heads[:, :, 0] = 0
    heads = heads * (sentences >= 0)[:, :, None]
    siblings, grand = heads @ heads.transpose(1, 2), heads @ heads
    ways = [heads[row, word, predicate], heads[row, predicate, word], siblings[row, word, predicate]]
    ways += [grand[row, word, predicate], grand[row, predicate, word]]
    order = (sentences >= 0).cumsum(1)
    away = order[row, word] - order[row, predicate]
    return torch.cat([torch.stack(ways, 1), F.one_hot(away_buckets(away), DISTANCES).float()], 1)


def away_buckets(away: Tensor) -> Tensor:
    """Signed and logarithmic distances in words as numbers below DISTANCES, as `onrecord.language.frames` has them."""
    sizes = (away.abs() + 1).float().log2().long().clamp(max=6) + 1
    return torch.where(away == 0, 0, torch.where(away > 0, sizes, sizes + 8))


def frame_losses(heads: Heads, out: Outputs, batch: list[Sample]) -> dict[str, Tensor]:
    """Whether each word is a predicate; what each word of a sentence is to each predicate of it; and what happened."""
    losses: dict[str, Tensor] = {}
    known = _padded([s.predicates for s in batch], (out.tags.shape[1],))
    if bool((known >= 0).any()):
        scores = out.predicates[..., 0].float()[known >= 0]
        losses["predicates"] = F.binary_cross_entropy_with_logits(scores, known[known >= 0].float())
    pairs = [np.insert(s.pairs, 0, n, axis=1) for n, s in enumerate(batch) if s.pairs is not None and len(s.pairs)]
    if pairs:
        row, predicate, word, label = torch.from_numpy(np.concatenate(pairs)).unbind(1)
        as_argument, as_predicate = (
            x[row, at] for x, at in zip(out.arguments.float().chunk(2, -1), (word, predicate), strict=True)
        )
        places = _places(out.arcs, batch, row, word, predicate) @ heads.argument_place
        hidden = heads.dropout(F.relu(as_argument + as_predicate + places))
        scores = heads.argument(hidden) + (as_argument * as_predicate) @ heads.argument_both
        losses["arguments"] = 2 * F.cross_entropy(scores, label)
    facts = [(n, place, value) for n, s in enumerate(batch) for place, value in s.facts]
    if facts:
        given = torch.stack([out.predicates[n, place, 1] for n, place, _ in facts]).float()
        losses["facts"] = FACTS * F.mse_loss(given, torch.tensor([v for _, _, v in facts]))
    return losses


def referent_loss(heads: Heads, vectors: Tensor, batch: list[Sample]) -> Tensor:
    """How unlikely it is that each mention chooses one of its antecedents in the window, or none (Lee et al. 2017)."""
    losses: list[Tensor] = []
    for row, sample in zip(vectors, batch, strict=True):
        if len(sample.referents) < 2:
            continue
        place, group, asked = (torch.tensor(x) for x in zip(*sample.referents, strict=True))
        asks, answers = row[place].chunk(2, -1)
        scores = asks @ torch.cat([heads.first[None], answers]).T / REFERENT_SIZE**0.5
        before = torch.ones(len(place), len(place), dtype=torch.bool).tril(-1)
        may = torch.cat([torch.ones(len(place), 1, dtype=torch.bool), before], 1)
        same = before & (group[:, None] == group[None, :])
        right = torch.cat([~same.any(1, keepdim=True), same], 1)
        chosen = scores.masked_fill(~right, NEVER).logsumexp(1)
        losses.append((scores.masked_fill(~may, NEVER).logsumexp(1) - chosen)[asked])
    return torch.cat(losses).mean() if losses else vectors.sum() * 0


def arc_mask(sentences: Tensor) -> Tensor:
    """(batch, length) numbers of the sentence of each word's first piece, negative elsewhere → (batch, length, length).

    Zero where the column may be the head of the row: the root, or another word of its sentence; NEVER elsewhere.
    """
    word = sentences >= 0
    may = (sentences[:, :, None] == sentences[:, None, :]) & word[:, :, None] & word[:, None, :]
    may &= ~torch.eye(sentences.shape[1], dtype=torch.bool)
    may[:, :, 0] = True
    return torch.zeros(may.shape).masked_fill(~may, NEVER)


def path_loss(scores: Tensor, target: Tensor, moves: Tensor) -> Tensor:
    """Negative log-likelihood a piece of the gold paths among all (Lafferty et al. 2001), and of the labels alone.

    `scores` (rows, length, labels), `target` (rows, length) with -100 where nothing is asked, `moves` (rows, labels,
    labels).
    """
    known = target != -100
    gold = target.clamp(min=0)
    picked = scores.gather(2, gold[:, :, None])[:, :, 0]
    steps = moves.flatten(1).gather(1, gold[:, :-1] * scores.shape[2] + gold[:, 1:])
    right = (picked * known).sum(1) + (steps * (known[:, 1:] & known[:, :-1])).sum(1)
    total = torch.zeros_like(scores[:, 0])
    begun = torch.zeros_like(known[:, 0])
    for n in range(scores.shape[1]):
        on = torch.logsumexp(total[:, :, None] + moves, 1) if n else total
        # A path begins at its first known piece with every label alike.
        now = torch.where(begun[:, None], on, 0.0) + scores[:, n]
        total = torch.where(known[:, n, None], now, total)
        begun = begun | known[:, n]
    whole = torch.where(begun, torch.logsumexp(total, 1), 0.0)
    pieces = F.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=-100)
    return (whole - right).sum() / known.sum().clamp(min=1) + PIECEWISE * pieces


def link_loss(heads: Heads, links: Tensor, samples: list[Sample]) -> Tensor:
    """Mean cross-entropy of each content's choice among its window's sources, and among its cues, or none."""
    losses: list[Tensor] = []
    for vectors, sample in zip(links, samples, strict=True):
        for which in (0, 1):
            pool = sample.candidates[which]
            asked = [(link[0], link[1 + which]) for link in sample.links if link[1 + which] is not None]
            if not asked:
                continue
            asks = _means(vectors, [c for c, _ in asked], which)
            table = torch.cat([heads.none[which : which + 1], _means(vectors, pool, which + 2)])
            scores = asks @ table.T / LINK_SIZE**0.5
            if pool:
                near = torch.tensor(
                    np.array([distance_buckets(_found(c), [_found(p) for p in pool]) for c, _ in asked])
                )
                scores = torch.cat([scores[:, :1], scores[:, 1:] + heads.near[which][near]], dim=1)
            target = torch.tensor([pool.index(answer) + 1 if answer else 0 for _, answer in asked])
            losses.append(F.cross_entropy(scores, target, reduction="none"))
    return torch.cat(losses).mean() if losses else links.sum() * 0


def _relation_loss(heads: Heads, vectors: Tensor, at: Tensor, relations: Tensor) -> Tensor:
    rows, columns = torch.nonzero(at >= 0, as_tuple=True)
    dependent, head = vectors.float().chunk(2, -1)
    hidden = F.relu(dependent[rows, columns] + head[rows, at[rows, columns]])
    return F.cross_entropy(heads.relation(hidden).float(), relations[rows, columns])


def _padded(rows: list[np.ndarray | None], shape: tuple[int, ...]) -> Tensor:
    """(rows, *shape), -100 where a row says nothing."""
    out = torch.full((len(rows), *shape), -100)
    for n, row in enumerate(rows):
        if row is not None:
            out[n, ..., : row.shape[-1]] = torch.from_numpy(row)
    return out


def _found(runs: list[Run]) -> Found:
    return Found(tuple(runs), 1.0)


def _means(vectors: Tensor, spans: list[list[Run]], part: int) -> Tensor:
    """(spans, LINK_SIZE): means of the part's vectors over the runs of each; the leading mark shifts them by one."""
    shares = torch.zeros(len(spans), vectors.shape[0])
    for n, runs in enumerate(spans):
        for a, b in runs:
            shares[n, a + 1 : b + 1] = 1 / sum(d - c for c, d in runs)
    return shares @ vectors[:, part * LINK_SIZE : (part + 1) * LINK_SIZE]
