"""What a device stream delivers: some samples and when the last of them was there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Samples of one channel at the device's own rate.

    Attributes:
        samples: float32, shape (n,), -1..1.
        arrived: When the last sample was there, in seconds on the capture clock, which
            runs in sleep. The same moment may stamp several chunks.
        lost: How many samples are known to be missing right before these.
    """

    samples: NDArray[np.float32]
    arrived: float
    lost: int = 0


class ChunkStream(Protocol):
    """A running device stream.

    Attributes:
        rate: Samples a second, as the device names them.
    """

    rate: int

    def read(self) -> list[Chunk]:
        """What arrived since the last call, in order; at once, possibly nothing."""
        ...

    def close(self) -> None:
        """End the stream. More than once is fine."""
        ...
