"""The process that holds the microphone for the start card's meter, and its owner.

Neither the window nor the launcher opens a device: a driver that hangs takes only this
process along, which is ended and started anew, and then lists what is plugged in now.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from sidelight.audio.choosing import Side, client_sides, guidance, microphones
from sidelight.audio.metering import meter
from sidelight.domain.errors import UserError
from sidelight.session.home.messages import (
    DeviceLine,
    DevicesFound,
    LevelHeard,
    ListenTo,
    MeterFailed,
    OfEars,
    StopListening,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from multiprocessing.connection import Connection

    from sidelight.audio.choosing import Device
    from sidelight.audio.system import SoundSystem
    from sidelight.session.process import ChildProcess

TURN_S: Final = 0.05
"""A meter follows the voice at 20 turns a second."""

_DIED: Final = MeterFailed(
    "The sound system stopped working.", "Look again, or choose another microphone."
)


def listen(connection: Connection, start: Callable[[], SoundSystem]) -> None:
    """Tell what there is, then how loud what is asked for is, until hung up.

    Args:
        connection: Takes ``ListenTo`` and ``StopListening``, gives ``OfEars``.
        start: The sound system of this computer.
    """
    try:
        system = _list(connection, start)
        while True:
            request: ListenTo | StopListening = connection.recv()
            if system is not None and isinstance(request, ListenTo):
                _measure(connection, system, request)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def found(devices: Sequence[Device]) -> DevicesFound:
    """The devices, for the start card.

    Args:
        devices: All there are.
    """
    sides = client_sides(devices)
    played = [one for one in sides if one.side is Side.PLAYED]
    return DevicesFound(
        tuple(map(_line, microphones(devices))),
        tuple(map(_line, sides)),
        "" if played else guidance(sys.platform),
    )


class Ears:
    """Owns that process: one at a time, ended with it.

    Args:
        start: Starts it.
    """

    def __init__(self, start: Callable[[], ChildProcess]) -> None:
        self._start = start
        self._child: ChildProcess | None = None

    @property
    def connection(self) -> Connection | None:
        """To wait on; ``None``: there is no process."""
        return None if self._child is None else self._child.connection

    def restart(self) -> None:
        """List the devices anew."""
        self.close()
        self._child = self._start()

    def ask(self, request: ListenTo | StopListening) -> None:
        """Pass a request on; one that is gone is started again first."""
        if self._child is None and isinstance(request, StopListening):
            return
        if self._child is None:
            self._child = self._start()
        try:
            self._child.connection.send(request)
        except (BrokenPipeError, ConnectionResetError):
            self.close()

    def hear(self) -> list[OfEars]:
        """What it told since the last call; of the levels only the newest.

        A process that died is noticed here, let go, and told.
        """
        news: list[OfEars] = []
        child = self._child
        try:
            while child is not None and child.connection.poll():
                one: OfEars = child.connection.recv()
                if isinstance(one, LevelHeard):
                    news = [o for o in news if not isinstance(o, LevelHeard)]
                news.append(one)
        except (EOFError, ConnectionResetError):
            self.close()
            news.append(_DIED)
        return news

    def close(self) -> None:
        """Let the microphone go. Harmless where nothing is open."""
        child, self._child = self._child, None
        if child is not None:
            child.end()


def _list(
    connection: Connection, start: Callable[[], SoundSystem]
) -> SoundSystem | None:
    try:
        system = start()
        connection.send(found(system.devices()))
    except UserError as fault:
        connection.send(DevicesFound((), (), ""))
        connection.send(MeterFailed(fault.message, fault.remedy))
        return None
    return system


def _measure(connection: Connection, system: SoundSystem, request: ListenTo) -> None:
    try:
        meter(
            system,
            system.microphone(request.microphone),
            lambda dbfs: connection.send(LevelHeard(dbfs)),
            lambda: connection.poll(TURN_S),
        )
    except UserError as fault:
        connection.send(MeterFailed(fault.message, fault.remedy))


def _line(device: Device) -> DeviceLine:
    return DeviceLine(device.name.name, device.title)
