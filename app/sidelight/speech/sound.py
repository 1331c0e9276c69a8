"""The recent sound of one channel, read by position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.domain.timeline import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROOM: Final = 32 * SAMPLE_RATE
"""First size of the buffer: more than an utterance needs."""


class Sound:
    """A stretch of one channel: appended behind, dropped in front."""

    def __init__(self, start: Samples) -> None:
        self._buffer = np.zeros(_ROOM, np.float32)
        self._start = start
        self._held = 0

    @property
    def end(self) -> Samples:
        """Position after the last sample."""
        return Samples(self._start + self._held)

    def append(self, samples: NDArray[np.float32]) -> None:
        """Add what follows; float32, shape (n,)."""
        wanted = self._held + len(samples)
        if wanted > len(self._buffer):
            larger = np.zeros(2 * wanted, np.float32)
            larger[: self._held] = self._buffer[: self._held]
            self._buffer = larger
        self._buffer[self._held : wanted] = samples
        self._held = wanted

    def read(self, start: Samples, end: Samples) -> NDArray[np.float32]:
        """A copy of the samples from ``start`` to ``end``.

        Raises:
            ValueError: They were dropped or have not come.
        """
        if start < self._start or end > self.end:
            msg = f"[{start}, {end}) is not in [{self._start}, {self.end})"
            raise ValueError(msg)
        return self._buffer[start - self._start : end - self._start].copy()

    def drop_before(self, position: Samples) -> None:
        """Forget older sound. Cheap: moves samples only when much can be dropped."""
        gone = position - self._start
        if gone < SAMPLE_RATE:
            return
        self._buffer[: self._held - gone] = self._buffer[gone : self._held].copy()
        self._held -= gone
        self._start = position
