"""One side of a session: its device, through every end and new beginning of it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from sidelight.audio.choosing import Via
from sidelight.audio.watch import SLOW_START_S, StreamWatch

if TYPE_CHECKING:
    from sidelight.audio.choosing import Device
    from sidelight.audio.chunk import Chunk
    from sidelight.audio.system import Stream
    from sidelight.audio.watch import SoundCondition
    from sidelight.domain.errors import UserError

RETRY_S: Final = 2.0

STALLED_S: Final = 4.0
"""Without a delivery for this long a stream is closed and opened again. The coach was
told three seconds before; most streams that pause have gone on by then."""


class Channel:
    """A device that is to be recorded, whatever happens to it.

    It judges and remembers; opening and closing is done by who owns it. Everything
    runs on the owner's thread, but ``attached``, ``cut_off``, ``preferred`` and
    ``conditions``, which any thread may call.

    Attributes:
        hole_s: Longest time without a delivery that the last ``read`` ended, seconds.

    Args:
        device: What was chosen; never another.
        stream: It, running.
        now: Seconds on the capture clock.
        is_coach: Whether this is the coach's side. A microphone always hears something;
            what a computer plays may be silent.
    """

    def __init__(
        self, device: Device, stream: Stream, now: float, *, is_coach: bool
    ) -> None:
        self.device = device
        self.stream: Stream | None = stream
        self._lock = threading.Lock()  # the watch and what the server says
        self._source = device.name.name if device.via is Via.SERVER else None
        self._watch = StreamWatch(
            device.title,
            opened=now,
            rate=stream.rate,
            always_sounds=is_coach,
            source=self._source,
        )
        self._attached: str | None = None
        self._cut_off = False
        self._arrived: float | None = None
        self.hole_s = 0.0
        self._patience_ends = now + SLOW_START_S
        self._tried = now - RETRY_S

    @property
    def source(self) -> str | None:
        """What the sound server calls the source; ``None`` without a server."""
        return self._source

    def read(self, now: float) -> list[Chunk]:
        """What arrived, seen by the watch; nothing of a stream led elsewhere."""
        if self.stream is None or self._elsewhere:
            return []
        chunks = self.stream.read()
        self.hole_s = 0.0
        for chunk in chunks:
            before, self._arrived = self._arrived, chunk.arrived
            if before is not None and self.device.via is not Via.LOOPBACK:
                self.hole_s = max(self.hole_s, chunk.arrived - before)
        if chunks:
            self._patience_ends = now + STALLED_S
        with self._lock:
            for chunk in chunks:
                zeros = not chunk.samples.any()
                self._watch.heard(chunk.arrived, len(chunk.samples), zeros=zeros)
        return chunks

    def is_over(self, now: float) -> bool:
        """Whether the stream is of no more use."""
        if self.stream is None:
            return False
        stalled = now > self._patience_ends and self.device.via is not Via.LOOPBACK
        return self.stream.ended or self._cut_off or self._elsewhere or stalled

    def give_up(self) -> Stream:
        """The stream, to be closed; the channel has none any more."""
        assert self.stream is not None  # noqa: S101 - the owner looked
        stream, self.stream = self.stream, None
        self._arrived = None
        self.hole_s = 0.0
        with self._lock:
            self._attached = None
            self._cut_off = False
        return stream

    def wake(self, now: float) -> None:
        """The computer slept: silence until now says nothing about the device."""
        if self.stream is not None:
            with self._lock:
                self._watch.reopened(now, self.stream.rate)

    def lose(self, now: float, why: UserError | None = None) -> None:
        """The device is gone, or, with a reason, cannot be opened."""
        with self._lock:
            if why is None:
                self._watch.ended(now)
            else:
                self._watch.refused(now, why)

    def may_try(self, now: float) -> bool:
        """Whether it has no stream and it is time to look for the device."""
        return self.stream is None and now >= self._tried + RETRY_S

    def tries(self, now: float) -> None:
        """The device is looked for."""
        self._tried = now

    def regain(self, device: Device, stream: Stream, now: float) -> None:
        """The device runs again."""
        self.device = device
        self.stream = stream
        self._patience_ends = now + SLOW_START_S
        with self._lock:
            self._watch.reopened(now, stream.rate)
            if self._attached is not None:
                # The server may have been quicker than the owner.
                self._watch.attached(now, self._attached)

    def attached(self, now: float, source: str) -> None:
        """The server says which source the stream records. Thread: any."""
        with self._lock:
            self._attached = source
            self._watch.attached(now, source)

    def cut_off(self) -> None:
        """The server is gone, and the stream with it. Thread: any."""
        with self._lock:
            self._cut_off = True

    def preferred(self, now: float, title: str | None) -> None:
        """The system's choice became this device; ``None``: as it was. Thread: any."""
        with self._lock:
            self._watch.default_is(now, title or self.device.title)

    def conditions(self, now: float) -> tuple[SoundCondition, ...]:
        """What is wrong, the worst first. Thread: any."""
        with self._lock:
            return self._watch.conditions(now)

    @property
    def _elsewhere(self) -> bool:
        return self._attached is not None and self._attached != self._source
