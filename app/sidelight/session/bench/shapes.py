"""Whisper models of the true shapes with random weights, made where they are needed.

They hear nothing. What they cost is what the real ones cost: the same layers, the same
vocabulary, the same int8 kernels.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

_VOCABULARY: Final = 51_865
_TEXT: Final = 50_257
_MELS: Final = 80
_TIMESTAMPS: Final = 1_501
_BYTES: Final = 256
_CODES: Final = (
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da"
    " hu ta no th ur hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy"
    " ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht"
    " ps tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su"
)
_LANGUAGES: Final = tuple(_CODES.split())


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a Whisper model.

    Source: Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision"
    (2022), table 1.

    Attributes:
        layers: Of the encoder, and as many of the decoder.
        heads: Attention heads.
        width: Of a layer.
    """

    layers: int
    heads: int
    width: int


SHAPES: Final = {
    "tiny": Shape(4, 6, 384),
    "base": Shape(6, 8, 512),
    "small": Shape(12, 12, 768),
}


def write_random_model(shape: Shape, folder: Path) -> None:
    """Write a model folder that faster-whisper loads; up to 250 MB.

    Args:
        shape: One of ``SHAPES``.
        folder: Created.
    """
    from ctranslate2.specs.whisper_spec import (  # type: ignore[import-untyped]  # noqa: PLC0415 (slow)
        WhisperSpec,
    )

    spec = WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    _fill(spec, _Weights(shape.width))
    tokens = _tokens()
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [220, _TEXT]
    spec.config.lang_ids = [tokens.index(f"<|{code}|>") for code in _LANGUAGES]
    last = shape.layers - 1
    spec.config.alignment_heads = [(last, head) for head in range(shape.heads)]
    spec.register_vocabulary(tokens)
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))
    _write_tokenizer(tokens, folder)
    (folder / "preprocessor_config.json").write_text(json.dumps(_FEATURES))


_FEATURES: Final = {
    "feature_size": _MELS,
    "sampling_rate": 16_000,
    "hop_length": 160,
    "chunk_length": 30,
    "n_fft": 400,
    "n_samples": 480_000,
    "nb_max_frames": 3_000,
}


class _Weights:
    """Small normal numbers, the same in every run."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._random = np.random.default_rng(0)

    def normal(self, *shape: int) -> Any:  # noqa: ANN401 (what the spec takes)
        return self._random.standard_normal(shape, dtype=np.float32) * np.float32(0.02)

    def linear(self, layer: Any, inputs: int, outputs: int) -> None:  # noqa: ANN401
        layer.weight = self.normal(outputs, inputs)
        layer.bias = np.zeros(outputs, np.float32)

    def norm(self, layer: Any) -> None:  # noqa: ANN401
        layer.gamma = np.ones(self.width, np.float32)
        layer.beta = np.zeros(self.width, np.float32)

    def attention(self, layer: Any, *sizes: int) -> None:  # noqa: ANN401
        self.norm(layer.layer_norm)
        for linear, size in zip(layer.linear, sizes, strict=True):
            self.linear(linear, self.width, size)

    def feed_forward(self, layer: Any) -> None:  # noqa: ANN401
        self.norm(layer.layer_norm)
        self.linear(layer.linear_0, self.width, 4 * self.width)
        self.linear(layer.linear_1, 4 * self.width, self.width)


def _fill(spec: Any, weights: _Weights) -> None:  # noqa: ANN401
    width = weights.width
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight = weights.normal(width, _MELS, 3)
    encoder.conv2.weight = weights.normal(width, width, 3)
    for convolution in (encoder.conv1, encoder.conv2):
        convolution.bias = np.zeros(width, np.float32)
    encoder.position_encodings.encodings = weights.normal(1_500, width)
    decoder.position_encodings.encodings = weights.normal(448, width)
    decoder.embeddings.weight = weights.normal(_VOCABULARY, width)
    decoder.projection.weight = weights.normal(_VOCABULARY, width)
    decoder.scale_embeddings = False
    weights.norm(encoder.layer_norm)
    weights.norm(decoder.layer_norm)
    for layer in encoder.layer:
        weights.attention(layer.self_attention, 3 * width, width)
        weights.feed_forward(layer.ffn)
    for layer in decoder.layer:
        weights.attention(layer.self_attention, 3 * width, width)
        weights.attention(layer.attention, width, 2 * width, width)
        weights.feed_forward(layer.ffn)


def _tokens() -> list[str]:
    """Bytes as GPT-2 writes them, filler words, and Whisper's own marks.

    The last word is empty: by it CTranslate2 knows a model of many languages.
    """
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(_BYTES) if byte not in printable]
    letters = [chr(byte) for byte in printable]
    letters += [chr(_BYTES + place) for place in range(len(others))]
    words = [f"Ġw{number}" for number in range(_TEXT - len(letters) - 1)]
    times = [f"<|{step * 0.02:.2f}|>" for step in range(_TIMESTAMPS)]
    return [*letters, *words, "", *_marks(), *times]


def _marks() -> list[str]:
    tasks = ("translate", "transcribe", "startoflm", "startofprev", "nospeech")
    names = ("endoftext", "startoftranscript", *_LANGUAGES, *tasks, "notimestamps")
    return [f"<|{name}|>" for name in names]


def _write_tokenizer(tokens: list[str], folder: Path) -> None:
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers  # noqa: PLC0415 (slow)

    known = {token: number for number, token in enumerate(tokens[:_TEXT])}
    tokenizer = Tokenizer(models.BPE(vocab=known, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    marks = len(_marks())
    tokenizer.add_special_tokens(
        [AddedToken(mark, special=True) for mark in tokens[_TEXT : _TEXT + marks]]
    )
    tokenizer.add_tokens(
        [AddedToken(mark, special=False) for mark in tokens[_TEXT + marks :]]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
