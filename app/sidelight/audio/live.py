"""Live sound: the coach's microphone and, on a call, the client's side.

Both devices are kept running: one that ends, falls silent, is led elsewhere or slept is
opened again as soon as it is back, by name, and never another in its place. The trouble
of one does not stop the other.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from sidelight.audio.align import Aligner
from sidelight.audio.attachments import Attachments
from sidelight.audio.channel import Channel
from sidelight.audio.choosing import Via
from sidelight.audio.clock import SleepWatch, awake_clock
from sidelight.audio.repair import Repair, Wanted
from sidelight.audio.source import Source
from sidelight.audio.watch import Trouble
from sidelight.domain.errors import UserError
from sidelight.domain.timeline import GapCause
from sidelight.domain.transcript import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sidelight.audio.block import AudioBlock
    from sidelight.audio.choosing import Device
    from sidelight.audio.pulse import PulseWatch
    from sidelight.audio.system import SoundSystem, Stream
    from sidelight.audio.watch import SoundCondition
    from sidelight.domain.timeline import Gap

POLL_S: Final = 0.05

FROZE_S: Final = 1.0
"""Who stood still this long, deliveries and all, was stopped as a whole. The sound
server goes on meanwhile, and what it kept comes late from then on: a stream that begins
anew does not."""

_WORST_FIRST: Final = {trouble: place for place, trouble in enumerate(Trouble)}


class LiveSource(Source):
    """One microphone in the room, or the two sides of a call; a ``Source``.

    Lost sound of the coach's becomes silence with a ``Gap``; the client's becomes
    silence in its channel. To bring a device back on a system whose sound library lists
    devices only once, the other stream is closed for some tenths of a second, when the
    device is known to be there.

    Args:
        system: Opens the devices.
        coach: The coach's microphone.
        client: The client's side of a call, or ``None`` in a room.
        awake: A clock that stands still in sleep.
    """

    def __init__(
        self,
        system: SoundSystem,
        coach: Device,
        client: Device | None = None,
        *,
        awake: Callable[[], float] = awake_clock,
    ) -> None:
        self.name = coach.title
        self.layout = Layout.MONO if client is None else Layout.STEREO
        self.opened_at = None
        self._system = system
        self._clock = system.clock
        self._devices = [coach] if client is None else [coach, client]
        self._sleep = SleepWatch(system.clock, awake)
        self._stopped = threading.Event()
        self._channels: tuple[Channel, ...] = ()
        self._to_close: dict[Channel, Stream] = {}
        self._repair: Repair | None = None
        self._repaired: list[Channel] = []
        self._attachments = Attachments((), system.clock)
        self._server: PulseWatch | None = None
        self._closed = False
        self._looked = system.clock()
        self._thawed = -FROZE_S

    def blocks(self) -> Iterator[AudioBlock | Gap]:
        """The sound from the moment of opening, until ``stop``.

        Raises:
            UserError: A device cannot be opened at the start.
        """
        aligner = self._begin()
        try:
            while not self._stopped.wait(POLL_S):
                slept = self._hear(aligner)
                self._mend(aligner, slept=slept)
                yield from self._pass_on(aligner, aligner.pull(self._clock()))
            self._close()
            self._hear(aligner)
            yield from self._pass_on(aligner, aligner.finish(self._clock()))
        finally:
            self._close()

    def conditions(self, now: float) -> tuple[SoundCondition, ...]:
        """What is wrong with the devices, the worst first. Thread: any."""
        found = [one for channel in self._channels for one in channel.conditions(now)]
        found.sort(key=lambda one: _WORST_FIRST[one.trouble])
        # What stops both sides, a sound server that is gone, is said once.
        return tuple({one.message: one for one in reversed(found)}.values())[::-1]

    def stop(self) -> None:
        """Make ``blocks`` end. Thread: any; more than once is fine."""
        self._stopped.set()

    def _begin(self) -> Aligner:
        streams: list[Stream] = []
        try:
            for device in self._devices:
                streams.append(self._system.open(device))  # noqa: PERF401 - see below
        except UserError:
            for stream in streams:  # those that were opened
                self._system.close(stream)
            raise
        now = self._clock()
        self._channels = tuple(
            Channel(device, stream, now, is_coach=not place)
            for place, (device, stream) in enumerate(
                zip(self._devices, streams, strict=True)
            )
        )
        self._watch_server()
        rates = [stream.rate for stream in streams]
        return Aligner(rates[0], rates[1] if rates[1:] else None, now)

    def _pass_on(
        self, aligner: Aligner, items: Iterator[AudioBlock | Gap]
    ) -> Iterator[AudioBlock | Gap]:
        for item in items:
            if self.opened_at is None:
                self.opened_at = aligner.opened_at
            yield item

    def _hear(self, aligner: Aligner) -> bool:
        """Take what was delivered; whether the computer slept meanwhile."""
        now = self._clock()
        if now - self._looked > FROZE_S:
            self._thawed = now
        self._looked = now
        read = [channel.read(now) for channel in self._channels]
        # Asked after reading: the hole of a sleep can only be in what is read next.
        slept = self._sleep.slept_s() > 0
        if slept:
            aligner.explain(GapCause.SLEEP)
        elif self._was_frozen(self._channels[0], now):
            aligner.explain(GapCause.OVERFLOW)
        for place, channel in enumerate(self._channels):
            if self._was_frozen(channel, now):
                read[place] = []  # of long ago; its place is taken by the gap
        for chunk in read[0]:
            aligner.hear_coach(chunk)
        for chunks in read[1:]:
            for chunk in chunks:
                aligner.hear_client(chunk)
        return slept

    def _mend(self, aligner: Aligner, *, slept: bool) -> None:
        """Give up streams that are over, look for lost devices, take new streams."""
        now = self._clock()
        if self._repair is not None and self._repair.done:
            self._take(aligner, self._repair, now)
        for channel in self._channels:
            if channel.is_over(now):
                channel.lose(now)
                self._give_up(channel)
            elif channel.stream is not None and (
                slept or self._was_frozen(channel, now)
            ):
                # Some streams go on after a sleep, some only seem to.
                channel.wake(now)
                self._give_up(channel)
        due = [channel for channel in self._channels if channel.may_try(now)]
        if due and self._repair is None:
            self._look_for(due, now)

    def _was_frozen(self, channel: Channel, now: float) -> bool:
        """Whether this process stood still just now, and the stream with it."""
        return now - self._thawed < FROZE_S and channel.hole_s > FROZE_S

    def _give_up(self, channel: Channel) -> None:
        self._attachments.detach(channel)
        self._to_close[channel] = channel.give_up()

    def _look_for(self, lost: list[Channel], now: float) -> None:
        for channel in lost:
            channel.tries(now)
        others = [c for c in self._channels if c not in lost]
        self._repaired = lost
        self._repair = Repair(
            self._system,
            [Wanted(c.device, self._to_close.pop(c, None)) for c in lost],
            alone=all(
                c.device.via is Via.LOOPBACK
                or (c.stream is None and c not in self._to_close)
                for c in others
            ),
        )

    def _take(self, aligner: Aligner, repair: Repair, now: float) -> None:
        """What a repair came to."""
        repaired, self._repair, self._repaired = self._repaired, None, []
        if repair.needs_all:
            for channel in self._channels:
                if (
                    channel.stream is not None
                    and channel.device.via is not Via.LOOPBACK
                ):
                    self._give_up(channel)
            self._look_for([c for c in self._channels if c.stream is None], now)
            return
        for channel, one in zip(repaired, repair.wanted, strict=True):
            if one.stream is None:
                channel.lose(now, one.why)
                continue
            channel.regain(one.device, one.stream, now)
            if channel is self._channels[0]:
                aligner.reopen_coach(one.stream.rate)
            else:
                aligner.reopen_client(one.stream.rate)
            if self._attachments.server_gone:
                self._watch_server()

    def _watch_server(self) -> None:
        """Be told by the sound server, where there is one: from now on, or anew."""
        self._stop_watching()
        through = [c for c in self._channels if c.device.via is Via.SERVER]
        self._attachments = Attachments(through, self._clock)
        if through:
            told = self._attachments
            server = self._system.watch(told.attached, told.lost, told.preferred)
            self._server = server.__enter__() if server is not None else None

    def _stop_watching(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.__exit__(None, None, None)

    def _close(self) -> None:
        """End everything; streams stay readable."""
        if self._closed:
            return
        self._closed = True
        self._stop_watching()
        if self._repair is not None:
            self._repair.abandon()
        running = [c.stream for c in self._channels if c.stream is not None]
        for stream in (*running, *self._to_close.values()):
            self._system.close(stream)
