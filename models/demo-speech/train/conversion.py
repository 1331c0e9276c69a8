"""Turns a checkpoint into the int8 folder that `faster_whisper.WhisperModel` loads.

faster-whisper and CTranslate2 look all special tokens up by name, and the first time
follows ``<|notimestamps|>``, so a small vocabulary works; one of fewer than 51,865
entries is taken for an English-only model.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs.whisper_spec import WhisperSpec
from network import SPECIALS, TIMESTAMPS, Layer, Whisper
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import nn

_UNSPOKEN = (*'"#()*+/:;<=>@[\\]^_`{|}~', " -", " (", ' "', "--")
"""Text that no voice of ours ever speaks: never to be written."""
_PREPROCESSOR = {
    "feature_size": 80,
    "sampling_rate": 16000,
    "hop_length": 160,
    "chunk_length": 30,
    "n_fft": 400,
    "feature_extractor_type": "WhisperFeatureExtractor",
}


def make_tokenizer(sentences: list[str], size: int, path: Path) -> Tokenizer:
    """Byte-level BPE of ``size`` tokens from the sentences, then specials and times."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
        min_frequency=2,
    )
    tokenizer.train_from_iterator([" " + text for text in sentences], trainer)
    names = [*SPECIALS, *(f"<|{number * 0.02:.2f}|>" for number in range(TIMESTAMPS))]
    tokenizer.add_special_tokens(
        [AddedToken(n, special=True, normalized=False) for n in names]
    )
    tokenizer.save(str(path))
    return tokenizer


def convert(model: Whisper, tokenizer_file: Path, folder: Path) -> None:
    """Writes the model, its settings, vocabulary and tokenizer into ``folder``."""
    shape = model.shape
    spec = WhisperSpec(
        shape.encoder_layers,
        shape.encoder_heads,
        shape.decoder_layers,
        shape.decoder_heads,
    )
    encoder, decoder = spec.encoder, spec.decoder
    for name in ("conv1", "conv2"):
        _linear(getattr(encoder, name), getattr(model.encoder, name))
    encoder.position_encodings.encodings = _array(model.encoder.embed_positions.weight)
    decoder.position_encodings.encodings = _array(model.decoder.embed_positions.weight)
    decoder.embeddings.weight = _array(model.decoder.embed_tokens.weight)
    decoder.projection.weight = _array(model.decoder.embed_tokens.weight)
    for part, source in ((encoder, model.encoder), (decoder, model.decoder)):
        _norm(part.layer_norm, source.layer_norm)
        for layer, from_layer in zip(part.layer, source.layers, strict=True):
            _layer(layer, from_layer)

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    words: dict[str, int] = tokenizer.get_vocab()
    space, end = words["Ġ"], words["<|endoftext|>"]
    unspoken = {
        tokenizer.encode(text, add_special_tokens=False).ids[0] for text in _UNSPOKEN
    }
    silent = {words[name] for name in SPECIALS[1:7]}
    spec.config.suppress_ids = sorted((unspoken | silent) - {space})
    spec.config.suppress_ids_begin = [space, end]
    spec.config.lang_ids = []
    spec.config.alignment_heads = [(shape.decoder_layers - 1, 0)]
    spec.register_vocabulary(sorted(words, key=words.__getitem__))
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    if tokenizer_file.resolve() != (folder / "tokenizer.json").resolve():
        shutil.copyfile(tokenizer_file, folder / "tokenizer.json")
    (folder / "preprocessor_config.json").write_text(
        json.dumps(_PREPROCESSOR, indent=2) + "\n"
    )


def _array(tensor: Any) -> np.ndarray[Any, Any]:
    array: np.ndarray[Any, Any] = tensor.detach().numpy()
    return array


def _linear(target: Any, source: nn.Linear | nn.Conv1d) -> None:
    target.weight = _array(source.weight)
    if source.bias is not None:
        target.bias = _array(source.bias)


def _fused(target: Any, *sources: nn.Linear) -> None:
    """Several projections as one; a missing bias is zero."""
    target.weight = np.concatenate([_array(source.weight) for source in sources])
    target.bias = np.concatenate(
        [
            np.zeros(source.out_features, np.float32)
            if source.bias is None
            else _array(source.bias)
            for source in sources
        ]
    )


def _norm(target: Any, source: nn.LayerNorm) -> None:
    target.gamma = _array(source.weight)
    target.beta = _array(source.bias)


def _layer(target: Any, source: Layer) -> None:
    mine = source.self_attn
    _norm(target.self_attention.layer_norm, source.self_attn_layer_norm)
    _fused(target.self_attention.linear[0], mine.q_proj, mine.k_proj, mine.v_proj)
    _linear(target.self_attention.linear[1], mine.out_proj)
    if source.cross:
        other = source.encoder_attn
        _norm(target.attention.layer_norm, source.encoder_attn_layer_norm)
        _linear(target.attention.linear[0], other.q_proj)
        _fused(target.attention.linear[1], other.k_proj, other.v_proj)
        _linear(target.attention.linear[2], other.out_proj)
    _norm(target.ffn.layer_norm, source.final_layer_norm)
    _linear(target.ffn.linear_0, source.fc1)
    _linear(target.ffn.linear_1, source.fc2)
