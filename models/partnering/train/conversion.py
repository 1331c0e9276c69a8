"""From a torch checkpoint to what the program ships: CTranslate2 int8, and a head."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec
from network import HEADS, LAYERS, Layer, Network
from talk import FORMS, LABELS

if TYPE_CHECKING:
    from pathlib import Path


def _linear(spec: Any, linear: torch.nn.Linear) -> None:
    spec.weight = linear.weight.detach().numpy()
    spec.bias = linear.bias.detach().numpy()


def _norm(spec: Any, norm: torch.nn.LayerNorm) -> None:
    spec.gamma = norm.weight.detach().numpy()
    spec.beta = norm.bias.detach().numpy()


def convert(network: Network, tokenizer: Path, out: Path, version: str) -> None:
    """Write the model folder.

    Args:
        network: Trained.
        tokenizer: ``tokenizer.json`` of the base model.
        out: Folder; created, its files are replaced.
        version: Of the detector, kept with every moment.
    """
    network = deepcopy(network)  # quantisation writes into the arrays it is given
    encoder = network.encoder
    spec_encoder = transformer_spec.TransformerEncoderSpec(
        LAYERS,
        HEADS,
        pre_norm=False,
        activation=common_spec.Activation.GELU,
        layernorm_embedding=True,
        num_source_embeddings=2,
        embeddings_merge=common_spec.EmbeddingsMerge.ADD,
    )
    spec = transformer_spec.TransformerEncoderModelSpec(spec_encoder)
    top: Any = spec.encoder
    top.scale_embeddings = False
    top.embeddings[0].weight = encoder.all_words().numpy()
    top.embeddings[1].weight = encoder.parts.weight.detach().numpy()
    top.position_encodings.encodings = encoder.places.weight.detach().numpy()
    _norm(top.layernorm_embedding, encoder.norm)
    for layer_spec, layer in zip(top.layer, encoder.layers, strict=True):
        assert isinstance(layer, Layer)
        attention = layer.attention
        three = (attention.query, attention.key, attention.value)
        fused = layer_spec.self_attention.linear[0]
        fused.weight = np.concatenate([x.weight.detach().numpy() for x in three])
        fused.bias = np.concatenate([x.bias.detach().numpy() for x in three])
        _linear(layer_spec.self_attention.linear[1], attention.output)
        _norm(layer_spec.self_attention.layer_norm, layer.norm1)
        _linear(layer_spec.ffn.linear_0, layer.inner)
        _linear(layer_spec.ffn.linear_1, layer.outer)
        _norm(layer_spec.ffn.layer_norm, layer.norm2)
    words = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    spec.register_vocabulary(sorted(words, key=words.__getitem__))
    spec.config.layer_norm_epsilon = 1e-12
    spec.config.unk_token = "[UNK]"  # noqa: S105 (a word piece)
    spec.validate()
    spec.optimize(quantization="int8")
    out.mkdir(parents=True, exist_ok=True)
    spec.save(str(out))
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    _write_head(network, out, version)


def _write_head(network: Network, out: Path, version: str) -> None:
    np.savez_compressed(
        out / "head.npz",
        weight=network.head.weight.detach().numpy(),
        bias=network.head.bias.detach().numpy(),
    )
    about = {"version": version, "labels": LABELS, "forms": FORMS}
    (out / "labels.json").write_text(json.dumps(about) + "\n")


def load(checkpoint: Path) -> Network:
    """A trained network."""
    network = Network(len(LABELS), len(FORMS))
    network.load_state_dict(torch.load(checkpoint, map_location="cpu"))
    network.eval()
    return network
