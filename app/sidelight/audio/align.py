"""Two devices, two clocks, one aligned sound on the coach's clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.block import AudioBlock
from sidelight.audio.follower import FollowerTrack
from sidelight.audio.master import MasterTrack
from sidelight.domain.timeline import SAMPLE_RATE, Gap, Samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sidelight.audio.chunk import Chunk
    from sidelight.domain.timeline import GapCause

PATIENCE_S: Final = 0.4
"""How long the coach's sound waits for the client's of the same moment: more than
deliveries of 0.1 s, their jitter and the resampler take. Only a client's device that
delivers nothing (Windows, while nothing plays) makes it wait that long."""

LONGEST_BLOCK: Final = SAMPLE_RATE
"""After sleep a whole night of silence comes out; in pieces it needs no memory."""


class Aligner:
    """Chunks and the time in, aligned blocks and gaps out. No threads, no clock.

    The coach's samples count the session's positions, which never go back; where the
    coach's device delivers nothing, time does, and a ``Gap`` says so. The client's
    sound is put where it belongs by its arrival, follows the coach's clock slowly, and
    is silence where its device delivered nothing. With the same deliveries and the same
    ``now`` of each ``pull``, how the deliveries are cut changes no sample.

    Args:
        rate: Samples a second of the coach's device.
        client_rate: Of the client's, or ``None`` for a session with one channel.
        opened: When the devices were opened, seconds on the capture clock.
    """

    def __init__(self, rate: int, client_rate: int | None, opened: float) -> None:
        self._coach = MasterTrack(rate, opened)
        self._client = None if client_rate is None else FollowerTrack(client_rate)

    @property
    def position(self) -> Samples:
        """Where the next block will begin."""
        return Samples(self._coach.start)

    @property
    def opened_at(self) -> float:
        """Seconds on the capture clock at position 0, as the deliveries tell."""
        return self._coach.late_s

    def hear_coach(self, chunk: Chunk) -> None:
        """Take a delivery of the coach's device."""
        self._coach.hear(chunk)

    def hear_client(self, chunk: Chunk) -> None:
        """Take a delivery of the client's device.

        Raises:
            ValueError: The session has one channel.
        """
        self._second().hear(chunk)

    def explain(self, cause: GapCause) -> None:
        """Why the coach's sound is missing: the open gap's cause, or the next one's."""
        self._coach.explain(cause)

    def reopen_coach(self, rate: int) -> None:
        """The coach's next chunks come from a new stream; a gap stands between."""
        self._coach.reopen(rate)

    def reopen_client(self, rate: int) -> None:
        """The client's next chunks come from a new stream; silence stands between.

        Raises:
            ValueError: The session has one channel.
        """
        self._second().reopen(rate)

    def pull(self, now: float) -> Iterator[AudioBlock | Gap]:
        """What is complete at ``now``; to be read to its end before anything else.

        Args:
            now: Seconds on the capture clock, never falling.

        Yields:
            Blocks that follow on, and each gap after the blocks it is about.
        """
        self._coach.settle(now)
        end = self._coach.end
        if self._client is not None:
            self._client.settle(now)
            ready = self._coach.start + self._client.ready
            end = min(end, max(ready, self._coach.position_at(now - PATIENCE_S)))
        yield from self._until(end)

    def finish(self, now: float) -> Iterator[AudioBlock | Gap]:
        """Everything that is left; the devices are closed."""
        self._coach.finish(now)
        if self._client is not None:
            self._client.finish()
        yield from self._until(self._coach.end)

    def _until(self, end: int) -> Iterator[AudioBlock | Gap]:
        while self._coach.start < end:
            start = self._coach.start
            count = min(LONGEST_BLOCK, end - start)
            channels = [self._coach.take(count)]
            if self._client is not None:
                late_s = self._coach.late_s
                channels.append(self._client.take(start, count, late_s))
            yield AudioBlock(Samples(start), np.stack(channels, axis=1))
        yield from self._coach.gaps()

    def _second(self) -> FollowerTrack:
        if self._client is None:
            msg = "this session has one channel"
            raise ValueError(msg)
        return self._client
