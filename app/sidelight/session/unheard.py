"""No listening: a session that has time and notes, and no sound at all."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.source import Source
from sidelight.domain.timeline import SAMPLE_RATE, Samples
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Gap

_STEP_S: Final = 0.25
_LONGEST_BLOCK: Final = 60 * SAMPLE_RATE


class PassingTime(Source):
    """Time as silence: the session's position moves on, and nothing is opened.

    Args:
        clock: The capture clock, seconds; it runs in sleep.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.name = ""
        self.layout = Layout.MONO
        self._clock = clock
        self._stopped = threading.Event()

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """See ``Source``."""
        self.opened_at = began = self._clock()
        position = 0
        stopped = False
        while not stopped:
            stopped = self._stopped.wait(_STEP_S)
            end = round((self._clock() - began) * SAMPLE_RATE)
            while position < end:
                count = min(_LONGEST_BLOCK, end - position)
                silence = np.zeros((count, 1), np.float32)
                yield AudioBlock(Samples(position), silence)
                position += count

    def stop(self) -> None:
        """See ``Source``."""
        self._stopped.set()


class NoSpool:
    """Keeps nothing.

    Args:
        position: What was kept before.
    """

    def __init__(self, position: Samples = Samples(0)) -> None:  # noqa: B008 - an integer
        self.position = position

    def append(self, samples: NDArray[np.float32]) -> None:
        """Count it, and let it go."""
        self.position = Samples(self.position + len(samples))

    def finish(self) -> None:
        """Nothing to finish."""

    def close(self) -> None:
        """Nothing to close."""
