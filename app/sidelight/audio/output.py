"""The loudspeaker or headphones: sound goes into a ring that the device empties.

The callback copies and counts, and nothing else. Whoever fills the ring can tell from
the count what has really been played.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sidelight.audio.microphone import load_sounddevice
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from numpy.typing import NDArray

_RING_S: Final = 0.6
"""Sound on its way: enough for a busy moment, little enough to stop at once."""

_LATENCY_S: Final = 0.1
"""What the device is asked to hold: Python may be late by some tens of milliseconds."""

NO_OUTPUT: Final = UserError(
    "There is no loudspeaker or headphones to play the sound.",
    "Plug one in, and press play again.",
)
OUTPUT_GONE: Final = UserError(
    "The loudspeaker or headphones stopped playing.",
    "Look whether they are still plugged in, and press play again.",
)


class OutputRing:
    """Between one who fills and one callback that empties; no lock is needed.

    Args:
        size: Samples that fit.
    """

    def __init__(self, size: int) -> None:
        self._samples = np.zeros(size, np.float32)
        self._written = 0
        self._read = 0
        self._from = 0

    @property
    def room(self) -> int:
        """Samples that can be written now."""
        return len(self._samples) - (self._written - max(self._read, self._from))

    @property
    def written(self) -> int:
        """Samples written since the start."""
        return self._written

    @property
    def played(self) -> int:
        """Samples that the device has taken, or that were dropped, since the start."""
        return max(self._read, self._from)

    def write(self, samples: NDArray[np.float32]) -> None:
        """Append; at most ``room`` of them. float32, shape (n,)."""
        at = self._written % len(self._samples)
        first = min(len(samples), len(self._samples) - at)
        self._samples[at : at + first] = samples[:first]
        self._samples[: len(samples) - first] = samples[first:]
        self._written += len(samples)

    def drop(self) -> None:
        """Nothing that was written before this is played any more."""
        self._from = self._written

    def fill(self, wanted: NDArray[np.float32]) -> None:
        """In the callback: as much as there is, silence behind it.

        Args:
            wanted: float32, shape (n,), written to.
        """
        at = max(self._read, self._from)
        count = min(len(wanted), self._written - at)
        begin = at % len(self._samples)
        first = min(count, len(self._samples) - begin)
        wanted[:first] = self._samples[begin : begin + first]
        wanted[first:count] = self._samples[: count - first]
        wanted[count:] = 0.0
        self._read = at + count


class Output:
    """The system's output, running.

    Args:
        sound: The sounddevice module, or one that behaves like it.

    Raises:
        UserError: There is none, or it is refused.
    """

    def __init__(self, sound: Any = None) -> None:  # noqa: ANN401 - it has no types
        self._sound = sound or load_sounddevice()
        self._ended = threading.Event()
        try:
            device = self._sound.query_devices(kind="output")
            self.rate = int(device["default_samplerate"])
            self.ring = OutputRing(round(_RING_S * self.rate))
            self._stream = self._sound.OutputStream(
                samplerate=self.rate,
                channels=1,
                dtype="float32",
                latency=_LATENCY_S,
                callback=self._fill,
                finished_callback=self._ended.set,
            )
            self._stream.start()
        except (self._sound.PortAudioError, ValueError) as error:
            raise NO_OUTPUT from error
        self.latency_s = float(self._stream.latency)

    @property
    def ended(self) -> bool:
        """Whether the sound system ended it."""
        return self._ended.is_set()

    def close(self) -> None:
        """End it; may never return where the sound server died."""
        self._stream.close(ignore_errors=True)

    def _fill(
        self, wanted: NDArray[np.float32], _count: int, _time: object, _flags: object
    ) -> None:
        self.ring.fill(wanted[:, 0])
