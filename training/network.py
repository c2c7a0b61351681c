"""The network: MiniLM's encoder with print features and the heads that are read from it."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.language.decode import DISTANCES, LINK_SIZE, MENTION_LABELS, ROLE_TAGS, ROLES
from onrecord.language.pieces import CASES, LINES, QUOTES

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536


class Layer(nn.Module):  # type: ignore[misc]
    """One transformer layer, as BERT has it: attention, then two dense maps, each with a residual and a norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key = nn.Linear(HIDDEN, HIDDEN)
        self.value = nn.Linear(HIDDEN, HIDDEN)
        self.output = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.inner = nn.Linear(HIDDEN, INNER)
        self.outer = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(batch, length, HIDDEN) → the same; `mask` (batch, 1, 1, length) is true for real pieces."""
        batch, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if self.training or mask is not None:
            seen = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        else:  # spelled out, so that the exported graph is made of plain operators
            weights = (query @ key.transpose(-1, -2)) * (HIDDEN // HEADS) ** -0.5
            seen = weights.softmax(-1) @ value
        x = self.norm1(x + self.dropout(self.output(seen.transpose(1, 2).reshape(batch, length, HIDDEN))))
        return self.norm2(x + self.dropout(self.outer(F.gelu(self.inner(x)))))


class Network(nn.Module):  # type: ignore[misc]
    """Wordpieces and their print features to role scores, mention scores and link vectors."""

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
        self.dropout = nn.Dropout(dropout)
        self.roles = nn.Linear(HIDDEN, len(ROLES) * len(ROLE_TAGS))
        self.mentions = nn.Linear(HIDDEN, len(MENTION_LABELS))
        self.link_hidden = nn.Linear(HIDDEN, HIDDEN)
        self.link = nn.Linear(HIDDEN, 4 * LINK_SIZE)
        self.near = nn.Parameter(torch.zeros(2, DISTANCES))
        self.none = nn.Parameter(torch.zeros(2, LINK_SIZE))
        for table in (self.case, self.quote, self.line):
            nn.init.zeros_(table.weight)
        self.words.weight.requires_grad_(False)

    def forward(
        self, ids: Tensor, case: Tensor, quote: Tensor, line: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """(batch, length) each → roles (…, 3 × 4), mentions (…, 7), link vectors (…, 4 × LINK_SIZE)."""
        places = self.places.weight[: ids.shape[1]]
        x = self.norm(self.words(ids) + places + self.kind + self.case(case) + self.quote(quote) + self.line(line))
        x = self.dropout(x)
        seen = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        x = self.dropout(x)
        return self.roles(x), self.mentions(x), self.link(self.dropout(F.gelu(self.link_hidden(x))))


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
