"""The Whisper architecture in plain PyTorch, with the helpers that only training uses.

State names are those of the published Whisper checkpoints' Transformers port, minus
``model.``. Helpers dropped at conversion: a phone classifier on the third encoder
layer, and a projection that says which token is being spoken in each frame. One decoder
head is guided to look at the word being written; it becomes the ``alignment_heads``
entry that word times are read from.
"""

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SPECIALS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
TIMESTAMPS = 1501
"""<|0.00|> to <|30.00|> in steps of 20 ms, after the special tokens."""
POSITIONS = 1500
TEXT_POSITIONS = 448
OFFSETS = ((-4, -1.5, 1.5, 4), (-6, -2, 2, 6), (-9, -3, 3, 9), (-6, -2, 2, 6))
"""Where each encoder head looks at first, in frames of 20 ms, by layer and head."""


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; ``tokens`` counts specials and timestamps too."""

    tokens: int
    phones: int = 64
    width: int = 192
    encoder_layers: int = 4
    decoder_layers: int = 2
    encoder_heads: int = 4
    decoder_heads: int = 3

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(frozen=True)
class Outputs:
    """Token logits, guided attention, phone logits and encoder states."""

    tokens: Tensor
    attention: Tensor
    phones: Tensor
    encoded: Tensor


def sinusoids(length: int, width: int) -> Tensor:
    """Whisper's encoder positions, shape (length, width): sines, then cosines."""
    step = math.log(10000) / (width // 2 - 1)
    angles = (
        torch.arange(length)[:, None]
        * torch.exp(-step * torch.arange(width // 2))[None]
    )
    return torch.cat([angles.sin(), angles.cos()], 1)


class Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.k_proj = nn.Linear(width, width, bias=False)
        self.v_proj = nn.Linear(width, width)
        self.q_proj = nn.Linear(width, width)
        self.out_proj = nn.Linear(width, width)

    def forward(
        self, x: Tensor, memory: Tensor, *, causal: bool = False, guided: bool = False
    ) -> tuple[Tensor, Tensor | None]:
        """Returns the output, and the first head's weights where ``guided``."""
        batch, length, width = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(batch, -1, self.heads, width // self.heads).transpose(1, 2)

        q, k, v = (
            split(self.q_proj(x)),
            split(self.k_proj(memory)),
            split(self.v_proj(memory)),
        )
        weights = None
        if guided:
            weights = (
                q[:, 0] @ k[:, 0].transpose(-1, -2) / math.sqrt(q.shape[-1])
            ).softmax(-1)
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=causal)
        return self.out_proj(
            mixed.transpose(1, 2).reshape(batch, length, width)
        ), weights


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, *, cross: bool) -> None:
        super().__init__()
        self.cross = cross
        self.self_attn = Attention(width, heads)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        if cross:
            self.encoder_attn = Attention(width, heads)
            self.encoder_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, 4 * width)
        self.fc2 = nn.Linear(4 * width, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(
        self, x: Tensor, memory: Tensor | None = None, *, guided: bool = False
    ) -> tuple[Tensor, Tensor | None]:
        weights = None
        normed = self.self_attn_layer_norm(x)
        x = x + self.self_attn(normed, normed, causal=self.cross)[0]
        if memory is not None:
            mixed, weights = self.encoder_attn(
                self.encoder_attn_layer_norm(x), memory, guided=guided
            )
            x = x + mixed
        return x + self.fc2(F.gelu(self.fc1(self.final_layer_norm(x)))), weights


class Encoder(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(80, shape.width, 3, padding=1)
        self.conv2 = nn.Conv1d(shape.width, shape.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(POSITIONS, shape.width)
        self.embed_positions.weight.data = sinusoids(POSITIONS, shape.width)
        self.embed_positions.weight.requires_grad = False
        self.layers = nn.ModuleList(
            Layer(shape.width, shape.encoder_heads, cross=False)
            for _ in range(shape.encoder_layers)
        )
        self.layer_norm = nn.LayerNorm(shape.width)

    def forward(self, mel: Tensor) -> tuple[Tensor, Tensor]:
        """States for (batch, 80, frames), and those of the last layer but one."""
        x = F.gelu(self.conv2(F.gelu(self.conv1(mel)))).transpose(1, 2)
        x = x + self.embed_positions.weight[: x.shape[1]]
        middle = x
        for number, layer in enumerate(self.layers):
            x = layer(x)[0]
            if number == len(self.layers) - 2:
                middle = x
        return self.layer_norm(x), middle


class Decoder(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(shape.tokens, shape.width)
        self.embed_positions = nn.Embedding(TEXT_POSITIONS, shape.width)
        self.layers = nn.ModuleList(
            Layer(shape.width, shape.decoder_heads, cross=True)
            for _ in range(shape.decoder_layers)
        )
        self.layer_norm = nn.LayerNorm(shape.width)

    def forward(self, tokens: Tensor, encoded: Tensor) -> tuple[Tensor, Tensor]:
        """Returns states and the guided head's weights, (batch, tokens, frames)."""
        x = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        weights = torch.empty(0)
        for number, layer in enumerate(self.layers):
            x, weights = layer(x, encoded, guided=number == len(self.layers) - 1)
        return self.layer_norm(x), weights


class Whisper(nn.Module):
    """Encoder, decoder with tied embeddings, and the two training helpers."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.decoder = Decoder(shape)
        self.phone = nn.Linear(shape.width, shape.phones)
        self.tokp = nn.Linear(shape.width, shape.width)
        self._initialise()

    def forward(self, mel: Tensor, tokens: Tensor) -> Outputs:
        encoded, middle = self.encoder(mel)
        states, attention = self.decoder(tokens, encoded)
        logits = F.linear(states, self.decoder.embed_tokens.weight)
        return Outputs(logits, attention, self.phone(middle), encoded)

    def _initialise(self) -> None:
        width = self.shape.width
        for name, module in self.named_modules():
            if isinstance(module, nn.Linear):
                scale = (
                    0.25
                    if name.endswith("fc2")
                    else 0.5
                    if name.endswith("out_proj")
                    else 1.0
                )
                nn.init.normal_(module.weight, std=scale * width**-0.5)
                if module.bias is not None:
                    nn.init.zeros_(module.bias)
        self._look_nearby()
        embedding = self.decoder.embed_tokens.weight.data
        nn.init.normal_(embedding, std=0.04)
        nn.init.normal_(self.decoder.embed_positions.weight, std=0.02)
        frames = torch.arange(TIMESTAMPS).clamp(max=POSITIONS - 1)
        embedding[-TIMESTAMPS:] = sinusoids(POSITIONS, width)[frames] * 0.06

    def _look_nearby(self, gain: float = 1.35) -> None:
        """Starts every encoder head looking a fixed offset away.

        With sinusoidal positions p, q = R(offset) p_t and k = p_s give a product that
        peaks at s = t + offset. Without this start, attention stayed global for many
        minutes.
        """
        half = self.shape.width // 2
        step = math.log(10000) / (half - 1)
        for number, layer in enumerate(self.encoder.layers):
            attention = layer.self_attn
            rows = self.shape.width // attention.heads
            pairs = rows // 2
            index = torch.linspace(0, half * 0.42, pairs).round().long()
            speed = torch.exp(-step * index.float())
            q = torch.randn(self.shape.width, self.shape.width) * 0.02
            k = torch.randn(self.shape.width, self.shape.width) * 0.02
            strength = gain * (1.0 if number == 0 else 1.15)
            for head in range(attention.heads):
                offset = OFFSETS[number % 4][head % 4]
                row = head * rows + torch.arange(pairs)
                cos = torch.cos(speed * offset) * strength
                sin = torch.sin(speed * offset) * strength
                k[row, index] += strength
                k[row + pairs, index + half] += strength
                q[row, index] += cos
                q[row, index + half] += sin
                q[row + pairs, index + half] += cos
                q[row + pairs, index] -= sin
            attention.q_proj.weight.data = q
            attention.k_proj.weight.data = k
