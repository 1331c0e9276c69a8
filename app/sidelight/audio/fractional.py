"""Reading sound between its samples: how one device's clock follows another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

REACH: Final = 18
"""Samples that are needed on either side of a position."""

_HALF: Final = 16
_PHASES: Final = 256
_BETA: Final = 7.0
"""Kaiser window of the 32-tap filters: about -70 dB beside the pass band."""

_MOST_SHIFT: Final = 0.05
"""Blending the filters of two positions this many samples apart is off by
1 - cos(π·shift·f/fs) at most: -70 dB at 4 kHz, -58 dB at the very top."""

_STEP: Final = 320
"""Longest stretch that is read with one pair of filters."""


def read_between(
    sound: NDArray[np.float32], position: float, rate: float, count: int
) -> NDArray[np.float32]:
    """The sound at ``position``, ``position + rate`` … by windowed-sinc interpolation.

    Positions a stretch apart get one filter each, and the stretch is blended from the
    one to the other, so the delay glides and nothing clicks.

    Args:
        sound: float32, shape (n,).
        position: Of the first sample wanted, in samples; ``REACH`` samples must lie
            before it, and after the last.
        rate: Samples of ``sound`` per sample of the result, near 1.
        count: How many samples are wanted.

    Returns:
        float32, shape (count,).
    """
    if rate == 1.0 and position == int(position):
        return sound[int(position) : int(position) + count]
    drift = abs(rate - 1)
    step = _STEP if drift * _STEP <= _MOST_SHIFT else max(1, int(_MOST_SHIFT / drift))
    result = np.empty(count, np.float32)
    for begin in range(0, count, step):
        length = min(step, count - begin)
        at = position + begin * rate
        base = int(np.floor(at))
        around = sound[base - _HALF : base + length + _HALF]
        first = np.convolve(around, _filter(at - base), "valid")[:length]
        end = position + (begin + length) * rate
        last = np.convolve(around, _filter(end - base - length), "valid")[:length]
        blend = np.arange(length, dtype=np.float32) / np.float32(length)
        result[begin : begin + length] = first + blend * (last - first)
    return result


def _windowed_sincs() -> NDArray[np.float32]:
    """Filters for fractions -1, -1 + 1/256 … 2: shape (769, 33), each of gain 1."""
    fractions = np.arange(-_PHASES, 2 * _PHASES + 1)[:, np.newaxis] / _PHASES
    offsets = np.arange(-_HALF, _HALF + 1) - fractions
    inside = np.clip(1 - (offsets / (_HALF + 1)) ** 2, 0, None)
    taps = np.sinc(offsets) * np.i0(_BETA * np.sqrt(inside))
    # Reversed, as ``convolve`` turns them round.
    table: NDArray[np.float32] = (taps / taps.sum(axis=1, keepdims=True))[:, ::-1]
    return table.astype(np.float32)


_TABLE: Final = _windowed_sincs()
_TABLE.setflags(write=False)


def _filter(fraction: float) -> NDArray[np.float32]:
    """Taps that read ``fraction`` of a sample later, -1..2."""
    place = (fraction + 1) * _PHASES
    row = min(int(place), 3 * _PHASES - 1)
    taps: NDArray[np.float32] = _TABLE[row] + np.float32(place - row) * (
        _TABLE[row + 1] - _TABLE[row]
    )
    return taps
