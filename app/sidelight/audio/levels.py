"""How loud a block is, for meters and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FLOOR_DBFS: Final = -96.0
"""What silence reads (16-bit sound cannot be quieter), so that meters stay finite."""


def peak_dbfs(samples: NDArray[np.float32]) -> tuple[float, ...]:
    """The loudest sample of each channel.

    Args:
        samples: float32, shape (n, channels), -1..1.

    Returns:
        Decibels below full scale per channel, ``FLOOR_DBFS``..0 (more when clipped).
    """
    if not len(samples):
        return (FLOOR_DBFS,) * int(samples.shape[1])
    return _dbfs(np.abs(samples).max(axis=0))


def rms_dbfs(samples: NDArray[np.float32]) -> tuple[float, ...]:
    """The root mean square of each channel.

    Args:
        samples: float32, shape (n, channels), -1..1.

    Returns:
        Decibels below full scale per channel; a full-scale sine reads -3.01.
    """
    if not len(samples):
        return (FLOOR_DBFS,) * int(samples.shape[1])
    return _dbfs(np.sqrt(np.mean(np.square(samples, dtype=np.float64), axis=0)))


def _dbfs(amplitudes: NDArray[np.floating]) -> tuple[float, ...]:
    quietest = 10 ** (FLOOR_DBFS / 20)
    return tuple(20 * float(np.log10(max(value, quietest))) for value in amplitudes)
