"""The network: MiniLM's encoder with print features and the heads that are read from it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.language.decode import MENTION_GROUPS, ROLE_GROUPS, TIMEX_GROUPS
from onrecord.language.mentions import ALONE, MENTION, PAIR
from onrecord.language.paths import Group
from onrecord.language.pieces import CASES, LINES, QUOTES
from onrecord.language.scores import (
    ARGUMENT_SIZE,
    ARGUMENTS,
    DISTANCES,
    LINK_SIZE,
    MENTION_LABELS,
    NOMINALS,
    PLACES,
    REFERENT_SIZE,
    RELATIONS,
    ROLE_TAGS,
    ROLES,
    TAGS,
    TIMEX_LABELS,
)

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
ARC, RELATION = 192, 128
UNITS = 32
NEVER = -1e4


class Outputs(NamedTuple):
    """Scores of a batch of windows, each (batch, length, …) in the order in which the exported graph gives them.

    `roles` 3 × 4, `mentions` 7, `nominals` 7, `tags` 18, `arcs` (length: row dependent, column head, the leading mark
    stands for the root), `relations` 2 × RELATION (as dependent, as head), `links` 4 × LINK_SIZE, `predicates` 2 (log-
    odds, factuality), `arguments` 2 × ARGUMENT_SIZE, `timexes` 9, `referents` 2 × REFERENT_SIZE.
    """

    roles: Tensor
    mentions: Tensor
    nominals: Tensor
    tags: Tensor
    arcs: Tensor
    relations: Tensor
    links: Tensor
    predicates: Tensor
    arguments: Tensor
    timexes: Tensor
    referents: Tensor


class Dropout(nn.Module):  # type: ignore[misc]
    """Dropout whose noise is cut from one pool of random bits: drawing it anew took a tenth of the time of a step."""

    pool: Tensor | None = None

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate

    def forward(self, x: Tensor) -> Tensor:
        """`x` with a share of `rate` zeroed and the rest scaled up, in training; else `x`."""
        if not self.training or self.rate == 0:
            return x
        if Dropout.pool is None:
            Dropout.pool = (torch.rand(1 << 24) >= self.rate).to(torch.bfloat16) / (1 - self.rate)
        at = int(torch.randint(0, Dropout.pool.numel() - x.numel(), ()))
        return x * Dropout.pool[at : at + x.numel()].view(x.shape)


class Linear(nn.Linear):  # type: ignore[misc]
    """A dense map that in training can be made to feel the rounding of the int8 runtime.

    onnxruntime's dynamic int8 takes one scale for all that goes in (here: for a window) and one for each output's
    weights; gradients pass the rounding as if it were not there (Bengio et al. 2013).
    """

    rounding = False

    def forward(self, x: Tensor) -> Tensor:
        """As nn.Linear."""
        if not (self.training and Linear.rounding):
            return F.linear(x, self.weight, self.bias)
        with torch.no_grad():
            seen = x.float()
            dims = tuple(range(1, seen.ndim))
            low = seen.amin(dims, keepdim=True).clamp(max=0)
            step = ((seen.amax(dims, keepdim=True).clamp(min=0) - low) / 255).clamp(min=1e-8)
            noise = (seen / step).round_().mul_(step).sub_(seen)
            unit = (self.weight.abs().amax(1, keepdim=True) / 127).clamp(min=1e-8)
            rest = (self.weight / unit).round_().mul_(unit).sub_(self.weight)
        return F.linear(x + noise, self.weight + rest, self.bias)


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer, as BERT has it: attention, then two dense maps, each with a residual and a norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = Linear(HIDDEN, HIDDEN)
        self.key = Linear(HIDDEN, HIDDEN)
        self.value = Linear(HIDDEN, HIDDEN)
        self.output = Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = Linear(HIDDEN, INNER)
        self.outer = Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, length, HIDDEN) → the same; `mask` (batch, 1, 1, length) is added to the attention's scores."""
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)

        # Spelled out: the exported graph is made of plain operators, and on a CPU it trains faster than the fused form.
        weights = split(self.query(x) * (HIDDEN // HEADS) ** -0.5) @ split(self.key(x)).transpose(-1, -2)
        if mask is not None:
            weights = weights + mask
        seen = (weights.softmax(-1) @ split(self.value(x))).transpose(1, 2).reshape(batch, length, HIDDEN)
        x = self.norm1(x + self.dropout(self.output(seen)))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Mix(nn.Module):  # type: ignore[misc]
    """A weighted mean of the outputs of all layers: a task reads the depth that serves it (Peters et al. 2018)."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([0.0] * LAYERS + [3.0]))

    def forward(self, layers: list[Tensor]) -> Tensor:
        """The layers' mean, of their own shape."""
        shares = self.weight.softmax(0)
        return sum((share * layer for share, layer in zip(shares, layers, strict=True)), torch.zeros(()))


class Network(nn.Module):  # type: ignore[misc]
    """Wordpieces and their print features to the scores of all heads."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.case = nn.Embedding(CASES, HIDDEN)
        self.quote = nn.Embedding(QUOTES, HIDDEN)
        self.line = nn.Embedding(LINES, HIDDEN)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = Dropout(dropout)
        self.heads = Heads(dropout)
        for table in (self.case, self.quote, self.line):
            nn.init.zeros_(table.weight)
        self.words.weight.requires_grad_(False)

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, line: Tensor, mask: Tensor | None = None) -> Outputs:
        """(batch, length) each → the scores of every head; `mask` is true for real pieces."""
        places = self.places.weight[: ids.shape[1]]
        x = self.norm(self.words(ids) + places + self.kind + self.case(case) + self.quote(quote) + self.line(line))
        x = self.dropout(x)
        hidden = None if mask is None else torch.zeros(mask.shape).masked_fill(~mask, NEVER)[:, None, None, :]
        layers = [x]
        for layer in self.layers:
            layers.append(layer(layers[-1], hidden))
        return self.heads(layers)  # type: ignore[no-any-return]


class Heads(nn.Module):  # type: ignore[misc]
    """What is read from the encoder, by mixes of its layers: attribution, names, syntax, frames, times, referents."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.mixes = nn.ModuleList(Mix() for _ in range(6))
        self.roles = Linear(HIDDEN, len(ROLES) * len(ROLE_TAGS))
        self.link_hidden = Linear(HIDDEN, HIDDEN)
        self.link = Linear(HIDDEN, 4 * LINK_SIZE)
        self.near = nn.Parameter(torch.zeros(2, DISTANCES))
        self.none = nn.Parameter(torch.zeros(2, LINK_SIZE))
        self.role_moves = nn.Parameter(torch.zeros(len(ROLES), len(ROLE_TAGS), len(ROLE_TAGS)))
        self.mentions = Linear(HIDDEN, len(MENTION_LABELS))
        self.mention_moves = nn.Parameter(torch.zeros(1, len(MENTION_LABELS), len(MENTION_LABELS)))
        self.nominals = Linear(HIDDEN, len(NOMINALS))
        self.tags = Linear(HIDDEN, len(TAGS))
        self.arc_hidden = Linear(HIDDEN, 2 * ARC)
        self.arc_dependent = Linear(ARC, ARC)
        self.arc_head = Linear(ARC, 1)
        self.relation_hidden = Linear(HIDDEN, 2 * RELATION)
        self.relation = nn.Linear(RELATION, len(RELATIONS))
        self.predicates = Linear(HIDDEN, 2)
        self.argument_hidden = Linear(HIDDEN, 2 * ARGUMENT_SIZE)
        self.argument = nn.Linear(ARGUMENT_SIZE, len(ARGUMENTS))
        self.argument_place = nn.Parameter(torch.zeros(PLACES, ARGUMENT_SIZE))
        self.argument_both = nn.Parameter(torch.zeros(ARGUMENT_SIZE, len(ARGUMENTS)))
        self.timexes = Linear(HIDDEN, len(TIMEX_LABELS))
        self.timex_moves = nn.Parameter(torch.zeros(1, len(TIMEX_LABELS), len(TIMEX_LABELS)))
        self.referent_hidden = Linear(HIDDEN, HIDDEN)
        self.referent = Linear(HIDDEN, 2 * REFERENT_SIZE)
        self.first = nn.Parameter(torch.zeros(REFERENT_SIZE))
        # Fitted on the vectors of the trained encoder, behind the run.
        for name, size in (("alone", ALONE), ("pair", PAIR + 2 * MENTION)):
            self.register_buffer(f"{name}_hidden", torch.zeros(size + 1, UNITS))
            self.register_buffer(name, torch.zeros(UNITS + 1))

    def forward(self, layers: list[Tensor]) -> Outputs:
        """All layers' outputs → scores."""
        speech, names, syntax, frames, times, meant = (self.dropout(mix(layers)) for mix in self.mixes)
        dependent, head = F.gelu(self.arc_hidden(syntax)).split(ARC, -1)
        arcs = self.arc_dependent(self.dropout(dependent)) @ head.transpose(-1, -2) * ARC**-0.5
        return Outputs(
            roles=self.roles(speech),
            mentions=self.mentions(names),
            nominals=self.nominals(names),
            tags=self.tags(syntax),
            arcs=arcs + self.arc_head(head).transpose(-1, -2),
            relations=self.relation_hidden(syntax),
            links=self.link(self.dropout(F.gelu(self.link_hidden(speech)))),
            predicates=self.predicates(frames),
            arguments=self.argument_hidden(frames),
            timexes=self.timexes(times),
            referents=self.referent(self.dropout(F.gelu(self.referent_hidden(meant)))),
        )

    def moves(self) -> tuple[Tensor, Tensor, Tensor]:
        """The scores of going from a label to the next, a row from each.

        Roles (3, 4, 4), mentions (1, 7, 7) and time expressions (1, 9, 9).
        """
        return (
            self.role_moves + forbidden(len(ROLE_TAGS), ROLE_GROUPS),
            self.mention_moves + forbidden(len(MENTION_LABELS), MENTION_GROUPS),
            self.timex_moves + forbidden(len(TIMEX_LABELS), TIMEX_GROUPS),
        )


def forbidden(labels: int, groups: tuple[Group, ...]) -> Tensor:
    """NEVER for each step to an inside from a label that is not of its own kind, else zero."""
    out = torch.zeros(labels, labels)
    for group in groups:
        for label in range(labels):
            if label not in (*group.begins, group.inside):
                out[label, group.inside] = NEVER
    return out


def load_base(network: Network, path: Path) -> None:
    """Fills the encoder with the weights of all-MiniLM-L6-v2 in safetensors form."""
    given = load_file(path)
    own = network.state_dict()

    def take(name: str, source: str) -> None:
        own[name].copy_(given[source])

    take("words.weight", "embeddings.word_embeddings.weight")
    take("places.weight", "embeddings.position_embeddings.weight")
    own["kind"].copy_(given["embeddings.token_type_embeddings.weight"][0])
    for part in ("weight", "bias"):
        take(f"norm.{part}", f"embeddings.LayerNorm.{part}")
        for n in range(LAYERS):
            for name, source in (
                ("query", "attention.self.query"),
                ("key", "attention.self.key"),
                ("value", "attention.self.value"),
                ("output", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("inner", "intermediate.dense"),
                ("outer", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                take(f"layers.{n}.{name}.{part}", f"encoder.layer.{n}.{source}.{part}")
