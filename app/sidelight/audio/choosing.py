"""What can be recorded on this computer, and which of it is meant.

The coach's side is a microphone. The client's side of a call is what an output plays:
on Linux the output's monitor, on Windows its loopback, on macOS an input device that a
virtual output feeds.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sidelight.audio.devices import DeviceName, find_device
from sidelight.audio.loopback import MAC_GUIDANCE
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence


class Side(StrEnum):
    """What a device hears."""

    MICROPHONE = "microphone"
    """The room."""

    PLAYED = "played"
    """What an output of this computer plays."""


class Via(StrEnum):
    """How a device is reached."""

    SERVER = "server"
    """A source of the Linux sound server, through PortAudio: its name stays when it
    goes and comes back."""

    PORTAUDIO = "portaudio"
    """PortAudio's own list, which is only made anew while no stream of it runs."""

    LOOPBACK = "loopback"
    """Windows' loopback, which delivers nothing while nothing plays."""


@dataclass(frozen=True, slots=True)
class Device:
    """Something to record, as the system lists it now.

    Attributes:
        name: What to remember: the system's own name and the sound system.
        title: For people.
        side: What it hears.
        via: How it is reached.
        address: The name under which it is opened there.
        channels: How many it has.
        rate: Samples a second it runs at by itself.
        default: Whether the system would choose it for its side.
    """

    name: DeviceName
    title: str
    side: Side
    via: Via
    address: str
    channels: int
    rate: int
    default: bool


def microphones(devices: Sequence[Device]) -> list[Device]:
    """What can be the coach's side, the system's choice first."""
    return _ordered([d for d in devices if d.side is Side.MICROPHONE])


def client_sides(devices: Sequence[Device]) -> list[Device]:
    """What can be the client's side of a call, the likeliest first.

    Where the system gives no output's sound, that is any input device: a virtual output
    (``guidance``) feeds one of them.
    """
    played = [d for d in devices if d.side is Side.PLAYED]
    return _ordered(played) or microphones(devices)


def choose_microphone(
    devices: Sequence[Device], wanted: str | DeviceName | None
) -> Device:
    """The coach's microphone.

    Args:
        devices: All there are.
        wanted: As a person typed it or as it was remembered; ``None`` for the system's
            choice. An output's monitor is taken only when it is asked for by name.

    Raises:
        UserError: There is no microphone, or not this one, or several could be it.
    """
    offered = microphones(devices)
    if wanted is not None:
        beside = [d for d in devices if d not in offered]
        return _meant(offered, wanted) or _asked_for(beside, offered, wanted)
    if not offered:
        raise UserError(
            "There is no microphone.",
            "Plug one in, or allow Sidelight to use it in the system's privacy"
            " settings, and try again.",
        )
    return offered[0]


def choose_client_side(
    devices: Sequence[Device], wanted: str | DeviceName | None
) -> Device:
    """The client's side of a call.

    Args:
        devices: All there are.
        wanted: As a person typed it or as it was remembered; ``None`` for what the
            system's chosen output plays.

    Raises:
        UserError: Nothing that plays can be recorded here, or not this, or several
            could be it.
    """
    offered = client_sides(devices)
    if wanted is not None:
        return _meant(offered, wanted) or _asked_for([], offered, wanted)
    if not offered or offered[0].side is not Side.PLAYED:
        raise UserError(
            "This system does not offer what it plays as a device to record.",
            guidance(sys.platform),
        )
    return offered[0]


def guidance(platform: str) -> str:
    """What a person can do so that the client's side can be recorded.

    Args:
        platform: As ``sys.platform`` names it.
    """
    if platform == "darwin":
        return MAC_GUIDANCE
    if platform == "win32":
        return "Plug in or switch on an output, or reinstall Sidelight."
    return (
        "Start PipeWire or PulseAudio, with ALSA's plug-in for it:"
        " `sudo apt install libasound2-plugins` (or your system's)."
    )


def again(device: Device, present: Sequence[Device]) -> Device:
    """The same device in a newer list; another is never taken for it.

    Raises:
        UserError: It is not there, or several could be it.
    """
    return present[find_device(device.name, [other.name for other in present])]


def _meant(offered: Sequence[Device], wanted: str | DeviceName) -> Device | None:
    """The one that a name or a title means, or ``None``."""
    if isinstance(wanted, DeviceName):
        names = [device.name for device in offered]
        alike = [name for name in names if name.lasting == wanted.lasting]
        return offered[find_device(wanted, names)] if alike else None
    exact = [d for d in offered if wanted in (d.title, d.name.name)]
    plain = wanted.casefold().strip()
    found = exact or [d for d in offered if plain == d.title.casefold()]
    if len(found) > 1:
        names_of = ", ".join(d.name.name for d in found)
        raise UserError(
            f"There are {len(found)} devices called {wanted!r}.",
            f"Name one of these: {names_of}.",
        )
    return found[0] if found else None


def _asked_for(
    beside: Sequence[Device], offered: Sequence[Device], wanted: str | DeviceName
) -> Device:
    found = _meant(beside, wanted)
    if found is not None:
        return found
    name = wanted if isinstance(wanted, str) else wanted.name
    titles = ", ".join(device.title for device in offered)
    raise UserError(
        f"{name!r} is not there.",
        f"Plug it in, or choose: {titles}." if titles else "Plug it in.",
    )


def _ordered(devices: list[Device]) -> list[Device]:
    return sorted(devices, key=lambda device: not device.default)
