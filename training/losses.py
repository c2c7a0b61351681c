"""The network's scores and a batch's labels to one number to make smaller."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.language.decode import LINK_SIZE, Found, distance_bucket
from training.network import Network
from training.windows import Run, Sample

LINK_WEIGHT = 0.5


def role_loss(roles: Tensor, samples: list[Sample]) -> Tensor:
    """Cross-entropy of the three roles, summed; padding counts nothing."""
    target = _padded([torch.from_numpy(s.roles) for s in samples if s.roles is not None], roles.shape[1])
    scores = roles.view(*roles.shape[:2], 3, 4).permute(0, 2, 1, 3)
    return 3 * F.cross_entropy(scores.reshape(-1, 4), target.reshape(-1), ignore_index=-100)


def mention_loss(mentions: Tensor, samples: list[Sample]) -> Tensor:
    """Cross-entropy of the mention labels; padding counts nothing."""
    target = _padded([torch.from_numpy(s.mentions) for s in samples if s.mentions is not None], mentions.shape[1])
    return F.cross_entropy(mentions.reshape(-1, mentions.shape[-1]), target.reshape(-1), ignore_index=-100)


def link_loss(network: Network, links: Tensor, samples: list[Sample]) -> Tensor:
    """Mean cross-entropy of each content's choice among its window's sources, and among its cues, or none."""
    losses: list[Tensor] = []
    for vectors, sample in zip(links, samples, strict=True):
        for which in (0, 1):
            pool = sample.candidates[which]
            asked = [(c, link[1 + which]) for link in sample.links for c in [link[0]] if link[1 + which] is not None]
            if not asked:
                continue
            keys = [_mean(vectors, runs, which + 2) for runs in pool]
            table = torch.stack([network.none[which], *keys])
            asks = torch.stack([_mean(vectors, content, which) for content, _ in asked])
            scores = asks @ table.T / LINK_SIZE**0.5
            buckets = torch.tensor([[distance_bucket(_found(c), _found(p)) for p in pool] for c, _ in asked])
            if pool:
                scores = torch.cat([scores[:, :1], scores[:, 1:] + network.near[which][buckets]], dim=1)
            target = torch.tensor([pool.index(answer) + 1 if answer else 0 for _, answer in asked])
            losses.append(F.cross_entropy(scores, target, reduction="none"))
    return torch.cat(losses).mean() if losses else links.sum() * 0


def _padded(rows: list[Tensor], length: int) -> Tensor:
    return torch.stack([F.pad(r, (0, length - r.shape[-1]), value=-100) for r in rows])


def _found(runs: list[Run]) -> Found:
    return Found(tuple(runs), 1.0)


def _mean(vectors: Tensor, runs: list[Run], part: int) -> Tensor:
    """Mean of the part's vectors over `runs`; the leading mark shifts them by one."""
    mine = vectors[:, part * LINK_SIZE : (part + 1) * LINK_SIZE]
    return torch.cat([mine[a + 1 : b + 1] for a, b in runs]).mean(0)
