"""Speech as mel cepstra: what tells voices apart, apart from microphone and loudness.

Davis and Mermelstein, "Comparison of parametric representations for monosyllabic word
recognition", IEEE Trans. ASSP 28(4), 1980; differences over time after Furui, 1981.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP: Final = 160
"""Samples from one row to the next: 10 ms."""

CEPSTRA: Final = 20
COLUMNS: Final = 2 * CEPSTRA
"""Cepstra without the first, which is loudness, and how they change."""

_WIDTH: Final = 400
_TRANSFORM: Final = 512
_BANDS: Final = 26
_LOWEST_HZ: Final = 80
_HIGHEST_HZ: Final = 7_600
_EMPHASIS: Final = 0.97

_AUDIBLE_DB: Final = 25.0
"""Rows this much quieter than the loudest twentieth are pauses."""

_BAND_FLOOR: Final = 1e-5
"""Added to every band, as a share of the mean band: 50 dB below."""

_FAINTEST_DB: Final = -90.0
"""Mean power after pre-emphasis, in dB of full scale, below which nothing is speech."""


def mel_cepstra(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """The audible rows of a stretch of speech, with its mean taken off.

    The mean is what the microphone, the room and the distance do to a voice.

    Args:
        samples: float32, shape (n,), 16 kHz mono, -1..1.

    Returns:
        float64, shape (rows, ``COLUMNS``); a row for every 10 ms that is no pause.
    """
    if len(samples) < _WIDTH + 4 * STEP:
        return np.zeros((0, COLUMNS))
    sound = samples.astype(np.float64)
    sound = np.append(sound[0], sound[1:] - _EMPHASIS * sound[:-1])
    rows = np.lib.stride_tricks.sliding_window_view(sound, _WIDTH)[::STEP]
    loud = 10 * np.log10(np.mean(rows**2, axis=1) + 1e-12)
    power = np.abs(np.fft.rfft(rows * np.hamming(_WIDTH), _TRANSFORM)) ** 2
    bands = power @ _filters().T
    # A floor that follows the loudness: what is quieter is the room, not the voice.
    floor = _BAND_FLOOR * float(np.mean(bands)) + 1e-12
    cepstra = np.log(bands + floor) @ _cosines().T
    change = 0.2 * _shifted(cepstra, 2) + 0.1 * _shifted(cepstra, 1)
    audible = loud > max(_FAINTEST_DB, float(np.percentile(loud, 95)) - _AUDIBLE_DB)
    audible[:2] = audible[-2:] = False  # nothing on one side to differ from
    cepstra, change = cepstra[audible], change[audible]
    if len(cepstra):
        cepstra = cepstra - cepstra.mean(axis=0)
    return np.hstack([cepstra, change])


def _shifted(rows: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    """Row after minus row before."""
    return np.roll(rows, -by, axis=0) - np.roll(rows, by, axis=0)


def _filters() -> NDArray[np.float64]:
    """Triangles, evenly spaced in mel: shape (bands, bins)."""
    lowest, highest = 1127 * np.log(1 + np.array([_LOWEST_HZ, _HIGHEST_HZ]) / 700)
    edges = 700 * (np.exp(np.linspace(lowest, highest, _BANDS + 2) / 1127) - 1)
    bins = np.fft.rfftfreq(_TRANSFORM, 1 / SAMPLE_RATE)
    rising = (bins - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - bins) / np.diff(edges)[1:, None]
    return np.asarray(np.clip(np.minimum(rising, falling), 0, None))


def _cosines() -> NDArray[np.float64]:
    """The cosine transform: shape (cepstra, bands)."""
    which = np.arange(1, CEPSTRA + 1)
    return np.asarray(np.cos(np.pi * np.outer(which, np.arange(_BANDS) + 0.5) / _BANDS))
