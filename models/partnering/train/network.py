"""The network in torch: MiniLM's encoder, and a head over what it makes of a turn."""

from __future__ import annotations

import hashlib
import json
import struct
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

if TYPE_CHECKING:
    from pathlib import Path

LAYERS, WIDTH, HEADS, INNER, WORDS = 6, 384, 12, 1536, 30522


def read_safetensors(path: Path) -> dict[str, torch.Tensor]:
    """Every float32 tensor of a file, by name.

    Source: the format's own description, github.com/huggingface/safetensors.
    """
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    found = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        begin, end = (8 + size + at for at in entry["data_offsets"])
        values = np.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
        found[name] = torch.from_numpy(values.copy())
    return found


class Attention(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.output = nn.Linear(WIDTH, WIDTH)

    def forward(self, x: torch.Tensor, mask: torch.Tensor, drop: float) -> torch.Tensor:
        def heads(y: torch.Tensor) -> torch.Tensor:
            return y.view(*y.shape[:2], HEADS, WIDTH // HEADS).transpose(1, 2)

        q, k, v = heads(self.query(x)), heads(self.key(x)), heads(self.value(x))
        y = F.scaled_dot_product_attention(q, k, v, mask, dropout_p=drop)
        out: torch.Tensor = self.output(y.transpose(1, 2).reshape(x.shape))
        return out


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.attention = Attention()
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.inner = nn.Linear(WIDTH, INNER)
        self.outer = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        drop = 0.1 if self.training else 0.0
        x = self.norm1(x + self.drop(self.attention(x, mask, drop)))
        y: torch.Tensor = self.norm2(x + self.drop(self.outer(F.gelu(self.inner(x)))))
        return y


PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of all-MiniLM-L6-v2's ``model.safetensors``."""

MARKS = 16
"""Of BERT's unused words, so many first ones are marks of our own."""


class Encoder(nn.Module):
    """MiniLM-L6: ids and parts, (batch, length), to states, (batch, length, 384).

    The embeddings of words stay as published: thirty thousand talk turns cannot better
    what hundreds of millions of sentences have taught. Only our marks are learned.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.words.weight.requires_grad_(False)
        self.marks = nn.Parameter(torch.zeros(MARKS, WIDTH))
        self.places = nn.Embedding(512, WIDTH)
        self.parts = nn.Embedding(2, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(
        self, ids: torch.Tensor, parts: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        at = torch.arange(ids.shape[1], device=ids.device)
        marked = F.embedding(ids.clamp(max=MARKS), F.pad(self.marks, (0, 0, 0, 1)))
        x = self.words(ids) + marked + self.places(at) + self.parts(parts)
        x = self.drop(self.norm(x))
        seen = mask[:, None, None, :].bool()
        for layer in self.layers:
            x = layer(x, seen)
        out: torch.Tensor = x
        return out

    def all_words(self) -> torch.Tensor:
        """The embeddings of words with what our marks have learned."""
        words = self.words.weight.detach().clone()
        words[:MARKS] += self.marks.detach()
        return words

    def load(self, path: Path) -> None:
        """Take the published weights.

        Raises:
            SystemExit: They are not those that this recipe was made for.
        """
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != PUBLISHED:
                raise SystemExit(f"{path} is not all-MiniLM-L6-v2's model.safetensors.")
        weights = read_safetensors(path)
        names: dict[str, Any] = {
            "embeddings.word_embeddings": self.words,
            "embeddings.position_embeddings": self.places,
            "embeddings.token_type_embeddings": self.parts,
            "embeddings.LayerNorm": self.norm,
        }
        for number, layer in enumerate(self.layers):
            assert isinstance(layer, Layer)
            at = f"encoder.layer.{number}."
            names |= {
                at + "attention.self.query": layer.attention.query,
                at + "attention.self.key": layer.attention.key,
                at + "attention.self.value": layer.attention.value,
                at + "attention.output.dense": layer.attention.output,
                at + "attention.output.LayerNorm": layer.norm1,
                at + "intermediate.dense": layer.inner,
                at + "output.dense": layer.outer,
                at + "output.LayerNorm": layer.norm2,
            }
        with torch.no_grad():
            for name, module in names.items():
                for part, parameter in module.named_parameters():
                    parameter.copy_(weights[f"{name}.{part}"])


class Network(nn.Module):
    """Encoder and head.

    The head sees the state of the first mark and the mean over the judged part.
    """

    def __init__(self, labels: int, forms: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(2 * WIDTH, labels + forms)

    def forward(
        self, ids: torch.Tensor, parts: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        states = self.encoder(ids, parts, mask)
        judged = (mask * (1 - parts)).unsqueeze(-1).to(states.dtype)
        mean = (states * judged).sum(1) / judged.sum(1)
        out: torch.Tensor = self.head(self.drop(torch.cat([states[:, 0], mean], -1)))
        return out
