"""How late a stream's sound arrives, whatever the jitter of its deliveries."""

from __future__ import annotations

from collections import deque
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from sidelight.domain.timeline import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sidelight.audio.chunk import Chunk

WINDOWS: Final = 8
"""How many one-second windows count: enough callbacks to catch some punctual ones, so
short that 100 ppm of drift hide less than a millisecond."""


class Lateness:
    """The least ``arrived - position`` of recent deliveries.

    Deliveries can be late by any amount but never early, so the least of many is the
    device's own steady delay (the lower envelope, as NTP and RTP receivers use it). A
    chunk cut in two, with the same arrival, changes nothing: its first half only looks
    later. Time without deliveries is forgotten, not counted.
    """

    def __init__(self) -> None:
        self._least: deque[tuple[int, float]] = deque(maxlen=WINDOWS)

    @property
    def known(self) -> bool:
        """Whether anything was noted."""
        return bool(self._least)

    @property
    def seconds(self) -> float:
        """The least lateness of the newest windows that had deliveries."""
        return min(late for _, late in self._least)

    def note(self, arrived: float, late: float) -> None:
        """Take one delivery: when it came and how late that was, in seconds."""
        window = int(arrived // 1)
        if self._least and self._least[-1][0] == window:
            late = min(late, self._least.pop()[1])
        self._least.append((window, late))


def least_late(chunks: Sequence[Chunk], heard: float, rate: int) -> list[float]:
    """For each chunk how late it is, or the most punctual of those after it.

    A delivery that was held up is followed by punctual ones; after a hole all are late.

    Args:
        chunks: Deliveries that follow each other.
        heard: Session samples of the stream before them.
        rate: Samples a second of the chunks.

    Returns:
        Seconds on the capture clock, one a chunk, never falling.
    """
    late: list[float] = []
    for chunk in chunks:
        heard += (chunk.lost + len(chunk.samples)) * SAMPLE_RATE / rate
        late.append(chunk.arrived - heard / SAMPLE_RATE)
    return list(accumulate(reversed(late), min))[::-1]
