"""Which of this process's record streams belongs to which channel.

The sound server numbers its streams and says what each records, but not who opened it.
A new one belongs to the channel that waits for its source, or, if none does, to the one
that waits at all: then its sound is led elsewhere. A number that is gone is forgotten,
for a stream can get a new one without anybody here opening it anew: ALSA's plug-in for
the server does so when PortAudio catches up after callbacks came too late.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sidelight.audio.choosing import Side

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sidelight.audio.channel import Channel


class Attachments:
    """Passes what the server tells on to the channels. Thread: any.

    Args:
        channels: Of the session, all through the server.
        clock: The capture clock.
    """

    def __init__(self, channels: Sequence[Channel], clock: Callable[[], float]) -> None:
        self._channels = channels
        self._clock = clock
        self._lock = threading.Lock()
        self._numbers: dict[int, Channel | None] = {}
        self._first: tuple[str, str] | None = None
        self.server_gone = False
        """Whether the server has ended; nothing more is told then."""

    def attached(self, sources: Mapping[int, str]) -> None:
        """All record streams of this process, each with the source it records."""
        with self._lock:
            for gone in self._numbers.keys() - sources.keys():
                del self._numbers[gone]
            for number, source in sources.items():
                if number not in self._numbers:
                    self._numbers[number] = self._waiting_for(source)
            owned = [(self._numbers[n], source) for n, source in sources.items()]
        for channel, source in owned:
            if channel is not None:
                channel.attached(self._clock(), source)

    def detach(self, channel: Channel) -> None:
        """The channel's stream is given up; what is said of it no longer counts."""
        with self._lock:
            for number, owner in self._numbers.items():
                if owner is channel:
                    self._numbers[number] = None

    def lost(self) -> None:
        """The server is gone."""
        self.server_gone = True
        for channel in self._channels:
            channel.cut_off()

    def preferred(self, input_: str, output: str) -> None:
        """The titles of the system's choice; told to the coach when it changes."""
        if self._first is None:
            self._first = (input_, output)
        first_input, first_output = self._first
        for channel in self._channels:
            played = channel.device.side is Side.PLAYED
            title, first = (output, first_output) if played else (input_, first_input)
            channel.preferred(self._clock(), None if title == first else title)

    def _waiting_for(self, source: str) -> Channel | None:
        taken = set(map(id, self._numbers.values()))
        waiting = [c for c in self._channels if id(c) not in taken]
        exact = [c for c in waiting if c.source == source]
        return next(iter(exact or waiting), None)
