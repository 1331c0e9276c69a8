"""Speech model folders with the true structure and next to no weights."""

from __future__ import annotations

import hashlib
import json
import struct
from typing import TYPE_CHECKING

from sidelight.speech.catalogue import OfferedFile, OfferedModel

if TYPE_CHECKING:
    from pathlib import Path


def weights(spec: str = "WhisperSpec", size: int = 200_000, version: int = 6) -> bytes:
    """A ``model.bin`` with two variables and an alias."""

    def string(text: str) -> bytes:
        data = text.encode() + b"\0"
        return struct.pack("<H", len(data)) + data

    def variable(name: str, data: bytes) -> bytes:
        shape = struct.pack("<BI", 1, len(data))
        return string(name) + shape + struct.pack("<BI", 1, len(data)) + data

    noise = hashlib.shake_128(b"weights").digest(size)
    return (
        struct.pack("<I", version)
        + string(spec)
        + struct.pack("<II", 3, 2)
        + variable("encoder/weight", noise)
        + variable("decoder/weight", noise[:100])
        + struct.pack("<I", 1)
        + string("decoder/projection")
        + string("decoder/weight")
    )


def write_model(folder: Path, size: int = 200_000) -> Path:
    """A whole folder; returns it."""
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(weights(size=size))
    (folder / "config.json").write_text(json.dumps({"suppress_ids": []}))
    (folder / "tokenizer.json").write_text(json.dumps({"model": {"type": "BPE"}}))
    (folder / "vocabulary.txt").write_text("a\nb\nc\n")
    return folder


def offered(folder: Path, name: str = "base.en") -> OfferedModel:
    """The catalogue's entry that describes a folder."""
    files = tuple(
        OfferedFile(
            path.name,
            path.stat().st_size,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.iterdir())
    )
    return OfferedModel(
        name=name,
        repository="Systran/faster-whisper-base.en",
        revision="0123456789abcdef0123456789abcdef01234567",
        licence="MIT",
        memory_mb=1,
        languages="English",
        translates=False,
        good_for="tests",
        files=files,
    )
