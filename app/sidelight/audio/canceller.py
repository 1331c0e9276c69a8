"""What of the loudspeaker reaches the microphone: an adaptive echo estimate.

Partitioned-block frequency-domain normalised LMS (Soo and Pang, "Multidelay block
frequency domain adaptive filter", IEEE Trans. ASSP 38(2), 1990). One partition a frame
is constrained in turn, as Speex does, which costs a fraction of constraining all. The
step is smaller while something else than the echo is heard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FRAME: Final = 256
"""Samples an estimate is made for at once: 16 ms."""

PARTITIONS: Final = 20
"""Frames of echo that are modelled: 320 ms; a living room is 60 dB down by then."""

_STEP: Final = 0.5
_SMALLEST_SHARE: Final = 0.2
"""The step of a filter that knows nothing yet, as a share of the full one."""

_FLOOR: Final = 1.0
"""Power (of unscaled spectra, all partitions) that keeps the step small where the
loudspeaker is quiet. A thousandth of it let the coach's voice spoil the filter."""

_AUDIBLE: Final = 30.0
"""Power of all partitions and bins below which the loudspeaker teaches nothing: what
-50 dBFS amount to."""

_INAUDIBLE: Final = 3.0
"""Below this, -60 dBFS, there is no echo worth computing."""

_SMOOTH: Final = 0.9

_WORSE: Final = 1.26
"""+1 dB: with an estimate this wrong the difference is louder than the microphone …"""

_PATIENCE: Final = 32
"""… and this many frames of it (0.5 s) mean that the filter has diverged."""

_BINS: Final = FRAME + 1


class EchoCanceller:
    """Learns the path from loudspeaker to microphone while it estimates the echo.

    Deterministic. A filter that diverged is forgotten and learnt again.
    """

    def __init__(self) -> None:
        # The newest of the partitions' spectra stands at ``_newest``, older ones after
        # it, all of them twice, so that they can be read in order without a copy.
        self._heard = np.zeros((2 * PARTITIONS, _BINS), np.complex64)
        self._weights = np.zeros((PARTITIONS, _BINS), np.complex64)
        self._before = np.zeros(FRAME, np.float32)
        self._newest = 0
        self._powers = np.zeros((PARTITIONS, _BINS), np.float32)
        self._power = np.zeros(_BINS, np.float32)
        self._worse = 0
        self._turn = 0
        self._silent = PARTITIONS
        """Frames in which the loudspeaker has been digitally silent."""

    def forget(self) -> None:
        """Learn the path anew; what the loudspeaker played is still known."""
        self._weights[:] = 0
        self._worse = 0

    def estimate(
        self, microphone: NDArray[np.float32], loudspeaker: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """The echo in the next frame of the microphone; then learn from the difference.

        Args:
            microphone: float32, shape (256,), -1..1.
            loudspeaker: What was played at the same time, as long.

        Returns:
            float32, shape (256,).
        """
        self._silent = 0 if loudspeaker.any() else self._silent + 1
        if self._silent > PARTITIONS:
            # Every spectrum is zero: what follows would come to this.
            self._power *= _SMOOTH
            self._before = loudspeaker
            return np.zeros(FRAME, np.float32)
        heard = self._listen(loudspeaker)
        power = self._powers.sum(axis=0)
        self._power = np.maximum(power, _SMOOTH * self._power + (1 - _SMOOTH) * power)
        total = float(power.sum())
        if total < _INAUDIBLE:
            return np.zeros(FRAME, np.float32)
        spectrum = np.einsum("pk,pk->k", self._weights, heard)
        echo = np.fft.irfft(spectrum)[FRAME:].astype(np.float32)
        rest = microphone - echo
        echo_power, rest_power = float(echo @ echo), float(rest @ rest)
        worse = rest_power > _WORSE * float(microphone @ microphone)
        self._worse = self._worse + 1 if worse else 0
        if self._worse >= _PATIENCE:
            self.forget()
        elif total > _AUDIBLE:
            # Where the coach speaks too, the difference is not the filter's fault.
            share = min(1.0, (echo_power / (rest_power + 1e-9)) ** 0.5)
            self._learn(heard, rest, _STEP * max(share, _SMALLEST_SHARE))
        return echo

    def _listen(self, loudspeaker: NDArray[np.float32]) -> NDArray[np.complex64]:
        """Take what was played; the spectra of all partitions, newest first."""
        self._newest = (self._newest - 1) % PARTITIONS
        spectrum = np.fft.rfft(np.concatenate((self._before, loudspeaker)))
        self._powers[self._newest] = spectrum.real**2 + spectrum.imag**2
        self._heard[self._newest] = self._heard[self._newest + PARTITIONS] = spectrum
        self._before = loudspeaker
        return self._heard[self._newest : self._newest + PARTITIONS]

    def _learn(
        self, heard: NDArray[np.complex64], rest: NDArray[np.float32], step: float
    ) -> None:
        error = np.fft.rfft(np.concatenate((np.zeros(FRAME, np.float32), rest)))
        scaled = (step * error / (self._power + _FLOOR)).astype(np.complex64)
        self._weights += heard.conj() * scaled
        self._turn = (self._turn + 1) % PARTITIONS
        response = np.fft.irfft(self._weights[self._turn])
        response[FRAME:] = 0
        self._weights[self._turn] = np.fft.rfft(response)
