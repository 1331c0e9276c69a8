"""What a device's callback writes and the capture thread reads: no locks, no waiting.

One writer, one reader. Everything is preallocated; the writer publishes by raising a
counter after the samples are in place, and only ever touches room the reader has left.
In CPython both counters are plain ints, whose assignment is atomic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.chunk import Chunk

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STAMPS: Final = 4096
"""Deliveries that fit: at the smallest usual size (64 samples) over 5 s."""


class Ring:
    """Samples of one channel with the moment each delivery arrived."""

    def __init__(self, capacity: int) -> None:
        """Make room.

        Args:
            capacity: Samples; two seconds or more, so that a busy computer loses none.
        """
        self._capacity = capacity
        self._samples = np.zeros(capacity, np.float32)
        self._ends = np.zeros(_STAMPS, np.int64)
        self._arrived = np.zeros(_STAMPS, np.float64)
        self._lost = np.zeros(_STAMPS, np.int64)
        self._written = 0
        self._stamped = 0
        self._dropped = 0
        self._read = 0
        self._taken = 0

    def write(self, delivery: NDArray[np.float32], arrived: float) -> None:
        """Take a delivery, or count it as lost where there is no room.

        Args:
            delivery: float32, shape (n, channels), -1..1; channels become their mean.
            arrived: Seconds on the capture clock.

        Thread: the sound system's; nothing is allocated but views.
        """
        count = len(delivery)
        full = count > self._capacity - (self._written - self._read)
        if full or self._stamped - self._taken == _STAMPS:
            self._dropped += count
            return
        start = self._written % self._capacity
        first = min(count, self._capacity - start)
        self._put(start, delivery[:first])
        if first < count:
            self._put(0, delivery[first:])
        stamp = self._stamped % _STAMPS
        self._ends[stamp] = self._written + count
        self._arrived[stamp] = arrived
        self._lost[stamp] = self._dropped
        self._dropped = 0
        self._written += count
        self._stamped += 1

    def read(self) -> list[Chunk]:
        """Every delivery since the last call, in order.

        Thread: the reader's.
        """
        chunks = []
        stamped = self._stamped
        while self._taken < stamped:
            stamp = self._taken % _STAMPS
            end = int(self._ends[stamp])
            chunks.append(
                Chunk(
                    self._copy(self._read, end),
                    float(self._arrived[stamp]),
                    int(self._lost[stamp]),
                )
            )
            self._read = end
            self._taken += 1
        return chunks

    def _put(self, start: int, part: NDArray[np.float32]) -> None:
        room = self._samples[start : start + len(part)]
        if part.shape[1] == 1:
            room[:] = part[:, 0]
        else:
            part.mean(axis=1, out=room)

    def _copy(self, start: int, end: int) -> NDArray[np.float32]:
        first, last = start % self._capacity, end % self._capacity
        if first < last or start == end:
            return self._samples[first:last].copy()
        return np.concatenate([self._samples[first:], self._samples[:last]])
