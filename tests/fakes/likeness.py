"""Where a sound is in another, and how much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def place(heard: NDArray[np.float32], said: NDArray[np.float32]) -> int:
    """The sample of ``heard`` at which ``said`` fits best."""
    size = 1 << (len(heard) + len(said)).bit_length()
    cross = np.fft.rfft(heard, size) * np.fft.rfft(said, size).conj()
    return int(np.argmax(np.fft.irfft(cross, size)[: len(heard)]))


def likeness(heard: NDArray[np.float32], said: NDArray[np.float32]) -> float:
    """Correlation where it fits best; 0 where it does not fit whole."""
    at = place(heard, said)
    kept = heard[at : at + len(said)]
    return float(np.corrcoef(kept, said)[0, 1]) if len(kept) == len(said) else 0.0


def holds_every_piece(
    heard: NDArray[np.float32], said: NDArray[np.float32], piece: int = 800
) -> bool:
    """Whether all of a sound is there although it glides: each piece near its place."""
    at = place(heard, said)
    return all(
        likeness(
            heard[max(0, at + begin - piece) : at + begin + 2 * piece],
            said[begin : begin + piece],
        )
        > 0.9
        for begin in range(0, len(said) - piece + 1, piece)
    )
