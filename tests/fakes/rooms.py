"""A room in which the coach's loudspeaker reaches the coach's microphone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000
FRAME = 256
SPEECH_DBFS = -45.0


@dataclass(frozen=True)
class Room:
    """What becomes of two clean voices.

    Attributes:
        echo_db: How loud the client is at the microphone, relative to the coach.
        delay_s: From the loopback to the microphone.
        ppm: How much faster the loudspeaker's clock runs.
        rt60_s: Time in which the room dies away by 60 dB.
        noise_dbfs: Of the microphone.
    """

    echo_db: float
    delay_s: float = 0.12
    ppm: float = 0.0
    rt60_s: float = 0.3
    noise_dbfs: float = -65.0

    def record(self, clean: NDArray[np.float32]) -> NDArray[np.float32]:
        """Coach and client as the devices give them: shape (n, 2) like ``clean``."""
        coach, client = clean[:, 0], clean[:, 1]
        echo = _through(client, _response(self.rt60_s))
        delay = round(self.delay_s * RATE)
        echo = np.concatenate((np.zeros(delay), echo))[: len(coach)]
        places = np.arange(len(echo)) * (1 + self.ppm * 1e-6)
        echo = np.interp(places, np.arange(len(echo)), echo)
        echo *= 10 ** (self.echo_db / 20) * _level(coach) / _level(echo)
        noise = np.random.default_rng(1).normal(
            0, 10 ** (self.noise_dbfs / 20), len(coach)
        )
        heard = np.stack((coach + echo + noise, client), axis=1)
        return heard.astype(np.float32)


def _loud(sound: NDArray[np.floating]) -> NDArray[np.bool_]:
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.mean(np.square(frames, dtype=np.float64), axis=1)
    return np.asarray(10 * np.log10(power + 1e-12) > SPEECH_DBFS)


def _level(sound: NDArray[np.floating]) -> float:
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    return float(np.sqrt(np.mean(np.square(frames[_loud(sound)]))))


def _response(rt60_s: float) -> NDArray[np.float64]:
    """Direct sound, then noise that dies away."""
    seconds = np.arange(int(1.2 * rt60_s * RATE)) / RATE
    tail = np.random.default_rng(5).normal(0, 0.25, len(seconds))
    tail *= 10 ** (-3 * seconds / rt60_s)
    tail[0] = 3.0
    return np.asarray(tail / np.sqrt(np.sum(tail**2)))


def _through(
    sound: NDArray[np.float32], response: NDArray[np.float64]
) -> NDArray[np.float64]:
    size = 1 << (len(sound) + len(response) - 1).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.fft.rfft(response, size)
    return np.asarray(np.fft.irfft(spectrum, size)[: len(sound)])
