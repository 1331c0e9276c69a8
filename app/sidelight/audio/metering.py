"""How loud a device is, now and now again; nothing of the sound is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sidelight.audio.levels import peak_dbfs
from sidelight.audio.watch import SLOW_START_S
from sidelight.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sidelight.audio.choosing import Device
    from sidelight.audio.system import SoundSystem

LOOK_S: Final = 2.0
"""How often it is seen whether the device is still there: a sound server that loses it
goes on with another, and that one's level would be shown."""


def meter(
    system: SoundSystem,
    device: Device,
    level: Callable[[float | None], None],
    wait: Callable[[], bool],
) -> None:
    """Listen until there is something else to do.

    Args:
        system: Opens the device.
        device: What to listen to.
        level: Called at each turn with the peak since the one before in dBFS, or with
            ``None`` while the device has not begun.
        wait: Waits for the next turn; true: there is something else to do.

    Raises:
        UserError: The device is gone or busy, does not begin, or the system refuses.
    """
    stream = system.open(device)
    begun, heard = system.clock(), False
    looked = begun
    try:
        while not wait():
            fresh = [chunk.samples for chunk in stream.read()]
            if fresh:
                heard = True
                level(peak_dbfs(np.concatenate(fresh)[:, None])[0])
            elif not heard:
                level(None)
                if system.clock() - begun > SLOW_START_S:
                    raise UserError(
                        f"No sound comes from {device.title}.",
                        "Look at its cable or battery, or choose another.",
                    )
            gone = stream.ended
            if system.clock() - looked >= LOOK_S:
                looked = system.clock()
                gone = gone or system.present(device) is None
            if gone:
                raise UserError(
                    f"{device.title} is gone.", "Plug it in, or choose another."
                )
    finally:
        system.close(stream)
