"""The unit of aligned sound: a run of samples with its position in the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sidelight.domain.timeline import Samples, Span, to_millis

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class AudioBlock:
    """A run of sound, all channels aligned.

    Attributes:
        start: Position of the first sample in the session.
        samples: float32, shape (n, channels), 16 kHz, -1..1; channel order is that of
            ``Layout.speakers``. Never written to after it was made.
    """

    start: Samples
    samples: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.start < 0 or self.samples.ndim != 2:  # noqa: PLR2004 (axes)
            msg = f"not a block: start {self.start}, shape {self.samples.shape}"
            raise ValueError(msg)
        if self.samples.dtype != np.float32:
            msg = f"not float32: {self.samples.dtype}"
            raise ValueError(msg)

    def __len__(self) -> int:
        return len(self.samples)

    @property
    def channels(self) -> int:
        """How many channels it has."""
        return int(self.samples.shape[1])

    @property
    def end(self) -> Samples:
        """Position of the first sample after it."""
        return Samples(self.start + len(self.samples))

    @property
    def span(self) -> Span:
        """The milliseconds it covers."""
        return Span(to_millis(self.start), to_millis(self.end))
