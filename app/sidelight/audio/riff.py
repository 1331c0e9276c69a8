"""How long a WAV file says it is: decoders believe the file's size instead.

Source: Microsoft/IBM, "Multimedia Programming Interface and Data Specifications 1.0"
(1991), RIFF and WAVE chunks.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, BinaryIO, Final

from sidelight.domain.timeline import Millis

if TYPE_CHECKING:
    from pathlib import Path

_UNKNOWN: Final = (0, 0xFFFFFFFF)
"""Sizes that writers leave behind who do not know the end yet."""

_MOST_CHUNKS: Final = 100


def announced_length(path: Path) -> Millis | None:
    """The length in the header of a WAV file.

    Returns:
        ``None`` for other files, and where the header does not say.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] != b"RIFF" or head[8:] != b"WAVE":
            return None
        try:
            return _from_chunks(file)
        except struct.error:
            return None  # ends inside its header; decoding will say so


def _from_chunks(file: BinaryIO) -> Millis | None:
    bytes_a_second = 0
    for _ in range(_MOST_CHUNKS):
        name, size = struct.unpack("<4sI", file.read(8))
        if name == b"data":
            if size in _UNKNOWN or not bytes_a_second:
                return None
            return Millis(size * 1000 // bytes_a_second)
        body = file.tell()
        if name == b"fmt ":
            _, _, _, bytes_a_second = struct.unpack("<HHII", file.read(12))
        file.seek(body + size + size % 2)
    return None
