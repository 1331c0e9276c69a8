"""Speech faster or slower at its own pitch, at the rate of the device that plays it.

FFmpeg's ``atempo`` (overlap-add of the most similar stretches) does it, through PyAV.
Source: FFmpeg's documentation of the filters ``atempo`` and ``aresample``.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
import numpy as np
from av.filter import Graph

from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

SLOWEST: Final = 0.75
FASTEST: Final = 2.0
"""Between these speech is still understood."""

_UNCHANGED: Final = 1e-6


class Tempo:
    """One stretch of sound on its way to the device.

    Args:
        speed: ``SLOWEST`` to ``FASTEST``; 1.0: as it was spoken.
        rate: Samples a second of what comes out.
    """

    def __init__(self, speed: float, rate: int) -> None:
        if not SLOWEST <= speed <= FASTEST:
            msg = f"no speed for speech: {speed}"
            raise ValueError(msg)
        self._graph = Graph()
        self._given = 0
        chain = [
            self._graph.add_abuffer(
                sample_rate=SAMPLE_RATE,
                format="flt",
                layout="mono",
                time_base=Fraction(1, SAMPLE_RATE),
            )
        ]
        if abs(speed - 1) > _UNCHANGED:
            chain.append(self._graph.add("atempo", f"{speed:.4f}"))
        chain.append(self._graph.add("aresample", str(rate)))
        chain.append(self._graph.add("aformat", "sample_fmts=flt:channel_layouts=mono"))
        chain.append(self._graph.add("abuffersink"))
        self._graph.link_nodes(*chain).configure()
        self._source, self._sink = chain[0], chain[-1]

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give more sound, and take what is ready of it.

        Args:
            samples: float32, shape (n,), at ``SAMPLE_RATE``.

        Returns:
            float32, shape (m,), at the device's rate; m may be 0.
        """
        if len(samples):
            block = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(samples[None, :]), format="flt", layout="mono"
            )
            block.sample_rate = SAMPLE_RATE
            block.time_base = Fraction(1, SAMPLE_RATE)
            block.pts = self._given
            self._given += len(samples)
            self._source.push(block)
        return self._ready()

    def finish(self) -> NDArray[np.float32]:
        """What is left when no more sound comes; nothing can be given afterwards."""
        self._source.push(None)
        return self._ready()

    def _ready(self) -> NDArray[np.float32]:
        parts = []
        while True:
            try:
                block = self._sink.pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                break
            if not isinstance(block, av.AudioFrame):
                msg = f"not sound: {type(block).__name__}"
                raise TypeError(msg)
            parts.append(block.to_ndarray().reshape(-1).astype(np.float32, copy=False))
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)
