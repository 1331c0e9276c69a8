"""A stream at a device's rate becomes one at the session's, sample-aligned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr

from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Resampler:
    """Output sample k is the sound at input time k/16000 s, however the input is cut.

    Output lags, as soxr needs the sound around a sample: 35 ms at 48 kHz, 115 ms at
    8 kHz. What has been heard is therefore counted on the input side.
    """

    def __init__(self, rate: int) -> None:
        """Begin a stream.

        Args:
            rate: Samples a second of the input.
        """
        self.rate = rate
        self._in = 0
        self._stream = (
            None
            if rate == SAMPLE_RATE
            else soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")
        )

    @property
    def heard(self) -> float:
        """Length of the input so far, in session samples."""
        return self._in * SAMPLE_RATE / self.rate

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take input, return the output that is ready: float32, shape (m,)."""
        self._in += len(samples)
        if self._stream is None:
            return samples
        return np.asarray(self._stream.resample_chunk(samples), np.float32)

    def finish(self) -> NDArray[np.float32]:
        """The rest of the output; then the stream begins anew at input time 0."""
        self._in, heard = 0, self._in
        if self._stream is None or not heard:
            return np.zeros(0, np.float32)
        rest = self._stream.resample_chunk(np.zeros(0, np.float32), last=True)
        self._stream.clear()
        return np.asarray(rest, np.float32)
