"""What was heard, read by position: the newest from memory, the rest from the spool.

Capture appends here only what the spool already has, so nothing is recognised that was
not kept. The recogniser pulls from any position: slow, normal and restarted are one
path.
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.domain.timeline import SAMPLE_RATE, Samples, Span, to_samples

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from sidelight.domain.timeline import Millis

TAIL_SECONDS: Final = 30
"""Sound held in memory, for a recogniser that keeps up: two channels cost 4 MB."""


class KeptSound(Protocol):
    """Reads back what the spool has on disk."""

    @property
    def length(self) -> Samples:
        """How much there is."""
        ...

    @property
    def finished(self) -> bool:
        """Whether it is complete."""
        ...

    def read(self, start: Samples, count: int) -> NDArray[np.float32]:
        """Sound from ``start`` on: float32, shape (at most ``count``, channels)."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


class Arrivals:
    """When the sound of a position came in, on the engine's steady clock. Any thread.

    Kept for the last ``kept`` blocks; sound older than that counts as come in with the
    oldest of them.
    """

    def __init__(self, kept: int = 65_536) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._ends = array("q")
        self._times = array("d")

    def note(self, end: Samples, now: float) -> None:
        """All sound before ``end`` is here at ``now`` (seconds)."""
        with self._lock:
            self._ends.append(end)
            self._times.append(now)
            if len(self._ends) > 2 * self._kept:
                del self._ends[: self._kept], self._times[: self._kept]

    def time_of(self, at: Millis) -> float | None:
        """When the sound before ``at`` was complete; ``None``: it is not yet."""
        position = to_samples(at)
        with self._lock:
            index = bisect_left(self._ends, position)
            return self._times[index] if index < len(self._ends) else None


class SessionSound:
    """The session's sound so far. One thread appends, one reads, any may ask how far.

    Args:
        open_kept: Opens what reads older sound back; called by the reading thread when
            it first falls that far behind.
        tail_seconds: How much stays in memory.
        start: What is kept already, when an earlier engine began the session.
    """

    def __init__(
        self,
        open_kept: Callable[[], KeptSound],
        tail_seconds: int = TAIL_SECONDS,
        start: Samples = Samples(0),  # noqa: B008 - an integer
    ) -> None:
        self._open_kept = open_kept
        self._kept: KeptSound | None = None
        self._most = tail_seconds * SAMPLE_RATE
        self._change = threading.Condition()
        self._tail: deque[AudioBlock] = deque()
        self._end = start
        self._complete = False
        self._muted: tuple[Span, ...] = ()

    @property
    def end(self) -> Samples:
        """Position after the newest sample."""
        with self._change:
            return self._end

    @property
    def complete(self) -> bool:
        """Whether no more sound will come."""
        with self._change:
            return self._complete

    def append(self, block: AudioBlock) -> None:
        """Add the next block.

        Raises:
            ValueError: It does not begin where the sound ends.
        """
        with self._change:
            if block.start != self._end:
                msg = f"sound at {block.start} after {self._end}"
                raise ValueError(msg)
            self._tail.append(block)
            self._end = block.end
            while self._tail[0].end < self._end - self._most:
                self._tail.popleft()
            self._change.notify_all()

    def mute(self, spans: Sequence[Span]) -> None:
        """From now on these stretches read as silence, and no others: off the record.

        Args:
            spans: Hidden ones and erased ones.
        """
        with self._change:
            self._muted = tuple(spans)

    def forget(self, span: Span) -> None:
        """Wipe this stretch from memory too; the record has destroyed it."""
        with self._change:
            self._tail = deque(_muted(block, (span,)) for block in self._tail)

    def finish(self) -> None:
        """No more sound will come."""
        with self._change:
            self._complete = True
            self._change.notify_all()

    def wait_beyond(self, position: Samples, timeout_s: float) -> bool:
        """Wait until there is sound after ``position`` or none will come.

        Returns:
            Whether there is sound after it.
        """
        with self._change:
            self._change.wait_for(
                lambda: self._end > position or self._complete, timeout_s
            )
            return self._end > position

    def read(self, start: Samples, most: int) -> AudioBlock:
        """The sound from ``start`` on, at least one sample, at most ``most``.

        What is off the record is silence.

        Raises:
            ValueError: There is no sound after ``start``.
        """
        block = self._read(start, most)
        with self._change:
            return _muted(block, self._muted)

    def _read(self, start: Samples, most: int) -> AudioBlock:
        with self._change:
            if start >= self._end:
                msg = f"no sound at {start}, it ends at {self._end}"
                raise ValueError(msg)
            first = self._tail[0].start if self._tail else self._end
            if start >= first:
                pieces = [b for b in self._tail if b.end > start]
                return _cut(start, most, pieces)
        self._kept = self._kept or self._open_kept()
        older = self._kept.read(start, min(most, first - start))
        if not len(older):
            msg = f"the spool has nothing at {start}"
            raise ValueError(msg)
        return AudioBlock(start, older)

    def close(self) -> None:
        """Close what was opened for reading, once nobody reads any more."""
        if self._kept is not None:
            self._kept.close()


def _muted(block: AudioBlock, spans: Sequence[Span]) -> AudioBlock:
    """The block with silence in these stretches."""
    for span in spans:
        begin = max(0, to_samples(span.start) - block.start)
        end = min(len(block.samples), to_samples(span.end) - block.start)
        if begin < end:
            samples = block.samples.copy()
            samples[begin:end] = 0
            block = AudioBlock(block.start, samples)
    return block


def _cut(start: Samples, most: int, blocks: list[AudioBlock]) -> AudioBlock:
    """``most`` samples from ``start`` on, out of neighbouring blocks."""
    wanted: list[NDArray[np.float32]] = []
    position, left = int(start), most
    for block in blocks:
        offset = position - block.start
        piece = block.samples[offset : offset + left]
        wanted.append(piece)
        position += len(piece)
        left -= len(piece)
        if not left:
            break
    return AudioBlock(start, wanted[0] if len(wanted) == 1 else np.concatenate(wanted))
