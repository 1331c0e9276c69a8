"""Sound from memory into a file's codec, piece by piece: an hour needs no more room.

PyAV (FFmpeg) encodes. Its ``bitexact`` flags keep random numbers and its own version
out of the file, so that the same sound gives the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import av

from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    import numpy as np
    from numpy.typing import NDArray

_LAYOUTS: Final = {1: "mono", 2: "stereo"}


@dataclass(frozen=True, slots=True)
class Coding:
    """How sound is written.

    Attributes:
        container: FFmpeg's name of the file format.
        codec: FFmpeg's name of the encoder.
        bits_per_second: For each channel; ``None``: without loss.
    """

    container: str
    codec: str
    bits_per_second: int | None = None


def encode(
    coding: Coding, blocks: Iterable[NDArray[np.int16]], channels: int, out: BinaryIO
) -> None:
    """Write the whole file.

    Args:
        coding: How.
        blocks: int16, shape (n, channels), 16 kHz, in order.
        channels: 1 or 2.
        out: Where; is written and sought in, and left open.

    Raises:
        OSError: The disk refuses.
    """
    flags = {"fflags": "+bitexact"}
    with av.open(out, "w", format=coding.container, options=flags) as container:
        stream = container.add_stream(coding.codec, rate=SAMPLE_RATE)
        if not isinstance(stream, av.AudioStream):
            raise TypeError(coding.codec)
        stream.codec_context.layout = _LAYOUTS[channels]
        stream.codec_context.format = "s16"
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        if coding.bits_per_second is not None:
            stream.codec_context.bit_rate = coding.bits_per_second * channels
        position = 0
        for block in blocks:
            piece = av.AudioFrame.from_ndarray(
                block.reshape(1, -1), format="s16", layout=_LAYOUTS[channels]
            )
            piece.sample_rate = SAMPLE_RATE
            piece.pts = position
            position += len(block)
            container.mux(stream.encode(piece))
        container.mux(stream.encode(None))
